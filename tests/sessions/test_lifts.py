"""/programs/<id>/lifts/ and the week sheet: where the weights stand, and a trainer's word"""

from decimal import Decimal

import pytest
from django.test import Client

from programs.models import LiftState
from sessions.models import ProgressionEvent
from tests.factories import coach, follow, make_written
from tests.sessions.training import targets, train

TEXT = """Week 1-4
Day 1
  Squat 3x5 @60kg ; linear +2.5kg
  Press 2x10 ; stages +5kg / 2x8 / restart 85%
  Hinge 2x5 @80%
"""


@pytest.fixture
def assignment(trainer, member):
    return follow(trainer, member, TEXT, maxes={"Hinge": "100"})


def url_of(assignment, rest="lifts/"):
    return f"/programs/{assignment.program_id}/{rest}"


def lifts(page):
    return [
        (each.exercise.name, each.words, each.weight, each.unit) for each in page.context["lines"]
    ]


def test_shows_where_each_lift_stands_and_why(assignment, member, signed_in):
    client = signed_in(member)
    assert lifts(client.get(url_of(assignment))) == [
        ("Press", "2x10", "", ""),
        ("Squat", "3x5", "", ""),
        ("Hinge", "training max", "100", "kg"),
    ]
    train(assignment, reps=[5, 5, 5], weight="80")
    page = client.get(url_of(assignment))
    assert lifts(page) == [
        ("Press", "2x10", "80", "kg"),
        ("Squat", "3x5", "82.5", "kg"),
        ("Hinge", "training max", "100", "kg"),
    ]
    assert "+2.5\xa0kg: all 3 sets reached 5." in page.text
    assert "2x8 next, same weight: set 1 had 5 of 10." in page.text
    assert "now 2x8" in page.text
    assert "Set a weight" not in page.text


def test_the_session_says_it_too(assignment, member, trainer, signed_in):
    session = train(assignment)
    for person in (member, trainer):
        page = signed_in(person).get(session.get_absolute_url())
        assert "Next time" in page.text
        assert "+2.5\xa0kg: all 3 sets reached 5." in page.text


def form(assignment, **more):
    squat = assignment.program.workouts.first().prescriptions.get(exercise__name="Squat")
    return {
        "lift": f"{squat.exercise_id}:{squat.lane}",
        "weight": "52,5",
        "unit": "kg",
        "reason": "after the holidays",
    } | more


def test_the_trainer_sets_a_weight(assignment, trainer, member, signed_in):
    train(assignment)
    answer = signed_in(trainer).post(url_of(assignment), form(assignment))
    assert answer.url == url_of(assignment)
    event = ProgressionEvent.objects.get(by=trainer)
    assert (event.before, event.after, event.session) == (Decimal("62.5"), Decimal("52.5"), None)
    assert targets(assignment, "Squat") == ["52.5", "52.5", "52.5"]
    page = signed_in(member).get(url_of(assignment))
    assert "Set by Tara Trainer: after the holidays" in page.text


@pytest.mark.parametrize(
    ("field", "bad"),
    [("weight", ""), ("weight", "-1"), ("weight", "2001"), ("weight", "x"), ("unit", "st"),
     ("lift", "1:other"), ("lift", ""), ("reason", "r" * 121)],
)  # fmt: skip
def test_a_refused_word_changes_nothing(assignment, trainer, signed_in, field, bad):
    page = signed_in(trainer).post(url_of(assignment), form(assignment, **{field: bad}))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["reason"].value() == form(assignment, **{field: bad})["reason"]
    assert not ProgressionEvent.objects.exists()
    assert LiftState.objects.count() == 1


def test_the_member_and_another_trainer_read_only(assignment, member, other_trainer, signed_in):
    coach(other_trainer, member)
    for person in (member, other_trainer):
        assert signed_in(person).get(url_of(assignment)).status_code == 200
        assert signed_in(person).post(url_of(assignment), form(assignment)).status_code == 403
    assert not ProgressionEvent.objects.exists()


def test_outsiders(assignment, outsider, other_trainer, admin, signed_in):
    for person in (outsider, other_trainer, admin):
        for rest in ("lifts/", "week/1/sheet/"):
            assert signed_in(person).get(url_of(assignment, rest)).status_code == 404
    assert Client().get(url_of(assignment)).status_code == 302
    assert signed_in(assignment.member).put(url_of(assignment)).status_code == 405


def test_a_template_has_no_lifts(trainer, signed_in):
    program = make_written(trainer, TEXT)
    assert signed_in(trainer).get(f"/programs/{program.pk}/lifts/").status_code == 404


def test_the_sheet_has_the_weeks_loads(assignment, member, trainer, signed_in):
    page = signed_in(member).get(url_of(assignment, "week/3/sheet/"))
    assert page.status_code == 200
    assert "3 × 5 @ 65 kg" in page.text  # after two weeks that went as planned
    assert "2 × 5 @ 80 kg (80 %)" in page.text
    assert "Week 3" in page.text
    template = make_written(trainer, TEXT)
    page = signed_in(trainer).get(f"/programs/{template.pk}/week/1/sheet/")
    assert "3 × 5 @ 60 kg" in page.text
    for week in (0, 5, 99):
        assert (
            signed_in(trainer).get(f"/programs/{template.pk}/week/{week}/sheet/").status_code == 404
        )


def test_the_number_of_queries_does_not_grow(trainer, member, signed_in, query_count):
    counts = []
    for text in ("Day 1\nSquat 3x5 @60kg ; linear +5kg", TEXT):
        assignment = follow(trainer, member, text, maxes={"Squat": "100"})
        train(assignment)
        client = signed_in(member)
        counts.append(
            [query_count(client, url_of(assignment, r)) for r in ("lifts/", "week/1/sheet/")]
        )
    assert counts[0] == counts[1]
