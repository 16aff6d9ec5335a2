"""Starting, finishing and discarding a session."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from programs.models import Assignment, Workout
from sessions.models import Block, WorkoutSession
from sessions.planner import planned_blocks
from sessions.services.progress import settle_session


class OtherSessionOpen(Exception):
    """The member has another unfinished session; there is one at a time."""


@transaction.atomic
def start_session(
    *,
    member: User,
    uuid: UUID,
    assignment: Assignment | None = None,
    workout: Workout | None = None,
    at: datetime | None = None,
) -> tuple[WorkoutSession, bool]:
    """Starts a session, empty or with the exercises and targets of `workout`; True if it is new.

    The session that is open already is returned instead, and so is the one of an earlier call
    with the same `uuid`: two taps, or two phones, start one session. A `uuid` that is taken
    otherwise (the session was discarded since) gives way to another one.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    mine = WorkoutSession.objects.filter(member=member)
    if found := mine.live().filter(uuid=uuid).first() or mine.open().first():
        return found, False
    if WorkoutSession.objects.filter(uuid=uuid).exists():
        uuid = uuid4()
    now = at or timezone.now()
    session = WorkoutSession.objects.create(
        uuid=uuid,
        member=member,
        assignment=assignment if workout else None,
        workout=workout,
        title=workout.title if workout else _("Leg session"),
        day=now.astimezone(member.zone).date(),
        started_at=now,
    )
    if workout:
        Block.objects.bulk_create(planned_blocks(session, workout))
    return session, True


@transaction.atomic
def finish_session(
    *,
    session: WorkoutSession,
    rpe: int | None,
    note: str,
    minutes: int | None = None,
    at: datetime | None = None,
) -> None:
    """Ends the session `minutes` after its start, or at `at` (now).

    Done again without minutes it keeps the first end and takes the new RPE and note.
    """
    if minutes is not None:
        session.finished_at = session.started_at + timedelta(minutes=minutes)
    else:
        now = timezone.now()
        session.finished_at = session.finished_at or max(min(at or now, now), session.started_at)
    session.rpe, session.note = rpe, note
    session.save(update_fields=["finished_at", "rpe", "note"])
    settle_session(session)


@transaction.atomic
def tick(*, session: WorkoutSession, items: Collection[str], done: Collection[str]) -> None:
    """Of `items` of the warm-up or the stretches, exactly `done` are ticked afterwards."""
    locked = WorkoutSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    others = [item for item in locked.ticked if item not in items]
    locked.ticked = others + [item for item in items if item in done]
    locked.save(update_fields=["ticked"])


@transaction.atomic
def reopen_session(*, session: WorkoutSession) -> None:
    """Undoes `finish_session`. Raises OtherSessionOpen while another session is open."""
    _ensure_no_other_open(session)
    WorkoutSession.objects.filter(pk=session.pk).update(finished_at=None)
    settle_session(session)


@transaction.atomic
def discard_session(*, session: WorkoutSession) -> None:
    """Takes a session with all its sets out of the log; `restore_session` undoes it."""
    WorkoutSession.objects.filter(pk=session.pk).update(deleted_at=timezone.now())
    settle_session(session)


@transaction.atomic
def restore_session(*, session: WorkoutSession) -> None:
    """Undoes `discard_session`. Raises OtherSessionOpen if it would be the second open one."""
    if session.is_open:
        _ensure_no_other_open(session)
    WorkoutSession.objects.filter(pk=session.pk).update(deleted_at=None)
    settle_session(session)


def _ensure_no_other_open(session: WorkoutSession) -> None:
    User.objects.select_for_update(no_key=True).get(pk=session.member_id)
    others = WorkoutSession.objects.open().filter(member=session.member_id).exclude(pk=session.pk)
    if others.exists():
        raise OtherSessionOpen
