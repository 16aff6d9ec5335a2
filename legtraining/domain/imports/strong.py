"""Strong's exports: one row a set, in all the layouts since 2016 and whatever language."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from legtraining.domain.imports import values
from legtraining.domain.imports.dates import calendar_of
from legtraining.domain.imports.gathering import Gathering, Session, one_set
from legtraining.domain.imports.headings import Columns, columns
from legtraining.domain.imports.months import plain
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.imports.table import Table
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import Unit

_NEEDED = ("date", "exercise", "order")
_LONGEST_ORDER = 30
# The order of a set is its number, or one of these. F is a set to failure.
_KINDS = {"w": "warmup", "d": "drop", "f": "work"}
_REST = tuple(
    map(
        plain,
        ["rest", "pause", "pausa", "descanso", "repos", "recupero", "rust", "отдых", "休", "휴식"],
    )
)
_NOTE = tuple(
    map(plain, ["note", "notiz", "nota", "notit", "замет", "メモ", "备注", "備註", "笔记", "메모"])
)


def is_strong(header: Sequence[str]) -> bool:
    found = columns(header)
    return all(meaning in found for meaning in _NEEDED) and ("reps" in found or "seconds" in found)


def parse(table: Table, *, today: date | None) -> Parsed:
    found = columns(table.header)
    calendar = calendar_of(table, found.places["date"], today=today)
    gathering = Gathering("strong", _layout(found), table.lines, calendar)
    reader = _Reader(found, gathering)
    gathering.each(table, reader.row)
    return gathering.parsed()


def _layout(found: Columns) -> str:
    if "weight_unit" in found:
        return "units"
    return "numbered" if "number" in found or found.unit("weight") else "plain"


class _Reader:
    def __init__(self, found: Columns, gathering: Gathering) -> None:
        self.found, self.gathering = found, gathering
        self.unit = found.unit("weight")
        self.distance = found.qualifier("distance")

    def row(self, line: int, row: list[str]) -> None:
        cell = self.found.cell
        order = cell(row, "order").strip()
        number = int(order) if len(order) < 4 and order.isdecimal() else None
        word = "" if number is not None else plain(order[:_LONGEST_ORDER])
        if any(rest in word for rest in _REST):
            return
        started, has_time = self.gathering.calendar.read(cell(row, "date"))
        name = self.gathering.name(cell(row, "exercise"))
        session = self.gathering.session(started, has_time=has_time)
        kind = _KINDS.get(word, "work")
        if self._is_note(row, word):
            self._keep_note(session, name, row)
            return
        read = one_set(
            line,
            load=(values.weight(cell(row, "weight")), self._unit(row)),
            reps=values.reps(cell(row, "reps")),
            seconds=values.seconds(cell(row, "seconds")),
            kind=kind,
            rir=Decimal(0) if word == "f" else values.rir(cell(row, "rpe")),
            notes=[values.distance(cell(row, "distance"), self._distance_unit(row))],
        )
        block = session.block(name, number=number, kind=kind)
        self.gathering.keep(block, read, number)
        if note := cell(row, "note").strip():
            block.notes[note] = None
        session.describe(
            title=cell(row, "workout"),
            note=cell(row, "workout_note").strip(),
            duration=self._duration(row),
        )

    def _is_note(self, row: list[str], word: str) -> bool:
        if not word or word in _KINDS:
            return False
        if any(each in word for each in _NOTE):
            return True
        if self.found.cell(row, "reps").strip() or self.found.cell(row, "seconds").strip():
            raise Refusal(gettext_noop("The kind of this set is not known."))
        return bool(self.found.cell(row, "note").strip())

    def _keep_note(self, session: Session, name: str, row: list[str]) -> None:
        if note := self.found.cell(row, "note").strip():
            session.block(name).notes[note] = None

    def _unit(self, row: list[str]) -> Unit | None:
        return values.unit(self.found.cell(row, "weight_unit")) or self.unit

    def _distance_unit(self, row: list[str]) -> str:
        return self.found.cell(row, "distance_unit").strip() or self.distance

    def _duration(self, row: list[str]) -> timedelta | None:
        return values.duration(self.found.cell(row, "duration"))
