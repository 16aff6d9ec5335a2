"""Whatever happens to the program, what was logged stays, and so does what it was meant to be."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db.models import ProtectedError

from legtraining.domain.setgroups import parse_sets
from programs import services as programs
from programs.models import Prescription, Program
from sessions import services
from sessions.models import SetLog
from tests.factories import ExerciseFactory, make_assignment
from tests.sessions.conftest import TARGET, words


@pytest.fixture
def started(trainer, member, squat, typed, signed_in):
    """The first workout is open, and one of its three sets is logged."""
    assignment = make_assignment(trainer, member, exercises=[squat])
    workout = assignment.program.workouts.with_plan().first()
    session, _new = services.start_session(
        member=member, uuid=uuid4(), assignment=assignment, workout=workout
    )
    signed_in(member).post(f"/sessions/{session.uuid}/sets/", typed(session))
    return session


def rewrite(session):
    row = programs.Prescribed(
        exercise=ExerciseFactory(name="Leg press"), groups=parse_sets("5x5 @200kg")
    )
    programs.write_workout(workout=session.workout, title="Other", rows=[row], later_weeks=True)


def shorten(session):
    workout = session.workout
    workout.week = 3
    workout.save()
    programs.change_program(program=session.assignment.program, title="T", goal="", weeks=1)


def delete_plan(session):
    Prescription.objects.all().delete()
    session.assignment.program.workouts.all().delete()


def delete_everything(session):
    session.assignment.delete()
    Program.objects.all().delete()


def end(session):
    programs.end_assignment(assignment=session.assignment)


def trainer_leaves(session):
    session.assignment.assigned_by.delete()


@pytest.mark.parametrize(
    "change", [rewrite, shorten, delete_plan, delete_everything, end, trainer_leaves]
)
def test_sets_and_targets_stay(member, started, typed, signed_in, stored, change):
    before = stored()
    change(started)
    links = {"workout_id": None, "assignment_id": None}
    assert stored()["SetLog"] == before["SetLog"]
    assert stored()["Block"] == before["Block"]
    assert [row | links for row in stored()["WorkoutSession"]] == [
        row | links for row in before["WorkoutSession"]
    ]
    client = signed_in(member)
    page = client.get(f"/sessions/{started.uuid}/")
    assert words(page).count("target 8–10 @ 60 kg, RIR 2") == 3
    client.post(f"/sessions/{started.uuid}/sets/", typed(started, position=2))
    assert SetLog.objects.get(position=2).target == TARGET
    client.post(f"/sessions/{started.uuid}/finish/", {"rpe": "8", "note": ""})
    assert "2 of 3 sets" in words(client.get("/sessions/"))


def test_the_library_keeps_what_was_logged(started, squat):
    with pytest.raises(ProtectedError):
        squat.delete()
    squat.name, squat.slug = "Squat with a bar", "squat-with-a-bar"
    squat.save()
    assert started.sets.get().exercise.name == "Squat with a bar"
