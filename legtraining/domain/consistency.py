"""How regularly somebody trains: calendar weeks from Monday to Sunday, of their local days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
SHOWN_WEEKS = 12


def monday(day: date) -> date:
    """The first day of the week of `day`."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Week:
    """The week from `first` on; the running one is not over, so it is not missed."""

    first: date
    sessions: int
    is_running: bool

    @property
    def is_trained(self) -> bool:
        return self.sessions > 0


def weeks_in_a_row(days: Iterable[date], today: date) -> int:
    """How many weeks were trained without a gap, up to the one of `today`.

    The running week counts once it was trained; until then the weeks before it stand. `days` are
    the days with a session, in any order; those in a week after the one of `today` do not count
    (who flew westwards may have trained tomorrow).
    """
    trained = {monday(day) for day in days}
    week = monday(today)
    if week not in trained:
        week -= WEEK
    count = 0
    while week in trained:
        count += 1
        week -= WEEK
    return count


def last_weeks(sessions: Mapping[date, int], today: date, count: int = SHOWN_WEEKS) -> list[Week]:
    """The last `count` weeks (1 or more), the running one last, with how many sessions each had.

    `sessions` says how many there were on a day.
    """
    running = monday(today)
    of_week: dict[date, int] = {}
    for day, number in sessions.items():
        of_week[monday(day)] = of_week.get(monday(day), 0) + number
    firsts = [running - WEEK * back for back in range(count - 1, -1, -1)]
    return [Week(first, of_week.get(first, 0), first == running) for first in firsts]
