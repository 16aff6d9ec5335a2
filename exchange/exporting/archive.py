"""All of it as one ZIP."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.text import slugify

from accounts.models import User
from coaching.roster import roster_lines, with_sets, without_pain
from coaching.roster_csv import as_csv
from exchange.exporting.programs import programs_of
from exchange.exporting.readme import readme
from exchange.exporting.rest import person_of, rest_of
from exchange.exporting.sessions import sessions_of
from exchange.exporting.tables import Log, check_ins
from legtraining.domain.imports.own import FORMAT, VERSION

IN_MEMORY = 4 * 1024 * 1024  # bytes; a longer file is written to the disk and gone once it is sent


def write_export(*, member: User, at: datetime) -> IO[bytes]:
    """The file, at its beginning. A constant number of queries, whatever there is.

    What others wrote is in it as far as it is about `member`; a trainer's has the roster too, and
    whoever calls this notes that look.
    """
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    programs, rest = programs_of(member), rest_of(member)
    log = Log({each["number"]: each.get("title", "") for each in programs.followed})
    head = {
        "format": FORMAT,
        "version": VERSION,
        "written_at": at.astimezone(member.zone).isoformat(),
        "person": person_of(member),
        "programs": programs.followed,
        "templates": programs.templates,
    } | rest
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", readme(member))
        part = archive.open("export.json", "w", force_zip64=True)
        with TextIOWrapper(part, "utf-8", newline="\n") as out:
            _write_json(out, head, _told(sessions_of(member, programs.numbers), log))
        archive.writestr("sessions.csv", log.sessions.text())
        archive.writestr("sets.csv", log.sets.text())
        archive.writestr("check_ins.csv", check_ins(rest["check_ins"]))
        for name, text in _named(programs.texts):
            archive.writestr(f"programs/{name}.txt", text)
        if member.is_trainer:
            archive.writestr("roster.csv", as_csv(with_sets(without_pain(roster_lines(member)))))
    file.seek(0)
    return file


def _told(sessions: Iterable[dict[str, Any]], log: Log) -> Iterable[dict[str, Any]]:
    """The sessions, each of which is in the tables too once it was taken."""
    for session in sessions:
        log.add(session)
        yield session


def _write_json(
    out: TextIOWrapper, head: dict[str, Any], sessions: Iterable[dict[str, Any]]
) -> None:
    """A line a part and a session: a person can read it, and no second copy is in memory."""
    out.write("{\n")
    out.writelines(f"{_json(name)}: {_json(value)},\n" for name, value in head.items())
    out.write('"sessions": [')
    before = "\n"
    for session in sessions:
        out.write(before + _json(session))
        before = ",\n"
    out.write("\n]\n}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _named(texts: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Each text with a name for its file: of letters that every disk takes, and no name twice."""
    taken: set[str] = set()
    for title, text in texts:
        name = base = slugify(title)[:60] or "program"
        count = 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        yield name, text
