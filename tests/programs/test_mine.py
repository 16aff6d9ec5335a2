"""GET /programs/mine/"""

import re

from django.test import Client
from django.utils import timezone

from programs.models import Assignment
from tests.factories import ExerciseFactory, UserFactory, coach, make_assignment, make_session

URL = "/programs/mine/"


def test_shows_what_one_follows_and_what_is_done(assignment, member, signed_in):
    first, second, *_rest = assignment.program.workouts.order_by("week", "day")
    make_session(member, assignment=assignment, workout=first, finished=True, sets=1)
    make_session(member, assignment=assignment, workout=second, sets=1)
    page = signed_in(member).get(URL).text
    assert "Strong legs" in page
    assert "from Tara Trainer" in page
    assert "on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday" in page
    assert page.count("3 × 8–10 @ 60 kg, RIR 2") == 4
    assert page.count("is-done-tag") == 1
    assert f'action="/programs/assignments/{assignment.pk}/end/"' in page


def test_the_week_of_the_next_workout_is_open(assignment, member, signed_in):
    client = signed_in(member)
    assert re.findall(r'id="(week-\d)" open', client.get(URL).text) == ["week-1"]
    for workout in assignment.program.workouts.filter(week=1):
        make_session(member, assignment=assignment, workout=workout, finished=True, sets=1)
    assert re.findall(r'id="(week-\d)" open', client.get(URL).text) == ["week-2"]


def test_shows_nobody_elses(assignment, outsider, trainer, signed_in):
    for person in (outsider, trainer):
        page = signed_in(person).get(URL)
        assert page.status_code == 200
        assert "You follow no program now." in page.text
        assert "Strong legs" not in page.text


def test_an_ended_one_is_gone(assignment, member, signed_in):
    Assignment.objects.update(status="ended", ended_at=timezone.now())
    assert "You follow no program now." in signed_in(member).get(URL).text


def test_changes_nothing(assignment, member, signed_in):
    before = Assignment.objects.values().get()
    signed_in(member).get(URL)
    assert Assignment.objects.values().get() == before


def test_anonymous_signs_in_first(db):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"


def test_wrong_method(member, signed_in):
    assert signed_in(member).post(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(
    trainer, member, signed_in, query_count, no_lazy_queries
):
    exercises = [ExerciseFactory() for _n in range(10)]
    make_assignment(trainer, member, exercises=exercises[:1], weeks=1, days=1)
    busy = UserFactory()
    coach(trainer, busy)
    follows = make_assignment(trainer, busy, exercises=exercises, weeks=6, days=3)
    for workout in follows.program.workouts.all()[:9]:
        make_session(
            busy, exercise=exercises[0], assignment=follows, workout=workout, finished=True
        )
    assert query_count(signed_in(busy), URL) == query_count(signed_in(member), URL)
