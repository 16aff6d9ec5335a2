"""A member's lifts of the last weeks: the best sets, estimate, trend and verdict in words, and a
small curve. The same for the member's own pages and for their trainers'."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from exercises.models import Exercise, Load
from legtraining.domain.records import Done
from legtraining.domain.records import Load as LoadName
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

HUNDREDTH = Decimal("0.01")
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
        return weight_words(self.points[-1].value, self.unit) if self.points else ""

    @property
    def trend_words(self) -> str:
        """`+0.8 kg a week (95 %: +0.2 to +1.4)`"""
        return trend_words(self.trend, self.unit) if self.trend else ""

    @property
    def curve(self) -> str:
        """The points of a polyline in a box of 120 × 32, "" where there is only one day."""
        return polyline(self.points)

    @property
    def curve_words(self) -> str:
        first, last = self.points[0], self.points[-1]
        return _("Estimated 1RM: %(first)s on %(from)s, %(last)s on %(to)s, at most %(most)s") % {
            "first": weight_words(first.value, self.unit),
            "from": date_format(first.day, "j F"),
            "last": weight_words(last.value, self.unit),
            "to": date_format(last.day, "j F"),
            "most": weight_words(max(point.value for point in self.points), self.unit),
        }


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


# --- In words -------------------------------------------------------------------------------------


def weight_words(kilograms: Decimal, unit: Unit) -> str:
    """`102.5 kg`: a weight that was worked out, to one decimal of the reader's unit."""
    number = convert(kilograms, "kg", unit).quantize(TENTH, ROUND_HALF_UP)
    return f"{format_weight(number)}\N{NO-BREAK SPACE}{unit}"


def trend_words(trend: Trend, unit: Unit) -> str:
    """`+0.8 kg a week (95 %: +0.2 to +1.4)`, of a trend in kg."""

    def number(kilograms: float) -> str:
        return signed(convert(Decimal(kilograms), "kg", unit))

    return slope_words(number, trend.slope_per_week, trend.low, trend.high, what=unit)


def slope_words(
    number: Callable[[float], str], slope: float, low: float, high: float, *, what: str
) -> str:
    """The slope and its interval, each as `number` has it, in `what` a week."""
    return _("%(slope)s a week (95 %%: %(low)s to %(high)s)") % {
        "slope": f"{number(slope)}\N{NO-BREAK SPACE}{what}",
        "low": number(low),
        "high": number(high),
    }


def signed(number: Decimal) -> str:
    """`+0.8`, `−0.2`, `+0.04`, `0`: to one decimal, and to two below a tenth, so that a slow gain
    over years is no zero."""
    places = TENTH if abs(number) >= TENTH else HUNDREDTH
    number = number.quantize(places, ROUND_HALF_UP)
    if not number:
        return "0"
    return f"{'+' if number > 0 else '−'}{format_weight(abs(number))}"


def set_words(log: SetLog) -> str:
    """The set as it was typed, see `done_words`."""
    done = Done(log.weight, cast("Unit", log.unit), log.reps, log.seconds)
    return done_words(cast("LoadName", log.exercise.load), done)


def done_words(load: LoadName, done: Done) -> str:
    """`100 kg × 5`, `+10 kg × 8`, `20 kg of assistance × 6`, `45 s`, as it was typed."""
    amount = f"× {done.reps}" if done.reps else f"{done.seconds}\N{NO-BREAK SPACE}s"
    if not done.weight:
        reps = _("%(reps)s reps") % {"reps": done.reps}
        return amount if done.seconds and not done.reps else reps
    weight = f"{format_weight(done.weight)}\N{NO-BREAK SPACE}{done.unit}"
    if load == "bodyweight":
        weight = f"+{weight}"
    elif load == "assisted":
        weight = _("%(weight)s of assistance") % {"weight": weight}
    return f"{weight} {amount}" if done.reps else f"{weight}, {amount}"


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


# --- The best sets --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trained:
    """An exercise that was done lately: in how many sessions, the best set of the last one, and
    the best set ever."""

    exercise: Exercise
    sessions: int
    last: SetLog
    record: SetLog


def trained_lately(member: User, since: date) -> list[Trained]:
    """The exercises of the sessions from `since` on, the most trained first. Three queries."""
    counting = SetLog.objects.counting().filter(
        Q(reps__gte=1) | Q(seconds__gte=1),
        member=member,
        session__finished_at__isnull=False,
        session__deleted_at__isnull=True,
    )
    lately = counting.filter(session__day__gte=since)
    counts: dict[int, int] = dict(
        lately.values("exercise")
        .annotate(n=Count("session", distinct=True))
        .values_list("exercise", "n")
    )
    last = _first_each(
        lately, F("session__day").desc(), F("session__started_at").desc(), *_BEST_FIRST
    )
    record = _first_each(counting.filter(exercise__in=counts), *_BEST_FIRST, F("done_at").asc())
    found = [Trained(log.exercise, counts[pk], log, record[pk]) for pk, log in last.items()]
    return sorted(found, key=lambda each: (-each.sessions, each.exercise.name))


# The heaviest first; of an assisted exercise the one with the least help.
_EFFORT = Case(
    When(exercise__load=Load.ASSISTED, then=-Coalesce(F("weight_kg"), Decimal(0))),
    default=Coalesce(F("weight_kg"), Decimal(0)),
)
_BEST_FIRST = (
    _EFFORT.desc(),
    F("reps").desc(nulls_last=True),
    F("seconds").desc(nulls_last=True),
)


def _first_each(sets: Iterable[SetLog], *order: object) -> dict[int, SetLog]:
    """By exercise id: the first set in that order."""
    rows = (
        sets.order_by("exercise_id", *order)  # type: ignore[attr-defined]
        .distinct("exercise_id")
        .select_related("exercise", "session")
    )
    return {log.exercise_id: log for log in rows}
