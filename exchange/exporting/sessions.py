"""The log as records: sessions, their exercises, and the sets of those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from accounts.models import User
from exchange.exporting.plain import Columns, record
from sessions.models import Block, SetLog, WorkoutSession

SESSION: Columns = {
    "uuid": "uuid",
    "day": "day",
    "started_at": "started_at",
    "finished_at": "finished_at",
    "title": "title",
    "rpe": "rpe",
    "note": "note",
    "ticked": "ticked",
    "deleted_at": "deleted_at",
    "import": "imported__batch__uuid",
    "week": "workout__week",
    "workout_day": "workout__day",
}
BLOCK: Columns = {
    "order": "order",
    "place": "place",
    "exercise": "exercise__slug",
    "exercise_name": "exercise__name",
    "superset": "superset",
    "tempo": "tempo",
    "rest_seconds": "rest_seconds",
    "note": "note",
    "targets": "targets",
    "rule": "rule",
    "lane": "lane",
    "cycle": "cycle",
    "closes_cycle": "closes_cycle",
    "removed_at": "removed_at",
    "skipped_at": "skipped_at",
    "swapped_from": "swapped_from__order",
    "kept_sets": "kept_sets",
}
SET: Columns = {
    "key": "client_key",
    "position": "position",
    "kind": "kind",
    "weight": "weight",
    "unit": "unit",
    "reps": "reps",
    "seconds": "seconds",
    "rir": "rir",
    "note": "note",
    "target": "target",
    "done_at": "done_at",
    "written_at": "written_at",
    "deleted_at": "deleted_at",
}


def sessions_of(member: User, programs: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """Every session in the order in which they began, also what was discarded; three queries.

    `programs` are the numbers that the file gives to the assignments, by their ids.
    """
    zone = member.zone
    sets: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = SetLog.objects.filter(member=member).order_by("position", "done_at", "pk")
    for block, *values in rows.values_list("block", *SET.values()):
        sets[block].append(record(zip(SET, values, strict=True), zone))
    blocks: dict[int, list[dict[str, Any]]] = defaultdict(list)
    theirs = Block.objects.filter(session__member=member).order_by("place", "order")
    for pk, session, *values in theirs.values_list("pk", "session", *BLOCK.values()):
        made = record(zip(BLOCK, values, strict=True), zone)
        blocks[session].append(made | {"sets": sets.pop(pk, [])})
    mine = WorkoutSession.objects.filter(member=member).order_by("started_at", "pk")
    for pk, assignment, *values in mine.values_list("pk", "assignment", *SESSION.values()):
        made = record(zip(SESSION, values, strict=True), zone)
        if assignment in programs:
            made["program"] = programs[assignment]
        yield made | {"blocks": blocks.pop(pk, [])}
