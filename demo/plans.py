"""The trainers' programs, written as a trainer writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import User
from demo.cast import TRAINER, TRAINER2
from demo.loads import BASE_KG
from demo.people import midnight
from exercises.models import Exercise
from legtraining.domain.setgroups import parse_sets
from programs.models import Program
from programs.plans import rule_of
from programs.services import Prescribed, create_program, write_workout


@dataclass(frozen=True)
class Line:
    """One exercise: sets, repetitions in reserve, rest in seconds, tempo, progression."""

    slug: str
    sets: str
    rir: int | None = 2
    rest: int | None = 90
    tempo: str = ""
    superset: str = ""
    note: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Plan:
    key: str
    owner: str
    title: str
    goal: str
    weeks: int
    days: dict[str, list[Line]]


PLANS = (
    Plan(
        "strength",
        TRAINER,
        "Leg strength, three days",
        "Stronger in squat, hinge and thrust, with enough work for calves and inner thighs. "
        "The weight grows once every set reached its repetitions.",
        8,
        {
            "Squat": [
                Line(
                    "back-squat",
                    "3x5, 1x5+",
                    2,
                    180,
                    "3-0-1-0",
                    note="Last set: as many as are clean.",
                    rule="linear +2.5kg, -10% after 3",
                ),
                Line("romanian-deadlift", "3x8-10", 2, 150, "3-1-1-0"),
                Line("leg-extension", "3x10-12", 1, 60, superset="A"),
                Line("seated-leg-curl", "3x10-12", 1, 60, superset="A"),
                Line("standing-calf-raise-machine", "3x8-12", 1, 75, "2-2-1-0"),
            ],
            "Hinge": [
                Line("barbell-hip-thrust", "3x8-10", 2, 150, "2-0-1-1", rule="double +5kg"),
                Line("front-squat", "3x6-8", 2, 150, "3-0-1-0"),
                Line("lying-leg-curl", "3x8-12", 1, 90),
                Line("hip-adduction-machine", "3x12-15", 2, 45, superset="A"),
                Line("hip-abduction-machine", "3x12-15", 2, 45, superset="A"),
            ],
            "Volume": [
                Line("leg-press-45", "3x10-12", 2, 120, "3-0-1-0", rule="double +5kg"),
                Line("bulgarian-split-squat", "3x8-10", 2, 90, note="Repetitions a leg."),
                Line("seated-leg-curl", "3x10-12", 1, 75),
                Line("back-extension-45", "3x10-15", 2, 75),
                Line("seated-calf-raise", "3x12-15", 1, 60, "2-1-1-0"),
            ],
        },
    ),
    Plan(
        "machines",
        TRAINER,
        "Machines for beginners",
        "Learn the movements where the machine holds the path. Stop with two or three "
        "repetitions left; the weight grows only when the last set feels like the first.",
        10,
        {
            "Machines A": [
                Line("leg-press-45", "3x10-12", 3, 120, "3-0-1-0", note="Heels stay on the plate."),
                Line("seated-leg-curl", "3x10-12", 3, 90),
                Line("hip-abduction-machine", "2x12-15", 3, 60),
                Line("standing-calf-raise-machine", "3x10-15", 2, 60, "2-1-1-0"),
            ],
            "Machines B": [
                Line("hack-squat", "3x8-10", 3, 120, "3-0-1-0"),
                Line("leg-extension", "3x12-15", 2, 75),
                Line("lying-leg-curl", "3x10-12", 3, 75),
                Line("hip-adduction-machine", "2x12-15", 3, 60),
                Line("seated-calf-raise", "3x12-15", 2, 60),
            ],
        },
    ),
    Plan(
        "hips",
        TRAINER,
        "Hips and glutes",
        "Glutes first in both sessions, then hamstrings and the muscles on either side of the hip.",
        12,
        {
            "Thrust": [
                Line(
                    "barbell-hip-thrust", "4x8-10", 2, 150, "2-0-1-1", note="Chin down, ribs down."
                ),
                Line("goblet-squat", "3x10-12", 2, 90),
                Line("hip-abduction-machine", "3x15-20", 1, 45, superset="A"),
                Line("hip-adduction-machine", "3x12-15", 2, 45, superset="A"),
                Line("glute-bridge", "2x15-20", None, 60, "1-0-1-2"),
            ],
            "Lunge and hinge": [
                Line("dumbbell-romanian-deadlift", "3x10-12", 2, 120, "3-1-1-0"),
                Line("bulgarian-split-squat", "3x8-10", 2, 90, note="Lean forward a little."),
                Line("back-extension-45", "3x12-15", 2, 75),
                Line("seated-leg-curl", "3x10-12", 1, 75),
                Line("seated-calf-raise", "3x12-15", 1, 60),
            ],
        },
    ),
    Plan(
        "quads",
        TRAINER2,
        "Quads and calves, twelve weeks",
        "Two sessions that put the front of the thigh first and still keep the back honest.",
        12,
        {
            "Front squat day": [
                Line("front-squat", "4x6-8", 2, 180, "3-1-1-0"),
                Line("hack-squat", "3x8-12", 1, 120),
                Line("romanian-deadlift", "3x8-10", 2, 120, "3-0-1-0"),
                Line("standing-calf-raise-machine", "4x8-12", 1, 60, "2-2-1-0"),
            ],
            "Leg press day": [
                Line("leg-press-45", "4x10-15", 1, 120),
                Line("leg-extension", "3x12-15", 0, 60, "2-0-1-1", superset="A"),
                Line("lying-leg-curl", "3x10-12", 1, 60, superset="A"),
                Line("seated-calf-raise", "3x15-20", 0, 45),
            ],
        },
    ),
    Plan(
        "home",
        TRAINER2,
        "At home with dumbbells",
        "A pair of dumbbells, a wall and the floor are enough. Three short sessions a week.",
        8,
        {
            "Squat at home": [
                Line("goblet-squat", "3x10-15", 2, 90, "3-1-1-0"),
                Line("dumbbell-romanian-deadlift", "3x10-12", 2, 90),
                Line("wall-sit", "3x45s", None, 60),
            ],
            "Lunge at home": [
                Line("dumbbell-walking-lunge", "3x10-12", 2, 90, note="Repetitions a leg."),
                Line("nordic-curl", "3x4-6", 1, 120, note="Slow down, help up with the hands."),
                Line("glute-bridge", "3x15-20", None, 45),
            ],
            "Both at home": [
                Line("bulgarian-split-squat", "3x8-12", 2, 75),
                Line("dumbbell-romanian-deadlift", "3x8-10", 2, 90, "3-1-1-0"),
                Line("glute-bridge", "2x15-20", None, 45, superset="A"),
                Line("wall-sit", "2x60s", None, 45, superset="A"),
            ],
        },
    ),
)


def write_programs(people: dict[str, User], today: date) -> dict[str, Program]:
    """Every plan as its owner's template, without loads: those come with a member. By key."""
    exercises = {exercise.slug: exercise for exercise in Exercise.objects.all()}
    programs = {plan.key: _write(plan, people[plan.owner], exercises) for plan in PLANS}
    written_at = midnight(today - timedelta(weeks=27)) + timedelta(hours=15)
    Program.objects.filter(pk__in=[program.pk for program in programs.values()]).update(
        created_at=written_at
    )
    return programs


def _write(plan: Plan, owner: User, exercises: dict[str, Exercise]) -> Program:
    program = create_program(
        owner=owner,
        title=plan.title,
        goal=plan.goal,
        weeks=plan.weeks,
        days_a_week=len(plan.days),
    )
    first_week = program.workouts.filter(week=1)
    for workout, (title, lines) in zip(first_week, plan.days.items(), strict=True):
        rows = [_row(line, exercises[line.slug]) for line in lines]
        write_workout(workout=workout, title=title, rows=rows, later_weeks=True)
    return program


def _row(line: Line, exercise: Exercise) -> Prescribed:
    rir = None if line.rir is None else Decimal(line.rir)
    return Prescribed(
        exercise=exercise,
        groups=[replace(group, rir=rir) for group in parse_sets(line.sets)],
        tempo=line.tempo,
        rest_seconds=line.rest,
        superset=line.superset,
        note=line.note,
        rule=rule_of(line.rule or usual_rule(line)),
    )


def usual_rule(line: Line) -> str:
    """Double progression for what is loaded and has a range."""
    return "double +2.5kg" if line.slug in BASE_KG and "-" in line.sets else ""
