"""Writes to a member's log. Each may be sent twice and changes things once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exercises.models import Exercise
from programs.models import Assignment, Workout
from sessions.models import Block, CheckIn, SetLog, WorkoutSession

MAX_BLOCKS = 40


class OtherSessionOpen(Exception):
    """The member has another unfinished session; there is one at a time."""


class TooManyExercises(Exception):
    """A session holds at most MAX_BLOCKS exercises."""


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


def planned_blocks(session: WorkoutSession, workout: Workout) -> list[Block]:
    """The unsaved blocks of `session` as `workout` prescribes them now, a target for every set."""
    return [
        Block(
            session=session,
            order=order,
            exercise=prescription.exercise,
            superset=prescription.superset,
            tempo=prescription.tempo,
            rest_seconds=prescription.rest_seconds,
            note=prescription.note,
            targets=[
                prescribed.target()
                for prescribed in prescription.sets.all()
                for _set in range(prescribed.count)
            ],
        )
        for order, prescription in enumerate(workout.prescriptions.all(), 1)
    ]


@transaction.atomic
def add_exercise(*, session: WorkoutSession, exercise: Exercise, order: int) -> Block:
    """Puts `exercise` at the end. `order` is the place that was free when the page was made.

    Where the exercise stands there or later it was added since: sending it twice adds it once.
    If it was removed from there it comes back. Raises TooManyExercises.
    """
    WorkoutSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    blocks = Block.objects.filter(session=session)
    there = blocks.filter(order__gte=order, exercise=exercise).order_by("order").first()
    if there:
        blocks.filter(pk=there.pk).update(removed_at=None)
        return there
    last = blocks.aggregate(last=Max("order"))["last"] or 0
    if last >= MAX_BLOCKS:
        raise TooManyExercises
    return Block.objects.create(session=session, exercise=exercise, order=last + 1)


def remove_exercise(*, block: Block) -> bool:
    """Takes an exercise out of the session, unless sets of it are logged: then returns False."""
    if block.sets.live().exists():
        return False
    Block.objects.filter(pk=block.pk).update(removed_at=timezone.now())
    return True


def log_set(*, block: Block, client_key: UUID, position: int, **done: Any) -> SetLog:
    """Writes the state of one set, new or known, in one statement.

    `done` holds kind, weight, unit, reps, seconds, rir, note. The same `client_key` gives one row
    with the last state, however often and from wherever it is sent; a set that was deleted is
    there again. The time it was done is the time of its first writing.
    """
    targets = block.targets
    log = SetLog(
        session=block.session,
        block=block,
        member_id=block.session.member_id,
        exercise_id=block.exercise_id,
        client_key=client_key,
        position=position,
        target=targets[position - 1] if position <= len(targets) else None,
        deleted_at=None,
        **done,
    )
    SetLog.objects.bulk_create(
        [log],
        update_conflicts=True,
        unique_fields=["member", "client_key"],
        update_fields=["position", *done, "deleted_at"],
    )
    return log


def delete_set(*, session: WorkoutSession, client_key: UUID) -> bool:
    """Takes a set out of the log; `restore_set` undoes it. False if there is no such set."""
    sets = session.sets.filter(client_key=client_key)
    return bool(sets.update(deleted_at=Coalesce("deleted_at", timezone.now())))


@transaction.atomic
def restore_set(*, session: WorkoutSession, client_key: UUID) -> bool:
    """Undoes `delete_set`. False if there is no such set."""
    return bool(session.sets.filter(client_key=client_key).update(deleted_at=None))


def finish_session(
    *, session: WorkoutSession, rpe: int | None, note: str, at: datetime | None = None
) -> None:
    """Ends the session; done again it keeps the first end and takes the new RPE and note."""
    session.finished_at = session.finished_at or max(at or timezone.now(), session.started_at)
    session.rpe, session.note = rpe, note
    session.save(update_fields=["finished_at", "rpe", "note"])


@transaction.atomic
def reopen_session(*, session: WorkoutSession) -> None:
    """Undoes `finish_session`. Raises OtherSessionOpen while another session is open."""
    _ensure_no_other_open(session)
    WorkoutSession.objects.filter(pk=session.pk).update(finished_at=None)


def discard_session(*, session: WorkoutSession) -> None:
    """Takes a session with all its sets out of the log; `restore_session` undoes it."""
    WorkoutSession.objects.filter(pk=session.pk).update(deleted_at=timezone.now())


@transaction.atomic
def restore_session(*, session: WorkoutSession) -> None:
    """Undoes `discard_session`. Raises OtherSessionOpen if it would be the second open one."""
    if session.is_open:
        _ensure_no_other_open(session)
    WorkoutSession.objects.filter(pk=session.pk).update(deleted_at=None)


def _ensure_no_other_open(session: WorkoutSession) -> None:
    User.objects.select_for_update(no_key=True).get(pk=session.member_id)
    others = WorkoutSession.objects.open().filter(member=session.member_id).exclude(pk=session.pk)
    if others.exists():
        raise OtherSessionOpen


@transaction.atomic
def save_check_in(*, member: User, at: datetime | None = None, **felt: Any) -> CheckIn | None:
    """Writes how `member` felt on their day of `at` (now): one row a day, with the last state.

    `felt` holds soreness, pain, pain_place, pain_side, signs. Deleted entries are erased with it.
    None, and nothing is written, if the member does not agree to it, or no longer does.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if person.health_consent_at is None:
        return None
    now = at or timezone.now()
    check_in = CheckIn(
        member=member,
        day=person.today(now),
        created_at=now,
        updated_at=now,
        deleted_at=None,
        **felt,
    )
    CheckIn.objects.of_member(member).deleted().exclude(day=check_in.day).delete()
    CheckIn.objects.bulk_create(
        [check_in],
        update_conflicts=True,
        unique_fields=["member", "day"],
        update_fields=[*felt, "updated_at", "deleted_at"],
    )
    return check_in


@transaction.atomic
def delete_check_in(*, member: User, pk: int) -> bool:
    """Takes an entry out; `restore_check_in` undoes it. False if the member has no such entry.

    What was deleted before it is erased: health data is not kept longer than Undo needs it.
    """
    mine = CheckIn.objects.of_member(member)
    gone = bool(mine.filter(pk=pk).update(deleted_at=Coalesce("deleted_at", timezone.now())))
    if gone:
        mine.deleted().exclude(pk=pk).delete()
    return gone


def restore_check_in(*, member: User, pk: int) -> bool:
    """Undoes `delete_check_in`. False if there is no such entry, or no longer."""
    return bool(CheckIn.objects.of_member(member).filter(pk=pk).update(deleted_at=None))


@transaction.atomic
def withdraw_health_consent(*, member: User) -> None:
    """Ends the consent to check-ins and erases every one of them, also those that were deleted.

    The row of the member is locked as in `save_check_in`, so that none is written after it.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    CheckIn.objects.of_member(member).delete()
    User.objects.filter(pk=member.pk).update(health_consent_at=None)
