"""What was read as rows of the log: of another app's file, and of our own export."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from exchange import restoring
from exchange.models import ImportBatch
from exchange.planning import Answers, LaidBlock, LaidSession
from exchange.restoring_programs import Programs
from exercises.models import Exercise, Load
from legtraining.domain.imports.parsed import ReadSet
from sessions.models import Block, WorkoutSession


class Shape:
    """Rows of what another app wrote."""

    def __init__(self, batch: ImportBatch, answers: Answers) -> None:
        self.batch, self.member, self.answers = batch, batch.member, answers

    def session(self, laid: LaidSession) -> WorkoutSession:
        return WorkoutSession(uuid=laid.uuid, member=self.member, **self.session_fields(laid))

    def block(self, laid: LaidBlock, row: WorkoutSession, exercise: Exercise, free: int) -> Block:
        """`free` is a number and a place behind those that the session has."""
        fields = {"order": free, "place": free} | self.block_fields(laid)
        return Block(session=row, exercise=exercise, **fields)

    def log(
        self, key: UUID, read: ReadSet, block: Block, position: int, second: int
    ) -> dict[str, Any]:
        """The columns, besides its block, of the set at `position` of its block, which is number
        `second` of its session."""
        return {
            "session_id": block.session.pk,
            "member_id": self.member.pk,
            "exercise_id": block.exercise.pk,
            **self.set_fields(key, read, block, position, second),
        }

    def session_fields(self, laid: LaidSession) -> dict[str, Any]:
        read = laid.read
        return {
            "title": read.title or _("Imported session"),
            "day": laid.day,
            "started_at": laid.started,
            "finished_at": laid.started + (read.duration or dt.timedelta()),
            "rpe": read.rpe,
            "note": read.note,
        }

    def block_fields(self, laid: LaidBlock) -> dict[str, Any]:
        return {"superset": laid.read.superset, "note": laid.read.note[:200]}

    def set_fields(
        self, key: UUID, read: ReadSet, block: Block, position: int, second: int
    ) -> dict[str, Any]:
        """Each was done a second after the one before, so that the order is kept; none after the
        file was sent in, so that what is written later is known by its time."""
        at = min(block.session.started_at + dt.timedelta(seconds=second), self.batch.created_at)
        weight: Any = read.weight
        if weight is None and block.exercise.load == Load.EXTERNAL:
            weight = 0  # the exercise needs one, and the file says that nothing was added
        return {
            "client_key": key,
            "position": position,
            "kind": read.kind,
            "weight": weight,
            "unit": read.unit or self.answers.unit,
            "reps": read.reps,
            "seconds": read.seconds,
            "rir": read.rir,
            "note": read.note,
            "target": None,
            "done_at": at,
            "written_at": at,
            "deleted_at": None,
        }


class OwnShape(Shape):
    """Rows of our own export, as they were."""

    def __init__(self, batch: ImportBatch, answers: Answers, programs: Programs) -> None:
        super().__init__(batch, answers)
        self.programs = programs

    def session_fields(self, laid: LaidSession) -> dict[str, Any]:
        return restoring.session_fields(laid.read, self.programs)

    def block_fields(self, laid: LaidBlock) -> dict[str, Any]:
        return restoring.block_fields(laid.read)

    def set_fields(
        self, key: UUID, read: ReadSet, block: Block, position: int, second: int
    ) -> dict[str, Any]:
        return restoring.set_fields(read)
