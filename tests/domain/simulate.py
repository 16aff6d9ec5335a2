"""Playing a program day by day, as a member does who trains with the usual bar and plates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from legtraining.domain.lines import Line
from legtraining.domain.outing import Done, Goal, Outing, State
from legtraining.domain.plates import DEFAULT_RACKS, closest
from legtraining.domain.progression import Change, advance, enter_cycle
from legtraining.domain.rules import TRAINING_MAX, Cycle, lane_of
from legtraining.domain.shorthand import Plan, parse_plan
from legtraining.domain.targets import Day, Target, cycle_of, targets
from legtraining.domain.units import Unit, format_weight

WORKING = ("work", "amrap")

# What was done of the planned working sets: repetitions (or seconds) with the planned weight, a
# `Done`, or None for a set that was left out. Fewer entries than sets leave out the last ones.
type Sets = Sequence[int | Done | None]
# By week, day and exercise. What is not named was done as planned, at the lower end of a range;
# with None nothing of the exercise was done.
type Doings = Mapping[tuple[int, int, str], Sets | None]


@dataclass(frozen=True)
class Played:
    """One exercise of one day: what was asked, and what came of it."""

    week: int
    day: int
    exercise: str
    lane: str
    asked: str
    change: Change | None
    after: State

    @property
    def why(self) -> str:
        return said(self.change) if self.change else ""


@dataclass(frozen=True)
class Course:
    played: list[Played]
    states: dict[tuple[str, str], State]

    def asked(self, exercise: str) -> list[str]:
        """What was asked of the exercise, day by day: `2x5 @100, 1x5+ @100`."""
        return [each.asked for each in self.played if each.exercise == exercise]

    def whys(self, exercise: str) -> list[str]:
        return [each.why for each in self.played if each.exercise == exercise]

    def maxes(self, exercise: str) -> list[Decimal | None]:
        """The training max after each day on which something could change it."""
        return [
            each.after.weight
            for each in self.played
            if (each.exercise, each.lane) == (exercise, TRAINING_MAX)
        ]

    def state(self, exercise: str, lane: str | None = None) -> State:
        """The state at the end; without a lane that of the only one."""
        if lane is not None:
            return self.states[exercise, lane]
        (found,) = (state for (name, _lane), state in self.states.items() if name == exercise)
        return found


def said(change: Change) -> str:
    """Its sentence, with plain spaces between numbers and units."""
    return change.why.replace("\N{NO-BREAK SPACE}", " ")


def loadable(weight: Decimal, unit: Unit) -> Decimal:
    rack = DEFAULT_RACKS[unit]
    return closest(weight, rack.bars[0], rack.plates)


def lb(weight: str | int, reps: int) -> Done:
    return Done(reps, weight=Decimal(weight), unit="lb")


def kg(weight: str | int, reps: int) -> Done:
    return Done(reps, weight=Decimal(weight))


def nth(exercise: str, doings: Mapping[int, Sets | None], days: int = 3) -> Doings:
    """What was done, by the number of the training day, with so many `days` a week."""
    return {
        ((number - 1) // days + 1, (number - 1) % days + 1, exercise): sets
        for number, sets in doings.items()
    }


def play(
    text: str,
    doings: Doings | None = None,
    *,
    unit: Unit = "kg",
    starts: Mapping[str, int | str] | None = None,
    maxes: Mapping[str, int | str] | None = None,
    max_unit: Unit | None = None,
) -> Course:
    """Plays every day of a program. `starts` are known working weights, `maxes` training maxes."""
    return _Player(parse_plan(text), doings or {}, unit, starts or {}, maxes or {}, max_unit).run()


class _Player:
    def __init__(
        self,
        plan: Plan,
        doings: Doings,
        unit: Unit,
        starts: Mapping[str, int | str],
        maxes: Mapping[str, int | str],
        max_unit: Unit | None,
    ) -> None:
        self.plan, self.doings, self.unit, self.starts = plan, doings, unit, starts
        self.states = {
            (exercise, TRAINING_MAX): State(Decimal(weight), max_unit or unit)
            for exercise, weight in maxes.items()
        }
        self.lines = [
            (week, day.number, line)
            for week, days in enumerate(plan.weeks, 1)
            for day in days
            for line in day.lines
        ]
        names = {line.exercise for _week, _day, line in self.lines}
        assert names >= starts.keys() | maxes.keys()
        assert {(week, day, line.exercise) for week, day, line in self.lines} >= doings.keys()

    def run(self) -> Course:
        played: list[Played] = []
        places = list(enumerate(self.lines))
        for (week, day), lines in groupby(places, key=lambda each: each[1][:2]):
            today = Day(week, day, self.unit, loadable)
            # As in the app: the day's targets are all known before anything is done.
            asked = [(place, line, self._ask(line, today)) for place, (_w, _d, line) in lines]
            played += [self._do(place, line, sets, today) for place, line, sets in asked]
        return Course(played, self.states)

    def _lane(self, line: Line) -> str:
        return lane_of(line.groups, line.rule, line.label)

    def _state(self, line: Line) -> State:
        fresh = State(unit=self.unit)
        if line.exercise in self.starts and self._lane(line) != TRAINING_MAX:
            fresh = replace(fresh, weight=Decimal(self.starts[line.exercise]))
        return self.states.get((line.exercise, self._lane(line)), fresh)

    def _ask(self, line: Line, today: Day) -> list[Target]:
        entered = enter_cycle(line.rule, self._state(line), cycle_of(line.rule, today.week))
        if self._lane(line):
            self.states[line.exercise, self._lane(line)] = entered
        of_max = self.states.get((line.exercise, TRAINING_MAX), State(unit=self.unit))
        return targets(line.groups, line.rule, entered, of_max, today)

    def _do(self, place: int, line: Line, asked: list[Target], today: Day) -> Played:
        lane, state = self._lane(line), self._state(line)
        working = [target for target in asked if target.kind in WORKING]
        doing = self.doings.get(
            (today.week, today.day, line.exercise), [_least(t) for t in working]
        )
        change = None
        if lane and line.rule is not None and doing is not None:
            assert len(doing) <= len(working)
            doing = [*doing, *[None] * (len(working) - len(doing))]
            pairs = [(_goal(t), _done(t, each)) for t, each in zip(working, doing, strict=True)]
            outing = Outing(pairs, cycle_of(line.rule, today.week), self._closes(place))
            change = advance(line.rule, state, outing, of_max=lane == TRAINING_MAX)
        if change:
            state = self.states[line.exercise, lane] = change.state
        return Played(
            today.week, today.day, line.exercise, lane, _written(asked, self.unit), change, state
        )

    def _closes(self, place: int) -> bool:
        """Whether no later line of the cycle has a rule of cycles for this exercise."""
        week, _day, line = self.lines[place]
        return not any(
            each.exercise == line.exercise
            and isinstance(each.rule, Cycle)
            and cycle_of(each.rule, later) == cycle_of(line.rule, week)
            for later, _day, each in self.lines[place + 1 :]
        )


def _least(target: Target) -> int:
    return target.seconds or target.reps_min or 0


def _goal(target: Target) -> Goal:
    return Goal(
        target.reps_min,
        target.reps_max,
        target.seconds,
        target.seconds_max,
        target.kind == "amrap",
        target.weight,
        target.unit,
    )


def _done(target: Target, done: int | Done | None) -> Done | None:
    if not isinstance(done, int):
        return done
    if target.seconds is not None:
        return Done(seconds=done, weight=target.weight, unit=target.unit)
    return Done(done, weight=target.weight, unit=target.unit)


def _written(asked: list[Target], unit: Unit) -> str:
    return ", ".join(
        f"{len(list(same))}x{text}" for text, same in groupby(_one(t, unit) for t in asked)
    )


def _one(target: Target, unit: Unit) -> str:
    if target.seconds is not None:
        work = f"{_range(target.seconds, target.seconds_max)}s"
    else:
        work = _range(target.reps_min, target.reps_max)
    plus = "+" if target.kind == "amrap" else ""
    kind = "" if target.kind in WORKING else f" {target.kind}"
    if target.weight is None:
        return f"{work}{plus}{kind}"
    other = target.unit if target.unit != unit else ""
    return f"{work}{plus}{kind} @{format_weight(target.weight)}{other}"


def _range(low: int | None, high: int | None) -> str:
    return f"{low}" if low == high else f"{low}-{high}"
