"""The load of a week by how hard its sessions felt, and how it was spread over the days.

A session's load is its RPE (0 to 10, for the session as a whole) times its minutes, in arbitrary
units: Foster, Med Sci Sports Exerc 30:1164-1168 (1998); Foster et al., J Strength Cond Res
15:109-115 (2001). The figures describe. That they foretell an injury or an illness was not shown
well enough to say so to anybody, and their thresholds in print come from endurance athletes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

DAYS = 7
LEAST_DAYS = 2  # of training: one day alone has no rhythm

# A session that is longer was most likely left open, and nobody knows how long it took.
MOST_MINUTES = 300


@dataclass(frozen=True)
class Effort:
    """One session: how hard it felt, 0 to 10, and how many seconds it took; None: nobody said."""

    rpe: int | None
    seconds: int | None


@dataclass(frozen=True)
class WeekLoad:
    """A week's `load` in arbitrary units, without the sessions whose load is not known.

    `unknown` is how many those are, of `sessions`. While there is one, or where the week is not
    over, `monotony` and `strain` are None: they would take a day of training for a day of rest.
    """

    load: int
    sessions: int
    unknown: int
    monotony: float | None

    @property
    def strain(self) -> float | None:
        """The week's load times its monotony, in arbitrary units (Foster 1998)."""
        return None if self.monotony is None else self.load * self.monotony


def minutes_of(seconds: int | None) -> int | None:
    """Whole minutes, rounded; None for half a minute or less, or for more than 300."""
    minutes = round((seconds or 0) / 60)
    return minutes if 1 <= minutes <= MOST_MINUTES else None


def session_load(effort: Effort) -> int | None:
    """RPE × minutes; None where either is not known, because neither is ever estimated."""
    minutes = minutes_of(effort.seconds)
    return None if effort.rpe is None or minutes is None else effort.rpe * minutes


def monotony(days: Sequence[int]) -> float | None:
    """The mean of seven days' loads over their standard deviation, without a unit.

    Rest days are 0 and count. It is that of the population (divided by 7, not by 6), since the
    seven days are the week and no sample of it. The papers do not say which they take: of the
    loads printed in table 5 of Foster et al. 2001 this one gives 1.21, the other one 1.12, and
    1.26 is printed there.
    None where all days are the same, or fewer than two have a load.
    Raises ValueError for another number of days.
    """
    if len(days) != DAYS:
        raise ValueError(f"A week has {DAYS} days, not {len(days)}.")
    total = sum(days)
    spread = DAYS * sum(load * load for load in days) - total * total  # 49 times the variance
    if not spread or sum(load > 0 for load in days) < LEAST_DAYS:
        return None
    return total / sqrt(spread)


def week_load(days: Sequence[Sequence[Effort]], *, is_over: bool = True) -> WeekLoad:
    """The load of the seven days of a week, each with its sessions."""
    loads = [[session_load(effort) for effort in day] for day in days]
    unknown = sum(load is None for day in loads for load in day)
    known = [sum(load for load in day if load is not None) for day in loads]
    return WeekLoad(
        load=sum(known),
        sessions=sum(map(len, loads)),
        unknown=unknown,
        monotony=monotony(known) if is_over and not unknown else None,
    )
