"""What was done of an exercise in a session, judged against what was planned.

A planned working set is *missed* when it was tried and its lowest repetitions (or seconds) were not
reached; of a set that failed, the last repetition does not count. A session is a success when all
planned working sets are logged, none is missed and none is lighter than planned; a failure when one
is missed; otherwise (sets left out, lighter weights) it counts as neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from legtraining.domain.refusal import gettext_noop
from legtraining.domain.units import Unit, convert

# A weight is "as planned" up to half a per cent lighter: 135 lb are 61.2 kg, planned as 61.5.
TOLERANCE = Decimal("0.005")

PARTIAL = gettext_noop("The weight stays: %(done)s of %(planned)s sets were logged.")
LIGHTER = gettext_noop("The weight stays: it was lighter than planned.")


@dataclass(frozen=True)
class State:
    """Where a lift stands: its weight (or training max) in `unit`, None while nobody knows.

    `stage`, `fails` and `wins` in a row, `extra` repetitions, the `mark` (weight) with which the
    first stage was left, and how many `cycle`s of weeks are closed.
    """

    weight: Decimal | None = None
    unit: Unit = "kg"
    stage: int = 0
    fails: int = 0
    wins: int = 0
    extra: int = 0
    mark: Decimal | None = None
    cycle: int = 0


@dataclass(frozen=True)
class Goal:
    """One planned working set. `weight` is in `unit`, None where it was left open."""

    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    seconds_max: int | None = None
    amrap: bool = False
    weight: Decimal | None = None
    unit: Unit = "kg"

    @property
    def low(self) -> int:
        return self.seconds or self.reps_min or 0

    @property
    def high(self) -> int:
        return self.seconds_max or self.seconds or self.reps_max or self.low


@dataclass(frozen=True)
class Done:
    """One set as it was logged; `failed` is the mark that the last repetition was not done."""

    reps: int | None = None
    seconds: int | None = None
    weight: Decimal | None = None
    unit: Unit = "kg"
    rir: Decimal | None = None
    failed: bool = False


@dataclass(frozen=True)
class Outing:
    """An exercise of a finished session: each planned working set with what was done of it.

    `cycle` counts the cycles of weeks from 0; `closes` is the last day of one.
    """

    sets: Sequence[tuple[Goal, Done | None]]
    cycle: int = 0
    closes: bool = False


def amount(goal: Goal, done: Done) -> int:
    """How many repetitions (or seconds) were done; the one at which the set failed was not."""
    tried = (done.seconds if goal.seconds is not None else done.reps) or 0
    return max(tried - 1, 0) if done.failed else tried


def missed(goal: Goal, done: Done) -> bool:
    return amount(goal, done) < goal.low


def planned(goal: Goal, unit: Unit) -> Decimal | None:
    return None if goal.weight is None else convert(goal.weight, goal.unit, unit)


def _lighter(goal: Goal, done: Done) -> bool:
    if goal.weight is None:
        return False
    lifted = convert(done.weight or Decimal(0), done.unit, goal.unit)
    return lifted < goal.weight * (1 - TOLERANCE)


@dataclass(frozen=True)
class Judged:
    """An outing, judged once for every rule."""

    outing: Outing

    @property
    def pairs(self) -> list[tuple[Goal, Done]]:
        return [(goal, done) for goal, done in self.outing.sets if done is not None]

    @property
    def misses(self) -> list[tuple[int, Goal, Done]]:
        return [
            (place, goal, done)
            for place, (goal, done) in enumerate(self.outing.sets, 1)
            if done is not None and missed(goal, done)
        ]

    @property
    def failed(self) -> bool:
        return bool(self.misses)

    @property
    def complete(self) -> bool:
        return len(self.pairs) == len(self.outing.sets)

    @property
    def lighter(self) -> bool:
        return any(_lighter(goal, done) for goal, done in self.pairs)

    @property
    def success(self) -> bool:
        return self.complete and not self.failed and not self.lighter

    def lifted(self, unit: Unit) -> Decimal | None:
        """The least that was lifted in the heaviest of the planned sets, in `unit`."""
        top = self.top_goal(unit)
        weights = [
            convert(done.weight, done.unit, unit)
            for goal, done in self.pairs
            if done.weight is not None and (top is None or planned(goal, unit) == top)
        ]
        return min(weights, default=None)

    def top_goal(self, unit: Unit) -> Decimal | None:
        weights = [planned(goal, unit) for goal, _done in self.outing.sets]
        return max((each for each in weights if each is not None), default=None)

    def hold(self) -> tuple[str, dict[str, object]] | None:
        """Of what did not fail, why it is no success: sets left out, or lighter ones."""
        if not self.complete:
            return PARTIAL, {"done": len(self.pairs), "planned": len(self.outing.sets)}
        return (LIGHTER, {}) if self.lighter else None

    def miss(self) -> dict[str, object]:
        place, goal, done = self.misses[0]
        return {"place": place, "done": amount(goal, done), "goal": goal.low}
