"""A lift over its whole history: what each session reached, and the best that was ever done.

What is counted is what `legtraining.domain.records` counts: warm-ups never, nor sets with 0 reps;
drop and failed sets are work that was done, but make no estimate of a 1RM. Weights are compared in
kilograms, converted exactly and not rounded, so that 100 kg and 220.46 lb are two weights, and
what was typed stays beside them.

Each session has one value, the larger the better, by the measure that fits the exercise:

- estimate: the best estimated 1RM (kg), of sets as `estimated` takes them;
- weight: the heaviest weight (kg), where nothing can be estimated because of too many repetitions;
- added: the most weight added to the body (kg);
- assistance: the least assistance, negative (kg), so that less help is more;
- reps: the most repetitions in one set;
- hold: the longest hold (s).
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Literal

from legtraining.domain.bodyweight import STANDS_STILL, load
from legtraining.domain.records import ESTIMATING_KINDS, Done, Load, counts, effort
from legtraining.domain.strength import DEFAULT_FORMULA, MAX_ESTIMATE_REPS, estimate_1rm
from legtraining.domain.trends import MOST_IN_RESERVE, Point
from legtraining.domain.units import to_kg

type Measure = Literal["estimate", "weight", "added", "assistance", "reps", "hold"]
type Masses = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True)
class Logged(Done):
    """One set, and where it stands. `session` is the name of its session, whatever that is."""

    session: str = ""
    day: date = date.min


@dataclass(frozen=True)
class Exposure(Point):
    """What one session reached (see above), by the set that reached it."""

    of: Logged


@dataclass(frozen=True)
class RepMax:
    """The most weight for `low` to `high` repetitions: one set, which had the most of them."""

    low: int
    high: int
    of: Logged


@dataclass(frozen=True)
class Volume:
    """Weight x reps of one session in kg. Where a share of the body is in it, it `is_estimate`."""

    session: str
    day: date
    kilograms: Decimal
    is_estimate: bool


def estimated(done: Done, formula: str = DEFAULT_FORMULA) -> Decimal | None:
    """The 1RM (kg) that a set makes an estimate of for a trend, or None.

    Work and AMRAP sets with a weight, at most 10 reps to failure and at most 3 in reserve; where
    nothing is noted of the reserve it is taken as none.
    """
    if done.kind not in ESTIMATING_KINDS or not done.weight or not done.reps:
        return None
    reserve = done.rir or Decimal(0)
    if reserve > MOST_IN_RESERVE or done.reps + reserve > MAX_ESTIMATE_REPS:
        return None
    return estimate_1rm(to_kg(done.weight, done.unit), done.reps, formula, reserve)


def body_mass_on(day: date, masses: Masses) -> Decimal | None:
    """The latest body mass (kg) that was noted up to that day, of `masses` in their order."""
    place = bisect_right(masses, day, key=lambda each: each[0])
    return masses[place - 1][1] if place else None


@dataclass(frozen=True)
class History:
    """The sets of one exercise that count, the oldest first, each session's together.

    `movement` is the exercise's slug and `masses` what is known of the body mass (kg) by day, for
    exercises of which a share is known, see `legtraining.domain.bodyweight`.
    """

    load: Load
    sets: Sequence[Logged]
    formula: str = DEFAULT_FORMULA
    movement: str = ""
    masses: Masses = ()

    @cached_property
    def counting(self) -> list[Logged]:
        return [each for each in self.sets if counts(self.load, each.best())]

    def effort(self, done: Logged) -> Decimal:
        return effort(self.load, done.weight, done.unit)

    # --- Session by session -----------------------------------------------------------------------

    @cached_property
    def measure(self) -> Measure:
        """What fits the exercise, and how it is done."""
        if self.load == "time":
            return "hold"
        if self.load == "external":
            return "estimate" if self._estimates else "weight"
        if self.load == "reps_only" or 2 * self._loaded <= len(self._sessions):
            return "reps"
        return "added" if self.load == "bodyweight" else "assistance"

    @property
    def _loaded(self) -> int:
        """The number of sessions with some weight: mostly none is no measure."""
        return sum(any(each.weight for each in sets) for sets in self._sessions.values())

    @cached_property
    def _sessions(self) -> Mapping[str, list[Logged]]:
        return {
            session: list(sets)
            for session, sets in groupby(self.counting, key=lambda each: each.session)
        }

    @cached_property
    def exposures(self) -> list[Exposure]:
        """A point a session, the oldest first."""
        if self.measure == "estimate":
            return self._estimates
        if self.measure == "reps":
            return self._points(lambda done: Decimal(done.reps or 0))
        if self.measure == "hold":
            return self._points(lambda done: Decimal(done.seconds or 0))
        return self._points(self.effort)

    @cached_property
    def _estimates(self) -> list[Exposure]:
        return self._points(lambda done: estimated(done, self.formula))

    def _points(self, value: Callable[[Logged], Decimal | None]) -> list[Exposure]:
        points = []
        for sets in self._sessions.values():
            valued = [(found, each) for each in sets if (found := value(each)) is not None]
            if valued:
                best, of = max(valued, key=lambda each: (each[0], *self._rank(each[1])))
                points.append(Exposure(of.day, best, of))
        return points

    # --- The best ever ----------------------------------------------------------------------------

    def _rank(self, done: Logged) -> tuple[Decimal, int, int]:
        return self.effort(done), done.reps or 0, done.seconds or 0

    @property
    def best(self) -> Exposure | None:
        """The session that reached most, the first of equals."""
        return max(self.exposures, key=lambda point: point.value, default=None)

    @property
    def heaviest(self) -> Logged | None:
        """The most weight (the least assistance), with the most reps; the first of equals."""
        if self.load == "reps_only":
            return None
        return max(self.counting, key=self._rank, default=None)

    @property
    def most(self) -> Logged | None:
        """The most repetitions, or the longest hold, at whatever weight; the first of equals."""
        if self.load == "time":
            return max(self.counting, key=lambda s: (s.seconds or 0, self.effort(s)), default=None)
        return max(self.counting, key=lambda s: (s.reps or 0, self.effort(s)), default=None)

    def rep_maxes(self, most: int = MAX_ESTIMATE_REPS) -> list[RepMax]:
        """The most weight for 1, 2, ... `most` repetitions or more: a row a set, which may be the
        best for several of them."""
        if self.load in ("reps_only", "time"):
            return []
        best: dict[int, Logged] = {}  # of exactly so many, or of `most` and more
        for each in self.counting:
            reps = min(each.reps or 0, most)
            if self._rank(each) > self._rank(best.setdefault(reps, each)):
                best[reps] = each
        rows: list[RepMax] = []
        for reps in sorted(best, reverse=True):
            low = max((fewer for fewer in best if fewer < reps), default=0) + 1
            if rows and self._rank(best[reps]) <= self._rank(rows[-1].of):
                rows[-1] = RepMax(low, rows[-1].high, rows[-1].of)
            else:
                rows.append(RepMax(low, reps, best[reps]))
        return rows[::-1]

    def at_each_weight(self) -> list[Logged]:
        """At each weight that was used the most reps or seconds, the heaviest first (the least
        assistance first); the first of equals."""
        best: dict[Decimal, Logged] = {}
        for each in self.counting:
            there = best.setdefault(self.effort(each), each)
            if (each.reps or 0, each.seconds or 0) > (there.reps or 0, there.seconds or 0):
                best[self.effort(each)] = each
        return [best[weight] for weight in sorted(best, reverse=True)]

    # --- Work -------------------------------------------------------------------------------------

    @cached_property
    def volumes(self) -> dict[str, Volume]:
        """By session, of those in which some weight is known to have been moved.

        What helps is not lifted, so assisted exercises have none; of bodyweight exercises it is
        what was added, with the share of the body where both are known.
        """
        if self.load in ("assisted", "time", "reps_only"):
            return {}
        found = {}
        for session, sets in self._sessions.items():
            day = sets[0].day
            mass = body_mass_on(day, self.masses) if self.movement in STANDS_STILL else None
            total = sum((self._moved(each, mass) * (each.reps or 0) for each in sets), Decimal(0))
            if total:
                found[session] = Volume(session, day, total, mass is not None)
        return found

    def _moved(self, done: Logged, mass: Decimal | None) -> Decimal:
        weight = self.effort(done)
        return weight if mass is None else load(mass, self.movement, weight)

    @property
    def best_volume(self) -> Volume | None:
        """The first of equals."""
        return max(self.volumes.values(), key=lambda each: each.kilograms, default=None)
