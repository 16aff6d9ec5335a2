"""Who has a copy of a template, and what of it the template says otherwise by now.

Compared are the workouts that a member has still to do. What was done or skipped stays as it is,
and so does a day that was written for this member, or that is being trained right now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises.models import Exercise
from legtraining.domain.rules import TRAINING_MAX
from programs.models import Assignment, LiftState, Program, Workout
from programs.plans import (
    WrittenDay,
    groups_of,
    text_of_day,
    training_max_lifts,
    written_day,
)
from programs.querysets import AssignmentQuerySet, coached
from sessions.models import WorkoutSession
from sessions.plan import open_workouts

type Place = tuple[int, int]  # week and day
type Signed = tuple[str, str]  # " ", "-" or "+", and a line

CHANGED, NEW, GONE = "changed", "new", "gone"
WRITTEN, TRAINING, TAKEN_OUT = "written", "training", "taken_out"

SAID = {
    CHANGED: _("changed"),
    NEW: _("new"),
    GONE: _("taken out of the program"),
    WRITTEN: _("written for this member"),
    TRAINING: _("being trained now"),
    TAKEN_OUT: _("taken out for this member"),
}


def copies_of(template: Program, trainer: User) -> AssignmentQuerySet:
    """The copies of `template` that `trainer` gave to members whom they coach now."""
    return (
        Assignment.objects.unended()
        .filter(coached(trainer, "member"), program__copied_from=template, program__owner=trainer)
        .select_related("member", "program")
        .order_by("member__name", "member__email", "pk")
    )


class Template:
    """A template's days with all they prescribe, read once for all who have a copy."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.days: dict[Place, Workout] = {
            (each.week, each.day): each for each in program.workouts.with_plan()
        }
        self.lifts: list[Exercise] = training_max_lifts(program)
        self._text: dict[Place, list[str]] = {}

    def text(self, place: Place) -> list[str]:
        if place not in self._text:
            self._text[place] = text_of_day(self.days[place])
        return self._text[place]


@dataclass(frozen=True)
class Day:
    """A day that differs. `state` is what pushing does to it, or why it is left alone."""

    week: int
    day: int
    state: str
    workout: int | None = None  # the copy's, where it has one
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def is_gone(self) -> bool:
        return self.state == GONE


@dataclass(frozen=True)
class Group:
    """Days of several weeks that differ in the same way."""

    title: str
    state: str
    lines: list[Signed]

    @property
    def said(self) -> str:
        return str(SAID[self.state])


@dataclass(frozen=True)
class Comparison:
    """What pushing would change of one copy, and what it leaves alone."""

    assignment: Assignment
    template: Template = field(repr=False)
    days: list[Day]
    kept: list[Day]
    weeks: int  # of the copy afterwards
    missing: list[Exercise]  # a training max is needed of these, and not known

    @cached_property
    def new_head(self) -> bool:
        """Whether title, aim or length change."""
        copy, program = self.assignment.program, self.template.program
        head = (program.title, program.goal, self.weeks)
        return (copy.title, copy.goal, copy.weeks) != head

    @property
    def differs(self) -> bool:
        return bool(self.days) or self.new_head

    def to_write(self) -> list[WrittenDay]:
        return [
            written_day(self.template.days[each.week, each.day]) for each in self.days if each.after
        ]

    @cached_property
    def groups(self) -> list[Group]:
        return list(_grouped(self.days))

    @cached_property
    def kept_groups(self) -> list[Group]:
        return list(_grouped(self.kept))


def compare(template: Template, assignments: Sequence[Assignment]) -> list[Comparison]:
    """Each of `assignments` with its template: one query each and seven for all together."""
    copies: dict[int, list[Workout]] = defaultdict(list)
    programs = [each.program_id for each in assignments]
    for workout in Workout.objects.filter(program__in=programs).with_plan():
        copies[workout.program_id].append(workout)
    # Before what is still to do: a session that is finished meanwhile is then in one of the two.
    training = set(
        WorkoutSession.objects.open()
        .filter(assignment__in=assignments, workout__isnull=False)
        .values_list("workout", flat=True)
    )
    known = _known_maxes(assignments)
    return [
        _compare(template, each, copies[each.program_id], training, known[each.pk])
        for each in assignments
    ]


