"""Days and weeks of a program as wholes: add, move, copy, take out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.rules import Step
from legtraining.domain.setgroups import MAX_PERCENT, MAX_SETS, Basis, Load, SetGroup
from legtraining.domain.shorthand import parse_plan
from legtraining.domain.units import MAX_WEIGHT, convert
from programs.models import DAYS, MAX_WEEKS, Assignment, Program, Workout
from programs.plans import (
    Prescribed,
    WrittenDay,
    find_exercises,
    own_title,
    usual_title,
    written_day,
)
from programs.services.writing import write_days

NO_ROOM = gettext_noop("Week %(week)s has %(most)s days already.")
NO_WEEK = gettext_noop("A program has at most %(most)s weeks.")


@dataclass(frozen=True)
class Changes:
    """What a copied week has more or less: a step of every load, sets of every exercise."""

    step: Step | None = None
    sets: int = 0


def _locked(program: Program) -> list[Workout]:
    """The program's days with their plan; of two changes at once one waits."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    return list(program.workouts.with_plan().order_by("week", "day"))


def _free_day(days: list[Workout], week: int) -> int:
    """The day after the last of `week`, or the first that is free. Raises Refusal if none is."""
    taken = {day.day for day in days if day.week == week}
    after = max(taken, default=0) + 1
    free = [after] if after <= DAYS else [day for day in range(1, DAYS + 1) if day not in taken]
    if not free:
        raise Refusal(NO_ROOM, week=week, most=DAYS)
    return free[0]


@transaction.atomic
def add_day(*, program: Program, week: int) -> Workout:
    """An empty day at the end of `week`. Raises Refusal where there is no room."""
    day = _free_day(_locked(program), week)
    return write_days(program=program, days=[WrittenDay(week, day, usual_title(day), ())])[0]


@transaction.atomic
def copy_day(*, workout: Workout, week: int) -> Workout:
    """The same day once more, at the end of `week`. Raises Refusal where there is no room."""
    program = Program(pk=workout.program_id)
    days = _locked(program)
    there = next(day for day in days if day.pk == workout.pk)
    copy = replace(written_day(there), week=week, day=_free_day(days, week))
    return write_days(program=program, days=[copy])[0]


@transaction.atomic
def move_day(*, workout: Workout, day: int) -> None:
    """Makes the day number `day` of its week; the one that was that takes its number.

    What was done of a day moves with it. Said twice it is moved once. In a member's copy both days
    are theirs afterwards.
    """
    days = _locked(Program(pk=workout.program_id))
    mine = next(each for each in days if each.pk == workout.pk)
    other = next((each for each in days if (each.week, each.day) == (mine.week, day)), None)
    if other is None or other.pk == mine.pk:
        return
    for each, number in ((mine, other.day), (other, mine.day)):
        if not own_title(each.day, each.title):
            each.title = usual_title(number)
    mine.day, other.day = other.day, mine.day
    if Assignment.objects.filter(program=workout.program_id).exists():
        mine.edited_at = other.edited_at = timezone.now()
    Workout.objects.bulk_update([mine, other], ["day", "title", "edited_at"])


@transaction.atomic
def remove_day(*, workout: Workout) -> None:
    """Takes a day out of the plan. What was trained on it stays in the log."""
    Workout.objects.filter(pk=workout.pk).delete()


@transaction.atomic
def restore_day(*, program: Program, week: int, text: str) -> None:
    """Undoes `remove_day`: the day as `text_of_workout` kept it, unless its place is taken.

    Raises Mistakes where an exercise of it is not in the library any more.
    """
    (day,) = find_exercises(parse_plan(text))
    taken = {(each.week, each.day) for each in _locked(program)}
    if (week, day.day) not in taken:
        write_days(program=program, days=[replace(day, week=week)])


@transaction.atomic
def copy_week(*, program: Program, week: int, to: int, changes: Changes) -> None:
    """Writes `week` into the week `to` with `changes`; days that `to` had are overwritten.

    `to` may be the week after the last: the program is a week longer then. Raises Refusal.
    """
    days = [day for day in _locked(program) if day.week == week]
    if to > MAX_WEEKS:
        raise Refusal(NO_WEEK, most=MAX_WEEKS)
    written = [
        replace(
            written_day(day),
            week=to,
            rows=tuple(_changed(row, changes) for row in written_day(day).rows),
        )
        for day in days
    ]
    kept = {day.day for day in written}
    program.workouts.filter(week=to).exclude(day__in=kept).delete()
    Program.objects.filter(pk=program.pk, weeks__lt=to).update(weeks=to)
    write_days(program=program, days=written)


def _changed(row: Prescribed, changes: Changes) -> Prescribed:
    return replace(row, groups=[_group(group, changes) for group in row.groups])


def _group(group: SetGroup, changes: Changes) -> SetGroup:
    """More or fewer working sets, at least one; other loads where there are any."""
    sets = min(max(group.count + changes.sets, 1), MAX_SETS) if group.counts else group.count
    load = _load(group.load, changes.step) if changes.step else group.load
    return replace(group, count=sets, load=load)


def _load(load: Load, step: Step) -> Load:
    """A weight and the step; of a percentage percent points, or an offset in kg or lb."""
    if load.amount is None:
        return load
    if load.basis in (Basis.WEIGHT, Basis.EXACT):
        weight = step.added_to(load.amount, load.unit)
        return replace(load, amount=round(weight, 3))
    if step.unit is None:
        percent = min(max(load.amount + step.amount, Decimal(1)), MAX_PERCENT)
        return replace(load, amount=percent)
    unit = load.unit if load.offset else step.unit
    offset = load.offset + convert(step.amount, step.unit, unit)
    return replace(load, unit=unit, offset=min(max(round(offset, 3), -MAX_WEIGHT), MAX_WEIGHT))
