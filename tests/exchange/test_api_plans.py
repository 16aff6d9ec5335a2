"""/api/v1/programs"""

from datetime import timedelta

import pytest
from django.utils import timezone

from legtraining.domain.shorthand import parse_plan
from programs import services
from programs.models import Assignment, Pause
from programs.plans import text_of
from tests.exchange.reading import Reader, secret_of
from tests.factories import follow, make_assignment, make_session

PLAN = """Week 1-2
Day 1
Back Squat 3x5 @60kg ; linear +2.5kg
Day 2
Leg Curl 3x8-12 @RIR2"""


@pytest.fixture
def reader(member):
    return Reader(secret_of(member))


def test_a_program_with_its_text_and_what_is_to_come(trainer, member, reader):
    assignment = follow(trainer, member, PLAN)
    [found] = reader.get("programs")["items"]
    text, upcoming = found.pop("text"), found.pop("upcoming")
    assert found == {
        "id": assignment.pk,
        "title": "Strong legs",
        "goal": "",
        "status": "active",
        "start_date": str(member.today()),
        "ended_at": None,
        "weekdays": [0, 1, 2, 3, 4, 5, 6],
        "weeks": 2,
    }
    assert text == text_of(assignment.program)
    assert parse_plan(text).weeks == parse_plan(PLAN).weeks
    today = member.today()
    assert upcoming == [
        {"day": str(today), "week": 1, "number": 1, "title": "Day 1"},
        {"day": str(today + timedelta(days=1)), "week": 1, "number": 2, "title": "Day 2"},
        {"day": str(today + timedelta(days=2)), "week": 2, "number": 1, "title": "Day 1"},
        {"day": str(today + timedelta(days=3)), "week": 2, "number": 2, "title": "Day 2"},
    ]


def test_what_was_done_today_is_not_to_come(trainer, member, reader):
    assignment = follow(trainer, member, PLAN)
    workout = assignment.program.workouts.order_by("week", "day").first()
    make_session(member, finished=True, assignment=assignment, workout=workout)
    [found] = reader.get("programs")["items"]
    tomorrow = str(member.today() + timedelta(days=1))
    assert found["upcoming"][0] == {"day": tomorrow, "week": 1, "number": 2, "title": "Day 2"}


def test_while_it_rests_no_day_is_known(trainer, member, reader):
    assignment = follow(trainer, member, PLAN)
    Pause.objects.create(assignment=assignment, first=member.today())
    Assignment.objects.update(status="paused")
    [found] = reader.get("programs")["items"]
    assert found["status"] == "paused"
    assert [each["day"] for each in found["upcoming"]] == [None] * 4


def test_ended_ones_are_there_and_nobody_elses(trainer, member, outsider, reader):
    first = follow(trainer, member, PLAN)
    services.end_assignment(assignment=first)
    second = make_assignment(trainer, member)
    make_assignment(trainer, outsider)
    rows = reader.get("programs")["items"]
    assert [(row["id"], row["status"]) for row in rows] == [
        (second.pk, "active"),
        (first.pk, "ended"),
    ]
    assert rows[1]["ended_at"] is not None
    assert rows[1]["upcoming"] == []
    assert reader.all("programs", limit=1) == rows


def test_a_trainers_templates_are_not_in_it(trainer, member):
    follow(trainer, member, PLAN)
    assert Reader(secret_of(trainer)).get("programs")["items"] == []


def test_the_queries_are_as_many_for_many_programs(
    trainer, member, reader, django_assert_max_num_queries, no_lazy_queries
):
    make_assignment(trainer, member)
    reader.get("programs")
    with django_assert_max_num_queries(14) as few:
        reader.get("programs")
    for _each in range(8):
        Assignment.objects.exclude(status="ended").update(status="ended", ended_at=timezone.now())
        make_assignment(trainer, member)
    with django_assert_max_num_queries(len(few)) as many:
        assert len(reader.get("programs")["items"]) == 9
    assert len(many) == len(few)
