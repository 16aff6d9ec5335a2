"""Writes to programs. Nothing here ever touches a logged set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from exercises.models import Exercise
from legtraining.domain.setgroups import SetGroup
from programs.models import Assignment, PrescribedSet, Prescription, Program, SetKind, Workout


class AlreadyActive(Exception):
    """The member follows another program already."""


@dataclass(frozen=True)
class Prescribed:
    """One written row of a workout. `load` is in `unit`; `rir` is repetitions in reserve."""

    exercise: Exercise
    groups: list[SetGroup] = field(default_factory=list)
    load: Decimal | None = None
    unit: str = Unit.KG
    rir: Decimal | None = None
    tempo: str = ""
    rest_seconds: int | None = None
    superset: str = ""
    note: str = ""


@transaction.atomic
def create_program(*, owner: User, title: str, goal: str, weeks: int, days_a_week: int) -> Program:
    """A program with an empty workout for every day of every week."""
    program = Program.objects.create(owner=owner, title=title, goal=goal, weeks=weeks)
    Workout.objects.bulk_create(
        Workout(program=program, week=week, day=day, title=_("Day %(day)d") % {"day": day})
        for week in range(1, weeks + 1)
        for day in range(1, days_a_week + 1)
    )
    return program


@transaction.atomic
def change_program(*, program: Program, title: str, goal: str, weeks: int) -> Program:
    """New title, goal and length. A longer program repeats its last week; a shorter one loses
    the weeks at its end. Sessions that were done keep what was logged."""
    program.title, program.goal = title, goal
    if weeks < program.weeks:
        program.workouts.filter(week__gt=weeks).delete()
    else:
        for week in range(program.weeks + 1, weeks + 1):
            _copy_workouts(program.workouts.filter(week=program.weeks), program, week=week)
    program.weeks = weeks
    program.save(update_fields=["title", "goal", "weeks"])
    return program


@transaction.atomic
def write_workout(
    *, workout: Workout, title: str, rows: list[Prescribed], later_weeks: bool = False
) -> None:
    """Makes `rows` the plan of `workout`, and with `later_weeks` of the same day after it too."""
    same_day = Workout.objects.select_for_update().filter(
        program=workout.program_id, day=workout.day
    )
    weeks = {"week__gte": workout.week} if later_weeks else {"week": workout.week}
    for target in same_day.filter(**weeks):
        target.title = title
        target.save(update_fields=["title"])
        target.prescriptions.all().delete()
        _write_rows(target, rows)


def _write_rows(workout: Workout, rows: list[Prescribed]) -> None:
    prescriptions = Prescription.objects.bulk_create(
        Prescription(
            workout=workout,
            order=order,
            exercise=row.exercise,
            superset=row.superset,
            tempo=row.tempo,
            rest_seconds=row.rest_seconds,
            note=row.note,
        )
        for order, row in enumerate(rows, 1)
    )
    PrescribedSet.objects.bulk_create(
        PrescribedSet(
            prescription=prescription,
            order=order,
            kind=SetKind.AMRAP if group.amrap else SetKind.WORK,
            count=group.count,
            reps_min=group.reps_min,
            reps_max=group.reps_max,
            seconds=group.seconds,
            load=row.load,
            unit=row.unit,
            rir=row.rir,
        )
        for prescription, row in zip(prescriptions, rows, strict=True)
        for order, group in enumerate(row.groups, 1)
    )


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
    _copy_workouts(program.workouts.all(), copy)
    return copy


def _copy_workouts(workouts: Iterable[Workout], program: Program, week: int | None = None) -> None:
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


@transaction.atomic
def assign(
    *,
    program: Program,
    member: User,
    trainer: User,
    start_date: date,
    weekdays: list[int],
    replace: bool = False,
) -> Assignment:
    """Gives `member` a copy of `program` to follow from `start_date` on `weekdays` (0 = Monday).

    With `replace` the program they follow now ends. Raises AlreadyActive without it. The member's
    row is locked, so that of two trainers who assign at once the second gets the sentence.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    current = Assignment.objects.active().filter(member=member).first()
    if current and not replace:
        raise AlreadyActive
    if current:
        end_assignment(assignment=current)
    return Assignment.objects.create(
        member=member,
        program=copy_program(program=program, owner=trainer),
        assigned_by=trainer,
        start_date=start_date,
        weekdays=sorted(set(weekdays)),
    )


def end_assignment(*, assignment: Assignment) -> None:
    """The member follows it no longer. Ending it twice keeps the first date."""
    Assignment.objects.active().filter(pk=assignment.pk).update(
        status=Assignment.Status.ENDED, ended_at=timezone.now()
    )
