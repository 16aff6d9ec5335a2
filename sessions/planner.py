"""A member's program as targets: where their lifts stand, and what their equipment can load."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, cast

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.racks import racks_of
from exercises.models import Exercise, Load
from legtraining.domain.outing import State
from legtraining.domain.progression import enter_cycle
from legtraining.domain.rules import TRAINING_MAX, Cycle, Rule, Step
from legtraining.domain.setgroups import Basis, SetGroup
from legtraining.domain.targets import Day, Target, cycle_of, targets
from legtraining.domain.units import Unit, format_weight
from programs.models import Assignment, LiftState, Prescription, SetKind, Workout
from programs.plans import groups_of, rule_of
from sessions.gear import Gear
from sessions.models import Block, ExerciseSetup, WorkoutSession
from sessions.wording import describe

type States = dict[tuple[int, str], State]


def state_of(lift: LiftState) -> State:
    return State(
        weight=lift.weight,
        unit=cast("Unit", lift.unit),
        stage=lift.stage,
        fails=lift.fails,
        wins=lift.wins,
        extra=lift.extra,
        mark=lift.mark,
        cycle=lift.cycle,
    )


class Planner:
    """Everything that a workout's targets depend on besides its plan; fetched once a member."""

    def __init__(
        self, member: User, assignment: Assignment | None, states: States | None = None
    ) -> None:
        self.member, self.assignment = member, assignment
        self.unit = cast("Unit", member.unit)
        if states is None:
            lifts = assignment.lifts.all() if assignment else ()
            states = {(lift.exercise_id, lift.lane): state_of(lift) for lift in lifts}
        self.states = states
        self._gear: dict[int, Gear] = {}

    @cached_property
    def _racks(self) -> Mapping[Unit, Any]:
        return racks_of(self.member)

    @cached_property
    def _setups(self) -> dict[int, ExerciseSetup]:
        return {each.exercise_id: each for each in self.member.exercise_setups.all()}

    def gear(self, exercise: Exercise) -> Gear:
        if exercise.pk not in self._gear:
            setup = self._setups.get(exercise.pk)
            self._gear[exercise.pk] = Gear(exercise, setup, self._racks)
        return self._gear[exercise.pk]

    def state(self, exercise: int, lane: str) -> State:
        return self.states.get((exercise, lane), State(unit=self.unit))

    def targets(self, row: Prescription, week: int, day: int) -> list[Target]:
        """What `row` asks of the member on that day of the program."""
        groups, rule = groups_of(row), rule_of(row.rule)
        gear = self.gear(row.exercise)
        cycle = cycle_of(rule, week)
        state = enter_cycle(rule, self.state(row.exercise_id, row.lane), cycle)
        training_max = self.state(row.exercise_id, TRAINING_MAX)
        if row.lane == TRAINING_MAX:
            training_max = state
        where = Day(
            week,
            day,
            self.unit,
            lambda weight, unit: gear.nearest(weight, unit, wanted_step(rule, unit)),
        )
        found = targets(groups, rule, state, training_max, where)
        return found if takes_weight(row.exercise) else [bare(target) for target in found]

    def tell(self, workouts: Iterable[Workout]) -> None:
        """Gives every row of `workouts` its `words`: what it asks of this member. Their plan was
        fetched; one query more."""
        rows = [(each, row) for each in workouts for row in each.prescriptions.all()]
        prefetch_related_objects([row.exercise for _workout, row in rows], "equipment")
        for workout, row in rows:
            row.words = in_words(  # type: ignore[attr-defined]
                self.targets(row, workout.week, workout.day)
            )


def in_words(found: list[Target]) -> str:
    """`3 × 5 @ 82.5 kg; 5+ @ 82.5 kg`: equal sets that follow each other together."""
    parts = []
    for target, same in groupby(found):
        kind = "" if target.kind in (SetKind.WORK, SetKind.AMRAP) else SetKind(target.kind).label
        parts.append(f"{kind} {describe(stored(target), len(list(same)))}".strip())
    return "; ".join(parts)


def takes_weight(exercise: Exercise) -> bool:
    return exercise.load not in (Load.REPS_ONLY, Load.TIME)


def bare(target: Target) -> Target:
    """The same without a weight, for what is done without one."""
    return replace(target, weight=None)


def wanted_step(rule: Rule | None, unit: Unit) -> Decimal | None:
    """The step of a rule, where it is one in `unit`."""
    step = getattr(rule, "step", None)
    return abs(step.amount) if isinstance(step, Step) and step.unit == unit else None


def stored(target: Target) -> dict[str, Any]:
    """What a log keeps of a target, whatever happens to the program afterwards."""

    def plain(value: Decimal | None) -> str | None:
        return None if value is None else format_weight(value)

    kept: dict[str, Any] = {
        "kind": target.kind,
        "reps_min": target.reps_min,
        "reps_max": target.reps_max,
        "seconds": target.seconds,
        "weight": plain(target.weight),
        "unit": target.unit,
        "rir": plain(target.rir),
    }
    if target.seconds_max != target.seconds:
        kept["seconds_max"] = target.seconds_max
    if target.percent is not None:
        kept["percent"] = plain(target.percent)
    return kept


def is_pinned(groups: list[SetGroup]) -> bool:
    """Whether a trainer wrote exact weights for this day: what is done then moves no rule."""
    return any(group.load.basis == Basis.EXACT for group in groups)


def planned_blocks(
    session: WorkoutSession, workout: Workout, planner: Planner | None = None
) -> list[Block]:
    """The unsaved blocks of `session` as `workout` prescribes them now, a target for every set.

    Its plan was fetched. The member's lifts, bars and plates come with a `planner`.
    """
    planner = planner or Planner(session.member, session.assignment)
    rows = list(workout.prescriptions.all())
    prefetch_related_objects([row.exercise for row in rows], "equipment")
    closing = _closing(workout, rows)
    return [
        Block(
            session=session,
            order=order,
            place=order,
            exercise=row.exercise,
            superset=row.superset,
            tempo=row.tempo,
            rest_seconds=row.rest_seconds,
            note=row.note,
            targets=[stored(each) for each in planner.targets(row, workout.week, workout.day)],
            rule="" if is_pinned(groups_of(row)) else row.rule,
            lane=row.lane,
            cycle=cycle_of(rule_of(row.rule), workout.week),
            closes_cycle=row.exercise_id in closing,
        )
        for order, row in enumerate(rows, 1)
    ]


def _closing(workout: Workout, rows: list[Prescription]) -> set[int]:
    """The exercises for which this is the last day of their cycle of weeks. A query, or none."""
    rules = {row.exercise_id: rule for row in rows if isinstance(rule := rule_of(row.rule), Cycle)}
    if not rules:
        return set()
    later = Prescription.objects.filter(
        workout__program=workout.program_id, exercise__in=rules, rule__startswith="cycle"
    ).values_list("exercise", "workout__week", "workout__day")
    open_still = {
        exercise
        for exercise, week, day in later
        if (week, day) > (workout.week, workout.day)
        and cycle_of(rules[exercise], week) == cycle_of(rules[exercise], workout.week)
    }
    return rules.keys() - open_still


def closing_rows(rows: Iterable[tuple[Workout, Prescription]]) -> set[int]:
    """The same for a whole program, whose rows are given in their order: the last ones' ids."""
    last: dict[tuple[int, int], int] = {}
    for workout, row in rows:
        rule = rule_of(row.rule)
        if isinstance(rule, Cycle):
            last[row.exercise_id, cycle_of(rule, workout.week)] = row.pk
    return set(last.values())
