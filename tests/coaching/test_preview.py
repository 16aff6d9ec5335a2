"""/programs/<id>/preview/: a program as a member would see it"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from exercises.services import load_library
from programs.models import Program
from tests.factories import coach, follow, make_session, make_set, make_written
from tests.sessions.training import train

TEXT = """Week 1-3
Day 1
  Back Squat 3x5 @80%
  Leg Extension 3x10 @50kg ; linear +5kg
"""


@pytest.fixture
def program(trainer):
    load_library()
    return make_written(trainer, TEXT)


def url_of(program, member=None):
    return f"/programs/{program.pk}/preview/" + (f"?member={member.pk}" if member else "")


def loads(page):
    return [
        row.words
        for _week, days in page.context["weeks"]
        for day in days
        for row in day.prescriptions.all()
    ]


def test_as_it_is_written(program, trainer, signed_in):
    page = signed_in(trainer).get(url_of(program))
    assert "3 × 5 @ 80 %" in page.text
    assert page.context["member"] is None


def test_with_the_loads_of_a_member(program, trainer, member, signed_in):
    page = signed_in(trainer).get(url_of(program, member))
    assert loads(page) == [
        "3 × 5 @ 80 %", "3 × 10 @ 50 kg",
        "3 × 5 @ 80 %", "3 × 10 @ 55 kg",
        "3 × 5 @ 80 %", "3 × 10 @ 60 kg",
    ]  # fmt: skip
    assert "No training max is known of Barbell Back Squat" in page.text


def test_a_training_max_is_estimated_from_the_log(program, trainer, member, signed_in):
    squat = program.workouts.first().prescriptions.first().exercise
    session = make_session(
        member, exercise=squat, finished=True, started_at=timezone.now() - timedelta(days=3)
    )
    make_set(session.blocks.get(), weight=Decimal(100), reps=1, done_at=session.started_at)
    page = signed_in(trainer).get(url_of(program, member))
    assert loads(page)[0] == "3 × 5 @ 72.5 kg (80 %)"  # of 90: 72
    assert "No training max is known" not in page.text


def test_of_a_members_own_copy_from_where_they_stand(trainer, member, signed_in):
    load_library()
    assignment = follow(trainer, member, TEXT, maxes={"Barbell Back Squat": "100"})
    train(assignment)
    page = signed_in(trainer).get(url_of(assignment.program))
    assert page.context["member"] == member
    assert loads(page)[1::2] == ["3 × 10 @ 55 kg", "3 × 10 @ 60 kg", "3 × 10 @ 65 kg"]


def test_hard_sets_and_what_is_missing(program, trainer, signed_in):
    page = signed_in(trainer).get(url_of(program))
    (week,) = page.context["balance"]
    assert (week.first, week.last, week.days) == (1, 3, 1)
    assert dict(week.sets)["Quadriceps"] == "6"
    assert "There is no leg curl (knee flexion)." in week.warnings
    assert "There is no calf raise (ankle plantarflexion)." in page.text


def test_only_ones_own_members_are_a_choice(program, trainer, outsider, signed_in):
    page = signed_in(trainer).get(url_of(program, outsider))
    assert page.context["member"] is None
    for nonsense in ("x", "", "9" * 40, "0"):
        assert signed_in(trainer).get(f"{url_of(program)}?member={nonsense}").status_code == 200


def test_who_may(program, trainer, other_trainer, member, outsider, admin, signed_in):
    for person in (outsider, member, admin):
        assert signed_in(person).get(url_of(program)).status_code == 403
    assert signed_in(other_trainer).get(url_of(program)).status_code == 404
    Program.objects.update(shared=True)
    assert signed_in(other_trainer).get(url_of(program)).status_code == 200
    copy = follow(trainer, member, TEXT).program
    assert signed_in(other_trainer).get(url_of(copy)).status_code == 404
    coach(other_trainer, member)
    assert signed_in(other_trainer).get(url_of(copy)).status_code == 200
    assert Client().get(url_of(program)).url.startswith("/accounts/login/")


def test_wrong_method_and_bad_id(program, trainer, signed_in):
    assert signed_in(trainer).post(url_of(program)).status_code == 405
    assert signed_in(trainer).get("/programs/999999/preview/").status_code == 404


def test_the_number_of_queries_does_not_grow(trainer, member, signed_in, query_count):
    load_library()
    small = make_written(trainer, "Day 1\nBack Squat 3x5 @80%\nLeg Extension 3x10 @50kg")
    lines = "\n".join(
        f"{name} 3x8 @60kg ; linear +5kg"
        for name in ("Front Squat", "Leg Extension", "Seated Leg Curl", "Lying Leg Curl")
    )
    days = "\n".join(f"Day {day}\nBack Squat 3x5 @80%\n{lines}" for day in range(1, 5))
    large = make_written(trainer, f"Week 1-13\n{days}")
    client = signed_in(trainer)
    assert query_count(client, url_of(small, member)) == query_count(client, url_of(large, member))
