"""A template of the trainer's, and the copy of one that the member follows."""

import pytest

from programs.models import Program, Workout
from tests.factories import ExerciseFactory, make_assignment, make_program

PLAN = (
    "week", "day", "title",
    "prescriptions__order", "prescriptions__exercise", "prescriptions__superset",
    "prescriptions__label", "prescriptions__rule", "prescriptions__lane",
    "prescriptions__tempo", "prescriptions__rest_seconds", "prescriptions__note",
    "prescriptions__sets__order", "prescriptions__sets__kind", "prescriptions__sets__count",
    "prescriptions__sets__reps_min", "prescriptions__sets__reps_max",
    "prescriptions__sets__seconds", "prescriptions__sets__seconds_max",
    "prescriptions__sets__basis", "prescriptions__sets__offset",
    "prescriptions__sets__load", "prescriptions__sets__unit",
    "prescriptions__sets__rir",
)  # fmt: skip


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="squat", name="Back Squat")


@pytest.fixture
def template(trainer, squat):
    return make_program(trainer, exercises=[squat])


@pytest.fixture
def assignment(trainer, member, squat):
    return make_assignment(trainer, member, exercises=[squat])


@pytest.fixture
def plan_of():
    """Every stored value of a program's plan, in its order."""

    def rows(program):
        return list(Workout.objects.filter(program=program).order_by(*PLAN).values_list(*PLAN))

    return rows


@pytest.fixture
def stored(plan_of):
    """All that is stored of a program."""

    def row_and_plan(program):
        return Program.objects.values().get(pk=program.pk), plan_of(program)

    return row_and_plan
