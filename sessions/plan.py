"""From the plan and the log together: what comes next, and how much of the plan was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from accounts.models import User
from legtraining.domain.schedule import Schedule
from programs.models import Assignment, Workout
from sessions.models import WorkoutSession
from sessions.schedules import schedule_of, schedules_of

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


def open_workouts(assignment: Assignment) -> list[Workout]:
    """What is still to do of the program, in its order and without its plan; one query.

    It follows what was done, not the calendar: a missed day stays next. Neither done nor skipped;
    and a day that was written in before what the member has reached already stays behind them.
    """
    mine = Q(
        sessions__assignment=assignment,
        sessions__deleted_at__isnull=True,
        sessions__finished_at__isnull=False,
    )
    workouts = list(
        Workout.objects.filter(program=assignment.program_id)
        .annotate(done_at=Min("sessions__finished_at", filter=mine))
        .order_by("week", "day")
    )
    still: list[Workout] = []
    reached: datetime | None = None  # when the member first went on to a day behind this one
    for each in reversed(workouts):
        passed = each.done_at or each.skipped_at
        if passed:
            reached = min(reached or passed, passed)
        elif reached is None or each.created_at <= reached:
            still.append(each)
    return still[::-1]


def next_workout(assignment: Assignment) -> Workout | None:
    """The first of `open_workouts` with all it prescribes; None when nothing is left."""
    still = open_workouts(assignment)
    return Workout.objects.filter(pk=still[0].pk).with_plan().first() if still else None


def next_day(
    assignment: Assignment,
    today: date,
    left: int | None = None,
    schedule: Schedule | None = None,
) -> date | None:
    """The day for the next workout: today if it is a training day on which nothing was done.

    None when no workout is left, and while the program rests. `left` are the open workouts and
    `schedule` the training days, where they were read before.
    """
    done_today = WorkoutSession.objects.finished().filter(member=assignment.member_id, day=today)
    first = today + timedelta(days=done_today.exists())
    left = len(open_workouts(assignment)) if left is None else left
    schedule = schedule or schedule_of(assignment)
    return next(iter(schedule.upcoming(first, left)), None)


def adherence(
    assignments: Iterable[Assignment],
    today_of: dict[int, date],
    schedules: dict[int, Schedule] | None = None,
) -> dict[int, Adherence]:
    """By member id. `today_of` is each member's own local date. Three queries at most, one where
    the `schedules` by the assignments' ids were read before.

    A day that was moved is planned on its new date; one that was skipped or paused is not.
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
    schedules = schedules or schedules_of(assignments)
    return {
        each.member_id: _adherence(
            schedules[each.pk], today_of[each.member_id], done.get(each.member_id, {})
        )
        for each in assignments
    }


def _adherence(schedule: Schedule, today: date, done: dict[date, int]) -> Adherence:
    first = today - timedelta(days=ADHERENCE_DAYS - 1)
    last = today if today in done else today - timedelta(days=1)
    return Adherence(
        done=sum(count for day, count in done.items() if first <= day <= today),
        planned=len(schedule.dates(first, last)),
    )


def my_adherence(
    assignment: Assignment, member: User, today: date, schedule: Schedule | None = None
) -> Adherence:
    """The same figure that the trainer sees, for one member."""
    read = {assignment.pk: schedule} if schedule else None
    return adherence([assignment], {member.pk: today}, read)[member.pk]
