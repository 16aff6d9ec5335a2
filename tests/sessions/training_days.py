"""Programs with training days, and what was done on them, for the tests of the calendar."""

from __future__ import annotations

from datetime import date, datetime, time

from accounts.models import User
from programs.models import Assignment, Program, Workout
from sessions.models import WorkoutSession

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
SIX = time(18)


def follow(
    member: User,
    start: date,
    *,
    weekdays: tuple[int, ...] = (MON, WED, FRI),
    time_of_day: time | None = SIX,
    workouts: int = 12,
    **fields: object,
) -> Assignment:
    """`member` follows a program of workouts A1, A2, ... from `start` on."""
    program = Program.objects.create(title="Strong legs", weeks=workouts)
    Workout.objects.bulk_create(
        Workout(program=program, week=week, day=1, title=f"A{week}")
        for week in range(1, workouts + 1)
    )
    return Assignment.objects.create(
        member=member,
        program=program,
        start_date=start,
        weekdays=list(weekdays),
        time_of_day=time_of_day,
        **fields,
    )


def train(assignment: Assignment, day: date, *, planned: bool = True) -> WorkoutSession:
    """A finished session of the member on `day`, at noon, of the first workout not done yet."""
    done = WorkoutSession.objects.filter(workout__isnull=False).values("workout")
    workouts = Workout.objects.filter(program=assignment.program_id).exclude(pk__in=done)
    workout = workouts.order_by("week", "day").first() if planned else None
    noon = datetime.combine(day, time(12), tzinfo=assignment.member.zone)
    return WorkoutSession.objects.create(
        member=assignment.member,
        assignment=assignment if planned else None,
        workout=workout,
        title=workout.title if workout else "Leg session",
        day=day,
        started_at=noon,
        finished_at=noon,
    )
