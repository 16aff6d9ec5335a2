"""The set rows of one exercise: which there are, and what stands in their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from legtraining.domain.units import format_weight
from legtraining.templatetags.legs import days_ago
from programs.models import SetKind
from sessions.forms import SetForm
from sessions.models import Block, SetLog
from sessions.wording import describe, set_words

BLANK = {"kind": SetKind.WORK, "weight": "", "reps": "", "seconds": "", "rir": "", "note": ""}
FIELDS = ("kind", "weight", "unit", "reps", "seconds", "rir", "note")


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """As a script counts time, whole ones, with no float in between that could round."""
    return (at - EPOCH) // timedelta(milliseconds=1)


@dataclass
class Row:
    """One set: logged, planned, the next one to add, or a warm-up that is proposed (`offer`)."""

    block: Block
    position: int
    client_key: UUID
    values: dict[str, Any]
    target: str = ""
    last: str = ""
    log: SetLog | None = None
    deleted: SetLog | None = None
    extra: bool = False
    offer: bool = False
    turn: int | None = None  # its number in the order of doing, for planned sets
    form: SetForm | None = None

    @property
    def is_warmup(self) -> bool:
        """Warm-ups are shown first, whenever they were typed."""
        return self.log is not None and self.log.kind == SetKind.WARMUP

    @property
    def is_planned(self) -> bool:
        return not (self.extra or self.offer)

    @property
    def editing(self) -> bool:
        """A refused form stays open with what was typed."""
        return self.form is not None

    @property
    def words(self) -> str:
        done = self.log or self.deleted
        return set_words(done, self.block.exercise) if done else ""

    @property
    def times(self) -> tuple[int, int]:
        """When a logged set was done and when its present state was typed, in milliseconds."""
        return (
            (milliseconds(self.log.done_at), milliseconds(self.log.written_at))
            if self.log
            else (0, 0)
        )

    @property
    def said_load(self) -> str:
        """What the fields say would be logged."""
        return f"{self.values['weight']} {self.values['unit']} × {self.values['reps']}"

    def errors(self) -> Mapping[str, Any]:
        return self.form.errors if self.form else {}


@dataclass(frozen=True)
class Before:
    """The working sets of the last session that had the exercise, and the day it was."""

    sets: Sequence[SetLog]
    day: date

    def at(self, position: int) -> SetLog:
        """The same set of last time; the last one where there were fewer."""
        return self.sets[min(max(position, 1), len(self.sets)) - 1]


@dataclass(frozen=True)
class Filler:
    """Fills the rows of one block from its plan, its log and last time."""

    block: Block
    logs: list[SetLog]  # deleted ones too
    before: Before | None
    unit: str
    refused: SetForm | None = None

    def rows(self) -> list[Row]:
        """A row for every planned or logged place and, while the session is open, one to add.

        In a finished session a deleted set keeps its row, so that it can be brought back.
        """
        live = [log for log in self.logs if log.deleted_at is None]
        warmups = [self.row(0, log, live) for log in live if log.position == 0]
        deleted = {log.position: log for log in self.logs if log.deleted_at is not None}
        planned, is_open = len(self.block.plan), self.block.session.is_open
        places = max([planned, *(log.position for log in live)])
        last = places + 1 if is_open else max([places, *deleted])
        rows: list[Row] = []
        for position in range(1, last + 1):
            here: list[SetLog | None] = [log for log in live if log.position == position]
            if not here and (is_open or position <= planned or position in deleted):
                here = [None]
            for log in here:
                row = self.row(position, log, live)
                row.deleted, row.extra = deleted.get(position), position > places
                rows.append(row)
        rows.sort(key=lambda row: not row.is_warmup)
        rows = warmups + rows
        if self.refused and self.refused.place and self.refused.place.pk == self.block.pk:
            return _with_refused(rows, refused_row(self.block, self.refused))
        return rows

    def gone(self) -> list[Row]:
        """Warm-ups before the plan that were deleted: they have no other row for their Undo."""
        deleted = (log for log in self.logs if log.deleted_at is not None and not log.position)
        return [logged_row(self.block, log) for log in deleted]

    def row(self, position: int, log: SetLog | None, live: list[SetLog]) -> Row:
        target = target_at(self.block, position)
        last = self.before.at(position) if self.before and position else None
        return Row(
            block=self.block,
            position=position,
            client_key=log.client_key if log else self.block.key_of(position),
            values=typed(log) if log else self.proposed(position, target, last, live),
            target=describe(target) if target else "",
            last=self.last_words(last) if last else "",
            log=log,
        )

    def proposed(
        self, position: int, target: dict[str, Any] | None, last: SetLog | None, live: list[SetLog]
    ) -> dict[str, Any]:
        """The plan; what it leaves open as in the same set of last time, or in the one before."""
        work = [log for log in live if log.kind != SetKind.WARMUP]
        earlier = [log for log in work if log.position < position]
        like = last if last and (target or not work) else next(reversed(earlier or work[:1]), None)
        values = BLANK | {"unit": self.unit}
        if like:
            values |= typed(like) | {"kind": SetKind.WORK, "rir": "", "note": ""}
        if target is None:
            return values
        if target["weight"] is not None:
            values |= {"weight": format_weight(Decimal(target["weight"])), "unit": target["unit"]}
        low, high = target["reps_min"], target["reps_max"]
        if low is not None and not (last and last.reps and low <= last.reps <= high):
            values["reps"] = low
        return values | {"kind": target["kind"], "seconds": target["seconds"] or values["seconds"]}

    def last_words(self, last: SetLog) -> str:
        """`60 kg × 8, RIR 2, 12 days ago`."""
        words = set_words(last, self.block.exercise)
        if last.rir is not None:
            words += _(", RIR %(rir)s") % {"rir": format_weight(last.rir)}
        if self.before:
            words += ", " + days_ago((self.block.session.day - self.before.day).days)
        return words


def target_at(block: Block, position: int) -> dict[str, Any] | None:
    """What is planned for a set; position 0 is a warm-up before the plan."""
    return block.plan[position - 1] if 0 < position <= len(block.plan) else None


def typed(log: SetLog) -> dict[str, Any]:
    """A logged set as the values of its fields."""
    return {
        "kind": log.kind,
        "weight": "" if log.weight is None else format_weight(log.weight),
        "unit": log.unit,
        "reps": "" if log.reps is None else log.reps,
        "seconds": log.seconds or "",
        "rir": "" if log.rir is None else format_weight(log.rir),
        "note": log.note,
    }


def logged_row(block: Block, log: SetLog) -> Row:
    """The row of a set as it is stored; one that was deleted is an open row again."""
    gone = log.deleted_at is not None
    return Row(
        block=block,
        position=log.position,
        client_key=log.client_key,
        values=typed(log),
        target=describe(log.target) if log.target else "",
        log=None if gone else log,
        deleted=log if gone else None,
    )


def refused_row(block: Block, form: SetForm, log: SetLog | None = None) -> Row:
    """The row of a form that was refused, with what was typed in it; `log` is what holds still."""
    position = form.cleaned_data.get("position")
    position = 1 if position is None else position
    target = target_at(block, position)
    return Row(
        block=block,
        position=position,
        client_key=form.cleaned_data.get("client_key") or block.key_of(position),
        values={name: form.data.get(name, "") for name in FIELDS},
        target=describe(target) if target else "",
        log=log,
        extra=form.cleaned_data.get("extra", False),
        form=form,
    )


def _with_refused(rows: list[Row], refused: Row) -> list[Row]:
    """`rows` with what was typed in its row, or in one more where no row has its key."""
    for row in rows:
        if row.client_key == refused.client_key:
            row.form, row.values = refused.form, refused.values
            return rows
    return [*rows, refused]
