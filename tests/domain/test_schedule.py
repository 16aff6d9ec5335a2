from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.schedule import Occurrence, Schedule, planned_dates

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MONDAY = date(2026, 3, 2)

dates = st.dates(date(2024, 1, 1), date(2026, 12, 31))
weekday_sets = st.sets(st.integers(0, 6))
near = st.dates(date(2026, 2, 20), date(2026, 4, 20))
changes = st.dictionaries(near, st.none() | near, max_size=6).map(
    lambda found: {day: on for day, on in found.items() if day != on}
)
pauses = st.lists(st.tuples(near, st.none() | near), max_size=3)
schedules = st.builds(Schedule, near, weekday_sets, changes, pauses)


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


def test_a_weekday_named_twice_counts_once() -> None:
    assert planned_dates(MONDAY, [MON, MON], MONDAY, MONDAY) == [MONDAY]
    assert len(planned_dates(MONDAY, [MON, MON], MONDAY, date(2026, 3, 29))) == 4


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
        Schedule(MONDAY, [MON, weekday])


@given(dates, weekday_sets, dates, dates)
def test_dates_are_those_asked_for(
    start: date, weekdays: set[int], first: date, last: date
) -> None:
    planned = planned_dates(start, weekdays, first, last)
    every_day = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert planned == [d for d in every_day if d >= start and d.weekday() in weekdays]
    assert Schedule(start, weekdays).dates(first, last) == planned


def march(day: int) -> date:
    return date(2026, 3, day)


# March 2026 begins on a Sunday: Mondays are 2, 9, 16, 23, 30, Thursdays 5, 12, 19, 26.
def in_march(schedule: Schedule) -> list[int]:
    return [day.day for day in schedule.dates(march(1), march(31))]


def changed(days: dict[int, int | None], *paused: tuple[int, int | None]) -> Schedule:
    """Mondays and Thursdays from 2 March on."""
    return Schedule(
        MONDAY,
        [MON, THU],
        {march(day): march(on) if on else None for day, on in days.items()},
        [(march(first), march(last) if last else None) for first, last in paused],
    )


def test_a_moved_day_is_on_its_new_date_and_a_skipped_one_is_not() -> None:
    schedule = changed({5: 6, 9: None, 12: 7})
    assert in_march(schedule) == [2, 6, 7, 16, 19, 23, 26, 30]
    assert schedule.occurrence(march(5)) == Occurrence(march(5), march(6))
    assert schedule.occurrence(march(9)) == Occurrence(march(9), None)
    assert schedule.occurrence(march(6)) is None, "it has the name of its day"
    assert schedule.occurrences(march(6), march(7)) == [
        Occurrence(march(5), march(6)),
        Occurrence(march(12), march(7)),
    ]
    assert schedule.dates(march(6), march(6)) == [march(6)]
    assert schedule.dates(march(5), march(5)) == []


def test_what_the_weekdays_no_longer_ask_for_counts_for_nothing() -> None:
    assert in_march(changed({4: 6, 3: None})) == [2, 5, 9, 12, 16, 19, 23, 26, 30]


def test_a_date_has_one_training() -> None:
    schedule = changed({5: 9})
    assert in_march(schedule) == [2, 9, 12, 16, 19, 23, 26, 30]
    assert schedule.occurrence(march(5)) == Occurrence(march(5), None)
    assert in_march(changed({5: 9, 9: 10})) == [2, 9, 10, 12, 16, 19, 23, 26, 30]


def test_no_day_is_planned_in_a_pause() -> None:
    assert in_march(changed({}, (5, 12), (23, None))) == [2, 16, 19]
    assert in_march(changed({}, (5, 4))) == in_march(changed({})), "taken back at once"
    assert changed({}, (5, 12)).occurrence(march(12)) == Occurrence(march(12), march(12), True)


def test_the_date_on_which_one_would_train_decides_about_a_pause() -> None:
    assert in_march(changed({5: 4, 16: 10, 19: None}, (5, 12))) == [2, 4, 23, 26, 30]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (march(1), [(2, 2), (6, 5), (12, 12)]),
        (march(3), [(6, 5), (12, 12), (16, 16)]),
        (march(6), [(6, 5), (12, 12), (16, 16)]),  # its day is over, its date is not
        (march(7), [(12, 12), (16, 16), (19, 19)]),
    ],
)
def test_the_next_dates_with_their_days(first: date, expected: list[tuple[int, int]]) -> None:
    schedule = changed({5: 6, 9: None})
    found = schedule.upcoming(first, 3)
    assert [(on.day, day.day) for on, day in found.items()] == expected


def test_the_last_day_of_a_plan_may_be_moved_past_its_end() -> None:
    schedule = changed({5: 11})
    assert list(schedule.upcoming(march(2), 2)) == [march(2), march(11)]
    assert list(schedule.upcoming(march(2), 3)) == [march(2), march(9), march(11)]


def test_a_pause_without_an_end_leaves_no_next_date() -> None:
    assert list(changed({}, (9, None)).upcoming(march(3), 5)) == [march(5)]
    assert list(changed({12: 6}, (9, None)).upcoming(march(3), 5)) == [march(5), march(6)]
    assert list(changed({}, (2, 27)).upcoming(march(3), 1)) == [march(30)]


@given(schedules, near, near)
def test_dates_are_those_of_every_single_day(schedule: Schedule, first: date, last: date) -> None:
    """Worked out for each date alone: who comes to it, by itself or moved?"""
    window = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), 740_000)]
    regular = {d for d in window if d >= schedule.start and d.weekday() in schedule.weekdays}
    stay = regular - set(schedule.changes)
    moved = {on for day, on in schedule.changes.items() if on and day in regular}
    rest = {
        day
        for begin, end in schedule.pauses
        for day in window
        if begin <= day and (end is None or day <= end)
    }
    expected = sorted(day for day in (stay | moved) - rest if first <= day <= last)
    assert schedule.dates(first, last) == expected


@given(schedules, near, near)
def test_as_many_dates_as_days_that_stay_and_come(
    schedule: Schedule, first: date, last: date
) -> None:
    counted = sum(
        each.on is not None and first <= each.on <= last and not each.paused
        for each in schedule.occurrences(first, last)
    )
    targets = [on for on in schedule.changes.values() if on]
    if len(set(targets)) == len(targets):
        assert len(schedule.dates(first, last)) == counted
    assert len(Schedule(schedule.start, schedule.weekdays).dates(first, last)) == len(
        planned_dates(schedule.start, schedule.weekdays, first, last)
    )


@given(schedules, near, st.integers(0, 8))
def test_upcoming_are_dates_to_train_in_order(schedule: Schedule, first: date, count: int) -> None:
    found = list(schedule.upcoming(first, count))
    assert found == sorted(set(found))
    assert len(found) <= count
    dates = schedule.dates(first, max([first, *found]))
    assert set(found) <= set(dates)
    if len(found) < count:
        assert schedule.dates(first, date(2028, 1, 1)) == found


def test_no_training_days_no_next_date() -> None:
    assert Schedule(MONDAY, []).upcoming(MONDAY, 3) == {}


def test_the_end_of_the_calendar() -> None:
    friday = date.max  # 9999-12-31
    assert planned_dates(friday, [FRI], MONDAY, friday) == [friday]
    assert Schedule(friday, [FRI]).upcoming(MONDAY, 2) == {friday: friday}
    assert Schedule(friday, [MON]).upcoming(MONDAY, 1) == {}
