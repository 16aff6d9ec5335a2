"""The session page as data: each exercise, each set row, and what stands in its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, Subquery

from exercises.models import Exercise
from legtraining.domain.prescription import describe_target
from legtraining.domain.units import Unit, convert, format_weight
from programs.models import SetKind
from sessions.forms import SetForm
from sessions.models import Block, SetLog, WorkoutSession


@dataclass
class Row:
    """One set: logged, planned, or the next one to add."""

    block: Block
    position: int
    client_key: UUID
    values: dict[str, Any]
    target: str = ""
    last: SetLog | None = None
    log: SetLog | None = None
    deleted: SetLog | None = None
    extra: bool = False
    form: SetForm | None = None

    @property
    def is_warmup(self) -> bool:
        """Warm-ups are shown first, whenever they were typed."""
        return self.log is not None and self.log.kind == SetKind.WARMUP

    @property
    def is_planned(self) -> bool:
        return not self.extra

    @property
    def editing(self) -> bool:
        """A refused form stays open with what was typed."""
        return self.form is not None

    def errors(self) -> Mapping[str, Any]:
        return self.form.errors if self.form else {}


@dataclass
class BlockView:
    block: Block
    rows: list[Row]

    @property
    def planned(self) -> int:
        return len(self.block.targets)

    @property
    def done(self) -> int:
        return sum(row.log is not None for row in self.rows)


def block_views(
    session: WorkoutSession, *, unit: str, refused: SetForm | None = None
) -> list[BlockView]:
    """Every exercise of the session with its rows, ready to show. Four queries."""
    blocks = list(session.blocks.live().select_related("exercise").order_by("order"))
    logs: dict[int, list[SetLog]] = defaultdict(list)
    for log in session.sets.order_by("position", "done_at", "pk"):
        logs[log.block_id].append(log)
    last = last_time(session, {block.exercise_id for block in blocks})
    views = []
    for block in blocks:
        block.session = session
        before = last.get(block.exercise_id, [])
        filler = _Filler(block, logs[block.pk], before, unit, refused)
        views.append(BlockView(block, filler.rows()))
    return views


def last_time(session: WorkoutSession, exercises: set[int]) -> dict[int, list[SetLog]]:
    """By exercise id: the working sets of the last session before this one that had it."""
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
    sets: dict[int, list[SetLog]] = defaultdict(list)
    for log in (
        SetLog.objects.counting()
        .filter(session__in=set(found.values()))
        .order_by("block__order", "position")
    ):
        if found.get(log.exercise_id) == log.session_id:
            sets[log.exercise_id].append(log)
    return sets


@dataclass(frozen=True)
class _Filler:
    """Fills the rows of one block from its plan, its log and last time."""

    block: Block
    logs: list[SetLog]
    before: list[SetLog]
    unit: str
    refused: SetForm | None

    def rows(self) -> list[Row]:
        """A row for every planned or logged place and, while the session is open, one to add.

        In a finished session a deleted set keeps its row, so that it can be brought back.
        """
        live = [log for log in self.logs if log.deleted_at is None]
        deleted = {log.position: log for log in self.logs if log.deleted_at is not None}
        planned, is_open = len(self.block.targets), self.block.session.is_open
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
        if self.refused and self.refused.block.pk == self.block.pk:
            return _with_refused(rows, refused_row(self.block, self.refused))
        return rows

    def row(self, position: int, log: SetLog | None, live: list[SetLog]) -> Row:
        targets, before = self.block.targets, self.before
        target = targets[position - 1] if position <= len(targets) else None
        last = before[min(position, len(before)) - 1] if before else None
        return Row(
            block=self.block,
            position=position,
            client_key=log.client_key if log else self.block.key_of(position),
            values=_values(log, target, last, live, self.unit),
            target=describe(target) if target else "",
            last=last,
            log=log,
        )


def _values(
    log: SetLog | None,
    target: dict[str, Any] | None,
    last: SetLog | None,
    live: list[SetLog],
    unit: str,
) -> dict[str, Any]:
    """What stands in the fields: what was logged; else the plan; else the set before it in this
    session, or the same set of last time."""
    if log:
        return _typed(log)
    like = last if target or not live else live[-1]
    values = _typed(like) if like else {"weight": "", "unit": unit, "reps": "", "seconds": ""}
    values |= {"kind": SetKind.WORK, "rir": "", "note": ""}
    if target is None:
        return values
    if target["weight"] is not None:
        values |= {"weight": target["weight"], "unit": target["unit"]}
        values["weight"] = format_weight(Decimal(target["weight"]))
    low, high = target["reps_min"], target["reps_max"]
    if low is not None and not (last and last.reps and low <= last.reps <= high):
        values["reps"] = low
    return values | {"kind": target["kind"], "seconds": target["seconds"] or values["seconds"]}


def _typed(log: SetLog) -> dict[str, Any]:
    return {
        "kind": log.kind,
        "weight": "" if log.weight is None else format_weight(log.weight),
        "unit": log.unit,
        "reps": "" if log.reps is None else log.reps,
        "seconds": log.seconds or "",
        "rir": "" if log.rir is None else format_weight(log.rir),
        "note": log.note,
    }


def describe(target: dict[str, Any], sets: int = 1) -> str:
    """A target as kept by a log, in words. One set is shown without its number of sets."""
    words = describe_target(
        sets=sets,
        reps_min=target["reps_min"],
        reps_max=target["reps_max"],
        amrap=target["kind"] == SetKind.AMRAP,
        seconds=target["seconds"],
        weight=None if target["weight"] is None else Decimal(target["weight"]),
        unit=target["unit"],
        rir=None if target["rir"] is None else Decimal(target["rir"]),
    )
    return words.removeprefix("1 × ") if sets == 1 else words


def logged_rows(block: Block, log: SetLog, *, extra: bool) -> list[Row]:
    """The answer to a set's own form: its row, and a fresh one where it was the set to add."""
    row = Row(
        block=block,
        position=log.position,
        client_key=log.client_key,
        values=_typed(log),
        target=describe(log.target) if log.target else "",
        log=log,
    )
    if not (extra and block.session.is_open):
        return [row]
    following = max(len(block.targets), log.position) + 1
    fresh = Row(
        block=block,
        position=following,
        client_key=block.key_of(following),
        values=_typed(log) | {"kind": SetKind.WORK, "rir": "", "note": ""},
        extra=True,
    )
    return [row, fresh]


