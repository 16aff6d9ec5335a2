"""Where a lift is going: the trend of its estimated 1RM, its verdict, and what is a plateau.

A point is the best estimated 1RM (kg) of one session, see `legtraining.domain.strength`. The trend
is the Theil-Sen line: the median of the slopes between all pairs of points, which one very good or
very bad day does not move (Theil 1950; Sen 1968, J Am Stat Assoc 63:1379-1389). Its slopes are in
kg a week; they are estimates of estimates, so floats are exact enough.

Where an exercise has no estimate the points may be of something else (repetitions, seconds, weight
that was added); the words "better" and "trend" mean the same then.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from math import ceil, floor, sqrt
from statistics import NormalDist, median
from typing import Literal

type Verdict = Literal["progressing", "holding", "declining", "not_enough"]

# --- What is enough to say anything ---------------------------------------------------------------
MIN_EXPOSURES = 4
MIN_SPAN = timedelta(days=14)
HOLDING_WITHIN = 0.01  # of the median a week: how far the interval may reach to either side
MOST_IN_RESERVE = Decimal(3)  # of more nobody knows how many they were
MOST_POINTS = 150  # that are drawn, and whose slopes are looked at: 11,175 of them at most

# --- A plateau ------------------------------------------------------------------------------------
PLATEAU_WINDOW = timedelta(days=56)
PLATEAU_EXPOSURES = 6
PLATEAU_SPAN = timedelta(days=28)
PLATEAU_RECENT = timedelta(days=28)  # in which nothing was better than before
STILL_TRAINED = timedelta(days=14)

# --- An easier week -------------------------------------------------------------------------------
EASIER = 0.7  # of the median of the weeks before: a deload has 0.6 of the sets, rounded up
WEEKS_BEFORE = 4


@dataclass(frozen=True, order=True)
class Point:
    """The best estimated 1RM of one session, in kg."""

    day: date
    value: Decimal


@dataclass(frozen=True)
class Trend:
    """Kilograms a week, with the 95 % interval `low` to `high`, of `n` points."""

    slope_per_week: float
    low: float
    high: float
    n: int


def theil_sen(points: Iterable[Point]) -> Trend | None:
    """The trend of the points, in any order; None for fewer than two different days."""
    points = list(points)
    found = slopes_interval(
        [point.day.toordinal() / 7 for point in points], [float(point.value) for point in points]
    )
    return found and Trend(*found, n=len(points))


def slopes_interval(
    xs: Sequence[float], ys: Sequence[float], alpha: float = 0.05
) -> tuple[float, float, float] | None:
    """The median slope of `ys` over `xs` and its interval of 1 - `alpha`; None without a slope.

    Sen 1968: of the N slopes in order, those at the ranks (N - C) / 2 and (N + C) / 2 + 1, where C
    is the normal quantile times the standard deviation of Kendall's S, corrected for equal values.
    A rank that is not whole is taken outwards, and a rank beyond the ends is the end: with very few
    points the interval is all the slopes there are.
    """
    slopes = sorted(
        (y2 - y1) / (x2 - x1)
        for (x1, y1), (x2, y2) in combinations(zip(xs, ys, strict=True), 2)
        if x1 != x2
    )
    if not slopes:
        return None
    most = len(slopes)
    reach = NormalDist().inv_cdf(1 - alpha / 2) * sqrt(_variance(xs, ys))
    low, high = floor((most - reach) / 2), ceil((most + reach) / 2 + 1)
    return median(slopes), slopes[max(low, 1) - 1], slopes[min(high, most) - 1]


def joint_intercept(xs: Sequence[float], ys: Sequence[float], slope: float) -> float:
    """Where the line begins that has as many points above it as below: median(y - slope x)."""
    return median(y - slope * x for x, y in zip(xs, ys, strict=True))


def separate_intercept(xs: Sequence[float], ys: Sequence[float], slope: float) -> float:
    """Where the line begins that goes through the medians: median(y) - slope median(x), as Conover
    has it (Practical Nonparametric Statistics, 3rd ed., 1999)."""
    return median(ys) - slope * median(xs)


def line_of(points: Sequence[Point], trend: Trend) -> tuple[float, float]:
    """The trend's value on the first and on the last day of `points`."""
    first = min(point.day for point in points)
    weeks = [(point.day - first).days / 7 for point in points]
    start = joint_intercept(weeks, [float(point.value) for point in points], trend.slope_per_week)
    return start, start + trend.slope_per_week * max(weeks)


