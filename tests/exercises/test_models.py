"""What the database refuses about exercises, and the two rules of their instructions."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError

from exercises.models import Equipment, ExerciseAlias, InstructionRevision, Muscle, MuscleWork
from exercises.services import publish_instructions
from tests.factories import ExerciseFactory, make_session

TEXT = {"setup": "Stand.", "movement": "Squat."}


def refused_by(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_names_and_slugs_are_unique(db):
    exercise = ExerciseFactory()
    with refused_by("exercises_exercise_slug"), transaction.atomic():
        ExerciseFactory(slug=exercise.slug)
    with refused_by("exercises_name_once_in_the_library"), transaction.atomic():
        ExerciseFactory(name=exercise.name)
    with refused_by("exercises_muscle_slug"), transaction.atomic():
        Muscle.objects.create(slug="vastus_lateralis", name="Twin")
    Equipment.objects.create(slug="sled", name="Sled")
    with refused_by("exercises_equipment_slug"), transaction.atomic():
        Equipment.objects.create(slug="sled", name="Twin")


def test_muscle_work(db):
    exercise = ExerciseFactory()
    muscle = exercise.muscles.get()
    with refused_by("exercises_muscle_once_an_exercise"), transaction.atomic():
        MuscleWork.objects.create(exercise=exercise, muscle=muscle, share=0.5)
    with refused_by("exercises_share_one_or_half"), transaction.atomic():
        MuscleWork.objects.update(share=0.75)


def test_an_alias_names_one_exercise(db):
    ExerciseFactory().aliases.create(name="Quad Machine")
    with refused_by("exercises_alias_names_one_exercise"), transaction.atomic():
        ExerciseAlias.objects.create(exercise=ExerciseFactory(), name="QUAD machine")


def test_revision(db):
    with refused_by("exercises_revision_rest_bounded"), transaction.atomic():
        InstructionRevision.objects.create(exercise=ExerciseFactory(), rest_seconds=901, **TEXT)
    InstructionRevision.objects.create(exercise=ExerciseFactory(), rest_seconds=900, **TEXT)


def test_what_is_logged_or_trained_is_not_deleted(member):
    session = make_session(member, sets=1)
    exercise = session.blocks.get().exercise
    with pytest.raises((ProtectedError, RestrictedError)):
        exercise.delete()
    with pytest.raises((ProtectedError, RestrictedError)):
        exercise.muscles.get().delete()
    assert session.sets.count() == 1


def test_publishing_adds_a_revision_only_when_something_changes(trainer):
    exercise = ExerciseFactory()
    first = publish_instructions(exercise=exercise, author=trainer, cues="Brace.", **TEXT)
    assert publish_instructions(exercise=exercise, author=trainer, **TEXT) is None
    second = publish_instructions(exercise=exercise, author=None, note="why", movement="Lunge.")
    assert exercise.revisions.current() == second
    assert (second.cues, second.movement) == ("Brace.", "Lunge.")
    first.refresh_from_db()
    assert first.movement == "Squat."


def test_a_revision_outlives_its_author(trainer):
    exercise = ExerciseFactory()
    publish_instructions(exercise=exercise, author=trainer, **TEXT)
    trainer.delete()
    assert exercise.revisions.get().author is None
