"""A file to what it says: unpacked, made text, cut into rows, recognised, read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from legtraining.domain.imports import fitnotes, hevy, jefit, own, strong, stronglifts
from legtraining.domain.imports.gathering import BEGINNING, unclosed
from legtraining.domain.imports.parsed import Parsed, Problem
from legtraining.domain.imports.table import Table, table_of
from legtraining.domain.imports.text import lines_of, text_of
from legtraining.domain.imports.unpack import MAX_TABLE, is_zip, unpacked
from legtraining.domain.refusal import Refusal, gettext_noop

MAX_FILE = MAX_TABLE  # bytes


def read_file(data: bytes, name: str, *, today: date | None = None) -> Parsed:
    """All that an export says, whichever app it is of; what its content shows counts, not `name`.

    With `today`, lines of a later day than tomorrow are problems. Raises Refusal, and nothing
    else, for a file that is not used at all: too large, empty, of no app we know, broken.
    """
    if len(data) > MAX_FILE:
        raise Refusal(gettext_noop("The file is larger than 20 MB."))
    if is_zip(data):
        data = unpacked(data)
    if not data.strip():
        raise Refusal(gettext_noop("The file is empty."))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return own.parse_json(data)
    lines = lines_of(text_of(data))
    if jefit.is_jefit(lines):
        return jefit.parse(lines, today=today)
    table = table_of(lines)
    if table is None:
        raise Refusal(gettext_noop("The file is empty."))
    return _read_table(table, today)


def _read_table(table: Table, today: date | None) -> Parsed:
    header = table.header
    if own.is_own(header):
        return _read_own(table)
    if hevy.is_hevy(header):
        return hevy.parse(table, today=today)
    if jefit.is_jefit_table(header):
        return jefit.parse_logs(table, today=today)
    if stronglifts.is_stronglifts(header):
        return stronglifts.parse(table, today=today)
    if strong.is_strong(header):
        return strong.parse(table, today=today)
    if fitnotes.is_fitnotes(header):
        return fitnotes.parse(table, today=today)
    raise Refusal(
        gettext_noop(
            "This is not a file we know. We read the exports of Strong, Hevy, FitNotes, JEFIT and"
            " StrongLifts, and our own."
        )
    )


def _read_own(table: Table) -> Parsed:
    torn: list[Problem] = []

    def rows() -> Iterator[tuple[int, list[str]]]:
        yield table.first, list(table.header)
        for line, row in table.rows():
            if row is None:
                torn.append(Problem(line, unclosed(), table.lines[line - 1][:BEGINNING]))
            else:
                yield line, row

    parsed = own.parse_csv(rows())
    problems = sorted([*parsed.problems, *torn], key=lambda problem: problem.line)
    return replace(parsed, problems=tuple(problems), lines=parsed.lines + len(torn))
