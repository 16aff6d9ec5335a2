"""POST /sessions/start/"""

from uuid import uuid4

import pytest
from django.utils import timezone

from sessions import services
from sessions.models import Block, WorkoutSession
from tests.factories import ExerciseFactory, make_assignment, make_session
from tests.sessions.conftest import TARGET

START = "/sessions/start/"


def test_an_empty_session(member, signed_in):
    uuid = uuid4()
    answer = signed_in(member).post(START, {"uuid": uuid})
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{uuid}/")
    session = WorkoutSession.objects.get()
    assert (session.uuid, session.member, session.day) == (uuid, member, member.today())
    assert (session.workout, session.assignment, session.is_open) == (None, None, True)
    assert not Block.objects.exists()


def test_the_planned_session_copies_the_plan(trainer, member, signed_in):
    lunge, press = ExerciseFactory(name="Lunge"), ExerciseFactory(name="Leg press")
    assignment = make_assignment(trainer, member, exercises=[lunge, press])
    signed_in(member).post(START, {"uuid": uuid4(), "planned": "on"})
    session = WorkoutSession.objects.get()
    assert session.assignment == assignment
    assert (session.workout.week, session.workout.day, session.title) == (1, 1, "Day 1")
    blocks = session.blocks.order_by("order")
    assert [(block.order, block.exercise) for block in blocks] == [(1, lunge), (2, press)]
    assert [block.targets for block in blocks] == [[TARGET] * 3] * 2


def test_the_plan_goes_on_where_it_was_left(trainer, member, signed_in):
    make_assignment(trainer, member)
    client = signed_in(member)
    for expected in ((1, 1), (1, 2), (2, 1), (2, 2)):
        client.post(START, {"uuid": uuid4(), "planned": "on"})
        session = WorkoutSession.objects.open().get()
        assert (session.workout.week, session.workout.day) == expected
        services.finish_session(session=session, rpe=None, note="")
    answer = client.post(START, {"uuid": uuid4(), "planned": "on"}, follow=True)
    assert "There is no planned workout left." in answer.content.decode()
    session = WorkoutSession.objects.open().get()
    assert (session.workout, session.assignment) == (None, None)


def test_planned_without_a_program_is_an_empty_session(member, signed_in):
    answer = signed_in(member).post(START, {"uuid": uuid4(), "planned": "on"}, follow=True)
    assert "Here is an empty session." in answer.content.decode()
    assert WorkoutSession.objects.get().workout is None


def test_two_taps_start_one_session(trainer, member, signed_in):
    make_assignment(trainer, member)
    client, data = signed_in(member), {"uuid": uuid4(), "planned": "on"}
    places = [client.post(START, data)["Location"] for _tap in range(2)]
    assert places == [f"/sessions/{data['uuid']}/"] * 2
    assert WorkoutSession.objects.get().blocks.count() == 1


def test_an_open_session_comes_first(member, session, signed_in):
    answer = signed_in(member).post(START, {"uuid": uuid4()}, follow=True)
    assert answer.redirect_chain == [(f"/sessions/{session.uuid}/", 302)]
    assert "This session was still open." in answer.content.decode()
    assert WorkoutSession.objects.count() == 1


def test_a_foreign_uuid_starts_a_session_of_ones_own(member, outsider, signed_in, stored):
    theirs = make_session(outsider)
    before = stored()["WorkoutSession"]
    answer = signed_in(member).post(START, {"uuid": theirs.uuid}, follow=True)
    mine = WorkoutSession.objects.get(member=member)
    assert answer.redirect_chain == [(f"/sessions/{mine.uuid}/", 302)]
    assert mine.uuid != theirs.uuid
    assert "still open" not in answer.content.decode()
    assert stored()["WorkoutSession"][:1] == before


def test_the_page_of_before_a_discard_starts_again(member, session, signed_in):
    """The browser's way back shows the page that holds the uuid of the discarded session."""
    client = signed_in(member)
    services.discard_session(session=session)
    answer = client.post(START, {"uuid": session.uuid}, follow=True)
    again = WorkoutSession.objects.open().get()
    assert answer.status_code == 200
    assert answer.redirect_chain == [(f"/sessions/{again.uuid}/", 302)]
    assert again.uuid != session.uuid


def test_the_uuid_of_a_finished_session_leads_to_it(member, signed_in):
    old = make_session(member, finished=True, sets=1)
    answer = signed_in(member).post(START, {"uuid": old.uuid})
    assert answer["Location"] == f"/sessions/{old.uuid}/"
    assert WorkoutSession.objects.count() == 1


@pytest.mark.parametrize(
    ("time_zone", "at", "day"),
    [
        ("Pacific/Auckland", "2026-03-10T11:30+00:00", "2026-03-11"),
        ("America/Los_Angeles", "2026-03-11T06:30+00:00", "2026-03-10"),
        ("America/Los_Angeles", "2026-03-11T07:00+00:00", "2026-03-11"),  # midnight, summer time
        ("America/Los_Angeles", "2026-03-07T07:59+00:00", "2026-03-06"),  # a minute before, winter
        ("Europe/Berlin", "2026-03-29T00:59+00:00", "2026-03-29"),  # the hour that is skipped
        ("Europe/Berlin", "2026-03-28T23:00+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-10-24T21:59+00:00", "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T22:59+00:00", "2026-10-25"),  # a day of 25 hours
        ("Europe/Berlin", "2026-10-25T23:00+00:00", "2026-10-26"),
        ("Pacific/Kiritimati", "2026-12-31T10:00+00:00", "2027-01-01"),
    ],
)
def test_the_day_is_the_members_own(member, time_zone, at, day):
    member.time_zone = time_zone
    session, _started = services.start_session(
        member=member, uuid=uuid4(), at=timezone.datetime.fromisoformat(at)
    )
    assert str(WorkoutSession.objects.get(pk=session.pk).day) == day


@pytest.mark.parametrize("uuid", [None, "", "1", "x" * 9000, "\x00"])
def test_without_a_uuid_nothing_starts(member, signed_in, uuid):
    data = {} if uuid is None else {"uuid": uuid}
    assert signed_in(member).post(START, data).status_code == 404
    assert not WorkoutSession.objects.exists()
