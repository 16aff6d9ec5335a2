"""Every exercise that somebody has trained, a line each: when last, and where it is going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from legtraining.domain.trends import Point, is_plateau, verdict
from legtraining.domain.units import Unit
from progress.lifts import LIFT_DAYS, VERDICTS, polyline, weight_words
from sessions.exposures import exposures
from sessions.models import SetLog


@dataclass(frozen=True)
class LiftLine:
    """An exercise, the last day on which it was trained, and its sessions of the last 12 weeks."""

    name: str
    slug: str
    day: date
    points: Sequence[Point]
    unit: Unit
    today: date

    @property
    def plateau(self) -> bool:
        return is_plateau(self.points, self.today)

    @property
    def verdict(self) -> str:
        return str(VERDICTS[verdict(self.points)])

    @property
    def curve(self) -> str:
        return polyline(self.points)

    @property
    def curve_words(self) -> str:
        first, last = self.points[0], self.points[-1]
        return _("Estimated 1RM, from %(first)s on %(day)s to %(last)s") % {
            "first": weight_words(first.value, self.unit),
            "day": date_format(first.day, "j F"),
            "last": weight_words(last.value, self.unit),
        }


def lines_of(member: User, today: date, unit: Unit) -> tuple[list[LiftLine], list[LiftLine]]:
    """The exercises of the last 12 weeks, plateaus first, and those trained only before; of both
    the last trained first. Two queries.

    `lifts_of` has more to say of each, for which all sets of many years are looked through.
    """
    since = today - timedelta(days=LIFT_DAYS - 1)
    trained = SetLog.objects.counting().filter(
        Q(reps__gte=1) | Q(seconds__gte=1),
        member=member,
        session__finished_at__isnull=False,
        session__deleted_at__isnull=True,
    )
    rows = (
        trained.order_by()
        .values("exercise_id", "exercise__name", "exercise__slug")
        .annotate(last=Max("session__day"))
        .order_by("-last", "exercise__name")
        .values_list("exercise_id", "exercise__name", "exercise__slug", "last")
    )
    points = exposures([member], since)
    lines = [
        LiftLine(name, slug, last, points.get((member.pk, pk), []), unit, today)
        for pk, name, slug, last in rows
    ]
    recent = [line for line in lines if line.day >= since]
    before = [line for line in lines if line.day < since]
    return sorted(recent, key=lambda line: not line.plateau), before
