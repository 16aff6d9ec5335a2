"""sessions.wording"""

from decimal import Decimal

import pytest

from exercises.models import Exercise
from sessions.models import SetLog
from sessions.wording import describe, patterns, set_words, weight_label
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import TARGET


def said(load, *, unilateral=False, **done):
    exercise = Exercise(load=load, unilateral=unilateral)
    return set_words(SetLog(**done), exercise)


@pytest.mark.parametrize(
    ("load", "done", "words"),
    [
        ("external", {"weight": Decimal(60), "reps": 8}, "60 kg × 8"),
        ("external", {"weight": Decimal("62.500"), "reps": 1}, "62.5 kg × 1"),
        ("external", {"weight": Decimal(135), "unit": "lb", "reps": 5}, "135 lb × 5"),
        ("external", {"weight": Decimal(0), "reps": 12}, "0 kg × 12"),
        ("external", {"weight": Decimal(60), "reps": 0}, "60 kg × 0"),  # a failed one
        ("external", {"reps": 12}, "12 reps"),
        ("bodyweight", {"reps": 12}, "bodyweight × 12"),
        ("bodyweight", {"weight": Decimal(0), "reps": 1}, "bodyweight × 1"),
        ("bodyweight", {"weight": Decimal(10), "reps": 6}, "bodyweight + 10 kg × 6"),
        ("assisted", {"weight": Decimal(25), "unit": "lb", "reps": 6}, "25 lb of help × 6"),
        ("assisted", {"weight": Decimal(0), "reps": 6}, "bodyweight × 6"),
        ("assisted", {"reps": 6}, "bodyweight × 6"),
        ("reps_only", {"reps": 20}, "20 reps"),
        ("reps_only", {"reps": 1}, "1 rep"),
        ("time", {"seconds": 45}, "45 s"),
        ("time", {"seconds": 1}, "1 s"),
        ("time", {"weight": Decimal(20), "seconds": 45}, "20 kg × 45 s"),
        ("time", {"reps": 10, "seconds": 45}, "45 s"),
        ("external", {"weight": Decimal(60), "reps": 8, "seconds": 45}, "60 kg × 8"),
        # What was logged before the exercise was loaded otherwise.
        ("time", {"reps": 10}, "10 s"),
        ("external", {"weight": Decimal(20), "seconds": 30}, "20 kg × 30"),
    ],
)
def test_a_set_as_it_was_entered(load, done, words):
    assert said(load, **done) == words
    assert said(load, unilateral=True, **done) == f"{words} each side"


@pytest.mark.parametrize(
    ("load", "label"),
    [
        ("external", "Weight"),
        ("bodyweight", "Added weight"),
        ("assisted", "Assistance"),
        ("reps_only", "Weight"),
        ("time", "Weight"),
    ],
)
def test_the_label_says_what_the_weight_means(load, label):
    assert weight_label(Exercise(load=load)) == label


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "8–10 @ 60 kg, RIR 2"),
        ({"reps_max": 8}, "8 @ 60 kg, RIR 2"),
        ({"weight": None}, "8–10, RIR 2"),
        ({"weight": "62.5", "unit": "lb", "rir": None}, "8–10 @ 62.5 lb"),
        ({"kind": "amrap", "reps_max": 8, "rir": None}, "8+ @ 60 kg"),
        ({"reps_min": None, "reps_max": None, "seconds": 30, "weight": None, "rir": None}, "30 s"),
    ],
)
def test_a_target(changes, words):
    assert describe(TARGET | changes) == words


@pytest.mark.parametrize("unilateral", [False, True])
@pytest.mark.parametrize("load", ["external", "bodyweight", "assisted", "reps_only", "time"])
def test_the_script_has_the_same_patterns(member, signed_in, load, unilateral):
    """The words of a set kept without signal are filled on the phone, from these."""
    exercise = ExerciseFactory(load=load, unilateral=unilateral)
    session = make_session(member, exercise=exercise)
    make_set(session.blocks.get(), weight=None, reps=9, seconds=9)
    html = signed_in(member).get(f"/sessions/{session.uuid}/").text
    given = patterns(exercise)
    assert f'data-load="{load}" data-loaded="{given.loaded}" data-bare="{given.bare}"' in html
    assert f'data-one="{given.one}"' in html
    assert f'<span class="words">{given.bare.replace("{n}", "9")}</span>' in html
    for pattern in (given.loaded, given.bare, given.one):
        assert pattern.endswith("each side") == unilateral


def test_the_page_labels_reps_and_weight_by_the_exercise(member, signed_in):
    client = signed_in(member)
    for load, unilateral, there, missing in (
        ("external", False, {"Weight", "Reps"}, {"Seconds", "Reps a side"}),
        ("bodyweight", True, {"Added weight", "Reps a side"}, {"Seconds", "Weight"}),
        ("assisted", False, {"Assistance", "Reps"}, {"Seconds", "Weight"}),
        ("reps_only", False, {"Reps"}, {"Weight", "Unit", "Seconds"}),
        ("time", False, {"Weight", "Seconds"}, {"Reps"}),
    ):
        exercise = ExerciseFactory(load=load, unilateral=unilateral)
        session = make_session(member, exercise=exercise)
        page = client.get(f"/sessions/{session.uuid}/").text
        row = page.partition('<form class="set-form"')[2].partition("</form>")[0]
        labels = {text.partition("</label>")[0].partition(">")[2] for text in row.split("<label")}
        assert there <= labels
        assert not missing & labels
        session.delete()
