"""Which dates a plan asks for. Calendar dates only: "today" is the member's, and is given.

Weekdays are numbered as `date.weekday()` does: 0 is Monday, 6 is Sunday. Order and duplicates do
not matter, none at all means no training dates, and a number outside 0 to 6 raises ValueError.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

LOOK_AHEAD = 3653  # days in which the next training dates are looked for


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


@dataclass(frozen=True)
class Occurrence:
    """One training day. `day`, on which the weekdays ask for it, names it for ever.

    `on` is the date to train: another one if it was moved, None if it was skipped. `paused` says
    that the plan rests on that date, so that nothing is asked for after all.
    """

    day: date
    on: date | None
    paused: bool = False


@dataclass(frozen=True)
class Schedule:
    """A plan's training days with what became of them.

    `changes` has the date that a day was moved to, None for one that was skipped; one that the
    weekdays do not ask for (any more) counts for nothing. `pauses` are first and last days, both
    included, the last None while it goes on. The date on which one would train decides: a day that
    was moved out of a pause is on, one that was moved into it is not.
    """

    start: date
    weekdays: Collection[int]
    changes: Mapping[date, date | None] = field(default_factory=dict)
    pauses: Collection[tuple[date, date | None]] = ()

    def __post_init__(self) -> None:
        _checked(self.weekdays)

    def asks_for(self, day: date) -> bool:
        """Whether `day` is a training day by its weekday, whatever became of it."""
        return day >= self.start and day.weekday() in self.weekdays

    def rests_on(self, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self.pauses)

    def occurrence(self, day: date) -> Occurrence | None:
        """What became of the training day `day`; None if the weekdays do not ask for it.

        A date has one training: a day that was moved onto one that is a training day by now
        (somebody changed the weekdays) counts as skipped.
        """
        if not self.asks_for(day):
            return None
        on = self.changes.get(day, day)
        if on is not None and on != day and self.asks_for(on) and on not in self.changes:
            on = None
        return Occurrence(day, on, paused=self.rests_on(on or day))

    def occurrences(self, first: date, last: date) -> list[Occurrence]:
        """Those whose day or whose date lies from `first` to `last`, by their day."""
        days = set(planned_dates(self.start, self.weekdays, first, last))
        days |= {day for day, on in self.changes.items() if on and first <= on <= last}
        return [found for day in sorted(days) if (found := self.occurrence(day))]

    def dates(self, first: date, last: date) -> list[date]:
        """The dates to train from `first` to `last`, both included, ascending."""
        found = {each.on for each in self.occurrences(first, last) if each.on and not each.paused}
        return sorted(day for day in found if first <= day <= last)

    def upcoming(self, first: date, count: int) -> dict[date, date]:
        """The next `count` dates to train, not before `first`, ascending; each with its day.

        Days are counted in the order the weekdays ask for them, so that the last one of a plan may
        be moved past its end. Missed days are not caught up. Fewer than `count` when the plan
        rests with no end in sight, or has no training days.
        """
        found: dict[date, date] = {}
        for day in self._days_from(first):
            if len(found) >= count:
                break
            each = self.occurrence(day)
            if each and each.on and each.on >= first and not each.paused:
                found.setdefault(each.on, day)
        return dict(sorted(found.items()))

    def _days_from(self, first: date) -> Iterator[date]:
        """Days that were moved to `first` or later, then those that come by themselves."""
        yield from sorted(day for day, on in self.changes.items() if day < first and on)
        begin = max(self.start, first).toordinal()
        end = min(begin + LOOK_AHEAD, date.max.toordinal())
        yield from map(date.fromordinal, range(begin, end + 1))


def _checked(weekdays: Collection[int]) -> frozenset[int]:
    wanted = frozenset(weekdays)
    if not wanted <= frozenset(range(7)):
        raise ValueError("A weekday is a number from 0 (Monday) to 6 (Sunday).")
    return wanted
