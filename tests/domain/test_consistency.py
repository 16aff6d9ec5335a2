"""legtraining.domain.consistency: weeks in a row, and the last twelve"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.consistency import WEEK, last_weeks, monday, weeks_in_a_row

MONDAY = date(2026, 3, 30)  # of the week after the clocks of Europe went forward
SUNDAY = MONDAY - timedelta(days=1)

# Across both changes of the clocks and the end of a year that has 53 weeks.
todays = st.dates(date(2026, 1, 1), date(2027, 2, 28))
agos = st.lists(st.integers(-7, 200), max_size=60)


def week_number(day):
    """Counted in another way: whole weeks since a Monday long ago."""
    return (day - date(1900, 1, 1)).days // 7


def test_the_running_week_counts_only_once_it_was_trained():
    before = [MONDAY - WEEK * n for n in (1, 2)]
    assert weeks_in_a_row(before, MONDAY) == 2
    assert weeks_in_a_row([*before, MONDAY], MONDAY) == 3


def test_a_whole_week_without_training_ends_the_row():
    days = [MONDAY - WEEK * n for n in (2, 3, 4)]
    assert weeks_in_a_row(days, MONDAY) == 0
    assert weeks_in_a_row([*days, MONDAY], MONDAY) == 1


def test_sunday_and_monday_are_two_weeks():
    assert weeks_in_a_row([SUNDAY, MONDAY], MONDAY) == 2
    assert weeks_in_a_row([SUNDAY], SUNDAY) == 1
    assert weeks_in_a_row([MONDAY], SUNDAY) == 0


def test_nothing_done_is_no_week():
    assert weeks_in_a_row([], MONDAY) == 0


def test_the_end_of_a_long_year_is_no_gap():
    days = [date(2026, 12, 27), date(2026, 12, 31), date(2027, 1, 4)]
    assert weeks_in_a_row(days, date(2027, 1, 10)) == 3


@given(todays, agos)
def test_a_row_is_counted_as_by_hand(today, agos):
    days = [today - timedelta(days=ago) for ago in agos]
    trained = {week_number(day) for day in days if week_number(day) <= week_number(today)}
    row, week = 0, week_number(today)
    while week in trained or (week == week_number(today) and week - 1 in trained):
        row += week in trained
        week -= 1
    assert weeks_in_a_row(days, today) == row


@given(todays, agos, st.integers(1, 30))
def test_each_session_of_the_last_weeks_is_counted_once_in_its_week(today, agos, count):
    sessions = {}
    for ago in agos:
        day = today - timedelta(days=ago)
        sessions[day] = sessions.get(day, 0) + 1
    weeks = last_weeks(sessions, today, count)
    assert len(weeks) == count
    assert [week.is_running for week in weeks] == [False] * (count - 1) + [True]
    for week in weeks:
        inside = [n for day, n in sessions.items() if week.first <= day < week.first + WEEK]
        assert week.sessions == sum(inside)
        assert week.is_trained is (sum(inside) > 0)
    assert weeks[-1].first <= today < weeks[-1].first + WEEK
    assert {(b.first - a.first).days for a, b in pairwise(weeks)} <= {7}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Chatham", "UTC"])
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))  # noqa: DTZ001 (made aware below)
def test_the_clock_does_not_move_a_week(zone, at):
    """The local day decides, whatever the clocks do in its night."""
    day = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    assert monday(day).weekday() == 0
    assert timedelta(0) <= day - monday(day) < WEEK
    assert monday(monday(day) + timedelta(days=6)) == monday(day)
    assert monday(monday(day) - timedelta(days=1)) == monday(day) - WEEK