def ewma_lambda(days: int) -> Decimal:
    """The share of the newest day in an exponentially weighted mean over `days`: 2 / (N + 1).

    Williams et al., BJSM 51:209-210 (2017). No page uses it: the median needs no weights.
    """
    return Decimal(2) / (days + 1)


def _variance(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Of Kendall's S. Values that are equal, in either direction, take away from it."""

    def part(n: int) -> int:
        return n * (n - 1) * (2 * n + 5)

    equal = [*Counter(xs).values(), *Counter(ys).values()]
    return max(part(len(xs)) - sum(map(part, equal)), 0) / 18


def verdict(points: Iterable[Point], trend: Trend | None = None) -> Verdict:
    """In a word where the lift is going, or that the points do not say. `trend` is theirs, where it
    is known already.

    Below four sessions or two weeks they never do. It is progressing or declining when the whole
    interval is; holding when the interval reaches no further than 1 % of the median a week to
    either side of its middle, and `not_enough` when it is wider than that.
    """
    points = sorted(points, key=lambda point: point.day)
    trend = trend or theil_sen(points)
    if trend is None or len(points) < MIN_EXPOSURES or _span(points) < MIN_SPAN:
        return "not_enough"
    if trend.low > 0:
        return "progressing"
    if trend.high < 0:
        return "declining"
    typical = abs(float(median(point.value for point in points)))
    narrow = (trend.high - trend.low) / 2 <= HOLDING_WITHIN * typical
    return "holding" if narrow else "not_enough"


def is_plateau(points: Iterable[Point], today: date) -> bool:
    """Whether a lift that is trained all the time has stopped getting better; `points` in any
    order, those after `today` or older than eight weeks do not count.

    At least six sessions over at least four weeks, the last within two weeks; nothing of the last
    four weeks was better than the best before; and the trend is holding or declining.
    """
    since = today - PLATEAU_WINDOW
    seen = [point for point in points if since < point.day <= today]
    seen.sort(key=lambda point: point.day)
    if len(seen) < PLATEAU_EXPOSURES or _span(seen) < PLATEAU_SPAN:
        return False
    if seen[-1].day < today - STILL_TRAINED:
        return False
    recent = [point.value for point in seen if point.day > today - PLATEAU_RECENT]
    before = [point.value for point in seen if point.day <= today - PLATEAU_RECENT]
    return max(recent) <= max(before) and verdict(seen) in {"holding", "declining"}


# --- Ten years of points --------------------------------------------------------------------------

type Every = Literal["session", "week", "month", "quarter", "year"]

_PERIODS: Mapping[Every, Callable[[date], Hashable]] = {
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "year": lambda day: day.year,
}


def thinned[P: Point](points: Sequence[P], most: int = MOST_POINTS) -> tuple[list[P], Every]:
    """At most `most` of the points, the oldest first, and what each one is the best of.

    All of them where they are few enough; else the best of each week, month, quarter or year, the
    finest that fits. A best is the first day on which it was reached. A trend of thinned points is
    that of the bests: good days count, and days on which a lift was only practised do not.
    """
    points = sorted(points, key=lambda point: point.day)
    if len(points) <= most:
        return points, "session"
    bests: list[P] = []
    every: Every = "year"
    for every, period in _PERIODS.items():  # noqa: B007 (the last one is the answer)
        best: dict[Hashable, P] = {}
        for point in points:
            there = best.setdefault(period(point.day), point)
            if point.value > there.value:
                best[period(point.day)] = point
        bests = list(best.values())
        if len(bests) <= most:
            break
    return bests[-most:], every


# --- What may be behind a plateau -----------------------------------------------------------------


def last_easier_week(sets: Mapping[date, int], today: date) -> date | None:
    """The Monday of the last whole week that had at most 70 % of the sets of the weeks before it.

    `sets` are the hard sets by the Monday of their week; weeks without any are left out of it and
    count as 0. Each week is compared with the median of the four before it, which is at least 1;
    there have to be four since the first. None where no week was easier.
    """
    monday = today - timedelta(days=today.weekday())
    week = monday - timedelta(weeks=1)
    while sets and week - timedelta(weeks=WEEKS_BEFORE) >= min(sets):
        before = [sets.get(week - timedelta(weeks=n), 0) for n in range(1, WEEKS_BEFORE + 1)]
        usual = median(before)
        if usual >= 1 and sets.get(week, 0) <= EASIER * usual:
            return week
        week -= timedelta(weeks=1)
    return None


def _span(points: Sequence[Point]) -> timedelta:
    return points[-1].day - points[0].day
