"""StrongLifts' exports: a line an exercise with its sets side by side, or a line a training."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from legtraining.domain.imports import values
from legtraining.domain.imports.dates import calendar_of
from legtraining.domain.imports.gathering import Gathering, Session, TooMuch, one_set
from legtraining.domain.imports.headings import names
from legtraining.domain.imports.months import plain
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.imports.table import Table
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import Unit

_SET = re.compile(r"set\s*(\d{1,2})\s*[(]?\s*([^()]*?)\s*[)]?")
_EXERCISE = re.compile(r"exercise\s+\d{1,2}")
_WEIGHT = re.compile(r"weight\s*[(]?\s*([^()]*?)\s*[)]?")
_DATE = re.compile(r"date(?:\s*[(].*)?")
_LONGEST = 80


@dataclass
class _Set:
    """Where the parts of one set stand in a row."""

    reps: int | None = None
    seconds: int | None = None
    weights: list[tuple[int, Unit | None]] = field(default_factory=list)


@dataclass
class _Exercise:
    """Where an exercise's name and sets stand in a row."""

    name: int
    sets: list[_Set] = field(default_factory=list)


def is_stronglifts(header: Sequence[str]) -> bool:
    small = _small(header)
    return any(_DATE.fullmatch(cell) for cell in small) and any(_exercises(small))


def _small(header: Sequence[str]) -> list[str]:
    return [" ".join(plain(cell[:_LONGEST]).split()) for cell in header]


def _exercises(small: Sequence[str]) -> list[_Exercise]:
    """The exercises of a row that have sets, by either kind of header."""
    if "exercise" in small:
        sets = list(_set_columns(small))
        return [_Exercise(small.index("exercise"), sets)] if sets else []
    return [each for each in _side_by_side(small) if each.sets]


def _set_columns(small: Sequence[str]) -> Iterator[_Set]:
    """`Set 1 (Reps), Set 1 (KG), Set 2 (Reps), ...`, in whatever order."""
    found: dict[int, _Set] = {}
    for place, cell in enumerate(small):
        if not (match := _SET.fullmatch(cell)):
            continue
        one, what = found.setdefault(int(match[1]), _Set()), match[2]
        if what.startswith("rep"):
            one.reps = place
        elif what.startswith(("sec", "time")):
            one.seconds = place
        elif unit := values.unit(what):
            one.weights.append((place, unit))
    for _, one in sorted(found.items()):
        if one.reps is not None or one.seconds is not None:
            yield one


def _side_by_side(small: Sequence[str]) -> Iterator[_Exercise]:
    """`Exercise 1, Weight (KG), Weight (LB), Set 1, Set 2, ..., Exercise 2, ...`: the sets are
    repetitions, all with the weight of the exercise."""
    exercise: _Exercise | None = None
    weights: list[tuple[int, Unit | None]] = []
    for place, cell in enumerate(small):
        if _EXERCISE.fullmatch(cell):
            if exercise is not None:
                yield exercise
            exercise, weights = _Exercise(place), []
        elif exercise is None:
            continue
        elif match := _WEIGHT.fullmatch(cell):
            weights.append((place, values.unit(match[1])))
        elif (match := _SET.fullmatch(cell)) and not match[2]:
            exercise.sets.append(_Set(reps=place, weights=weights))
    if exercise is not None:
        yield exercise


def parse(table: Table, *, today: date | None) -> Parsed:
    small = _small(table.header)
    by_training = "exercise" not in small
    dates = next(place for place, cell in enumerate(small) if _DATE.fullmatch(cell))
    # The old layout is American: the month comes first unless the file shows otherwise.
    calendar = calendar_of(table, dates, today=today, default=not by_training)
    layout = "line a training" if by_training else "line an exercise"
    gathering = Gathering("stronglifts", layout, table.lines, calendar)
    reader = _Reader(names(small), dates, _exercises(small), gathering)
    gathering.each(table, reader.row)
    return gathering.parsed()


class _Reader:
    def __init__(
        self,
        found: Mapping[str, int],
        dates: int,
        exercises: Sequence[_Exercise],
        gathering: Gathering,
    ) -> None:
        self.found, self.dates = found, dates
        self.exercises, self.gathering = exercises, gathering
        self.start = _starting(found, "start time")
        self.end = _starting(found, "end time")
        self.hours = _starting(found, "duration")
        self.note = _starting(found, "note")
        self.title = found.get("workout name", found.get("workout"))

    def _cell(self, row: list[str], place: int | None) -> str:
        return "" if place is None else row[place].strip()

    def row(self, line: int, row: list[str]) -> None:
        day = self._cell(row, self.dates)
        start = self._cell(row, self.start)
        started, has_time = self.gathering.calendar.read(f"{day} {start}" if start else day)
        session = self.gathering.session(started, has_time=has_time)
        done = 0
        for exercise in self.exercises:
            if self._cell(row, exercise.name):
                done += self._sets(line, row, exercise, session)
        if not done:
            raise Refusal(gettext_noop("The line has no repetitions and no time."))
        session.describe(
            title=self._cell(row, self.title),
            note=self._cell(row, self.note),
            duration=self._duration(started, day, row) if has_time else None,
        )

    def _sets(self, line: int, row: list[str], exercise: _Exercise, session: Session) -> int:
        """Adds the sets of an exercise and answers how many were written, read or not. A set of
        no repetitions was left out: the app writes the weight of all that were planned."""
        name = self.gathering.name(row[exercise.name])
        written = 0
        for number, one in enumerate(exercise.sets, 1):
            try:
                reps = values.reps(self._cell(row, one.reps).strip("-"))
                seconds = values.seconds(self._cell(row, one.seconds))
                if not reps and not seconds:
                    continue
                written += 1
                read = one_set(line, load=self._load(row, one), reps=reps, seconds=seconds)
                self.gathering.keep(session.block(name, number=number), read, number)
            except TooMuch:
                raise
            except Refusal as refusal:
                written += 1
                self.gathering.problem(line, refusal)
        return written

    def _load(self, row: list[str], one: _Set) -> tuple[Decimal | None, Unit | None]:
        for place, unit in one.weights:
            if (weight := values.weight(row[place])) is not None:
                return weight, unit
        return None, None

    def _duration(self, started: datetime, day: str, row: list[str]) -> timedelta | None:
        if end := self._cell(row, self.end):
            return self.gathering.until(started, f"{day} {end}")
        try:
            hours = values.number(self._cell(row, self.hours))
        except Refusal:
            return None
        return values.lasted(float(hours or 0) * 3600)


def _starting(found: Mapping[str, int], with_what: str) -> int | None:
    return next((place for name, place in found.items() if name.startswith(with_what)), None)
