"""What the database refuses about programs"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from programs.models import Assignment, PrescribedSet, Prescription, Program, Workout
from tests.factories import ExerciseFactory, make_assignment, make_program


def refused_by(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("weeks", [0, 53])
def test_program(trainer, weeks):
    with refused_by("programs_program_weeks_bounded"), transaction.atomic():
        Program.objects.create(owner=trainer, title="Long", weeks=weeks)


def test_workout(trainer):
    program = make_program(trainer)
    with refused_by("programs_workout_one_a_day"), transaction.atomic():
        Workout.objects.create(program=program, week=1, day=1, title="Twin")
        # Checked at the end of a transaction, so that two days can change places.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for week, day in ((0, 1), (53, 1), (1, 0), (1, 8)):
        with refused_by("programs_workout_in_calendar"), transaction.atomic():
            Workout.objects.create(program=program, week=week, day=day, title="Nowhere")


def test_prescription(trainer):
    row = Prescription.objects.filter(workout__program=make_program(trainer)).first()
    with refused_by("programs_prescription_rest_bounded"), transaction.atomic():
        Prescription.objects.filter(pk=row.pk).update(rest_seconds=901)
    with refused_by("programs_prescription_one_a_place"), transaction.atomic():
        Prescription.objects.create(
            workout=row.workout, exercise=ExerciseFactory(), order=row.order
        )
        # Checked at the end of a transaction, so that two rows can change places.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("programs_set_count_bounded", {"count": 0}),
        ("programs_set_count_bounded", {"count": 21}),
        ("programs_set_reps_or_seconds", {"seconds": 30}),
        ("programs_set_reps_or_seconds", {"reps_min": None, "reps_max": None}),
        ("programs_set_reps_or_seconds", {"reps_min": None}),
        ("programs_set_reps_or_seconds", {"reps_max": None}),
        ("programs_set_reps_or_seconds", {"reps_min": 0}),
        ("programs_set_reps_or_seconds", {"reps_min": 11, "reps_max": 10}),
        ("programs_set_reps_or_seconds", {"reps_min": None, "reps_max": None, "seconds": 0}),
        ("programs_set_load_not_negative", {"load": Decimal("-0.5")}),
        ("programs_set_rir_bounded", {"rir": Decimal("-0.5")}),
        ("programs_set_rir_bounded", {"rir": Decimal("10.5")}),
    ],
)
def test_prescribed_set(trainer, constraint, values):
    make_program(trainer, weeks=1, days=1)
    with refused_by(constraint), transaction.atomic():
        PrescribedSet.objects.update(**values)


def test_prescribed_set_in_its_place(trainer):
    make_program(trainer, weeks=1, days=1)
    there = PrescribedSet.objects.get()
    there.pk = None
    with refused_by("programs_set_one_a_place"), transaction.atomic():
        there.save()


def test_assignment(trainer, member):
    assignment = make_assignment(trainer, member)
    with refused_by("programs_assignment_has_days"), transaction.atomic():
        Assignment.objects.update(weekdays=[])
    with refused_by("programs_assignment_end_is_dated"), transaction.atomic():
        Assignment.objects.update(status="ended")
    with refused_by("programs_assignment_end_is_dated"), transaction.atomic():
        Assignment.objects.update(ended_at=timezone.now())
    with refused_by("programs_assignment_program_id"), transaction.atomic():
        Assignment.objects.create(
            member=trainer,
            program=assignment.program,
            start_date=date(2026, 1, 5),
            weekdays=[0],
        )


def test_one_active_assignment_a_member(trainer, other_trainer, member):
    make_assignment(trainer, member)
    second = {"member": member, "start_date": date(2026, 1, 5), "weekdays": [0]}
    program = make_program(other_trainer)
    with refused_by("programs_assignment_one_active"), transaction.atomic():
        Assignment.objects.create(program=program, **second)
    Assignment.objects.create(program=program, status="ended", ended_at=timezone.now(), **second)


def test_an_exercise_that_is_planned_is_not_deleted(trainer):
    exercise = ExerciseFactory()
    make_program(trainer, exercises=[exercise])
    with pytest.raises(ProtectedError):
        exercise.delete()
