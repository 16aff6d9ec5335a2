"""What was done: sessions, their sets, and the exercises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from accounts.models import User
from exchange.api import schemas
from exchange.api.auth import Token, TokenRequest, member_of
from exchange.api.errors import bad_parameter
from exchange.api.paging import page
from exchange.models import Scope
from exercises.models import Exercise, MuscleWork
from sessions.models import Block, SetLog, WorkoutSession

router = Router()
reads_log = Token(Scope.SESSIONS)

THE_SESSION = Path(description="The `uuid` of the session.")
SET_FIELDS = (
    "client_key", "position", "kind", "weight", "unit", "weight_kg", "reps", "seconds", "rir",
    "note", "done_at",
)  # fmt: skip
SESSION_FIELDS = ("uuid", "title", "day", "started_at", "finished_at", "rpe", "note")


@router.get("me", response=schemas.Me, auth=Token(), operation_id="me")
def me(request: HttpRequest) -> dict[str, Any]:
    """Whose token it is, and what it may read"""
    without_parameters(request)
    member = member_of(request)
    names = ("name", "unit", "time_zone", "formula")
    found = {name: getattr(member, name) for name in names}
    return found | {"scopes": cast("TokenRequest", request).auth.scopes}


@router.get("sessions", response=schemas.SessionPage, auth=reads_log, operation_id="sessions")
def sessions(request: HttpRequest, asked: Query[schemas.SessionsAsked]) -> dict[str, Any]:
    """Your sessions, the newest first

    Also the one that is being trained; not what was discarded.
    """
    member = member_of(request)
    rows, after = page(
        request,
        between(_sessions(member), asked, "day"),
        kind="sessions",
        by="started_at",
        limit=asked.limit,
        cursor=asked.cursor,
    )
    return {"items": [as_session(row, member) for row in rows], "next": after}


@router.get(
    "sessions/{uuid:uuid}",
    response=schemas.SessionDetail,
    auth=reads_log,
    operation_id="session",
)
def session(request: HttpRequest, uuid: UUID = THE_SESSION) -> dict[str, Any]:
    """One session with its exercises and sets"""
    without_parameters(request)
    member = member_of(request)
    row = _sessions(member).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    sets = defaultdict(list)
    for each in _sets(member).filter(session=row["id"]).order_by("position", "pk"):
        sets[each.pop("block_id")].append(as_set(each, member))
    blocks = Block.objects.live().filter(session=row["id"]).select_related("exercise")
    found = [as_block(block, sets[block.pk]) for block in blocks.order_by("place", "order")]
    return as_session(row, member) | {"blocks": found}


@router.get("sets", response=schemas.SetPage, auth=reads_log, operation_id="sets")
def sets(request: HttpRequest, asked: Query[schemas.SetsAsked]) -> dict[str, Any]:
    """Your sets across all sessions, the one logged last first

    Warm-ups are among them; leave out those of the kind `warmup` before you sum up.
    """
    member = member_of(request)
    wanted = between(_sets(member), asked, "session__day")
    if asked.exercise:
        wanted = wanted.filter(exercise=known(asked.exercise, member))
    whole = wanted.annotate(
        uuid=F("session__uuid"), day=F("session__day"), slug=F("exercise__slug")
    )
    rows, after = page(
        request, whole, kind="sets", by="done_at", limit=asked.limit, cursor=asked.cursor
    )
    items = [
        as_set(row, member) | {"session": row["uuid"], "day": row["day"], "exercise": row["slug"]}
        for row in rows
    ]
    return {"items": items, "next": after}


@router.get("exercises", response=schemas.Exercises, auth=reads_log, operation_id="exercises")
def exercises(request: HttpRequest) -> dict[str, Any]:
    """The exercises that you have logged, and those of your own, by name"""
    without_parameters(request)
    member = member_of(request)
    logged: Any = (
        SetLog.objects.live()
        .filter(member=member, session__deleted_at__isnull=True)
        .order_by()
        .values("exercise_id")
        .annotate(
            sets=Count("pk", filter=~Q(kind="warmup")),
            first_day=Min("session__day"),
            last_day=Max("session__day"),
        )
    )
    names = ("sets", "first_day", "last_day")
    figures = {row["exercise_id"]: {name: row[name] for name in names} for row in logged}
    work = Prefetch("muscle_work", MuscleWork.objects.select_related("muscle"))
    found = Exercise.objects.filter(Q(pk__in=figures) | Q(owner=member)).prefetch_related(work)
    unlogged: dict[str, Any] = {"sets": 0, "first_day": None, "last_day": None}
    ordered = found.order_by("name", "pk")
    return {"items": [as_exercise(each) | figures.get(each.pk, unlogged) for each in ordered]}


# --- Rows and how they are said -------------------------------------------------------------------


def _sessions(member: User) -> QuerySet[Any, dict[str, Any]]:
    """Of this member and of nobody else, whoever coaches whom."""
    mine = WorkoutSession.objects.live().filter(member=member).with_totals()
    return mine.values("id", "assignment_id", *SESSION_FIELDS, "sets_done", "volume_kg")


def _sets(member: User) -> QuerySet[Any, dict[str, Any]]:
    mine = SetLog.objects.live().filter(member=member, session__deleted_at__isnull=True)
    return mine.values("id", "block_id", *SET_FIELDS)


def between[Rows: QuerySet[Any, Any]](rows: Rows, asked: schemas.Days, day: str) -> Rows:
    if asked.since:
        rows = rows.filter(**{f"{day}__gte": asked.since})
    return rows.filter(**{f"{day}__lte": asked.until}) if asked.until else rows


def known(slug: str, member: User) -> Exercise:
    """The exercise that is meant, also by the address it had before it was merged into another.

    Raises 422, with the same words for one that is nobody's and one that is somebody else's.
    """
    mine = Exercise.objects.filter(Q(owner__isnull=True) | Q(owner=member), slug=slug)
    found = mine.select_related("merged_into").first()
    if found is None:
        raise bad_parameter("exercise", schemas.no_exercise())
    return found.merged_into or found


def without_parameters(request: HttpRequest) -> None:
    """Of an address that has none: what is not known is refused here too."""
    for name in request.GET:
        raise bad_parameter(name, _("This address has no parameters."))


def as_session(row: dict[str, Any], member: User) -> dict[str, Any]:
    finished = row["finished_at"]
    return {name: row[name] for name in SESSION_FIELDS} | {
        "started_at": row["started_at"].astimezone(member.zone),
        "finished_at": finished and finished.astimezone(member.zone),
        "program": row["assignment_id"],
        "sets": row["sets_done"],
        "volume_kg": row["volume_kg"],
    }


def as_set(row: dict[str, Any], member: User) -> dict[str, Any]:
    said = {name: row[name] for name in SET_FIELDS}
    return said | {"done_at": row["done_at"].astimezone(member.zone)}


def as_block(block: Block, sets: Iterable[dict[str, Any]]) -> dict[str, Any]:
    names = ("order", "place", "superset", "tempo", "rest_seconds", "note")
    return {name: getattr(block, name) for name in names} | {
        "exercise": block.exercise.slug,
        "name": block.exercise.name,
        "skipped": block.skipped_at is not None,
        "sets": list(sets),
    }


def as_exercise(exercise: Exercise) -> dict[str, Any]:
    names = ("slug", "name", "load", "unilateral")
    return {name: getattr(exercise, name) for name in names} | {
        "own": exercise.owner_id is not None,
        "muscles": [
            {"muscle": work.muscle.name, "group": work.muscle.group, "share": work.share}
            for work in exercise.muscle_work.all()
        ],
    }
