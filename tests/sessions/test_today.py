"""GET / and /today/ of a member"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs import services as programs
from sessions import services
from tests.factories import ExerciseFactory, make_assignment, make_session
from tests.sessions.conftest import words


def test_without_a_program_it_says_how_to_begin(member, signed_in):
    page = signed_in(member).get("/")
    assert page.status_code == 200
    assert "No program yet" in words(page)
    assert "Start an empty session" in words(page)


def test_the_next_workout_with_its_targets(trainer, member, squat, signed_in):
    make_assignment(trainer, member, exercises=[squat])
    page = signed_in(member).get("/")
    assert "Strong legs · week 1 of 2" in words(page)
    assert "Day 1 today" in words(page)
    assert "Back squat" in words(page)
    assert "3 × 8–10 @ 60 kg, RIR 2" in words(page)
    assert "Start Day 1" in words(page)


def test_what_is_open_goes_on(trainer, member, signed_in):
    make_assignment(trainer, member)
    session = make_session(member)
    page = signed_in(member).get("/")
    assert "Go on" in words(page)
    assert f'href="/sessions/{session.uuid}/"' in page.content.decode()
    assert "/sessions/start/" not in page.content.decode()


def test_when_all_is_done_it_says_so(trainer, member, signed_in):
    assignment = make_assignment(trainer, member, weeks=1, days=1)
    session, _started = services.start_session(
        member=member,
        uuid=uuid4(),
        assignment=assignment,
        workout=assignment.program.workouts.get(),
    )
    services.finish_session(session=session, rpe=7, note="")
    page = signed_in(member).get("/")
    assert "Every workout of this program is done." in words(page)
    assert "1 of 1 planned session done" in words(page)


def test_an_ended_program_is_not_proposed(trainer, member, signed_in):
    programs.end_assignment(assignment=make_assignment(trainer, member))
    assert "No program yet" in words(signed_in(member).get("/"))


def test_the_three_newest_sessions(member, outsider, squat, signed_in):
    for days in range(5):
        at = timezone.now() - timedelta(days=days)
        make_session(
            member, exercise=squat, finished=True, sets=1, started_at=at, title=f"No. {days}"
        )
    make_session(outsider, finished=True)
    recent = signed_in(member).get("/").context["recent"]
    assert [session.title for session in recent] == ["No. 0", "No. 1", "No. 2"]


def test_a_trainer_has_a_today_of_their_own(trainer, member, signed_in):
    make_session(member, finished=True, sets=1)
    page = signed_in(trainer).get("/today/")
    assert page.status_code == 200
    assert list(page.context["recent"]) == []


def test_anonymous_signs_in_first(db):
    assert Client().get("/today/")["Location"].startswith("/accounts/login/")


def test_queries_do_not_grow(trainer, member, signed_in, no_lazy_queries):
    counts = []
    for exercises, sessions in ((1, 1), (8, 20)):
        for assignment in member.assignments.all():
            programs.end_assignment(assignment=assignment)
        make_assignment(
            trainer, member, exercises=[ExerciseFactory() for _n in range(exercises)], days=3
        )
        for _n in range(sessions):
            make_session(member, finished=True, sets=2)
        client = signed_in(member)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 21


def test_reading_writes_nothing(trainer, member, signed_in):
    make_assignment(trainer, member)
    client = signed_in(member)
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert {query["sql"].split()[0] for query in queries} == {"SELECT", "WITH"}


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_date_is_the_members_own(member, signed_in, zone):
    member.time_zone = zone
    member.save()
    page = signed_in(member).get("/")
    assert page.context["today"] == timezone.now().astimezone(member.zone).date()
