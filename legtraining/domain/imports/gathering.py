"""Sets in the order of a file to trainings with their blocks, whichever app wrote them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from string import ascii_uppercase

from legtraining.domain.imports import values
from legtraining.domain.imports.dates import Calendar
from legtraining.domain.imports.parsed import Parsed, Problem, ReadBlock, ReadSession, ReadSet
from legtraining.domain.imports.table import Table, fitted
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import Unit

MAX_SETS = 100_000  # five lifetimes of 20,000
MAX_PROBLEMS = 20_000
BEGINNING = 80  # characters of a line that is shown


class TooMuch(Refusal):
    """A refusal of the file, not of one of its lines."""


@dataclass
class Block:
    name: str
    superset: str = ""
    category: str = ""
    notes: dict[str, None] = field(default_factory=dict)
    sets: list[ReadSet] = field(default_factory=list)
    number: int | None = None  # of its last set

    def add(self, read: ReadSet, number: int | None) -> None:
        self.sets.append(read)
        if number is not None:
            self.number = number

    def begins_anew(self, number: int | None, kind: str) -> bool:
        """Whether a set with this number, after other exercises, begins the exercise again."""
        if self.number is None:
            return False
        return kind == "warmup" if number is None else number <= self.number

    def read(self) -> ReadBlock:
        note = values.clean("\n".join(self.notes), values.SET_NOTE, lines=True)
        return ReadBlock(
            name=self.name,
            sets=tuple(self.sets),
            category=self.category,
            superset=self.superset,
            note=note,
        )


@dataclass
class Session:
    started: datetime
    has_time: bool
    title: str = ""
    duration: timedelta | None = None
    notes: dict[str, None] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    latest: dict[tuple[str, str], Block] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def block(
        self, name: str, *, superset: str = "", number: int | None = None, kind: str = "work"
    ) -> Block:
        """Where the next set of an exercise belongs: the block that runs, the one it was in
        before others came between, or a new one when its numbers begin anew."""
        block = self.latest.get((name, superset))
        if block is None or (block is not self.blocks[-1] and block.begins_anew(number, kind)):
            block = Block(name, self._letter(superset))
            self.blocks.append(block)
            self.latest[name, superset] = block
        return block

    def _letter(self, superset: str) -> str:
        """A to Z in the order of appearance; beyond, the exercises stand alone."""
        if not superset:
            return ""
        if superset not in self.letters:
            used = len(self.letters)
            self.letters[superset] = ascii_uppercase[used] if used < len(ascii_uppercase) else ""
        return self.letters[superset]

    def describe(self, *, title: str = "", note: str = "", duration: timedelta | None) -> None:
        """What rows say of the whole training, where no row before has said it."""
        if title and not self.title:
            self.title = values.clean(title, values.TITLE)
        if note and note not in self.notes:
            self.notes[note] = None
        self.duration = self.duration or duration

    def read(self, key: str) -> ReadSession:
        return ReadSession(
            key=key,
            started=self.started,
            blocks=tuple(block.read() for block in self.blocks if block.sets),
            title=self.title,
            duration=self.duration,
            has_time=self.has_time,
            note=values.clean("\n".join(self.notes), values.SESSION_NOTE, lines=True),
        )


class Gathering:
    """All that is read of one file, as it grows."""

    def __init__(self, app: str, layout: str, lines: Sequence[str], calendar: Calendar) -> None:
        self.app, self.layout, self.lines = app, layout, lines
        self.calendar = calendar
        self.count = self.sets = 0
        self._sessions: dict[str, Session] = {}
        self._problems: list[Problem] = []
        self._reasons: dict[tuple[str, str], Refusal] = {}
        self._names: dict[str, str] = {}

    def session(self, started: datetime, *, has_time: bool) -> Session:
        """The training that began then: two with one beginning are one."""
        key = key_of(started, has_time=has_time)
        session = self._sessions.get(key)
        if session is None:
            session = self._sessions[key] = Session(started, has_time)
        return session

    def name(self, text: str) -> str:
        """An exercise's name. Raises Refusal where there is none."""
        name = self._names.get(text)
        if name is None:
            name = self._names[text] = values.clean(text, values.NAME)
        if not name:
            raise Refusal(gettext_noop("The line names no exercise."))
        return name

    def until(self, started: datetime, end: str) -> timedelta | None:
        """How long a training took that ended then, None where that cannot be told."""
        if not end:
            return None
        try:
            ended, has_time = self.calendar.read(end)
            return values.lasted((ended - started).total_seconds()) if has_time else None
        except (Refusal, TypeError):  # no date, or one of the two with a zone
            return None

    def each(
        self,
        table: Table,
        read: Callable[[int, list[str]], None],
        fit: Callable[[list[str], int], list[str]] = fitted,
    ) -> None:
        """Calls `read` with each row of `table` and its line; what it refuses is a problem."""
        width = len(table.header)
        for line, row in table.rows():
            self.count += 1
            if row is None:
                self.problem(line, unclosed())
                continue
            try:
                read(line, fit(row, width))
            except TooMuch:
                raise
            except Refusal as refusal:
                self.problem(line, refusal)

    def keep(self, block: Block, read: ReadSet, number: int | None = None) -> None:
        """Adds a set to its block. Raises Refusal, for the file, beyond what anybody trains."""
        self.sets += 1
        if self.sets > MAX_SETS:
            raise TooMuch(gettext_noop("The file has more than %(count)s sets."), count=MAX_SETS)
        block.add(read, number)

    def problem(self, line: int, refusal: Refusal) -> None:
        if len(self._problems) >= MAX_PROBLEMS:
            raise TooMuch(
                gettext_noop("More than %(count)s lines of this file cannot be read."),
                count=MAX_PROBLEMS,
            )
        # One reason for all lines that have it, without the frames that a raised one holds.
        reason = self._reasons.setdefault(
            (refusal.sentence, str(refusal)), Refusal(refusal.sentence, **refusal.values)
        )
        text = values.clean(self.lines[line - 1], BEGINNING)
        self._problems.append(Problem(line, reason, text))

    def parsed(self) -> Parsed:
        if not self.count:
            raise Refusal(gettext_noop("There are no sets in this file."))
        sessions = [
            session.read(key)
            for key, session in self._sessions.items()
            if any(block.sets for block in session.blocks)
        ]
        sessions.sort(key=lambda session: (_as_utc(session.started), session.key))
        self._problems.sort(key=lambda problem: problem.line)
        return Parsed(
            app=self.app,
            layout=self.layout,
            sessions=tuple(sessions),
            problems=tuple(self._problems),
            lines=self.count,
        )


def unclosed() -> Refusal:
    return Refusal(gettext_noop("A quotation mark is opened and never closed."))


def key_of(started: datetime, *, has_time: bool) -> str:
    """What names a training in every export: its beginning as the file has it, or its day."""
    if not has_time:
        return started.date().isoformat()
    return started.replace(tzinfo=None).isoformat(timespec="seconds")


def _as_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def one_set(
    line: int,
    *,
    load: tuple[Decimal | None, Unit | None],
    reps: int | None,
    seconds: int | None = None,
    kind: str = "work",
    rir: Decimal | None = None,
    notes: Sequence[str] = (),
) -> ReadSet:
    """A set as it is kept; `load` is its weight and unit. Raises Refusal without repetitions and
    without time.

    A weight of 0 says something only with repetitions; a unit only with a weight.
    """
    if not reps and not seconds:
        raise Refusal(gettext_noop("The line has no repetitions and no time."))
    weight, unit = load
    if not weight and not reps:
        weight = None
    return ReadSet(
        line=line,
        weight=weight,
        unit=None if weight is None else unit,
        reps=reps or None,
        seconds=seconds or None,
        kind=kind,
        rir=rir,
        note=values.clean(", ".join(filter(None, notes)), values.SET_NOTE),
    )