def _known_maxes(assignments: Sequence[Assignment]) -> dict[int, set[int]]:
    known: dict[int, set[int]] = defaultdict(set)
    lifts = LiftState.objects.filter(
        assignment__in=assignments, lane=TRAINING_MAX, weight__isnull=False
    )
    for assignment, exercise in lifts.values_list("assignment", "exercise"):
        known[assignment].add(exercise)
    return known


def _compare(
    template: Template,
    assignment: Assignment,
    workouts: Sequence[Workout],
    training: set[int],
    known: set[int],
) -> Comparison:
    still = {each.pk for each in open_workouts(assignment)}
    there = {(each.week, each.day): each for each in workouts}
    reached = max((place for place, each in there.items() if each.pk not in still), default=(0, 0))
    found = []
    for place in sorted(there.keys() | template.days.keys()):
        mine = there.get(place)
        if mine is None:
            if place > reached:
                found.append(_new(template, place, assignment.program))
        elif mine.pk in still and (day := _differing(template, place, mine, training)):
            found.append(day)
    days = [each for each in found if each.state in (CHANGED, NEW, GONE)]
    gone = {each.workout for each in days if each.is_gone}
    last = max((each.week for each in workouts if each.pk not in gone), default=1)
    return Comparison(
        assignment=assignment,
        template=template,
        days=days,
        kept=[each for each in found if each not in days],
        weeks=max(template.program.weeks, last),
        missing=[each for each in template.lifts if each.pk not in known],
    )


def _new(template: Template, place: Place, copy: Program) -> Day:
    """A day that the copy has not. One that was there when it was copied was taken out since."""
    state = NEW if template.days[place].created_at > copy.created_at else TAKEN_OUT
    return Day(*place, state, after=tuple(template.text(place)))


def _differing(template: Template, place: Place, mine: Workout, training: set[int]) -> Day | None:
    theirs = template.days.get(place)
    if theirs and _told(theirs) == _told(mine):
        return None
    before = tuple(text_of_day(mine))
    after = tuple(template.text(place)) if theirs else ()
    if before == after:
        return None
    state = CHANGED if theirs else GONE
    if mine.edited_at:
        state = WRITTEN
    elif mine.pk in training:
        state = TRAINING
    return Day(*place, state, mine.pk, before, after)


def _told(workout: Workout) -> list[Any]:
    """What a day says, cheaper to compare than its text."""
    return [
        workout.title,
        *(
            (
                row.exercise_id,
                row.superset,
                row.label,
                row.rule,
                row.tempo,
                row.rest_seconds,
                row.note,
                groups_of(row),
            )
            for row in workout.prescriptions.all()
        ),
    ]


# --- For the page ---------------------------------------------------------------------------------


def _grouped(days: Iterable[Day]) -> Iterator[Group]:
    same: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for each in days:
        same[each.day, each.state, each.before, each.after].append(each.week)
    for (day, state, before, after), weeks in same.items():
        values = {"day": day, "weeks": _spans(weeks)}
        title = (
            gettext("Day %(day)s of week %(weeks)s")
            if len(weeks) == 1
            else gettext("Day %(day)s of weeks %(weeks)s")
        )
        yield Group(title % values, state, list(_signed(before, after)))


def _spans(weeks: Sequence[int]) -> str:
    """`1–3, 5` for 1, 2, 3 and 5, which ascend."""
    starts = [weeks[0], *(after for before, after in pairwise(weeks) if after > before + 1)]
    ends = [*(before for before, after in pairwise(weeks) if after > before + 1), weeks[-1]]
    return ", ".join(
        f"{first}" if first == last else f"{first}–{last}"
        for first, last in zip(starts, ends, strict=True)
    )


def _signed(before: Sequence[str], after: Sequence[str]) -> Iterator[Signed]:
    """Both texts as one: what went, what came, and what stayed; line by line where they match."""
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old = [("-", line.strip()) for line in before[i:j]]
        new = [("+", line.strip()) for line in after[k:m]]
        if tag == "equal":
            yield from ((" ", line) for _sign, line in old)
        elif len(old) == len(new):
            yield from chain.from_iterable(zip(old, new, strict=True))
        else:
            yield from old + new
