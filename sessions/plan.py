"""From the plan and the log together: what comes next, and how much of the plan was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from accounts.models import User
from legtraining.domain.schedule import count_planned, next_training_date
from programs.models import Assignment, Workout
from sessions.models import WorkoutSession

ADHERENCE_DAYS = 28


@dataclass(frozen=True)
class Adherence:
    """Sessions done of the sessions planned over the last 28 days, today included."""

    done: int
    planned: int


def done_workouts(assignment: Assignment) -> set[int]:
    """The ids of the workouts that a finished session of this assignment was made of."""
    finished = WorkoutSession.objects.finished().filter(assignment=assignment)
    return set(finished.filter(workout__isnull=False).values_list("workout", flat=True))


def next_workout(assignment: Assignment) -> Workout | None:
    """The first workout of the program that was not finished yet; None when all are done.

    It follows what was done, not the calendar: a missed day is not skipped.
    """
    workouts = Workout.objects.filter(program=assignment.program_id)
    open_workouts = workouts.exclude(pk__in=done_workouts(assignment)).order_by("week", "day")
    return open_workouts.with_plan().first()


def next_day(assignment: Assignment, today: date) -> date | None:
    """The day for the next workout: today if it is a training day on which nothing was done."""
    done_today = WorkoutSession.objects.finished().filter(member=assignment.member_id, day=today)
    return next_training_date(
        assignment.start_date, assignment.weekdays, today, done_today.exists()
    )


def adherence(assignments: Iterable[Assignment], today_of: dict[int, date]) -> dict[int, Adherence]:
    """By member id. `today_of` is each member's own local date. Two queries at most.

    Today counts as planned only once it was trained: a day that is not over is not missed.
    """
    assignments = list(assignments)
    if not assignments:
        return {}
    earliest = min(today_of.values()) - timedelta(days=ADHERENCE_DAYS - 1)
    rows = (
        WorkoutSession.objects.finished()
        .filter(assignment__in=assignments, day__gte=earliest)
        .values("member", "day")
        .annotate(count=Count("pk"))
    )
    done: dict[int, dict[date, int]] = {}
    for row in rows:
        done.setdefault(row["member"], {})[row["day"]] = row["count"]
    return {
        assignment.member_id: _adherence(
            assignment, today_of[assignment.member_id], done.get(assignment.member_id, {})
        )
        for assignment in assignments
    }


def _adherence(assignment: Assignment, today: date, done: dict[date, int]) -> Adherence:
    first = today - timedelta(days=ADHERENCE_DAYS - 1)
    last = today if today in done else today - timedelta(days=1)
    return Adherence(
        done=sum(count for day, count in done.items() if first <= day <= today),
        planned=count_planned(assignment.start_date, assignment.weekdays, first, last),
    )


def my_adherence(assignment: Assignment, member: User, today: date) -> Adherence:
    """The same figure that the trainer sees, for one member."""
    return adherence([assignment], {member.pk: today})[member.pk]