def refused_row(block: Block, form: SetForm) -> Row:
    """The row of a form that was refused, with what was typed in it."""
    position = form.cleaned_data.get("position") or 1
    target = block.targets[position - 1] if position <= len(block.targets) else None
    names = ("kind", "weight", "unit", "reps", "seconds", "rir", "note")
    return Row(
        block=block,
        position=position,
        client_key=form.cleaned_data.get("client_key") or block.key_of(position),
        values={name: form.data.get(name, "") for name in names},
        target=describe(target) if target else "",
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


def next_row(blocks: list[BlockView]) -> Row | None:
    """The set to do next: the first planned one that is not logged, else the first of an exercise
    that was not begun, else, where nothing was planned, one more of the last exercise.

    None once all that was planned is done: then finishing is next.
    """
    todo = [row for view in blocks for row in view.rows if row.log is None]
    begun = {view.block.pk for view in blocks if view.done}
    planned = [row for row in todo if row.is_planned]
    fresh = [row for row in todo if row.block.pk not in begun]
    more = [] if any(view.planned for view in blocks) else todo[-1:]
    return next(iter(planned or fresh or more), None)


@dataclass(frozen=True)
class Summary:
    """What was done of what was planned, warm-ups left out, and the volume load."""

    done: int
    planned: int
    volume: str


def summary(blocks: list[BlockView], unit: Unit) -> Summary:
    """Volume is the sum of weight × reps, each set converted exactly, shown in `unit`."""
    logs = [row.log for view in blocks for row in view.rows if row.log]
    counting = [log for log in logs if log.kind != SetKind.WARMUP]
    volume = sum(
        (
            convert(log.weight, cast("Unit", log.unit), unit) * log.reps
            for log in counting
            if log.weight and log.reps
        ),
        Decimal(0),
    )
    return Summary(
        done=len(counting),
        planned=sum(view.planned for view in blocks),
        volume=f"{volume.quantize(Decimal(1)):,}",
    )
