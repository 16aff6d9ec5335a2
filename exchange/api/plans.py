"""What is planned: the programs that are or were followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from accounts.models import User
from exchange.api import schemas
from exchange.api.auth import Token, member_of
from exchange.api.paging import page
from exchange.models import Scope
from legtraining.domain.shorthand import Plan, write_plan
from programs.models import Assignment, Workout
from programs.plans import plan_of
from sessions.models import WorkoutSession
from sessions.plan import open_workouts
from sessions.schedules import schedule_of

router = Router()


@router.get(
    "programs",
    response=schemas.ProgramPage,
    auth=Token(Scope.PROGRAMS),
    operation_id="programs",
)
def programs(request: HttpRequest, asked: Query[schemas.ProgramsAsked]) -> dict[str, Any]:
    """The programs that you follow, followed, or will follow, the one given last first"""
    member = member_of(request)
    mine = Assignment.objects.filter(member=member).values("id", "created_at")
    rows, after = page(
        request, mine, kind="programs", by="created_at", limit=asked.limit, cursor=asked.cursor
    )
    ids = [row["id"] for row in rows]
    found = Assignment.objects.select_related("program").in_bulk(ids)
    workouts = _workouts([each.program_id for each in found.values()])
    upcoming = {each.pk: _upcoming(each, member) for each in found.values() if is_current(each)}
    items = [
        as_program(found[pk], workouts[found[pk].program_id], member)
        | {"upcoming": upcoming.get(pk, [])}
        for pk in ids
    ]
    return {"items": items, "next": after}


def is_current(assignment: Assignment) -> bool:
    """Followed now, also while it rests: at most one a member."""
    return assignment.status in (Assignment.Status.ACTIVE, Assignment.Status.PAUSED)


def _workouts(programs: Iterable[int]) -> dict[int, list[Workout]]:
    """All days of these programs with their plan, in their order. Four queries."""
    by_program = defaultdict(list)
    days = Workout.objects.filter(program__in=programs).with_plan()
    for workout in days.order_by("week", "day"):
        by_program[workout.program_id].append(workout)
    return by_program


def _upcoming(assignment: Assignment, member: User) -> list[dict[str, Any]]:
    """What is still to do, on the next training dates; today is one until something was done."""
    today = member.today()
    trained = WorkoutSession.objects.finished().filter(member=member, day=today).exists()
    workouts = open_workouts(assignment)
    dates = schedule_of(assignment).upcoming(today + timedelta(days=trained), len(workouts))
    days: list[date | None] = [*dates, *[None] * (len(workouts) - len(dates))]
    return [
        {"day": day, "week": each.week, "number": each.day, "title": each.title}
        for day, each in zip(days, workouts, strict=True)
    ]


def as_program(assignment: Assignment, workouts: Iterable[Workout], member: User) -> dict[str, Any]:
    program, ended = assignment.program, assignment.ended_at
    plan = plan_of(program, workouts)
    return {
        "id": assignment.pk,
        "title": program.title,
        "goal": program.goal,
        "status": assignment.status,
        "start_date": assignment.start_date,
        "ended_at": ended and ended.astimezone(member.zone),
        "weekdays": sorted(assignment.weekdays),
        "weeks": program.weeks,
        "text": write_plan(Plan(plan.weeks)),
    }
