from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.schedule import count_planned, next_training_date, planned_dates

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MONDAY = date(2026, 3, 2)

dates = st.dates(date(2024, 1, 1), date(2026, 12, 31))
weekday_sets = st.sets(st.integers(0, 6))


def test_three_days_a_week() -> None:
    assert planned_dates(MONDAY, [FRI, MON, WED], MONDAY, MONDAY + timedelta(days=8)) == [
        date(2026, 3, 2),
        date(2026, 3, 4),
        date(2026, 3, 6),
        date(2026, 3, 9),
    ]


def test_nothing_before_the_start() -> None:
    assert planned_dates(date(2026, 3, 3), [MON, TUE], date(2026, 1, 1), date(2026, 3, 9)) == [
        date(2026, 3, 3),
        date(2026, 3, 9),
    ]


def test_the_window_may_begin_after_the_start() -> None:
    window = date(2026, 3, 9), date(2026, 3, 15)
    assert planned_dates(MONDAY, [MON, SUN], *window) == [date(2026, 3, 9), date(2026, 3, 15)]


def test_one_day_and_no_day() -> None:
    assert planned_dates(MONDAY, [MON], MONDAY, MONDAY) == [MONDAY]
    assert planned_dates(MONDAY, [TUE], MONDAY, MONDAY) == []
    assert planned_dates(MONDAY, range(7), MONDAY, MONDAY - timedelta(days=1)) == []
    assert planned_dates(MONDAY, [], MONDAY, date(2027, 1, 1)) == []
    assert count_planned(MONDAY, range(7), MONDAY, date(2020, 1, 1)) == 0


def test_a_weekday_named_twice_counts_once() -> None:
    assert planned_dates(MONDAY, [MON, MON], MONDAY, MONDAY) == [MONDAY]
    assert count_planned(MONDAY, [MON, MON], MONDAY, date(2026, 3, 29)) == 4


def test_leap_day() -> None:
    assert date(2028, 2, 29) in planned_dates(
        date(2028, 2, 28), range(7), date(2028, 2, 28), date(2028, 3, 1)
    )


@pytest.mark.parametrize("weekday", [7, -1])
def test_no_such_weekday(weekday: int) -> None:
    sentence = "0 \\(Monday\\) to 6 \\(Sunday\\)"
    with pytest.raises(ValueError, match=sentence):
        planned_dates(MONDAY, [MON, weekday], MONDAY, MONDAY)
    with pytest.raises(ValueError, match=sentence):
        count_planned(MONDAY, [MON, weekday], MONDAY, MONDAY)
    with pytest.raises(ValueError, match=sentence):
        next_training_date(MONDAY, [MON, weekday], MONDAY, trained_today=False)


@given(dates, weekday_sets, dates, dates)
def test_dates_are_those_asked_for(
    start: date, weekdays: set[int], first: date, last: date
) -> None:
    planned = planned_dates(start, weekdays, first, last)
    every_day = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert planned == [d for d in every_day if d >= start and d.weekday() in weekdays]


@given(dates, weekday_sets, dates, dates)
def test_count_agrees_with_the_dates(
    start: date, weekdays: set[int], first: date, last: date
) -> None:
    assert count_planned(start, weekdays, first, last) == len(
        planned_dates(start, weekdays, first, last)
    )


@pytest.mark.parametrize(
    ("today", "trained", "expected"),
    [
        (date(2026, 3, 2), False, date(2026, 3, 2)),  # today, not done yet
        (date(2026, 3, 2), True, date(2026, 3, 5)),  # today, done
        (date(2026, 3, 3), False, date(2026, 3, 5)),  # a rest day
        (date(2026, 3, 4), True, date(2026, 3, 5)),  # trained on a rest day
        (date(2026, 3, 6), False, date(2026, 3, 9)),  # Thursday was missed: not caught up
        (date(2026, 1, 1), False, date(2026, 3, 2)),  # the plan starts later
        (date(2026, 1, 1), True, date(2026, 3, 2)),
        (date(2026, 3, 1), True, date(2026, 3, 2)),
    ],
)
def test_next_training_date(today: date, trained: bool, expected: date) -> None:
    assert next_training_date(MONDAY, [MON, THU], today, trained_today=trained) == expected


def test_next_training_date_once_a_week_is_a_week_later() -> None:
    assert next_training_date(MONDAY, [MON], MONDAY, trained_today=True) == date(2026, 3, 9)
    assert next_training_date(MONDAY, [SUN], MONDAY, trained_today=False) == date(2026, 3, 8)


def test_no_training_days_no_next_date() -> None:
    assert next_training_date(MONDAY, [], MONDAY, trained_today=False) is None


def test_the_end_of_the_calendar() -> None:
    friday = date.max  # 9999-12-31
    assert planned_dates(friday, [FRI], MONDAY, friday) == [friday]
    assert count_planned(friday, [FRI], MONDAY, friday) == 1
    assert next_training_date(friday, [FRI], MONDAY, trained_today=False) == friday
    assert next_training_date(friday, [MON], MONDAY, trained_today=False) is None
    assert next_training_date(MONDAY, [FRI], friday, trained_today=True) is None


@given(dates, weekday_sets, dates, st.booleans())
def test_next_is_the_first_planned_date(
    start: date, weekdays: set[int], today: date, trained: bool
) -> None:
    planned = planned_dates(start, weekdays, today, max(start, today) + timedelta(days=14))
    expected = next((d for d in planned if not (trained and d == today)), None)
    assert next_training_date(start, weekdays, today, trained_today=trained) == expected
