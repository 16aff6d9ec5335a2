"""/programs/new/"""

import pytest
from django.test import Client

from programs.models import Program, Workout

URL = "/programs/new/"
FORM = {"title": "Strong legs", "goal": "A first squat", "weeks": "3", "days_a_week": "2"}


def test_makes_an_empty_workout_for_every_day(trainer, signed_in):
    client = signed_in(trainer)
    assert 'name="days_a_week"' in client.get(URL).text
    answer = client.post(URL, FORM)
    program = Program.objects.get()
    assert answer.url == f"/programs/{program.pk}/week/1/day/1/"
    assert (program.owner, program.title, program.goal, program.weeks) == (
        trainer,
        "Strong legs",
        "A first squat",
        3,
    )
    days = Workout.objects.filter(program=program).values_list("week", "day", "title")
    assert list(days) == [(w, d, f"Day {d}") for w in (1, 2, 3) for d in (1, 2)]


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("title", ""),
        ("title", "t" * 101),
        ("goal", "g" * 1001),
        ("weeks", ""),
        ("weeks", "0"),
        ("weeks", "53"),
        ("weeks", "2,5"),
        ("weeks", "many"),
        ("weeks", "9" * 30),
        ("days_a_week", "8"),
        ("days_a_week", "-1"),
    ],
)
def test_a_refused_form_makes_nothing_and_keeps_what_was_typed(trainer, signed_in, field, bad):
    page = signed_in(trainer).post(URL, FORM | {field: bad})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    for name, typed in (FORM | {field: bad}).items():
        assert page.context["form"][name].value() == typed
        assert typed in page.text
    assert not Program.objects.exists()
    assert not Workout.objects.exists()


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(URL).status_code == 403
        assert signed_in(person).post(URL, FORM).status_code == 403
    assert not Program.objects.exists()


def test_anonymous_signs_in_first(db):
    assert Client().post(URL, FORM).url == f"/accounts/login/?next={URL}"


def test_wrong_method(trainer, signed_in):
    assert signed_in(trainer).put(URL).status_code == 405
