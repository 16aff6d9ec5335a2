"""Of which day a session is: the member's own, on which it began, wherever they are later."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from sessions import services
from sessions.models import WorkoutSession
from sessions.page import block_views
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import words

BERLIN = ZoneInfo("Europe/Berlin")


def start(member, at):
    session, new = services.start_session(member=member, uuid=uuid4(), at=at)
    assert new
    return session


def finished(member, exercise, started, minutes):
    """A session with a set in its last minute."""
    session = make_session(member, exercise=exercise, started_at=started)
    block = session.blocks.select_related("exercise", "session__member").get()
    make_set(block, done_at=started + timedelta(minutes=minutes - 1))
    session.refresh_from_db()
    services.finish_session(session=session, rpe=None, note="", minutes=minutes)
    return session


@pytest.mark.parametrize(
    ("zone", "started", "day"),
    [
        ("Europe/Berlin", datetime(2026, 7, 10, 21, 30, tzinfo=UTC), date(2026, 7, 10)),
        ("Europe/Berlin", datetime(2026, 7, 10, 22, 30, tzinfo=UTC), date(2026, 7, 11)),
        ("Pacific/Auckland", datetime(2026, 7, 10, 13, 0, tzinfo=UTC), date(2026, 7, 11)),
        ("America/Los_Angeles", datetime(2026, 7, 10, 3, 0, tzinfo=UTC), date(2026, 7, 9)),
        # The last hour before the clocks go back is there twice, on one day.
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
        # In summer time midnight is at 22 o'clock UTC, after it at 23.
        ("Europe/Berlin", datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_it_is_of_the_local_day_on_which_it_began(member, zone, started, day):
    member.time_zone = zone
    assert start(member, started).day == day


def test_across_midnight_it_stays_of_the_day_on_which_it_began(member, squat, signed_in):
    session = finished(member, squat, datetime(2026, 7, 10, 23, 30, tzinfo=BERLIN), 60)
    session.refresh_from_db()
    assert session.day == date(2026, 7, 10)
    assert session.finished_at == datetime(2026, 7, 11, 0, 30, tzinfo=BERLIN)
    client = signed_in(member)
    assert "Friday 10 July 2026" in words(client.get(f"/sessions/{session.uuid}/"))
    assert "Fri 10 Jul 2026" in words(client.get("/sessions/"))


def test_a_member_who_travels_keeps_the_days_of_the_past(member, squat, signed_in):
    session = finished(member, squat, datetime(2026, 7, 10, 23, 30, tzinfo=BERLIN), 60)
    member.time_zone = "Pacific/Auckland"
    member.save()
    client = signed_in(member)
    assert "Friday 10 July 2026" in words(client.get(f"/sessions/{session.uuid}/"))
    assert "Fri 10 Jul 2026" in words(client.get("/sessions/"))


def test_one_that_is_open_while_its_member_travels(member, session, typed, signed_in):
    day = session.day
    client = signed_in(member)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart
        member.time_zone = zone
        member.save()
        client.post(f"/sessions/{session.uuid}/sets/", typed(session))
        client.post(f"/sessions/{session.uuid}/finish/", {"rpe": "7"})
        session.refresh_from_db()
        assert session.day == day
        assert session.started_at <= session.finished_at <= timezone.now()
    log = session.sets.get()
    assert session.started_at <= log.done_at <= timezone.now()


def test_days_ago_are_counted_between_the_days_of_the_sessions(member, squat):
    """23 hours after a session before midnight is still the next day, and 25 hours may be too."""
    finished(member, squat, datetime(2026, 7, 10, 23, 30, tzinfo=BERLIN), 60)
    for started, said in (
        (datetime(2026, 7, 11, 0, 45, tzinfo=BERLIN), "yesterday"),
        (datetime(2026, 7, 11, 23, 50, tzinfo=BERLIN), "yesterday"),
        (datetime(2026, 7, 12, 0, 10, tzinfo=BERLIN), "2 days ago"),
    ):
        session = make_session(member, exercise=squat, started_at=started)
        (view,) = block_views(session, reader=member)
        assert view.rows[0].last.endswith(said)
        session.delete()


@pytest.mark.parametrize(
    ("started", "fold", "ended"),
    [
        ((2026, 3, 29, 1, 30), 0, "03:30"),  # there is no 2 o'clock
        ((2026, 10, 25, 1, 30), 0, "02:30"),
        ((2026, 10, 25, 2, 30), 0, "02:30"),  # 2 o'clock is there twice
        ((2026, 10, 25, 2, 30), 1, "03:30"),
    ],
)
def test_the_clocks_change_and_an_hour_is_an_hour(member, squat, signed_in, started, fold, ended):
    at = datetime(*started, tzinfo=BERLIN, fold=fold)
    session = finished(member, squat, at.astimezone(UTC), 60)
    session.refresh_from_db()
    assert session.finished_at.astimezone(BERLIN).strftime("%H:%M") == ended
    assert session.day == at.date()
    page = signed_in(member).get(f"/sessions/{session.uuid}/")
    assert "Time 1 h 00 min" in words(page)
    assert page.context["finish_form"]["minutes"].value() == 60


def test_gone_on_with_the_next_day_on_another_device(member, squat, typed, signed_in):
    yesterday = timezone.now() - timedelta(days=1)
    session = make_session(member, exercise=squat, started_at=yesterday)
    make_set(session.blocks.get(), done_at=yesterday)
    day, laptop = session.day, signed_in(member)
    assert f'href="/sessions/{session.uuid}/"' in laptop.get("/today/").text
    answer = laptop.post("/sessions/start/", {"uuid": uuid4()}, follow=True)
    assert answer.redirect_chain == [(f"/sessions/{session.uuid}/", 302)]
    assert "This session was still open." in words(answer)
    assert "60 kg × 8" in words(answer)
    assert answer.context["next_row"].position == 2
    laptop.post(f"/sessions/{session.uuid}/sets/", typed(session, position=2, reps="6"))
    assert [
        row.words
        for row in signed_in(member).get(f"/sessions/{session.uuid}/").context["blocks"][0].rows[:2]
    ] == ["60 kg × 8", "60 kg × 6"]
    second = session.sets.get(position=2)
    assert abs((second.done_at - timezone.now()).total_seconds()) < 30
    answer = laptop.get(f"/sessions/{session.uuid}/")
    assert answer.context["finish_form"]["minutes"].value() is None  # it goes on
    laptop.post(f"/sessions/{session.uuid}/finish/", {"rpe": "7"})
    session.refresh_from_db()
    assert session.day == day
    assert WorkoutSession.objects.get() == session


def test_of_a_finished_session_another_may_begin_on_the_same_day(member, squat):
    at = datetime(2026, 7, 10, 8, 0, tzinfo=BERLIN)
    finished(member, squat, at, 60)
    second = start(member, at + timedelta(hours=10))
    services.add_exercise(session=second, exercise=ExerciseFactory(), order=1)
    assert WorkoutSession.objects.filter(day=date(2026, 7, 10)).count() == 2
