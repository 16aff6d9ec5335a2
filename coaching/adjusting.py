"""A trainer changes what is still to do of a member's program: another exercise, an easier week.

What is done, skipped or being trained right now is never touched, nor are working weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from exercises.models import Exercise
from exercises.models import Load as LoadKind
from legtraining.domain.progression import enter_cycle
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.rules import TRAINING_MAX, Cycle, Offset, Rule
from legtraining.domain.setgroups import Basis, Load, SetGroup
from legtraining.domain.shorthand import write_day
from legtraining.domain.targets import Target, active_groups, cycle_of
from programs.models import MAX_WEEKS, Assignment, Prescription, Program, Workout
from programs.plans import (
    Prescribed,
    WrittenDay,
    as_day,
    groups_of,
    prescribed,
    rule_of,
    training_max_lifts,
    unfit,
    written_day,
)
from programs.services import write_days
from sessions.models import WorkoutSession
from sessions.plan import open_workouts
from sessions.planner import Planner, takes_weight, wanted_step

MAX_TITLE = 60

# A deload week: of the sets and of the weights this much is left, of percentages so much less.
SETS = Decimal("0.6")
WEIGHT = Decimal("0.9")
PERCENT_POINTS = 10

EXTRA, INSTEAD = "extra", "instead"

NOTHING = gettext_noop("No workout of this program is left to change.")
NO_ROOM = gettext_noop("A program has at most %(most)s weeks. Put the easier week in place of one.")
IS_ONE = gettext_noop("The next week is a deload week already.")
CHANGED = gettext_noop("The program was changed since you looked. Look at it once more.")


def still_ahead(assignment: Assignment) -> list[Workout]:
    """The open workouts with their plan, without one that is being trained right now."""
    training = WorkoutSession.objects.open().filter(assignment=assignment, workout__isnull=False)
    now = set(training.values_list("workout", flat=True))
    still = [each.pk for each in open_workouts(assignment) if each.pk not in now]
    return list(Workout.objects.filter(pk__in=still).with_plan().order_by("week", "day"))


def _lock(assignment: Assignment) -> Program:
    return Program.objects.select_for_update(no_key=True).get(pk=assignment.program_id)


# --- Another exercise -----------------------------------------------------------------------------


def exercises_ahead(assignment: Assignment) -> list[Exercise]:
    """What the workouts ahead prescribe, by name."""
    rows = (row for each in still_ahead(assignment) for row in each.prescriptions.all())
    found = {row.exercise_id: row.exercise for row in rows}
    return sorted(found.values(), key=lambda each: each.name)


@transaction.atomic
def swap_ahead(
    *, assignment: Assignment, old: Exercise, new: Exercise, keep_loads: bool = False
) -> int:
    """Writes `new` in the place of `old` into every workout ahead; the answer is how many.

    Sets, reps, RIR, rest, tempo and progression stay. A weight in kg or lb was meant for the old
    one and is left open, unless `keep_loads`; the new one begins where it stands in the program,
    or at its first session. Twice is once. Raises Refusal where `new` cannot be done so.
    """
    program = _lock(assignment)
    days = []
    for workout in still_ahead(assignment):
        day = written_day(workout)
        if any(row.exercise == old for row in day.rows):
            rows = [
                _swapped(row, new, keep_loads=keep_loads) if row.exercise == old else row
                for row in day.rows
            ]
            days.append(replace(day, rows=tuple(rows)))
    return len(write_days(program=program, days=days))


def lacks_max(assignment: Assignment, exercise: Exercise) -> bool:
    """Whether the program takes percentages of a training max of `exercise` that nobody knows."""
    lifts = assignment.lifts.filter(exercise=exercise, lane=TRAINING_MAX, weight__isnull=False)
    return exercise in training_max_lifts(assignment.program) and not lifts.exists()


def _swapped(row: Prescribed, new: Exercise, *, keep_loads: bool) -> Prescribed:
    refusal = unfit(new, row.groups, row.rule)
    if refusal:
        raise refusal
    groups = row.groups if keep_loads else [_without_weight(group) for group in row.groups]
    return replace(row, exercise=new, groups=groups)


def _without_weight(group: SetGroup) -> SetGroup:
    return replace(group, load=Load()) if group.load.basis in (Basis.WEIGHT, Basis.EXACT) else group


# --- An easier week -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deload:
    """An easier week as it would be written: `days`, all in `week`; `how` it comes there.

    `seen` names the program as it was read, `moved` says how many workouts come a week later, and
    `counts_weeks` whether a rule of those goes by the number of the week.
    """

    how: str
    week: int
    days: list[WrittenDay]
    seen: str
    moved: int = 0
    counts_weeks: bool = False

    @property
    def texts(self) -> list[tuple[str, list[str]]]:
        """Each day: its title and its lines."""
        return [
            (day.title, [line.strip() for line in write_day(as_day(day)).splitlines()[1:]])
            for day in self.days
        ]


def plan_deload(assignment: Assignment, how: str) -> Deload:
    """What an easier week would be now. Raises Refusal where there can be none.

    Instead of the next week: its workouts that are still to do become easier. As an extra week:
    before the next week, or, where that one is begun, before the one after it.
    """
    workouts = list(assignment.program.workouts.with_plan().order_by("week", "day"))
    ahead = still_ahead(assignment)
    if not ahead:
        raise Refusal(NOTHING)
    week, source = ahead[0].week, [each for each in ahead if each.week == ahead[0].week]
    if how == EXTRA:
        whole = [each for each in workouts if each.week == week]
        later = [each for each in workouts if each.week > week]
        begun = len(whole) > len(source)
        if begun:
            source = [each for each in later if each.week == later[0].week] if later else whole
            week += 1
    if all(_is_deload(each.title) for each in source):
        raise Refusal(IS_ONE)
    # Of a program that may have empty weeks: the extra one is a week longer all the same.
    if how == EXTRA and max([assignment.program.weeks, *(w.week for w in workouts)]) >= MAX_WEEKS:
        raise Refusal(NO_ROOM, most=MAX_WEEKS)
    planner = Planner(assignment.member, assignment)
    behind = [each for each in workouts if each.week >= week] if how == EXTRA else []
    return Deload(
        how=how,
        week=week,
        days=[_easier_day(each, week, planner) for each in source],
        seen=_fingerprint(assignment, workouts, ahead, planner),
        moved=len(behind),
        counts_weeks=any(_counts_weeks(row) for each in behind for row in each.prescriptions.all()),
    )


@transaction.atomic
def write_deload(*, assignment: Assignment, how: str, seen: str) -> Deload:
    """Writes the easier week that was looked at. `seen` is that of `plan_deload`: of two taps the
    second finds another program, and is refused. Raises Refusal.

    Every day it touches is marked as written for this member, also those that come a week later:
    the template would otherwise put its own week there again.
    """
    program = _lock(assignment)
    fresh = Assignment.objects.select_related("program", "member").get(pk=assignment.pk)
    planned = plan_deload(fresh, how)
    if planned.seen != seen:
        raise Refusal(CHANGED)
    if how == EXTRA:
        later = program.workouts.filter(week__gte=planned.week)
        later.update(week=F("week") + 1, edited_at=timezone.now())
        Program.objects.filter(pk=program.pk).update(weeks=F("weeks") + 1)
    written = write_days(program=program, days=planned.days)
    if how == EXTRA:
        # As old as the program: a day that came later counts as passed where later ones are done.
        Workout.objects.filter(pk__in=[each.pk for each in written]).update(
            created_at=program.created_at
        )
    return planned


def _counts_weeks(row: Prescription) -> bool:
    rule = rule_of(row.rule)
    if isinstance(rule, Offset):
        return rule.by == "weekly"
    return isinstance(rule, Cycle) and rule.weeks < MAX_WEEKS


def _fingerprint(
    assignment: Assignment, workouts: Sequence[Workout], ahead: Sequence[Workout], planner: Planner
) -> str:
    """Another one as soon as the plan, what is done of it or a working weight is another one."""
    days = [(each.pk, *write_day(as_day(written_day(each))).splitlines()) for each in workouts]
    said = (assignment.program.weeks, days, [w.pk for w in ahead], sorted(planner.states.items()))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _is_deload(title: str) -> bool:
    return title.endswith(_suffix())


def _suffix() -> str:
    return " " + gettext("(deload)")


def _easier_day(workout: Workout, week: int, planner: Planner) -> WrittenDay:
    title = workout.title
    if not _is_deload(title):
        title = title[: MAX_TITLE - len(_suffix())].rstrip() + _suffix()
    rows = [_easier(row, workout, planner) for row in workout.prescriptions.all()]
    return WrittenDay(week, workout.day, title, tuple(rows))


def _easier(row: Prescription, workout: Workout, planner: Planner) -> Prescribed:
    """Fewer sets, less weight, and no rule that would look at what is done.

    A cycle of weeks goes on: it raises the training max at its end, whatever was done in it.
    """
    rule = rule_of(row.rule)
    state = enter_cycle(
        rule, planner.state(row.exercise_id, row.lane), cycle_of(rule, workout.week)
    )
    targets = iter(planner.targets(row, workout.week, workout.day))
    groups = []
    for group in active_groups(groups_of(row), rule, state):
        target, *_same = islice(targets, group.count)
        groups.append(_easier_group(group, target, row.exercise, rule, planner))
    kept = rule if isinstance(rule, Cycle) else None
    return replace(prescribed(row), groups=groups, rule=kept)


def _easier_group(
    group: SetGroup, target: Target, exercise: Exercise, rule: Rule | None, planner: Planner
) -> SetGroup:
    count = group.count
    if group.counts:
        count = int((count * SETS).to_integral_value(ROUND_CEILING))
    load = group.load
    if load.basis == Basis.TRAINING_MAX and load.amount is not None:
        load = replace(load, amount=max(load.amount - PERCENT_POINTS, Decimal(1)))
    elif load.basis != Basis.TOP and target.weight is not None and takes_weight(exercise):
        load = _lighter(target, exercise, rule, planner)
    return replace(group, count=count, amrap=False, load=load)


def _lighter(target: Target, exercise: Exercise, rule: Rule | None, planner: Planner) -> Load:
    """Exactly nine tenths of what would be asked, as it can be loaded. With less help an assisted
    exercise would be harder: its help stays."""
    weight = target.weight or Decimal(0)
    if exercise.load != LoadKind.ASSISTED:
        wanted = wanted_step(rule, target.unit)
        weight = planner.gear(exercise).nearest(weight * WEIGHT, target.unit, wanted)
    return Load(Basis.EXACT, round(weight, 3), target.unit)
