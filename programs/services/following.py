"""Giving programs to members: assign, queue, pause, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from exercises.models import Exercise
from legtraining.domain.rules import TRAINING_MAX
from legtraining.domain.units import Unit
from programs.models import Assignment, LiftState, Pause, Program
from programs.services.writing import copy_program


class AlreadyActive(Exception):
    """The member follows another program already."""


@dataclass(frozen=True)
class Start:
    """When a member trains, and the training max of each exercise in `unit`."""

    first_day: date
    weekdays: Sequence[int]
    time_of_day: time | None = None
    unit: Unit = "kg"
    maxes: Mapping[Exercise, Decimal] = field(default_factory=dict)


@transaction.atomic
def assign(
    *,
    program: Program,
    member: User,
    trainer: User,
    start: Start,
    replace: bool = False,
    queue: bool = False,
) -> Assignment:
    """Gives `member` a copy of `program` to follow.

    With `replace` the program they follow now ends, with `queue` this one waits until it does.
    Raises AlreadyActive without either. The member's row is locked, so that of two trainers who
    assign at once the second gets the sentence.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    current = Assignment.objects.current().filter(member=member).first()
    if current and not (replace or queue):
        raise AlreadyActive
    if current and replace:
        end_assignment(assignment=current, promote=False)
    waits = current is not None and not replace
    assignment = Assignment.objects.create(
        member=member,
        program=copy_program(program=program, owner=trainer),
        assigned_by=trainer,
        start_date=start.first_day,
        weekdays=sorted(set(start.weekdays)),
        time_of_day=start.time_of_day,
        status=Assignment.Status.QUEUED if waits else Assignment.Status.ACTIVE,
    )
    LiftState.objects.bulk_create(
        LiftState(
            assignment=assignment,
            exercise=exercise,
            lane=TRAINING_MAX,
            unit=start.unit,
            start=weight,
            weight=weight,
        )
        for exercise, weight in start.maxes.items()
    )
    return assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, promote: bool = True) -> None:
    """The member follows it no longer; what waits is next. Ending it twice keeps the first date."""
    User.objects.select_for_update(no_key=True).get(pk=assignment.member_id)
    now = timezone.now()
    unended = Assignment.objects.unended().filter(pk=assignment.pk)
    waited = unended.filter(status=Assignment.Status.QUEUED).exists()
    ended = unended.update(status=Assignment.Status.ENDED, ended_at=now)
    if not ended:
        return
    today = assignment.member.today(now)
    _close_pause(assignment, today)
    if promote and not waited:
        start_next(member=assignment.member, today=today)


@transaction.atomic
def reopen_assignment(*, assignment: Assignment) -> None:
    """Undoes `end_assignment`. Raises AlreadyActive where another program is followed by now."""
    User.objects.select_for_update(no_key=True).get(pk=assignment.member_id)
    mine = Assignment.objects.filter(member=assignment.member_id)
    if mine.current().exclude(pk=assignment.pk).exists():
        raise AlreadyActive
    mine.filter(pk=assignment.pk, status=Assignment.Status.ENDED).update(
        status=Assignment.Status.ACTIVE, ended_at=None
    )


@transaction.atomic
def start_next(*, member: User, today: date) -> Assignment | None:
    """Makes the program that waits longest the one that is followed, if none is; the answer is it.

    Its first day is today or the day it was planned for, whichever is later.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    mine = Assignment.objects.filter(member=member)
    if mine.current().exists():
        return None
    waiting = mine.filter(status=Assignment.Status.QUEUED).order_by("pk").first()
    if waiting is None:
        return None
    waiting.status = Assignment.Status.ACTIVE
    waiting.start_date = max(waiting.start_date, today)
    waiting.save(update_fields=["status", "start_date"])
    return waiting


@transaction.atomic
def start_now(*, assignment: Assignment, today: date) -> None:
    """What waits is followed from `today` on; what is followed now ends. Twice is once."""
    User.objects.select_for_update(no_key=True).get(pk=assignment.member_id)
    mine = Assignment.objects.filter(member=assignment.member_id)
    waiting = mine.filter(pk=assignment.pk, status=Assignment.Status.QUEUED)
    if not waiting.exists():
        return
    if current := mine.current().select_related("member").first():
        end_assignment(assignment=current, promote=False)
    waiting.update(status=Assignment.Status.ACTIVE, start_date=today)


@transaction.atomic
def pause_assignment(*, assignment: Assignment, today: date) -> None:
    """Rests from `today` on: no day of it is planned until it goes on. Twice is once."""
    active = Assignment.objects.active().filter(pk=assignment.pk)
    if active.update(status=Assignment.Status.PAUSED):
        Pause.objects.create(assignment=assignment, first=today)


@transaction.atomic
def resume_assignment(*, assignment: Assignment, today: date) -> None:
    """Goes on from `today`, which counts as a day again. Twice is once."""
    paused = Assignment.objects.filter(pk=assignment.pk, status=Assignment.Status.PAUSED)
    if paused.update(status=Assignment.Status.ACTIVE):
        _close_pause(assignment, today)


def _close_pause(assignment: Assignment, today: date) -> None:
    for pause in Pause.objects.filter(assignment=assignment, last__isnull=True):
        pause.last = max(today, pause.first) - timedelta(days=1)
        pause.save(update_fields=["last"])
