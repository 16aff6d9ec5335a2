"""GET /exercises/<slug>/"""

import re

import pytest
from django.test import Client

from exercises.models import InstructionRevision, Muscle, MuscleWork
from exercises.services import load_library
from tests.factories import ExerciseFactory


@pytest.fixture
def squat(db):
    squat = ExerciseFactory(slug="squat", name="Back Squat", unilateral=True)
    muscle = Muscle.objects.create(slug="soleus", name="Soleus", group="calves", side="back")
    MuscleWork.objects.create(exercise=squat, muscle=muscle, share=0.5)
    squat.equipment.create(slug="barbell", name="Barbell")
    squat.aliases.create(name="Barbell Squat")
    return squat


def page(slug, client=None):
    answer = (client or Client()).get(f"/exercises/{slug}/")
    assert answer.status_code == 200
    return answer.text


def section(text, name):
    """The entries of one list of the instructions."""
    found = re.search(
        rf'<section class="steps" aria-labelledby="{name}-title">.*?</section>', text, re.DOTALL
    )
    return re.findall(r"<li>(.*?)</li>", found[0])


def test_shows_steps_cues_and_mistakes_one_a_line(squat):
    InstructionRevision.objects.create(exercise=squat, setup="Old.", movement="Old.")
    InstructionRevision.objects.create(
        exercise=squat,
        setup="Stand.\n\n  Brace. ",
        movement="Down.\r\nUp <fast>.",
        cues="Chest up.",
        mistakes="Bouncing.",
        tempo="3-0-1-0",
        rest_seconds=150,
    )
    text = page("squat")
    assert section(text, "setup") == ["Stand.", "Brace."]
    assert section(text, "movement") == ["Down.", "Up &lt;fast&gt;."]
    assert section(text, "cues") == ["Chest up."]
    assert section(text, "mistakes") == ["Bouncing."]
    assert "safety-title" not in text
    assert "3-0-1-0" in text
    assert "2:30" in text
    assert "Old." not in text


def test_shows_the_muscles_with_their_share_and_the_facts(squat):
    text = " ".join(page("squat").split())
    assert "Trains</dt> <dd>Vastus lateralis</dd>" in text
    assert "Also trains (counted half)</dt> <dd>Soleus</dd>" in text
    assert "<dt>Equipment</dt> <dd>Barbell</dd>" in text
    assert "Compound, one leg at a time" in text
    assert "knee extension" in text
    assert "Also called Barbell Squat" in text


def test_without_instructions_says_so(squat):
    text = page("squat")
    assert "not written yet" in text
    assert "Correction" not in text


def test_the_library_as_it_is_shipped(db):
    """The article's first movement was a leg extension under the name of a leg curl."""
    load_library()
    text = page("leg-extension")
    assert "Correction" in text
    assert "Seated Leg Curl" in text
    assert "leg extension, and it trains the front of the thigh" in text
    for slug in (
        "leg-extension",
        "seated-leg-curl",
        "seated-calf-raise",
        "standing-calf-raise",
        "back-squat",
        "romanian-deadlift",
        "barbell-hip-thrust",
        "leg-press-45",
    ):
        text = page(slug)
        assert len(section(text, "movement")) >= 3
        assert section(text, "cues")
        assert section(text, "mistakes")


def test_everybody_may_read(squat, member, trainer, signed_in):
    for client in (Client(), signed_in(member), signed_in(trainer)):
        page("squat", client)


def test_bad_slug(squat):
    for bad in ("no-such-exercise", "SQUAT", "squat%00", "x" * 300):
        assert Client().get(f"/exercises/{bad}/").status_code == 404


def test_wrong_method(squat):
    assert Client().post("/exercises/squat/").status_code == 405


def test_the_number_of_queries_does_not_grow(squat, query_count, no_lazy_queries):
    one = query_count(Client(), "/exercises/squat/")
    for n in range(50):
        squat.aliases.create(name=f"Squat {n}")
        squat.equipment.create(slug=f"thing-{n}", name=f"Thing {n}")
        muscle = Muscle.objects.create(slug=f"muscle-{n}", name=f"Muscle {n}", group="trunk")
        MuscleWork.objects.create(exercise=squat, muscle=muscle, share=0.5)
        InstructionRevision.objects.create(exercise=squat, setup="Stand.", movement="Squat.")
    assert query_count(Client(), "/exercises/squat/") == one
