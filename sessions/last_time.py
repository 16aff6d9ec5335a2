"""What was done the last time, exercise by exercise."""

from __future__ import annotations

from itertools import groupby

from django.db.models import F, OuterRef, Subquery

from exercises.models import Exercise
from sessions.models import SetLog, WorkoutSession
from sessions.rows import Before


def last_time(session: WorkoutSession, exercises: set[int]) -> dict[int, list[Before]]:
    """By exercise id: the working sets of the last session before this one that had it.

    One entry for each time that session had the exercise. Two queries.
    """
    newest = (
        SetLog.objects.counting()
        .filter(
            member=session.member_id,
            exercise=OuterRef("pk"),
            done_at__lt=session.started_at,
            session__deleted_at__isnull=True,
        )
        .exclude(session=session.pk)
        .order_by("-done_at")
        .values("session")[:1]
    )
    found = dict(
        Exercise.objects.filter(pk__in=exercises)
        .annotate(last_session=Subquery(newest))
        .filter(last_session__isnull=False)
        .values_list("pk", "last_session")
    )
    logs = (
        SetLog.objects.counting()
        .filter(session__in=set(found.values()))
        .annotate(day=F("session__day"), place=F("block__place"))
        .order_by("exercise", "place", "block", "position", "done_at")
    )
    sets: dict[int, list[Before]] = {}
    for (exercise, _block), done in groupby(logs, lambda log: (log.exercise_id, log.block_id)):
        together = list(done)
        if found.get(exercise) == together[0].session_id:
            sets.setdefault(exercise, []).append(Before(together, together[0].day))
    return sets
