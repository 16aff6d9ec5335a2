"""The best estimated 1RM of each session, for the trend of a lift; see legtraining/domain/trends.py

It is worked out in the database, by the rules of `estimate_1rm`: of hundreds of members a page
needs a number a session, not every set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Case, Count, F, Func, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from exercises.models import Exercise
from legtraining.domain.records import ESTIMATING_KINDS
from legtraining.domain.strength import MAX_ESTIMATE_REPS
from legtraining.domain.trends import (
    PLATEAU_EXPOSURES,
    PLATEAU_RECENT,
    PLATEAU_SPAN,
    PLATEAU_WINDOW,
    STILL_TRAINED,
    Point,
    is_plateau,
)
from sessions.models import SetLog

MOST_IN_RESERVE = Decimal(3)  # of more nobody knows how many they were

NUMERIC = models.DecimalField(max_digits=20, decimal_places=11)

# Epley, rounded half up to a tenth by a division of whole numbers: no digit is lost on the way.
_TENTHS = Func(
    2 * F("weight_kg") * (30 + F("to_failure")) + 3, 6, function="div", output_field=NUMERIC
)
_ONE_REP = Case(
    When(to_failure=1, then=F("weight_kg")),
    default=Greatest(F("weight_kg"), _TENTHS / Decimal(10), output_field=NUMERIC),
    output_field=NUMERIC,
)


def exposures(
    members: Iterable[User], since: date, exercises: Iterable[Exercise] | None = None
) -> dict[tuple[int, int], list[Point]]:
    """By member and exercise id: a point a finished session from `since` on, the oldest first.

    One query. Only what was trained with an external weight and can be estimated gives points.
    """
    sets = _estimating(members).filter(session__day__gte=since)
    if exercises is not None:
        sets = sets.filter(exercise__in=[exercise.pk for exercise in exercises])
    rows = (
        sets.values("member_id", "exercise_id", "session__day", "session_id")
        .annotate(best=Max(_ONE_REP))
        .order_by("session__day", "session_id")
        .values_list("member_id", "exercise_id", "session__day", "best")
    )
    found: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for member, exercise, day, best in rows:
        found[member, exercise].append(Point(day, best.normalize()))
    return dict(found)


def plateaus(members: Iterable[User], today_of: Mapping[int, date]) -> dict[int, list[Exercise]]:
    """By member id: the lifts that have stopped getting better (`is_plateau`), by name.

    `today_of` is the local day of each member by id. Two queries however many they are; the
    database leaves out what cannot be a plateau.
    """
    members = list(members)
    if not members:
        return {}
    stuck: dict[int, list[int]] = defaultdict(list)
    for member, exercise, sessions, days, values in _candidates(members, today_of):
        if is_plateau(_points(sessions, days, values), today_of[member]):
            stuck[member].append(exercise)
    names = Exercise.objects.in_bulk({pk for each in stuck.values() for pk in each})
    return {
        member: sorted((names[pk] for pk in each), key=lambda exercise: exercise.name)
        for member, each in stuck.items()
    }


def _estimating(members: Iterable[User]) -> QuerySet[SetLog]:
    """The sets of which `estimate_1rm` makes an estimate that is worth a trend."""
    return (
        SetLog.objects.live()
        .alias(to_failure=F("reps") + Coalesce(F("rir"), Decimal(0)))
        .filter(
            Q(rir__isnull=True) | Q(rir__lte=MOST_IN_RESERVE),
            member__in=[member.pk for member in members],
            kind__in=ESTIMATING_KINDS,
            exercise__load="external",
            weight__gt=0,
            reps__gte=1,
            to_failure__lte=MAX_ESTIMATE_REPS,
            session__finished_at__isnull=False,
            session__deleted_at__isnull=True,
        )
    )


def _candidates(
    members: list[User], today_of: Mapping[int, date]
) -> Iterable[tuple[int, int, list[int], list[date], list[Decimal]]]:
    """A row a member and exercise with as many sessions, as lately, and no better in the last four
    weeks: who is really stuck is decided by `is_plateau`. There are few days in `today_of`."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for member in members:
        by_day[today_of[member.pk]].append(member.pk)

    def before(days: object) -> Case:
        """The day that long before each member's own."""
        return Case(
            *(
                When(member__in=ids, then=Value(day - days))  # type: ignore[operator]
                for day, ids in by_day.items()
            ),
            output_field=models.DateField(),
        )

    recent = Q(session__day__gt=before(PLATEAU_RECENT))
    lately = Q(session__day__gte=before(STILL_TRAINED))
    in_order = ["session__day", "session_id", "pk"]
    return (
        _estimating(members)
        .filter(session__day__gt=before(PLATEAU_WINDOW))
        .values("member_id", "exercise_id")
        .annotate(
            exposures=Count("session", distinct=True),
            span=Max("session__day") - Min("session__day"),
            lately=Count("pk", filter=lately),
            now=Max(_ONE_REP, filter=recent),
            then=Max(_ONE_REP, filter=~recent),
            sessions=ArrayAgg("session_id", order_by=in_order),
            days=ArrayAgg("session__day", order_by=in_order),
            estimates=ArrayAgg(_ONE_REP, order_by=in_order),
        )
        .filter(
            exposures__gte=PLATEAU_EXPOSURES,
            span__gte=PLATEAU_SPAN,
            lately__gt=0,
            now__lte=F("then"),
        )
        .values_list("member_id", "exercise_id", "sessions", "days", "estimates")
    )


def _points(sessions: list[int], days: list[date], values: list[Decimal]) -> list[Point]:
    """A point a session: the best of its sets."""
    rows = zip(sessions, days, values, strict=True)
    return [
        Point(day, max(value for *_key, value in each))
        for (_session, day), each in groupby(rows, key=lambda row: row[:2])
    ]
