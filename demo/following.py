"""Who follows which program: the copies that trainers assigned, with each member's loads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from demo.cast import Person, Stint
from demo.loads import Strength
from demo.people import midnight
from programs.models import Assignment, PrescribedSet, Program, Workout
from programs.services import assign


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
            start_date=start,
            weekdays=_weekdays(stint, today),
            replace=True,
        )
        _tell_the_past(assignment, until)
        workouts = list(Workout.objects.filter(program=assignment.program).with_plan())
        _write_loads(workouts, person, stint)
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
    Assignment.objects.filter(pk=assignment.pk).update(
        created_at=assigned_at,
        ended_at=ended_at,
        status=Assignment.Status.ENDED if until else Assignment.Status.ACTIVE,
    )


def _write_loads(workouts: list[Workout], person: Person, stint: Stint) -> None:
    """Puts the member's own loads, in their unit, into their copy of the program."""
    strength = Strength.of(person)
    changed = []
    for workout in workouts:
        for prescription in workout.prescriptions.all():
            for prescribed in prescription.sets.all():
                prescribed.unit = person.unit
                if prescribed.reps_min and prescribed.reps_max:
                    prescribed.load = strength.planned(
                        prescription.exercise.slug,
                        (prescribed.reps_min + prescribed.reps_max) // 2,
                        person.unit,
                        start_weeks_ago=stint.weeks_ago,
                        week=workout.week,
                    )
                changed.append(prescribed)
    # An upsert: many times faster than bulk_update.
    PrescribedSet.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=["load", "unit"]
    )
