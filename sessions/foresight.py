"""A program as a member will see it: every week with its loads, if all goes as planned."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from legtraining.domain.outing import Done, Goal, Outing
from legtraining.domain.progression import advance
from legtraining.domain.rules import TRAINING_MAX
from legtraining.domain.targets import Target, cycle_of
from programs.models import Prescription, Workout
from programs.plans import groups_of, rule_of
from sessions.planner import Planner, closing_rows, in_words, is_pinned


def foresee(planner: Planner, workouts: Iterable[Workout]) -> None:
    """Gives every row of `workouts`, in their order, its `words`: the loads of that day.

    As if each set reached its lowest number: what rises with success rises, what waits for more
    (the top of a range, the last set) stays. `planner` stands at the end of it afterwards. Their
    plan was fetched; one query more.
    """
    workouts = list(workouts)
    rows = [(each, row) for each in workouts for row in each.prescriptions.all()]
    prefetch_related_objects([row.exercise for _workout, row in rows], "equipment")
    closes = closing_rows(rows)
    for workout, row in rows:
        found = planner.targets(row, workout.week, workout.day)
        row.words = in_words(found)  # type: ignore[attr-defined]
        _go_on(planner, workout, row, found, closes=row.pk in closes)


def _go_on(
    planner: Planner, workout: Workout, row: Prescription, found: list[Target], *, closes: bool
) -> None:
    rule = rule_of(row.rule)
    if rule is None or not row.lane or is_pinned(groups_of(row)):
        return
    sets = [_as_planned(target) for target in found if target.kind in ("work", "amrap")]
    outing = Outing(sets, cycle_of(rule, workout.week), closes)
    state = planner.state(row.exercise_id, row.lane)
    change = advance(rule, state, outing, of_max=row.lane == TRAINING_MAX)
    if change:
        planner.states[row.exercise_id, row.lane] = change.state


def _as_planned(target: Target) -> tuple[Goal, Done]:
    goal = Goal(
        target.reps_min,
        target.reps_max,
        target.seconds,
        target.seconds_max,
        amrap=target.kind == "amrap",
        weight=target.weight,
        unit=target.unit,
    )
    return goal, Done(target.reps_min, target.seconds, target.weight, target.unit)
