"""From the plan and the log together: what comes next, and how much of the plan was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Min, Q

from accounts.models import User
from legtraining.domain.schedule import Schedule
from programs.models import Assignment, Workout
from sessions.models import Block, SetLog, WorkoutSession
from sessions.querysets import PLANNED_SETS
from sessions.schedules import schedule_of, schedules_of

ADHERENCE_DAYS = 28


@dataclass(frozen=True)
class Adherence:
    """What was done of what was planned over the last 28 days, today included.

    `sets_done` of `sets_planned` are those of the sessions that were done, without warm-ups and
    without sets that nothing asked for. `done_before` of `planned_before` are the sessions of the
    28 days before these. What each counts is told in docs/coaching.md.
    """

    done: int
    planned: int
    sets_done: int = 0
    sets_planned: int = 0
    done_before: int = 0
    planned_before: int = 0


@dataclass(frozen=True)
class Ahead:
    """What is still to do of a program: the first workout, and how many there are with it."""

    title: str = ""
    left: int = 0


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


# `open_workouts` for many programs at once: `reached` is when the member first went on to a day
# behind this one.
AHEAD = f"""
    WITH days AS (
        SELECT a.id AS assignment, w.title, w.week, w.day, w.created_at,
            coalesce(min(s.finished_at), w.skipped_at) AS passed
        FROM {Assignment._meta.db_table} a
        JOIN {Workout._meta.db_table} w ON w.program_id = a.program_id
        LEFT JOIN {WorkoutSession._meta.db_table} s ON s.workout_id = w.id
            AND s.assignment_id = a.id AND s.deleted_at IS NULL AND s.finished_at IS NOT NULL
        WHERE a.id = ANY(%s)
        GROUP BY a.id, w.id
    ), seen AS (
        SELECT *, min(passed) OVER (PARTITION BY assignment ORDER BY week DESC, day DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
        FROM days
    )
    SELECT assignment, (array_agg(title ORDER BY week, day))[1], count(*)
    FROM seen WHERE passed IS NULL AND (reached IS NULL OR created_at <= reached)
    GROUP BY assignment
"""  # noqa: S608 (names of tables only)


def ahead_of(assignments: Iterable[Assignment]) -> dict[int, Ahead]:
    """What `open_workouts` says of each, in one query; by the assignments' ids."""
    ids = [each.pk for each in assignments]
    with connection.cursor() as cursor:
        cursor.execute(AHEAD, [ids])
        found = {pk: Ahead(title, left) for pk, title, left in cursor.fetchall()}
    return {pk: found.get(pk, Ahead()) for pk in ids}


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
    return first_day(schedule or schedule_of(assignment), left, first)


def first_day(schedule: Schedule, left: int, first: date) -> date | None:
    """The next training day from `first` on, for the first of the `left` workouts."""
    # Only a day that was moved can overtake another one.
    return next(iter(schedule.upcoming(first, left if schedule.changes else min(left, 1))), None)


# The finished sessions of the last days by the members' own calendars.
TRAINED = f"""
    asked AS (
        SELECT * FROM unnest(%(ids)s::bigint[], %(todays)s::date[]) AS t (assignment, today)
    ), trained AS MATERIALIZED (
        SELECT assignment, s.id, today - s.day AS ago
        FROM asked JOIN {WorkoutSession._meta.db_table} s ON s.assignment_id = assignment
        WHERE s.deleted_at IS NULL AND s.finished_at IS NOT NULL
            AND s.day > today - %(days)s AND s.day <= today
    )
"""  # noqa: S608 (names of tables only)
SESSIONS = f"""
    WITH {TRAINED}
    SELECT assignment, count(*) FILTER (WHERE ago < {ADHERENCE_DAYS}), bool_or(ago = 0),
        count(*) FILTER (WHERE ago >= {ADHERENCE_DAYS})
    FROM trained GROUP BY assignment
"""  # noqa: S608 (of the fragment above)
PLANNED = PLANNED_SETS.format(targets="b.targets", kept="b.kept_sets")
# A set is done if it is no warm-up, and stands for a target that is none.
SETS = f"""
    WITH {TRAINED}, done AS (
        SELECT assignment, count(*) AS sets
        FROM trained JOIN {SetLog._meta.db_table} l ON l.session_id = trained.id
        WHERE l.deleted_at IS NULL AND l.kind <> 'warmup' AND l.target ->> 'kind' <> 'warmup'
        GROUP BY assignment
    ), planned AS (
        SELECT assignment, sum({PLANNED}) AS sets
        FROM trained JOIN {Block._meta.db_table} b ON b.session_id = trained.id
        WHERE b.removed_at IS NULL OR EXISTS (
            SELECT FROM {SetLog._meta.db_table} l WHERE l.block_id = b.id AND l.deleted_at IS NULL)
        GROUP BY assignment
    )
    SELECT assignment, coalesce(done.sets, 0), planned.sets
    FROM planned LEFT JOIN done USING (assignment)
"""  # noqa: S608 (names of tables and our own fragments only)


def _ask(
    sql: str, assignments: list[Assignment], today_of: Mapping[int, date], days: int
) -> dict[int, tuple[Any, ...]]:
    values: dict[str, Any] = {
        "ids": [each.pk for each in assignments],
        "todays": [today_of[each.member_id] for each in assignments],
        "days": days,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {pk: tuple(figures) for pk, *figures in cursor.fetchall()}


def sessions_done(
    assignments: Iterable[Assignment],
    today_of: Mapping[int, date],
    schedules: Mapping[int, Schedule] | None = None,
) -> dict[int, Adherence]:
    """`adherence` without the sets, which take longest. Three queries at most, one where the
    `schedules` by the assignments' ids were read before.

    A day that was moved is planned on its new date; one that was skipped or paused is not.
    Today counts as planned only once it was trained: a day that is not over is not missed.
    """
    assignments = list(assignments)
    if not assignments:
        return {}
    trained = _ask(SESSIONS, assignments, today_of, 2 * ADHERENCE_DAYS)
    schedules = schedules or schedules_of(assignments)
    found = {}
    for each in assignments:
        done, today_too, before = trained.get(each.pk, (0, False, 0))
        today = today_of[each.member_id]
        first = today - timedelta(days=ADHERENCE_DAYS - 1)
        days = schedules[each.pk].dates(first - timedelta(days=ADHERENCE_DAYS), today)
        found[each.member_id] = Adherence(
            done=done,
            planned=sum(first <= day and (day < today or today_too) for day in days),
            done_before=before,
            planned_before=sum(day < first for day in days),
        )
    return found


def with_sets(
    found: Mapping[int, Adherence],
    assignments: Iterable[Assignment],
    today_of: Mapping[int, date],
) -> dict[int, Adherence]:
    """The figures of these assignments' members with their sets. One query."""
    assignments = list(assignments)
    sets = _ask(SETS, assignments, today_of, ADHERENCE_DAYS) if assignments else {}
    figures = {each.member_id: sets.get(each.pk, (0, 0)) for each in assignments}
    return {
        member: replace(found[member], sets_done=done, sets_planned=planned)
        for member, (done, planned) in figures.items()
    }


def adherence(
    assignments: Iterable[Assignment],
    today_of: Mapping[int, date],
    schedules: Mapping[int, Schedule] | None = None,
) -> dict[int, Adherence]:
    """By member id. `today_of` is each member's own local date. Four queries at most."""
    assignments = list(assignments)
    done = sessions_done(assignments, today_of, schedules)
    return with_sets(done, assignments, today_of)


def my_adherence(
    assignment: Assignment, member: User, today: date, schedule: Schedule | None = None
) -> Adherence:
    """The same figure that the trainer sees, for one member."""
    read = {assignment.pk: schedule} if schedule else None
    return adherence([assignment], {member.pk: today}, read)[member.pk]
