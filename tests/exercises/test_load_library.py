"""manage.py load_library"""

import tomllib

from django.core.management import call_command

from exercises.models import Equipment, Exercise, InstructionRevision, Muscle, MuscleWork
from exercises.services import LIBRARY, load_library

FACTS = tomllib.loads((LIBRARY / "facts.toml").read_text("utf-8"))["exercises"]


def rows():
    models = (Exercise, InstructionRevision, Muscle, MuscleWork, Equipment)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_brings_all_86_and_a_second_time_nothing(db, capsys):
    call_command("load_library")
    assert Exercise.objects.count() == 86 == len(FACTS)
    loaded = rows()
    call_command("load_library")
    assert rows() == loaded
    assert capsys.readouterr().out.splitlines() == [
        "Library: 86 exercises added.",
        "Library: 0 exercises added.",
    ]


def test_every_row_is_valid_and_says_what_the_file_says(db):
    load_library()
    for exercise in Exercise.objects.prefetch_related("muscle_work__muscle", "equipment"):
        exercise.full_clean()
        fact = FACTS[exercise.slug]
        assert (exercise.name, exercise.load, exercise.mechanics, exercise.unilateral) == (
            fact["name"],
            fact["load"],
            fact["mechanics"],
            fact["unilateral"],
        )
        work = {each.muscle.slug: each.share for each in exercise.muscle_work.all()}
        assert work == dict.fromkeys(fact["primary"], 1) | dict.fromkeys(fact["secondary"], 0.5)
        assert {each.slug for each in exercise.equipment.all()} == set(fact["equipment"])
        assert sorted(each.name for each in exercise.aliases.all()) == sorted(fact["aliases"])
    for revision in InstructionRevision.objects.all():
        revision.full_clean()


def test_never_overwrites_what_an_editor_wrote(db):
    load_library()
    extension = Exercise.objects.get(slug="leg-extension")
    extension.revisions.update(movement="As the editor says.")
    Exercise.objects.filter(pk=extension.pk).update(name="Knee Extension", erratum="")
    edited = rows()
    load_library()
    assert rows() == edited


def test_brings_back_an_exercise_that_is_missing(db):
    """Only missing exercises are added; with them what they need."""
    load_library()
    Exercise.objects.filter(slug="leg-extension").delete()
    call_command("load_library", verbosity=0)
    extension = Exercise.objects.get(slug="leg-extension")
    assert extension.revisions.count() == 1
    assert Exercise.objects.count() == 86
