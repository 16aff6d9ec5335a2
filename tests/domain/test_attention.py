"""When a trainer should look after a member: every threshold at its edge"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.attention import (
    Ending,
    Fallen,
    Hard,
    Missed,
    ending,
    fallen,
    hard,
    is_painful,
    missed,
    pain_since,
)
from legtraining.domain.schedule import Schedule

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
START = date(2026, 3, 2)  # a Monday


def march(day):
    return date(2026, 3, day)


def plan(**changes):
    return Schedule(**({"start": START, "weekdays": [MON, WED, FRI]} | changes))


# --- Planned days missed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "today", "found"),
    [
        (None, march(4), None),  # the 2nd is missed, today is not over
        (None, march(5), Missed(2, START)),
        (march(2), march(6), None),  # one day
        (march(2), march(7), Missed(2, march(2))),
        (march(3), march(7), Missed(2, march(3))),  # the 4th and 6th
        (march(6), march(7), None),
        (march(6), march(6), None),
        (date(2026, 2, 20), march(5), Missed(2, START)),  # before the program began
        (march(2), march(21), Missed(8, march(2))),
    ],
)
def test_two_planned_days_since_the_last_session(last, today, found):
    assert missed(plan(), last, today) == found


@pytest.mark.parametrize(
    ("changes", "today", "found"),
    [
        ({march(4): None}, march(7), None),  # skipped
        ({march(4): march(5)}, march(7), Missed(2, march(2))),  # moved, and missed there
        ({march(6): march(8)}, march(8), None),  # moved to today, which is not over
        ({march(6): march(8)}, march(9), Missed(2, march(2))),
    ],
)
def test_days_that_were_moved_or_skipped(changes, today, found):
    assert missed(plan(changes=changes), march(2), today) == found


def test_days_of_a_pause_are_not_missed():
    rested = plan(pauses=[(march(4), march(8))])
    assert missed(rested, march(2), march(11)) is None
    assert missed(rested, march(2), march(12)) == Missed(2, march(2))


def test_a_program_that_has_not_begun():
    assert missed(plan(start=march(30)), None, march(20)) is None


# --- Adherence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        ((6, 10), (8, 10), Fallen(60, 80)),  # exactly 20 points
        ((7, 10), (8, 10), None),
        ((61, 100), (80, 100), None),
        ((3, 4), (4, 4), Fallen(75, 100)),
        ((0, 3), (4, 4), None),  # too few planned days, now
        ((0, 4), (3, 3), None),  # and before
        ((0, 4), (4, 4), Fallen(0, 100)),
        ((4, 5), (9, 5), Fallen(80, 100)),  # more than planned is all of it
        ((5, 5), (9, 5), None),
        ((8, 10), (6, 10), None),
        ((0, 0), (0, 0), None),
    ],
)
def test_adherence_down_twenty_points(now, before, found):
    assert fallen(*now, *before) == found


# --- Pain -----------------------------------------------------------------------------------------


def test_pain_of_three_is_told():
    assert [is_painful(pain) for pain in (None, 0, 2, 3, 10)] == [False, False, False, True, True]


def test_seven_days_with_today():
    assert pain_since(march(11)) == march(5)


# --- A hard session -------------------------------------------------------------------------------


LAST = march(20)


def earlier(*rpes, last=LAST):
    return [(last - timedelta(days=2 * n), rpe) for n, rpe in enumerate(rpes, 1)]


@pytest.mark.parametrize(
    ("rpe", "before", "found"),
    [
        (9, (7, 7, 7, 7), Hard(9, 7)),
        (8, (5, 5, 5, 5), None),
        (9, (7, 7, 7), None),  # too few to compare
        (9, (7, 7, 8, 8), None),  # a median of 7.5
        (10, (8, 8, 8, 8), Hard(10, 8)),
        (10, (8, 8, 9, 9), None),
        (10, (7, 7, 8, 9), Hard(10, 7.5)),
        (9, (7,) * 10 + (9,) * 20, Hard(9, 7)),  # only the ten before it
        (9, (8,) * 6 + (5,) * 20, None),
        (9, (8,) * 5 + (7,) * 6, None),  # the eleventh would make it 7
        (9, (7,) * 5 + (8,) * 5, None),  # and so would nine of them
        (None, (5, 5, 5, 5), None),
    ],
)
def test_two_above_the_usual(rpe, before, found):
    assert hard(rpe, march(20), earlier(*before), march(20)) == found


def test_a_hard_session_is_told_for_fourteen_days():
    before = earlier(6, 6, 6, 6, last=march(1))
    assert hard(9, march(1), before, march(14)) == Hard(9, 6)
    assert hard(9, march(1), before, march(15)) is None


def test_sessions_of_the_eight_weeks_before_are_compared():
    near = earlier(6, 6, 6)
    assert hard(9, march(20), [*near, (date(2026, 1, 23), 6)], march(20)) == Hard(9, 6)
    assert hard(9, march(20), [*near, (date(2026, 1, 22), 6)], march(20)) is None


# --- The end of a program -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "today", "trained_today", "found"),
    [
        (0, march(4), False, Ending(None)),
        (1, march(4), False, Ending(march(4))),
        (1, march(4), True, Ending(march(6))),
        (3, march(4), False, Ending(march(9))),  # Wednesday, Friday, Monday
        (3, march(4), True, None),  # the next Wednesday is the eighth day
        (4, march(4), False, None),
        (3, march(3), False, Ending(march(9))),
        (3, march(5), False, Ending(march(11))),
        (8, march(4), False, None),
    ],
)
def test_what_is_left_fits_into_seven_days(left, today, trained_today, found):
    first = today + timedelta(days=trained_today)
    assert ending(plan(), left, first, today) == found


def test_the_end_goes_with_a_day_that_was_moved_or_skipped():
    assert ending(plan(changes={march(9): march(10)}), 3, march(4), march(4)) == Ending(march(10))
    assert ending(plan(changes={march(9): march(14)}), 3, march(4), march(4)) is None
    assert ending(plan(changes={march(6): None}), 3, march(4), march(4)) is None
    assert ending(plan(pauses=[(march(6), None)]), 2, march(4), march(4)) is None


@given(left=st.integers(0, 40), offset=st.integers(0, 40), weekdays=st.sets(st.integers(0, 6)))
def test_a_program_ends_on_one_of_its_days_within_the_week(left, offset, weekdays):
    schedule = Schedule(START, weekdays)
    today = START + timedelta(days=offset)
    days = schedule.dates(today, today + timedelta(days=6))
    found = ending(schedule, left, today, today)
    assert (found is not None) == (left <= len(days))
    if found and left:
        assert found.on == days[left - 1]
