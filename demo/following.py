"""Who follows which program: the copies that trainers assigned, with each member's first loads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.models import User
from demo.cast import Person, Stint
from demo.loads import Strength
from demo.people import midnight
from programs.models import Assignment, LiftState, Program, Workout
from programs.services import Start, assign


@dataclass(frozen=True)
class Followed:
    """An assignment with the workouts of its program, in their order and with their sets."""

    assignment: Assignment
    workouts: list[Workout]
    until: date | None

    def covers(self, day: date) -> bool:
        return self.assignment.start_date <= day and (self.until is None or day < self.until)


def assign_programs(
    person: Person, people: dict[str, User], templates: dict[str, Program], today: date
) -> list[Followed]:
    """All that `person` follows or followed, the oldest first. Only the last may be active."""
    followed = []
    starts = [_start(stint, today) for stint in person.stints]
    ends = [*starts[1:], _end(person.stints[-1], today)] if starts else []
    for stint, start, until in zip(person.stints, starts, ends, strict=True):
        assignment = assign(
            program=templates[stint.program],
            member=people[person.email],
            trainer=people[person.trainer or ""],
            start=Start(start, _weekdays(stint, today), time(person.habits.hour)),
            replace=True,
        )
        _tell_the_past(assignment, until)
        workouts = list(Workout.objects.filter(program=assignment.program).with_plan())
        _write_starts(workouts, person, stint, assignment)
        followed.append(Followed(assignment, workouts, until))
    return followed


def _start(stint: Stint, today: date) -> date:
    start = today - timedelta(weeks=stint.weeks_ago)
    return start if stint.due_today else start - timedelta(days=today.weekday())


def _end(stint: Stint, today: date) -> date | None:
    weeks = stint.ended_weeks_ago
    return None if weeks is None else today - timedelta(weeks=weeks)


def _weekdays(stint: Stint, today: date) -> list[int]:
    first = today.weekday() if stint.due_today else 0
    return [(first + day) % 7 for day in stint.weekdays]


def _tell_the_past(assignment: Assignment, until: date | None) -> None:
    """`assign` writes the present; this moves the assignment to where it lies in history."""
    assigned_at = midnight(assignment.start_date) - timedelta(hours=4)
    ended_at: datetime | None = midnight(until) - timedelta(hours=5) if until else None
    Program.objects.filter(pk=assignment.program_id).update(created_at=assigned_at)
    Workout.objects.filter(program=assignment.program_id).update(created_at=assigned_at)
    Assignment.objects.filter(pk=assignment.pk).update(
        created_at=assigned_at,
        ended_at=ended_at,
        status=Assignment.Status.ENDED if until else Assignment.Status.ACTIVE,
    )


def _write_starts(workouts: list[Workout], person: Person, stint: Stint, plan: Assignment) -> None:
    """With how much each lift begins, in the member's own unit."""
    strength = Strength.of(person)
    starts: dict[tuple[int, str], LiftState] = {}
    for row in (row for workout in workouts for row in workout.prescriptions.all() if row.lane):
        sets = row.sets.all()[0]
        weight = strength.planned(
            row.exercise.slug,
            ((sets.reps_min or 0) + (sets.reps_max or 0)) // 2,
            person.unit,
            start_weeks_ago=stint.weeks_ago,
        )
        starts.setdefault(
            (row.exercise_id, row.lane),
            LiftState(
                assignment=plan,
                exercise=row.exercise,
                lane=row.lane,
                unit=person.unit,
                start=weight,
                weight=weight,
            ),
        )
    LiftState.objects.bulk_create(starts.values())
