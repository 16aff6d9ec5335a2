"""FitNotes' exports: of Android, old and new, of FitNotes 2 on iOS, and of Fit Notes with times."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from legtraining.domain.imports import values
from legtraining.domain.imports.dates import Calendar, calendar_of, noon
from legtraining.domain.imports.gathering import Gathering, one_set
from legtraining.domain.imports.headings import Columns, columns, names
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.imports.table import Table, fitted
from legtraining.domain.refusal import Refusal
from legtraining.domain.units import Unit, format_weight

_NEEDED = ("date", "exercise", "category")
_TIMED = ("starttime", "exercise", "iswarmup", "reps", "weight")
_NUMBERS = ("weight", "reps", "distance", "seconds")
_MOST_COMMAS = 10  # in the name and the comment of one line
_NOT_DONE = ("notstarted", "skipped", "todo")


def is_fitnotes(header: Sequence[str]) -> bool:
    found = columns(header)
    return is_timed(header) or (
        all(meaning in found for meaning in _NEEDED)
        and "order" not in found
        and ("reps" in found or "seconds" in found)
    )


def is_timed(header: Sequence[str]) -> bool:
    """Whether it is the layout whose trainings have a name, a beginning and an end."""
    found = names(header)
    return all(name in found for name in _TIMED)


def parse(table: Table, *, today: date | None) -> Parsed:
    if is_timed(table.header):
        timed = _TimedReader(table, today)
        timed.gathering.each(table, timed.row)
        return timed.gathering.parsed()
    found = columns(table.header)
    weights = list(found.named("weight"))
    layout = "unit column" if "weight_unit" in found else "unit in heading"
    if len(weights) > 1:
        layout = "two weights"
    reader = _Reader(found, layout, table, calendar_of(table, found.places["date"], today=today))
    reader.gathering.each(table, reader.row, reader.fit)
    return reader.gathering.parsed()


class _Reader:
    """A training is a day, and an exercise's sets are one block, wherever in the day they are."""

    def __init__(self, found: Columns, layout: str, table: Table, calendar: Calendar) -> None:
        self.found = found
        self.gathering = Gathering("fitnotes", layout, table.lines, calendar)
        self.weights = [(place, found.headings[place].unit) for place in found.named("weight")]
        self.numbers = [found.places[each] for each in _NUMBERS if each in found]

    def fit(self, row: list[str], width: int) -> list[str]:
        """A row with as many cells as there are headings.

        The app does not quote names, so that a comma in one makes a cell too many. All columns
        but the exercise, its category and the comment hold numbers and short words, which shows
        where the commas are: the first way of joining that leaves only numbers in their columns.
        """
        extra = len(row) - width
        name = self.found.places["exercise"]
        if not 0 < extra <= _MOST_COMMAS:
            return fitted(row, width)
        if not "".join(row[width:]).strip() and self._is_whole(row):
            return row[:width]
        for in_tail in range(extra + 1):
            joined = _joined(row, name, extra - in_tail)
            joined = _joined(joined, width - 1, in_tail)
            if self._is_whole(joined):
                return joined
        return fitted(row, width)

    def _is_whole(self, row: list[str]) -> bool:
        """Whether numbers stand where they must, and the category is a word."""
        category = self.found.cell(row, "category").strip()
        return not _is_number(category) and all(_is_number(row[place]) for place in self.numbers)

    def row(self, line: int, row: list[str]) -> None:
        cell = self.found.cell
        started, _ = self.gathering.calendar.read(cell(row, "date"))
        name = self.gathering.name(cell(row, "exercise"))
        distance = values.distance(
            cell(row, "distance"),
            cell(row, "distance_unit").strip() or self.found.qualifier("distance"),
        )
        read = one_set(
            line,
            load=self._load(row),
            reps=values.reps(cell(row, "reps")),
            seconds=values.seconds(cell(row, "seconds")),
            notes=[values.clean(cell(row, "note"), values.SET_NOTE), distance],
        )
        session = self.gathering.session(noon(started), has_time=False)
        block = session.block(name)
        block.category = block.category or values.clean(cell(row, "category"), values.TITLE)
        self.gathering.keep(block, read)

    def _load(self, row: list[str]) -> tuple[Decimal | None, Unit | None]:
        """The weight and its unit. FitNotes 2 writes both units, and one of them is calculated:
        the one with fewer decimals is the one that was typed."""
        found = [
            (weight, unit or values.unit(self.found.cell(row, "weight_unit")))
            for place, unit in self.weights
            if (weight := values.weight(row[place])) is not None
        ]
        return min(found, key=lambda each: _decimals(each[0]), default=(None, None))


def _joined(row: list[str], place: int, extra: int) -> list[str]:
    """`row` with the cell at `place` and the `extra` after it as one."""
    return [*row[:place], ",".join(row[place : place + extra + 1]), *row[place + extra + 1 :]]


def _is_number(text: str) -> bool:
    try:
        values.seconds(text) if ":" in text else values.number(text)
    except Refusal:
        return False
    return True


def _decimals(weight: Decimal) -> int:
    return len(format_weight(weight).partition(".")[2])


class _TimedReader:
    def __init__(self, table: Table, today: date | None) -> None:
        self.found = names(table.header)
        calendar = calendar_of(table, self.found["starttime"], today=today)
        self.gathering = Gathering("fitnotes", "with times", table.lines, calendar)

    def _cell(self, row: list[str], name: str) -> str:
        place = self.found.get(name)
        return "" if place is None else row[place].strip()

    def row(self, line: int, row: list[str]) -> None:
        cell, gathering = self._cell, self.gathering
        status = cell(row, "status").casefold().replace(" ", "")
        if status in _NOT_DONE:
            return
        started, has_time = gathering.calendar.read(cell(row, "starttime"))
        warmup = cell(row, "iswarmup").casefold() in {"true", "1", "yes"}
        reserve = values.reserve(cell(row, "rir"))
        read = one_set(
            line,
            load=(values.weight(cell(row, "weight")), None),
            reps=values.reps(cell(row, "reps")),
            seconds=values.seconds(cell(row, "time")),
            kind="warmup" if warmup else "failed" if status == "failed" else "work",
            rir=values.rir(cell(row, "rpe")) if reserve is None else reserve,
            notes=[
                values.clean(cell(row, "note"), values.SET_NOTE),
                values.distance(cell(row, "distance"), ""),
            ],
        )
        name = self._name(row)
        session = gathering.session(started, has_time=has_time)
        block = session.block(name)
        block.category = block.category or values.clean(cell(row, "categories"), values.TITLE)
        gathering.keep(block, read)
        session.describe(
            title=cell(row, "name"), duration=gathering.until(started, cell(row, "endtime"))
        )

    def _name(self, row: list[str]) -> str:
        name = self.gathering.name(self._cell(row, "exercise"))
        equipment = values.clean(self._cell(row, "equipment"), values.TITLE)
        return values.clean(f"{name} ({equipment})", values.NAME) if equipment else name
