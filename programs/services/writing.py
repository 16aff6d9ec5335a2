"""Writing programs. Nothing here ever touches a logged set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from legtraining.domain.rules import lane_of
from programs.models import (
    Assignment,
    LiftState,
    PrescribedSet,
    Prescription,
    Program,
    SetKind,
    Workout,
)
from programs.plans import Prescribed, WrittenDay, as_day, day_of, usual_title

# Where an exercise stands in a program: week, day, exercise, and the how manieth time that day.
type Place = tuple[int, int, int, int]


@transaction.atomic
def create_program(*, owner: User, title: str, goal: str, weeks: int, days_a_week: int) -> Program:
    """A program with an empty workout for every day of every week."""
    program = Program.objects.create(owner=owner, title=title, goal=goal, weeks=weeks)
    Workout.objects.bulk_create(
        Workout(program=program, week=week, day=day, title=usual_title(day))
        for week in range(1, weeks + 1)
        for day in range(1, days_a_week + 1)
    )
    return program


@transaction.atomic
def create_written(
    *, owner: User, title: str, goal: str, weeks: int, days: Sequence[WrittenDay]
) -> Program:
    """A program as it was written down."""
    program = Program.objects.create(owner=owner, title=title, goal=goal, weeks=weeks)
    write_days(program=program, days=days)
    return program


@transaction.atomic
def change_program(
    *, program: Program, title: str, goal: str, weeks: int, shared: bool = False
) -> Program:
    """New title, goal and length, and whether other trainers of the gym may use it.

    A longer program repeats its last week; a shorter one loses the weeks at its end. Sessions that
    were done keep what was logged.
    """
    program.title, program.goal, program.shared = title, goal, shared
    if weeks < program.weeks:
        program.workouts.filter(week__gt=weeks).delete()
    else:
        for week in range(program.weeks + 1, weeks + 1):
            copy_workouts(program.workouts.filter(week=program.weeks), program, week=week)
    program.weeks = weeks
    program.save(update_fields=["title", "goal", "weeks", "shared"])
    return program


@transaction.atomic
def write_workout(
    *, workout: Workout, title: str, rows: list[Prescribed], later_weeks: bool = False
) -> None:
    """Makes `rows` the plan of `workout`, and with `later_weeks` of the same day after it too."""
    weeks = {"week__gte": workout.week} if later_weeks else {"week": workout.week}
    same_day = Workout.objects.filter(program=workout.program_id, day=workout.day, **weeks)
    days = [
        WrittenDay(week, workout.day, title, tuple(rows))
        for week in same_day.order_by("week").values_list("week", flat=True)
    ]
    write_days(program=Program(pk=workout.program_id), days=days)


@transaction.atomic
def write_program(
    *, program: Program, title: str, goal: str, weeks: int, days: Sequence[WrittenDay]
) -> None:
    """Makes the program what was written: `days` are all it has afterwards.

    A day that is there already keeps its row, so that what was done of it stays done.
    """
    program.title, program.goal, program.weeks = title, goal, weeks
    program.save(update_fields=["title", "goal", "weeks"])
    written = {(day.week, day.day) for day in days}
    gone = [
        workout.pk
        for workout in program.workouts.all()
        if (workout.week, workout.day) not in written
    ]
    program.workouts.filter(pk__in=gone).delete()
    write_days(program=program, days=days)


@transaction.atomic
def write_days(
    *, program: Program, days: Iterable[WrittenDay], edited: bool = True
) -> list[Workout]:
    """Writes these days of `program`, others stay; returns those that were changed.

    A day that says the same already is left alone. In the copy of a member a changed day is marked
    as `edited`, written for them, unless that is False. Lifts whose sets or rule changed go on
    from where they stood. A constant number of queries.
    """
    program = Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    there = {(each.week, each.day): each for each in program.workouts.with_plan()}
    now = timezone.now()
    assignment = Assignment.objects.filter(program=program).first()
    changed: list[tuple[Workout, WrittenDay]] = []
    for day in days:
        workout = there.get((day.week, day.day))
        if workout is None:
            workout = Workout(program=program, week=day.week, day=day.day, created_at=now)
        elif workout.title == day.title and day_of(workout) == as_day(day):
            continue
        workout.title = day.title
        if assignment and edited:
            workout.edited_at = now
        changed.append((workout, day))
    before = _lanes_of(workout for workout, _day in changed if workout.pk)
    _save([workout for workout, _day in changed])
    Prescription.objects.filter(workout__in=[workout for workout, _day in changed]).delete()
    _write_rows(changed)
    if assignment:
        _carry_lifts(assignment, before, changed)
    return [workout for workout, _day in changed]


def _save(workouts: list[Workout]) -> None:
    Workout.objects.bulk_create([each for each in workouts if each.pk is None])
    Workout.objects.bulk_update([each for each in workouts if each.pk], ["title", "edited_at"])


def _write_rows(written: Sequence[tuple[Workout, WrittenDay]]) -> None:
    rows = [
        (workout, order, row) for workout, day in written for order, row in enumerate(day.rows, 1)
    ]
    prescriptions = Prescription.objects.bulk_create(
        Prescription(
            workout=workout,
            order=order,
            exercise=row.exercise,
            superset=row.superset,
            label=row.label,
            rule=str(row.rule or ""),
            lane=lane_of(row.groups, row.rule, row.label),
            tempo=row.tempo,
            rest_seconds=row.rest_seconds,
            note=row.note,
        )
        for workout, order, row in rows
    )
    PrescribedSet.objects.bulk_create(
        PrescribedSet(
            prescription=prescription,
            order=order,
            kind=SetKind.AMRAP if group.amrap else SetKind(group.kind.value),
            count=group.count,
            reps_min=group.reps_min,
            reps_max=group.reps_max,
            seconds=group.seconds,
            seconds_max=group.seconds_max,
            basis=group.load.basis.value,
            load=group.load.amount,
            unit=group.load.unit,
            offset=group.load.offset,
            rir=group.rir,
        )
        for prescription, (_workout, _order, row) in zip(prescriptions, rows, strict=True)
        for order, group in enumerate(row.groups, 1)
    )


# --- Lifts of a member's copy ---------------------------------------------------------------------


def _lanes_of(workouts: Iterable[Workout]) -> dict[Place, str]:
    """The lane of every row, by its place. The plan of `workouts` was fetched."""
    return {
        place: row.lane
        for workout in workouts
        for place, row in _placed(workout, workout.prescriptions.all())
    }


def _placed(workout: Workout, rows: Iterable[Prescription]) -> Iterable[tuple[Place, Prescription]]:
    times: Counter[int] = Counter()
    for row in rows:
        times[row.exercise_id] += 1
        yield (workout.week, workout.day, row.exercise_id, times[row.exercise_id]), row


def _carry_lifts(
    assignment: Assignment, before: dict[Place, str], changed: Sequence[tuple[Workout, WrittenDay]]
) -> None:
    """A row whose lane is another one now begins where the one before it stood."""
    rows = Prescription.objects.filter(workout__in=[workout for workout, _day in changed])
    by_workout: dict[int, list[Prescription]] = {}
    for row in rows.order_by("workout", "order"):
        by_workout.setdefault(row.workout_id, []).append(row)
    renamed = {
        (place[2], row.lane): before[place]
        for workout, _day in changed
        for place, row in _placed(workout, by_workout.get(workout.pk, []))
        if row.lane and before.get(place) and before[place] != row.lane
    }
    if not renamed:
        return
    lifts = {(lift.exercise_id, lift.lane): lift for lift in assignment.lifts.all()}
    LiftState.objects.bulk_create(
        LiftState(
            assignment=assignment,
            exercise_id=exercise,
            lane=lane,
            unit=lifts[exercise, old].unit,
            start=lifts[exercise, old].weight,
            weight=lifts[exercise, old].weight,
        )
        for (exercise, lane), old in renamed.items()
        if (exercise, old) in lifts and (exercise, lane) not in lifts
    )


# --- Copies ---------------------------------------------------------------------------------------


@transaction.atomic
def copy_program(*, program: Program, owner: User | None) -> Program:
    """A program of its own with the same plan, which remembers where it came from."""
    copy = Program.objects.create(
        owner=owner,
        title=program.title,
        goal=program.goal,
        weeks=program.weeks,
        copied_from=program,
    )
    copy_workouts(program.workouts.all(), copy)
    return copy


def copy_workouts(workouts: Iterable[Workout], program: Program, week: int | None = None) -> None:
    """Copies `workouts` with all they prescribe into `program`, into `week` where one is named.

    Seven queries however many rows there are.
    """
    old_workouts = list(workouts)
    new_workouts = Workout.objects.bulk_create(
        Workout(program=program, week=week or old.week, day=old.day, title=old.title)
        for old in old_workouts
    )
    workout_of = {old.pk: new for old, new in zip(old_workouts, new_workouts, strict=True)}
    old_prescriptions = list(Prescription.objects.filter(workout__in=workout_of))
    new_prescriptions = Prescription.objects.bulk_create(
        _copied(old, workout=workout_of[old.workout_id]) for old in old_prescriptions
    )
    prescription_of = {
        old.pk: new for old, new in zip(old_prescriptions, new_prescriptions, strict=True)
    }
    PrescribedSet.objects.bulk_create(
        _copied(old, prescription=prescription_of[old.prescription_id])
        for old in PrescribedSet.objects.filter(prescription__in=prescription_of)
    )


def _copied[M: (Prescription, PrescribedSet)](old: M, **parent: object) -> M:
    """An unsaved row like `old` below another parent."""
    values = {
        column.name: getattr(old, column.name)
        for column in old._meta.concrete_fields
        if not column.primary_key and not column.is_relation
    }
    if isinstance(old, Prescription):
        values["exercise_id"] = old.exercise_id
    return type(old)(**values, **parent)
