"""The best estimated 1RM of each session, for the trend of a lift; see legtraining/domain/trends.py

It is worked out in the database, by the rules of `estimate_1rm` and each member's formula: of
hundreds of members a page needs a number a session, not every set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Max, Q, QuerySet

from accounts.models import User
from exercises.models import Exercise
from legtraining.domain.records import ESTIMATING_KINDS
from legtraining.domain.strength import MAX_ESTIMATE_REPS
from legtraining.domain.trends import (
    MOST_IN_RESERVE,
    PLATEAU_EXPOSURES,
    PLATEAU_RECENT,
    PLATEAU_SPAN,
    PLATEAU_WINDOW,
    STILL_TRAINED,
    Point,
    is_plateau,
)
from sessions.estimates import TO_FAILURE, one_rep
from sessions.models import SetLog


def exposures(
    members: Iterable[User], since: date, exercises: Iterable[Exercise] | None = None
) -> dict[tuple[int, int], list[Point]]:
    """By member and exercise id: a point a finished session from `since` on, the oldest first.

    One query. Only what was trained with an external weight and can be estimated gives points.
    """
    members = list(members)
    sets = _estimating(members).filter(session__day__gte=since)
    if exercises is not None:
        sets = sets.filter(exercise__in=[exercise.pk for exercise in exercises])
    rows = (
        sets.values("member_id", "exercise_id", "session__day", "session_id")
        .annotate(best=Max(one_rep(members)))
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
    for member, exercise, days, values in _candidates(members, today_of):
        if is_plateau(map(Point, days, values), today_of[member]):
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
        .alias(to_failure=TO_FAILURE)
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


# Of the points of each member's last eight weeks, the lifts that may have stopped getting better.
CANDIDATES = """
    SELECT member_id, exercise_id, array_agg(day ORDER BY day, session_id),
        array_agg(best ORDER BY day, session_id)
    FROM ({points}) AS points (member_id, exercise_id, day, session_id, best)
    JOIN unnest(%s::bigint[], %s::date[]) AS asked (member_id, today) USING (member_id)
    WHERE day > today - %s
    GROUP BY member_id, exercise_id
    HAVING count(*) >= %s AND max(day) - min(day) >= %s AND max(day) >= min(today) - %s
        AND max(best) FILTER (WHERE day > today - %s) <= max(best) FILTER (WHERE day <= today - %s)
"""


def _candidates(
    members: list[User], today_of: Mapping[int, date]
) -> list[tuple[int, int, list[date], list[Decimal]]]:
    """A row a member and exercise with as many sessions, as lately, and no better in the last four
    weeks: who is really stuck is decided by `is_plateau`. One query, which goes from the sets to
    the sessions first, so that all that follows is of few rows."""
    days = {member.pk: today_of[member.pk] for member in members}
    sets = _estimating(members).filter(session__day__gt=min(days.values()) - PLATEAU_WINDOW)
    by_session = sets.values("member_id", "exercise_id", "session__day", "session_id")
    points, values = (
        by_session.annotate(best=Max(one_rep(members))).order_by().query.sql_with_params()
    )
    spans = (PLATEAU_SPAN, STILL_TRAINED, PLATEAU_RECENT, PLATEAU_RECENT)
    with connection.cursor() as cursor:
        cursor.execute(
            CANDIDATES.format(points=points),
            [
                *values,
                list(days),
                list(days.values()),
                PLATEAU_WINDOW.days,
                PLATEAU_EXPOSURES,
                *(span.days for span in spans),
            ],
        )
        return cursor.fetchall()
