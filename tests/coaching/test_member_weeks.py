"""GET /coaching/members/<id>/: plan against done, week by week"""

from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.review import read_weeks, weeks_of
from programs.models import Assignment
from programs.services import pause_assignment
from sessions.models import WorkoutSession
from tests.factories import make_session, make_set
from tests.sessions.training_days import FRI, MON, WED, follow, train

START = date(2026, 3, 2)  # a Monday
TODAY = date(2026, 3, 19)  # the Thursday of the third week


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def day(n):
    return START + timedelta(days=n)


@pytest.fixture
def assignment(member):
    return follow(member, START, weekdays=(MON, WED, FRI))


def weeks(member, assignment, today=TODAY, count=8):
    return weeks_of(member, assignment, today, count)


def test_done_missed_and_to_come(member, assignment):
    for n in (0, 2, 9, 14):
        train(assignment, day(n))
    third, second, first = weeks(member, assignment)
    assert [week.first for week in (third, second, first)] == [day(14), day(7), day(0)]
    assert (first.done, first.missed, first.ahead) == ([day(0), day(2)], [day(4)], [])
    assert (second.done, second.missed) == ([day(9)], [day(7), day(11)])
    # Wednesday was missed; Friday is still to come and not planned so far.
    assert (third.done, third.missed, third.ahead) == ([day(14)], [day(16)], [day(18)])
    assert (third.planned, len(third.sessions)) == (2, 1)


def test_today_is_planned_once_it_was_trained(member, assignment):
    friday = day(18)
    assert weeks(member, assignment, friday)[0].missed == [day(14), day(16)]
    assert weeks(member, assignment, friday)[0].ahead == [friday]
    train(assignment, friday)
    assert weeks(member, assignment, friday)[0].done == [friday]
    assert weeks(member, assignment, friday + timedelta(days=1))[0].ahead == []


def test_a_week_runs_from_monday_to_sunday(member):
    for n in (6, 7):
        make_session(member, finished=True, started_at=at(day(n)))
    second, first = weeks(member, None, day(13))
    assert [each.day for each in first.free] == [day(6)]
    assert [each.day for each in second.free] == [day(7)]
    assert weeks(member, None, day(14))[0].free == []


def test_late_in_the_evening_is_the_members_own_day(member):
    # 23:30 UTC on Sunday is Monday in Berlin.
    make_session(member, finished=True, started_at=at(day(6), 23).replace(minute=30))
    assert weeks(member, None, day(8))[0].free[0].day == day(7)


def test_a_pause_is_not_missed(member, assignment):
    pause_assignment(assignment=assignment, today=day(7))
    _third, second, first = weeks(member, assignment, count=3)
    assert second.missed == []
    assert first.missed == [day(0), day(2), day(4)]


def test_what_is_not_of_the_program_counts_apart(member, assignment):
    train(assignment, day(14))
    train(assignment, day(16), planned=False)
    week = weeks(member, assignment)[0]
    assert ([s.day for s in week.sessions], [s.day for s in week.free]) == ([day(14)], [day(16)])
    assert week.missed == [day(16)]
    assert [each.day for each in week.all_sessions] == [day(14), day(16)]


def test_sets_volume_and_the_median_rpe(member):
    target = {"kind": "work", "reps_min": 8, "reps_max": 8, "seconds": None, "weight": "60",
              "unit": "kg", "rir": None}  # fmt: skip
    for n, rpe in ((0, 6), (1, 9), (2, None), (3, 7)):
        session = make_session(
            member, finished=True, sets=2, targets=[target] * 3, rpe=rpe, started_at=at(day(n))
        )
        make_set(session.blocks.get(), position=9, kind="warmup")
    week = weeks(member, None, day(4))[0]
    assert (week.sets_done, week.sets_planned, week.volume_kg, week.rpe) == (8, 12, 3840, 7)


def test_empty_weeks_before_the_first_are_left_out(member):
    make_session(member, finished=True, started_at=at(day(0)))
    assert [week.first for week in weeks(member, None)] == [day(14), day(7), day(0)]
    assert [week.is_empty for week in weeks(member, None)] == [True, True, False]


def test_neither_open_nor_discarded_sessions_nor_those_of_others(member, outsider):
    make_session(member, started_at=at(TODAY))
    make_session(member, finished=True, started_at=at(TODAY), deleted_at=at(TODAY))
    make_session(outsider, finished=True, started_at=at(TODAY))
    assert [week.is_empty for week in weeks(member, None)] == [True]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        (None, 8), ("", 8), ("x", 8), ("-3", 8), ("²", 8), ("0", 1), ("16", 16), ("999", 52),
        ("1000", 8),
    ],
)  # fmt: skip
def test_more_weeks_are_asked_for_in_the_address(typed, count):
    assert read_weeks(typed) == count


def test_the_page_shows_them(trainer, member, signed_in):
    today = member.today()
    monday = today - timedelta(days=today.weekday())
    assignment = follow(member, monday - timedelta(days=14), weekdays=range(7))
    session = train(assignment, monday - timedelta(days=3))
    url = f"/coaching/members/{member.pk}/"
    page = signed_in(trainer).get(url)
    text = " ".join(page.text.split())
    assert "<strong>1</strong> of 7 planned" in text
    assert "6 missed" in text
    assert f'href="/sessions/{session.uuid}/"' in page.text
    assert 'href="?weeks=16#weeks"' in page.text
    assert "?weeks=60" not in signed_in(trainer).get(url + "?weeks=52").text
    assert Assignment.objects.count() == 1
    assert WorkoutSession.objects.count() == 1
