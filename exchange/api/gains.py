"""Where it is going: the trend of each lift, and the weeks."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from exchange.api import schemas
from exchange.api.auth import Token, member_of
from exchange.api.log import known
from exchange.models import Scope
from exercises.models import Exercise
from legtraining.domain.consistency import WEEK, monday
from legtraining.domain.trends import Point, is_plateau, theil_sen, verdict
from progress.muscles import sets_by_group
from progress.weeks import Span, shares_of, work_of
from sessions.exposures import exposures
from sessions.models import WorkoutSession

router = Router()
reads_progress = Token(Scope.PROGRESS)


@router.get("progress", response=schemas.Progress, auth=reads_progress, operation_id="progress")
def progress(request: HttpRequest, asked: Query[schemas.ProgressAsked]) -> dict[str, Any]:
    """The estimated 1RM of each exercise, session by session, with its trend

    An estimate for the trend of one exercise, not to be compared with another one’s. Only exercises
    in which a weight is moved have one, and only sets of at most 10 reps to failure.
    """
    member = member_of(request)
    today = member.today()
    only = [known(asked.exercise, member)] if asked.exercise else None
    since = today - WEEK * asked.weeks + timedelta(days=1)
    by_exercise = {pk: points for (_, pk), points in exposures([member], since, only).items()}
    found = Exercise.objects.filter(pk__in=by_exercise).order_by("name", "pk")
    items = [as_lift(each, by_exercise[each.pk], today) for each in found]
    return {"formula": member.formula, "weeks": asked.weeks, "items": items}


@router.get(
    "progress/weeks", response=schemas.Weeks, auth=reads_progress, operation_id="progress_weeks"
)
def progress_weeks(request: HttpRequest, asked: Query[schemas.WeeksAsked]) -> dict[str, Any]:
    """Your weeks: sessions, hard sets a muscle group, volume

    Of finished sessions. Warm-ups count for nothing.
    """
    member = member_of(request)
    running = monday(member.today())
    span = Span(running - WEEK * (asked.weeks - 1), running)
    finished = WorkoutSession.objects.finished().filter(member=member)
    days = finished.filter(day__range=(span.first, span.end)).values_list("day", flat=True)
    sessions = Counter(map(monday, days))
    work = work_of(member, span)
    groups = sets_by_group(work, shares_of(each.exercise for each in work))
    volume: dict[date, Decimal] = defaultdict(Decimal)
    for each in work:
        volume[each.period] += each.volume_kg or 0
    items = [
        {
            "week": week.first,
            "sessions": sessions[week.first],
            "volume_kg": volume[week.first],
            "groups": [
                {"group": name, "sets": n} for name, n in sorted(groups.get(week.first, {}).items())
            ],
        }
        for week in span.periods
    ]
    return {"items": items}


def as_lift(exercise: Exercise, points: list[Point], today: date) -> dict[str, Any]:
    trend = theil_sen(points)
    return {
        "exercise": exercise.slug,
        "name": exercise.name,
        "verdict": verdict(points),
        "plateau": is_plateau(points, today),
        "trend": trend
        and {"kg_per_week": trend.slope_per_week, "low": trend.low, "high": trend.high},
        "points": [{"day": point.day, "e1rm_kg": point.value} for point in points],
    }
