"""A program's rows as the plan that the domain reads and writes, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from exercises.models import Exercise
from exercises.models import Load as LoadKind
from legtraining.domain.lines import Line
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.rules import Offset, Reps, Rule
from legtraining.domain.setgroups import Basis, Kind, Load, SetGroup
from legtraining.domain.shorthand import Day, Mistake, Mistakes, Plan, write_day, write_plan
from legtraining.domain.units import Unit
from programs.models import PrescribedSet, Prescription, Program, SetKind, Workout
from programs.names import Unknown, exact, meant


@dataclass(frozen=True)
class Prescribed:
    """One written row of a workout."""

    exercise: Exercise
    groups: list[SetGroup] = field(default_factory=list)
    tempo: str = ""
    rest_seconds: int | None = None
    superset: str = ""
    label: str = ""
    note: str = ""
    rule: Rule | None = None


@dataclass(frozen=True)
class WrittenDay:
    week: int
    day: int
    title: str
    rows: tuple[Prescribed, ...]


# --- From rows to the plan ------------------------------------------------------------------------


def group_of(row: PrescribedSet) -> SetGroup:
    plain = row.kind in (SetKind.WORK, SetKind.AMRAP)
    load = Load(Basis(row.basis), row.load, cast("Unit", row.unit), row.offset)
    return SetGroup(
        row.count,
        row.reps_min,
        row.reps_max,
        row.seconds,
        amrap=row.kind == SetKind.AMRAP,
        seconds_max=row.seconds_max,
        kind=Kind.WORK if plain else Kind(row.kind),
        load=Load() if row.basis == Basis.OPEN else load,
        rir=row.rir,
    )


def groups_of(prescription: Prescription) -> list[SetGroup]:
    return [group_of(row) for row in prescription.sets.all()]


def rule_of(text: str) -> Rule | None:
    """A stored rule. It was read before it was stored."""
    return parse_rule(text) if text else None


def prescribed(prescription: Prescription) -> Prescribed:
    """A row as it would be written again."""
    return Prescribed(
        exercise=prescription.exercise,
        groups=groups_of(prescription),
        tempo=prescription.tempo,
        rest_seconds=prescription.rest_seconds,
        superset=prescription.superset,
        label=prescription.label,
        note=prescription.note,
        rule=rule_of(prescription.rule),
    )


def as_line(row: Prescribed) -> Line:
    return Line(
        exercise=row.exercise.name,
        groups=tuple(row.groups),
        superset=row.superset,
        label=row.label,
        tempo=row.tempo,
        rest_seconds=row.rest_seconds,
        note=row.note,
        rule=row.rule,
    )


def as_day(day: WrittenDay) -> Day:
    return Day(day.day, own_title(day.day, day.title), tuple(map(as_line, day.rows)))


def written_day(workout: Workout) -> WrittenDay:
    """A workout whose plan was fetched, as it would be written again."""
    rows = tuple(map(prescribed, workout.prescriptions.all()))
    return WrittenDay(workout.week, workout.day, workout.title, rows)


def day_of(workout: Workout) -> Day:
    """A workout whose plan was fetched."""
    return as_day(written_day(workout))


def usual_title(day: int) -> str:
    return _("Day %(day)d") % {"day": day}


def own_title(day: int, title: str) -> str:
    """The title as it is written behind the number: nothing where it only says it again."""
    return "" if title == usual_title(day) else title


def plan_of(program: Program, workouts: Iterable[Workout] | None = None) -> Plan:
    """The whole program; four queries unless its workouts are given with their plan."""
    if workouts is None:
        workouts = program.workouts.with_plan().order_by("week", "day")
    written = {
        week: tuple(day_of(workout) for workout in days)
        for week, days in groupby(workouts, key=lambda workout: workout.week)
    }
    weeks = tuple(written.get(week, ()) for week in range(1, program.weeks + 1))
    return Plan(weeks, program.title, program.goal)


def text_of(program: Program) -> str:
    """The weeks of a program as a trainer writes them, without title and goal."""
    plan = plan_of(program)
    return write_plan(Plan(plan.weeks))


def text_of_workout(workout: Workout) -> str:
    """One day as a program of its own, which can be read back."""
    return write_plan(Plan(((day_of(workout),),)))


def text_of_day(workout: Workout) -> list[str]:
    return write_day(day_of(workout)).splitlines()


# --- From the plan to rows ------------------------------------------------------------------------


def find_exercises(plan: Plan, there: dict[str, Exercise] | None = None) -> list[WrittenDay]:
    """The plan's days with the library's exercises.

    `there` are exercises, by name, that stand in the program already: they may stay although they
    were retired since. Raises Mistakes with every name that is not known, and what may be meant.
    """
    lines = [line for week in plan.weeks for day in week for line in day.lines]
    found = exact({line.exercise for line in lines}) | dict(there or {})
    refused: dict[str, Refusal] = {}
    mistakes: dict[tuple[int, int], Mistake] = {}
    for line in lines:
        name = line.exercise
        if name not in found and name not in refused:
            if len(refused) == MAX_UNKNOWN:
                break
            try:
                found[name] = meant(name)
            except Unknown as unknown:
                refused[name] = unknown
        problem = refused.get(name) or unfit(found[name], line.groups, line.rule)
        if problem:
            mistakes[line.row, line.column] = Mistake(line.row, line.column, problem)
    if mistakes:
        raise Mistakes([mistakes[place] for place in sorted(mistakes)])
    return [
        WrittenDay(
            week,
            day.number,
            day.title or usual_title(day.number),
            tuple(_row(line, found[line.exercise]) for line in day.lines),
        )
        for week, days in enumerate(plan.weeks, 1)
        for day in days
    ]


MAX_UNKNOWN = 20  # names that are looked for before the trainer is told

UNFIT = gettext_noop(
    "%(name)s is done with help: less help is more work, so a weight that grows would make it "
    "easier. Use “reps +1 to 15”, or leave the progression out."
)
HELD = gettext_noop("%(name)s is held for a time: write seconds, for example 3x30s.")


def unfit(exercise: Exercise, groups: Iterable[SetGroup], rule: Rule | None) -> Refusal | None:
    """Why these sets or this rule do not suit the exercise, None where they do."""
    grows = rule is not None and not isinstance(rule, (Reps, Offset))
    if exercise.load == LoadKind.ASSISTED and grows:
        return Refusal(UNFIT, name=exercise.name)
    if exercise.load == LoadKind.TIME and any(group.seconds is None for group in groups):
        return Refusal(HELD, name=exercise.name)
    return None


def _row(line: Line, exercise: Exercise) -> Prescribed:
    return Prescribed(
        exercise=exercise,
        groups=list(line.groups),
        tempo=line.tempo,
        rest_seconds=line.rest_seconds,
        superset=line.superset,
        label=line.label,
        note=line.note,
        rule=line.rule,
    )


def training_max_lifts(program: Program) -> list[Exercise]:
    """The exercises whose training max has to be known when the program begins, by name.

    Those of which it takes percentages, unless a test comes before the first of them.
    """
    of_max = PrescribedSet.objects.filter(
        prescription=OuterRef("pk"), basis=Basis.TRAINING_MAX.value
    )
    rows = (
        Prescription.objects.filter(workout__program=program)
        .annotate(takes_percent=Exists(of_max))
        .filter(Q(takes_percent=True) | Q(rule__startswith="test"))
        .order_by("workout__week", "workout__day", "order")
    )
    first: dict[int, bool] = {}
    for exercise, takes_percent in rows.values_list("exercise", "takes_percent"):
        first.setdefault(exercise, takes_percent)
    needed = [exercise for exercise, takes_percent in first.items() if takes_percent]
    return list(Exercise.objects.filter(pk__in=needed).order_by("name"))
