"""Writing one set. The state that was typed last holds, whichever arrives first."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from psycopg.types.json import Jsonb

from sessions.models import Block, SetLog, WorkoutSession

STATE = ("position", "kind", "weight", "unit", "reps", "seconds", "rir", "note")
PLACE = ("session_id", "block_id", "member_id", "exercise_id", "client_key", "target")
COLUMNS = (*PLACE, *STATE, "done_at", "written_at")

# Every column of the state from whichever write is the later one; the database decides, in one
# statement, so that two writes at once cannot mix. A key of another block's set updates nothing.
UPSERT = """
    INSERT INTO workouts_setlog AS log ({columns}) VALUES ({values})
    ON CONFLICT (member_id, client_key) DO UPDATE SET
        {state}, done_at = LEAST(log.done_at, EXCLUDED.done_at)
    WHERE log.block_id = EXCLUDED.block_id
    RETURNING *
""".format(  # noqa: S608 - of the names above only
    columns=", ".join(COLUMNS),
    values=", ".join(["%s"] * len(COLUMNS)),
    state=", ".join(
        f"{column} = CASE WHEN EXCLUDED.written_at >= log.written_at"
        f" THEN EXCLUDED.{column} ELSE log.{column} END"
        for column in (*STATE, "deleted_at", "written_at")
    ),
)


class KeyTaken(Exception):
    """The key is that of a set at another place of the member's log."""


def log_set(
    *, block: Block, client_key: UUID, position: int, at: datetime | None = None, **done: Any
) -> SetLog:
    """Writes the state of one set, new or known, in one statement; returns what is stored then.

    `done` holds kind, weight, unit, reps, seconds, rir, note; `at` is when it was typed (now).
    The same `client_key` gives one row with the state of the latest `at`, however often and in
    whatever order it is sent; a set that was deleted before `at` is there again. Times before the
    session or in the future are a wrong clock's and are moved to its start, or to now.
    `position` counts from 1; 0 is a warm-up before them. Raises KeyTaken.
    """
    now = timezone.now()
    at = min(max(at or now, block.session.started_at), now)
    target = block.targets[position - 1] if 0 < position <= len(block.targets) else None
    values = {
        "session_id": block.session_id,
        "block_id": block.pk,
        "member_id": block.session.member_id,
        "exercise_id": block.exercise_id,
        "client_key": client_key,
        "target": Jsonb(target) if target else None,
        "position": position,
        "done_at": at,
        "written_at": at,
    } | {name: str(value) if isinstance(value, str) else value for name, value in done.items()}
    stored = list(SetLog.objects.raw(UPSERT, [values[column] for column in COLUMNS]))
    if not stored:
        raise KeyTaken
    return stored[0]


def delete_set(*, session: WorkoutSession, client_key: UUID) -> bool:
    """Takes a set out of the log; `restore_set` undoes it. False if there is no such set."""
    sets, now = session.sets.filter(client_key=client_key), timezone.now()
    return bool(sets.live().update(deleted_at=now, written_at=now)) or sets.exists()


def restore_set(*, session: WorkoutSession, client_key: UUID) -> bool:
    """Undoes `delete_set`. False if there is no such set."""
    sets = session.sets.filter(client_key=client_key)
    gone = sets.filter(deleted_at__isnull=False)
    return bool(gone.update(deleted_at=None, written_at=timezone.now())) or sets.exists()
