"""A member's lifts for the review: estimate, trend and verdict in words, and a small curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from coaching.review import Trained, trained_lately
from exercises.models import Exercise, Load
from legtraining.domain.trends import Point, Trend, is_plateau, theil_sen, verdict
from legtraining.domain.units import TENTH, Unit, convert, format_weight
from sessions.exposures import exposures
from sessions.models import SetLog

LIFT_DAYS = 84

VERDICTS = {
    "progressing": gettext_lazy("Progressing"),
    "holding": gettext_lazy("Holding"),
    "declining": gettext_lazy("Declining"),
    "not_enough": gettext_lazy("Not enough to say"),
}

WIDTH, HEIGHT, EDGE = 120, 32, 3  # of a curve, in its own units


@dataclass(frozen=True)
class Lift:
    """One exercise of the last 12 weeks, its numbers in the reader's `unit`."""

    trained: Trained
    points: list[Point]
    unit: Unit
    today: date

    @property
    def exercise(self) -> Exercise:
        return self.trained.exercise

    @property
    def sessions(self) -> int:
        return self.trained.sessions

    @property
    def last(self) -> str:
        return set_words(self.trained.last)

    @property
    def record(self) -> str:
        return set_words(self.trained.record)

    @property
    def trend(self) -> Trend | None:
        return theil_sen(self.points)

    @property
    def verdict(self) -> str:
        return str(VERDICTS[verdict(self.points)])

    @property
    def plateau(self) -> bool:
        return is_plateau(self.points, self.today)

    @property
    def estimate(self) -> str:
        """Of the last session that gives one."""
        return self._weight(self.points[-1].value) if self.points else ""

    @property
    def trend_words(self) -> str:
        """`+0.8 kg a week (95 %: +0.2 to +1.4)`"""
        trend = self.trend
        if trend is None:
            return ""
        return _("%(slope)s a week (95 %%: %(low)s to %(high)s)") % {
            "slope": f"{self._signed(trend.slope_per_week)}\N{NO-BREAK SPACE}{self.unit}",
            "low": self._signed(trend.low),
            "high": self._signed(trend.high),
        }

    @property
    def curve(self) -> str:
        """The points of a polyline in a box of 120 × 32, "" where there is only one day."""
        return polyline(self.points)

    @property
    def curve_words(self) -> str:
        first, last = self.points[0], self.points[-1]
        return _("Estimated 1RM: %(first)s on %(from)s, %(last)s on %(to)s, at most %(most)s") % {
            "first": self._weight(first.value),
            "from": date_format(first.day, "j F"),
            "last": self._weight(last.value),
            "to": date_format(last.day, "j F"),
            "most": self._weight(max(point.value for point in self.points)),
        }

    def _weight(self, kilograms: Decimal) -> str:
        number = convert(kilograms, "kg", self.unit).quantize(TENTH, ROUND_HALF_UP)
        return f"{format_weight(number)}\N{NO-BREAK SPACE}{self.unit}"

    def _signed(self, kilograms: float) -> str:
        number = convert(Decimal(kilograms), "kg", self.unit).quantize(TENTH, ROUND_HALF_UP)
        if not number:
            return "0"
        return f"{'+' if number > 0 else '−'}{format_weight(abs(number))}"


def lifts_of(member: User, today: date, unit: Unit) -> list[Lift]:
    """The member's exercises of the last 12 weeks, plateaus and then the most trained first. Four
    queries."""
    since = today - timedelta(days=LIFT_DAYS - 1)
    points = exposures([member], since)
    lifts = [
        Lift(each, points.get((member.pk, each.exercise.pk), []), unit, today)
        for each in trained_lately(member, since)
    ]
    return sorted(lifts, key=lambda lift: not lift.plateau)


def set_words(log: SetLog) -> str:
    """`100 kg × 5`, `+10 kg × 8`, `20 kg of assistance × 6`, `45 s`, as it was typed."""
    amount = f"× {log.reps}" if log.reps else f"{log.seconds}\N{NO-BREAK SPACE}s"
    if not log.weight:
        return amount if log.seconds and not log.reps else _("%(reps)s reps") % {"reps": log.reps}
    weight = f"{format_weight(log.weight)}\N{NO-BREAK SPACE}{cast('Unit', log.unit)}"
    if log.exercise.load == Load.BODYWEIGHT:
        weight = f"+{weight}"
    elif log.exercise.load == Load.ASSISTED:
        weight = _("%(weight)s of assistance") % {"weight": weight}
    return f"{weight} {amount}" if log.reps else f"{weight}, {amount}"


def polyline(points: Sequence[Point]) -> str:
    if len({point.day for point in points}) < 2:
        return ""
    first, days = points[0].day, (points[-1].day - points[0].day).days
    low, high = (pick(point.value for point in points) for pick in (min, max))
    tall = float(high - low) or 1.0
    flat = low == high

    def place(point: Point) -> str:
        x = EDGE + (WIDTH - 2 * EDGE) * (point.day - first).days / days
        up = 0.5 if flat else float(point.value - low) / tall
        return f"{x:.1f},{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * up:.1f}"

    return " ".join(map(place, points))
