"""What of a session's sets beat everything the member did before, in words for its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from exercises.models import Exercise
from legtraining.domain.records import (
    ESTIMATING_KINDS,
    Best,
    Done,
    Load,
    Record,
    find_records,
    is_first,
)
from legtraining.domain.strength import MAX_ESTIMATE_REPS
from legtraining.domain.units import Unit, display, format_weight
from programs.models import SetKind
from sessions.estimates import TO_FAILURE
from sessions.models import SetLog, WorkoutSession
from sessions.page import BlockView


@dataclass(frozen=True)
class ExerciseRecords:
    exercise: Exercise
    records: list[Record]

    def sentences(self) -> list[str]:
        """A sentence for each record, weights as they were typed."""
        load = cast("Load", self.exercise.load)
        return [_WORDED[record.kind](load, record) for record in self.records]


@dataclass(frozen=True)
class SessionRecords:
    """The exercises in which something was beaten, and those done for the first time."""

    beaten: list[ExerciseRecords]
    first: list[Exercise]


def session_records(session: WorkoutSession, blocks: Sequence[BlockView]) -> SessionRecords:
    """The records among the sets of `blocks`, in the order of the session. One query.

    They are worked out anew each time, so correcting a set, here or in the past, corrects them.
    """
    logs: dict[Exercise, list[SetLog]] = defaultdict(list)
    for view in blocks:
        logs[view.block.exercise] += [row.log for row in view.rows if row.log]
    before = best_before(session, [exercise.pk for exercise, done in logs.items() if done])
    beaten, first = [], []
    for exercise, done_logs in logs.items():
        load, past = cast("Load", exercise.load), before[exercise.pk]
        done = [_done(log) for log in done_logs]
        if is_first(load, done, past):
            first.append(exercise)
        elif records := find_records(load, done, past, session.member.formula):
            beaten.append(ExerciseRecords(exercise, records))
    return SessionRecords(beaten, first)


def best_before(session: WorkoutSession, exercises: Sequence[int]) -> dict[int, list[Best]]:
    """By exercise id: what the member had done before this session started, a row a weight.

    Grouped as `Done.best` reads a set. Warm-ups alone give a row in which nothing counts: the
    exercise is not new then.
    """
    counts = ~Q(kind=SetKind.WARMUP)
    estimates = Q(kind__in=ESTIMATING_KINDS, reps__gte=1, to_failure__lte=MAX_ESTIMATE_REPS)
    # Not a join: that would read every session of everybody, or look one up for each set.
    discarded = WorkoutSession.objects.filter(member=session.member_id, deleted_at__isnull=False)
    rows = (
        SetLog.objects.live()
        .filter(
            member=session.member_id,
            exercise__in=exercises,
            done_at__lt=session.started_at,
        )
        .exclude(session=session.pk)
        .exclude(session__in=discarded)
        .alias(to_failure=TO_FAILURE)
        .values("exercise", "weight", "unit")
        .annotate(
            most_reps=Max("reps", filter=counts),
            most_to_failure=Max("to_failure", filter=estimates),
            most_seconds=Max("seconds", filter=counts),
        )
        .values_list("exercise", "weight", "unit", "most_reps", "most_to_failure", "most_seconds")
    )
    best: dict[int, list[Best]] = defaultdict(list)
    for exercise, *values in rows:
        best[exercise].append(Best(*values))
    return best


def _done(log: SetLog) -> Done:
    return Done(log.weight, cast("Unit", log.unit), log.reps, log.seconds, log.rir, log.kind)


def _heaviest(load: Load, record: Record) -> str:
    now, before = record.now, record.before
    values = {
        "weight": _weight(load, now),
        "reps": now.reps,
        "before": _before(load, before, now.unit),
    }
    if load != "assisted":
        return _("Heaviest: %(weight)s × %(reps)s (before: %(before)s)") % values
    if now.weight:
        return _("Least assistance: %(weight)s × %(reps)s (before: %(before)s)") % values
    return _("Without assistance × %(reps)s (before: %(before)s)") % values


def _estimate(load: Load, record: Record) -> str:
    now, before = (_with_unit(format_weight(each), record.now.unit) for each in record.estimates)
    return _("Best estimated 1RM: %(now)s (before: %(before)s)") % {"now": now, "before": before}


def _reps(load: Load, record: Record) -> str:
    values = {
        "weight": _weight(load, record.now),
        "reps": record.now.reps,
        "before": record.before.reps,
    }
    if load == "assisted" and record.now.weight:
        return _("Most reps with %(weight)s of assistance: %(reps)s (before: %(before)s)") % values
    if load == "assisted":
        return _("Most reps without assistance: %(reps)s (before: %(before)s)") % values
    if load != "reps_only" and record.now.weight:
        return _("Most reps with %(weight)s: %(reps)s (before: %(before)s)") % values
    return _("Most reps: %(reps)s (before: %(before)s)") % values


def _hold(load: Load, record: Record) -> str:
    values = {
        "weight": _weight(load, record.now),
        "now": _with_unit(record.now.seconds, "s"),
        "before": _with_unit(record.before.seconds, "s"),
    }
    if record.now.weight:
        return _("Longest hold with %(weight)s: %(now)s (before: %(before)s)") % values
    return _("Longest hold: %(now)s (before: %(before)s)") % values


_WORDED = {"heaviest": _heaviest, "estimate": _estimate, "reps": _reps, "hold": _hold}


def _weight(load: Load, best: Best) -> str:
    """As it was typed, with a plus where it is added to the body."""
    sign = "+" if load == "bodyweight" else ""
    return _with_unit(f"{sign}{format_weight(best.weight or Decimal(0))}", best.unit)


def _before(load: Load, before: Best, unit: Unit) -> str:
    """The weight that was beaten, as it was typed; about what it is in `unit` beside it."""
    if load == "bodyweight" and not before.weight:
        return _("no added weight")
    words = _weight(load, before)
    if not before.weight or before.unit == unit:
        return words
    return f"{words} ≈ {_with_unit(display(before.weight, before.unit, unit), unit)}"


def _with_unit(number: str | int | None, unit: str) -> str:
    """Never broken between the two: the sentences are longer than a phone's line."""
    return f"{number}\N{NO-BREAK SPACE}{unit}"
