"""Hevy's export: one row a set, its unit in the heading, its dates in the phone's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from legtraining.domain.imports import values
from legtraining.domain.imports.dates import calendar_of
from legtraining.domain.imports.gathering import Gathering, one_set
from legtraining.domain.imports.headings import names
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.imports.table import Table
from legtraining.domain.units import Unit

_NEEDED = ("start_time", "exercise_title", "reps")
_KINDS = {"warmup": "warmup", "warm_up": "warmup", "dropset": "drop", "drop_set": "drop"}
_WEIGHTS: tuple[tuple[str, Unit | None], ...] = (
    ("weight_kg", "kg"),
    ("weight_lbs", "lb"),
    ("weight_lb", "lb"),
    ("weight", None),
)
_DISTANCES = (("distance_km", "km"), ("distance_miles", "mi"), ("distance_meters", "m"))


def is_hevy(header: Sequence[str]) -> bool:
    found = names(header)
    return all(name in found for name in _NEEDED)


def parse(table: Table, *, today: date | None) -> Parsed:
    found = names(table.header)
    layout = next((name for name, _ in _WEIGHTS if name in found), "no weight")
    calendar = calendar_of(table, found["start_time"], today=today)
    gathering = Gathering("hevy", layout, table.lines, calendar)
    gathering.each(table, _Reader(found, gathering).row)
    return gathering.parsed()


class _Reader:
    def __init__(self, found: Mapping[str, int], gathering: Gathering) -> None:
        self.found, self.gathering = found, gathering
        self.weights = [(found[name], unit) for name, unit in _WEIGHTS if name in found]
        self.distances = [(found[name], unit) for name, unit in _DISTANCES if name in found]

    def _cell(self, row: list[str], name: str) -> str:
        place = self.found.get(name)
        return "" if place is None else row[place].strip()

    def row(self, line: int, row: list[str]) -> None:
        cell = self._cell
        started, has_time = self.gathering.calendar.read(cell(row, "start_time"))
        name = self.gathering.name(cell(row, "exercise_title"))
        marked = cell(row, "set_type").casefold()
        kind = _KINDS.get(marked, "work")
        read = one_set(
            line,
            load=self._load(row),
            reps=values.reps(cell(row, "reps")),
            seconds=values.seconds(cell(row, "duration_seconds")),
            kind=kind,
            rir=Decimal(0) if marked == "failure" else values.rir(cell(row, "rpe")),
            notes=[values.distance(row[place], unit) for place, unit in self.distances],
        )
        index = cell(row, "set_index")
        number = int(index) if len(index) < 4 and index.isdecimal() else None
        session = self.gathering.session(started, has_time=has_time)
        block = session.block(name, superset=cell(row, "superset_id"), number=number, kind=kind)
        self.gathering.keep(block, read, number)
        if note := cell(row, "exercise_notes"):
            block.notes[note] = None
        session.describe(
            title=cell(row, "title"),
            note=cell(row, "description"),
            duration=self.gathering.until(started, cell(row, "end_time")),
        )

    def _load(self, row: list[str]) -> tuple[Decimal | None, Unit | None]:
        for place, unit in self.weights:
            if (weight := values.weight(row[place])) is not None:
                return weight, unit
        return None, None
