"""manage.py load_library"""

from dataclasses import replace

from django.core.management import call_command
from django.db import connection

from exercises.facts import check_facts, facts_of
from exercises.models import (
    Claim,
    Equipment,
    Exercise,
    InstructionRevision,
    Muscle,
    MuscleWork,
    Reference,
)
from exercises.services import load_library, publish_instructions, retire_exercise, save_facts
from exercises.services.library import facts_from, texts_from, written
from tests.factories import ExerciseFactory

FACTS, MOVEMENTS = written()


def rows():
    models = (Exercise, InstructionRevision, Muscle, MuscleWork, Equipment, Claim, Reference)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_brings_everything_and_a_second_time_nothing(db, capsys):
    call_command("load_library")
    assert Exercise.objects.filter(kind="exercise").count() == 86 == len(FACTS["exercises"])
    assert Exercise.objects.filter(kind="warm_up").count() >= 10
    assert Exercise.objects.filter(kind="stretch").count() >= 10
    loaded = rows()
    call_command("load_library")
    assert rows() == loaded
    assert capsys.readouterr().out.splitlines() == [
        f"Library: {len(MOVEMENTS)} exercises added.",
        "Library: 0 exercises added.",
    ]


def test_every_row_is_valid_and_says_what_the_file_says(db):
    load_library()
    for exercise in Exercise.objects.with_names():
        exercise.full_clean()
        assert facts_of(exercise) == facts_from(MOVEMENTS[exercise.slug])
        check_facts(facts_of(exercise), exercise)
        revision = exercise.revisions.get()
        revision.full_clean()
        assert revision.texts == texts_from(MOVEMENTS[exercise.slug])
        assert revision == exercise.revisions.current()


def test_never_overwrites_what_an_editor_wrote(db, admin):
    load_library()
    extension = Exercise.objects.with_names().get(slug="leg-extension")
    publish_instructions(exercise=extension, author=admin, movement="As the editor says.")
    facts = replace(facts_of(extension), name="Knee Straightening", staple=False, aliases=[])
    save_facts(exercise=extension, facts=facts, author=admin)
    retire_exercise(exercise=Exercise.objects.get(slug="hack-squat"), author=admin)
    edited = rows()
    load_library()
    assert rows() == edited


def test_an_older_installation_gets_the_texts_and_staples_it_never_had(db):
    """It knew 86 exercises, most of them without instructions, and no staples."""
    load_library()
    squat = Exercise.objects.get(slug="back-squat")
    other = ExerciseFactory(slug="wall-press")
    with connection.cursor() as cursor:  # as it was before: rows are never deleted in any other way
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM exercises_instructionrevision")
        cursor.execute("SET LOCAL session_replication_role = origin")
    Exercise.objects.update(staple=False)
    assert load_library() == 0
    assert squat.revisions.count() == 1
    assert Exercise.objects.get(pk=squat.pk).staple
    assert not other.revisions.exists()
