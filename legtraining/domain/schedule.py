"""Which dates a plan asks for. Calendar dates only: "today" is the member's, and is given.

Weekdays are numbered as `date.weekday()` does: 0 is Monday, 6 is Sunday. Order and duplicates do
not matter, none at all means no training dates, and a number outside 0 to 6 raises ValueError.
"""

from collections.abc import Collection
from datetime import date


def planned_dates(start: date, weekdays: Collection[int], first: date, last: date) -> list[date]:
    """Training dates from `first` to `last`, both included, none before `start`; ascending.

    `start` itself counts when it is a training day. Empty when `last` comes before `first` or
    `start`. Where a plan ends is the caller's, through `last`.
    """
    wanted = _checked(weekdays)
    begin = max(start, first)
    # Ordinals, not timedelta: a date typed as 9999-12-31 must not overflow.
    days = map(date.fromordinal, range(begin.toordinal(), last.toordinal() + 1))
    return [day for day in days if day.weekday() in wanted]


def count_planned(start: date, weekdays: Collection[int], first: date, last: date) -> int:
    """`len(planned_dates(...))` of the same arguments, without walking the dates."""
    wanted = _checked(weekdays)
    begin = max(start, first)
    weeks, rest = divmod(max(0, (last - begin).days + 1), 7)
    return weeks * len(wanted) + sum((begin.weekday() + day) % 7 in wanted for day in range(rest))


def next_training_date(
    start: date,
    weekdays: Collection[int],
    today: date,
    trained_today: bool,  # noqa: FBT001
) -> date | None:
    """The next date to train: `today` when it is a training day and nothing was done yet.

    Never before `start`. Missed days are not caught up. None when there are no training days (or
    the calendar ends first). Whether the plan has ended by then is the caller's to compare.
    """
    earliest = max(start.toordinal(), today.toordinal() + trained_today)
    latest = min(earliest + 6, date.max.toordinal())
    if earliest > latest:
        return None
    begin = date.fromordinal(earliest)
    return next(iter(planned_dates(begin, weekdays, begin, date.fromordinal(latest))), None)


def _checked(weekdays: Collection[int]) -> frozenset[int]:
    wanted = frozenset(weekdays)
    if not wanted <= frozenset(range(7)):
        raise ValueError("A weekday is a number from 0 (Monday) to 6 (Sunday).")
    return wanted
