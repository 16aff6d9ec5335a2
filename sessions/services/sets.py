"""Writing one set. The state that was typed last holds, whichever arrives first."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from sessions.models import SetLog, WorkoutSession
from sessions.services.progress import settle_session

STATE = ("position", "kind", "weight", "unit", "reps", "seconds", "rir", "note", "deleted_at")

# One statement finds the place, as far as it is the member's and the exercise is there, and writes
# the set: a read before would take as long as the write. Every column of the state comes from
# whichever write is the later one, so that two at once cannot mix, and a key that is another
# place's updates nothing.
WRITE = """
    WITH place AS (
        SELECT block.id, block.session_id, block.exercise_id, session.member_id,
            session.started_at, session.finished_at, exercise.load, exercise.unilateral,
            CASE WHEN %(position)s BETWEEN 1
                AND coalesce(block.kept_sets, jsonb_array_length(block.targets))
                THEN block.targets -> (%(position)s - 1) END AS target
        FROM workouts_block block
        JOIN workouts_workoutsession session ON session.id = block.session_id
        JOIN exercises_exercise exercise ON exercise.id = block.exercise_id
        WHERE session.uuid = %(session)s AND session.member_id = %(member)s
            AND session.deleted_at IS NULL AND block.order = %(order)s
            AND (exercise.slug = %(exercise)s OR EXISTS (
                SELECT FROM exercises_exercise merged
                WHERE merged.merged_into_id = exercise.id AND merged.slug = %(exercise)s))
            AND (exercise.load <> 'external' OR %(weight)s::numeric IS NOT NULL)
            AND CASE exercise.load WHEN 'time' THEN %(seconds)s::int ELSE %(reps)s::int END
                IS NOT NULL
    ), written AS (
        INSERT INTO workouts_setlog AS log (session_id, block_id, member_id, exercise_id, target,
            client_key, {state}, done_at, written_at)
        SELECT session_id, id, member_id, exercise_id, target, %(client_key)s::uuid,
            {typed}, GREATEST(%(at)s, started_at), GREATEST(%(at)s, started_at)
        FROM place
        ON CONFLICT (member_id, client_key) DO UPDATE SET
            {later}, done_at = LEAST(log.done_at, EXCLUDED.done_at)
        WHERE log.block_id = EXCLUDED.block_id
        RETURNING log.*
    )
    SELECT written.*, place.load, place.unilateral, place.finished_at,
        written.written_at = GREATEST(%(at)s, place.started_at) AS holds
    FROM written, place
""".format(  # noqa: S608 - of the names above only
    state=", ".join(STATE),
    typed="""%(position)s::smallint, %(kind)s, %(weight)s::numeric, %(unit)s, %(reps)s::smallint,
            %(seconds)s::smallint, %(rir)s::numeric, %(note)s,
            CASE WHEN %(deleted)s THEN GREATEST(%(at)s, started_at) END""",
    later=", ".join(
        f"{column} = CASE WHEN EXCLUDED.written_at >= log.written_at"
        f" THEN EXCLUDED.{column} ELSE log.{column} END"
        for column in (*STATE, "written_at")
    ),
)


def log_set(
    *,
    member: User,
    session: UUID,
    order: int,
    exercise: str,
    client_key: UUID,
    at: datetime | None = None,
    deleted: bool = False,
    **done: Any,
) -> SetLog | None:
    """Writes the state of one set, new or known; returns what is stored then.

    With it come `load` and `unilateral` of its exercise, when the session was finished
    (`finished_at`), and whether what was typed `holds`.

    The place is exercise number `order` of the member's session, which has to be `exercise` (its
    slug, or that of one that was merged into it since the page was opened). `done` holds
    position, kind, weight, unit, reps, seconds, rir, note. `at` is when it was typed, or `deleted`
    (now). The same `client_key` gives one row with the state of the latest `at`, however often and
    in whatever order it is sent: a set that was deleted before `at` is
    there again, and one that was deleted before it was ever sent stays deleted, whichever of the
    two arrives first. Times before the session or in the future are a wrong clock's and are moved
    to its start, or to now. `position` counts from 1; 0 is a warm-up before them.

    None, and nothing is written, where there is no such place, where the exercise needs a weight,
    repetitions or seconds that are missing, or where the key belongs to another place.
    """
    now = timezone.now()
    where = {"member": member.pk, "session": session, "order": order, "exercise": exercise}
    plain = {name: str(value) if isinstance(value, str) else value for name, value in done.items()}
    when = {"at": min(at or now, now), "deleted": deleted}
    values = where | plain | when | {"client_key": client_key}
    log = next(iter(SetLog.objects.raw(WRITE, values)), None)
    if log is not None and log.finished_at is not None:  # type: ignore[attr-defined]
        settle_session(WorkoutSession.objects.get(pk=log.session_id))
    return log


@transaction.atomic
def delete_set(*, session: WorkoutSession, client_key: UUID) -> bool:
    """Takes a set out of the log; `restore_set` undoes it. False if there is no such set."""
    sets, now = session.sets.filter(client_key=client_key), timezone.now()
    there = bool(sets.live().update(deleted_at=now, written_at=now)) or sets.exists()
    settle_late(session)
    return there


def settle_late(session: WorkoutSession) -> None:
    """A set of a finished session changed, and with it what came of the session."""
    if not session.is_open:
        settle_session(session)


@transaction.atomic
def restore_set(*, session: WorkoutSession, client_key: UUID) -> bool:
    """Undoes `delete_set`. False if there is no such set."""
    sets = session.sets.filter(client_key=client_key)
    gone = sets.filter(deleted_at__isnull=False)
    there = bool(gone.update(deleted_at=None, written_at=timezone.now())) or sets.exists()
    settle_late(session)
    return there
