"""Programs as records: those that a member follows or followed, and those that a trainer wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import User
from exchange.exporting.plain import Columns, record
from legtraining.domain.shorthand import Plan, write_plan
from programs.models import Assignment, DayChange, LiftState, Pause, Program, Reminder, Workout
from programs.plans import plan_of
from sessions.models import ProgressionEvent

ASSIGNMENT: Columns = {
    "title": "program__title",
    "goal": "program__goal",
    "weeks": "program__weeks",
    "given_by": "assigned_by__name",
    "start_date": "start_date",
    "weekdays": "weekdays",
    "time_of_day": "time_of_day",
    "status": "status",
    "created_at": "created_at",
    "ended_at": "ended_at",
}
WORKOUT: Columns = {
    "week": "week",
    "day": "day",
    "title": "title",
    "created_at": "created_at",
    "edited_at": "edited_at",
    "skipped_at": "skipped_at",
}
PAUSE: Columns = {"first": "first", "last": "last"}
MOVE: Columns = {"day": "day", "moved_to": "moved_to"}
REMINDER: Columns = {"day": "day", "sent_at": "sent_at"}
LIFT: Columns = {
    "exercise": "exercise__slug",
    "exercise_name": "exercise__name",
    "lane": "lane",
    "unit": "unit",
    "start": "start",
    "weight": "weight",
    "stage": "stage",
    "fails": "fails",
    "wins": "wins",
    "extra": "extra",
    "mark": "mark",
    "cycle": "cycle",
}
EVENT: Columns = {
    "exercise": "exercise__slug",
    "exercise_name": "exercise__name",
    "lane": "lane",
    "session": "session__uuid",
    "by": "by__name",
    "at": "at",
    "unit": "unit",
    "before": "before",
    "after": "after",
    "sentence": "sentence",
    "values": "values",
}
TEMPLATE: Columns = {
    "title": "title",
    "goal": "goal",
    "weeks": "weeks",
    "written_from": "copied_from__title",
    "shared": "shared",
    "created_at": "created_at",
    "deleted_at": "deleted_at",
}


@dataclass(frozen=True)
class Programs:
    """The records, and what the text of each says as a file: the title and the whole shorthand."""

    followed: list[dict[str, Any]]
    templates: list[dict[str, Any]]
    numbers: dict[int, int]  # by the id of an assignment, as `followed` is numbered from 1
    texts: list[tuple[str, str]]


def programs_of(member: User) -> Programs:
    """A constant number of queries, however many programs there are."""
    zone = member.zone
    mine = Assignment.objects.filter(member=member).order_by("created_at", "pk")
    written = Program.objects.filter(owner=member, assignment__isnull=True).order_by("pk")
    followed, templates, numbers, texts = [], [], {}, []
    there = list(mine.values_list("pk", "program", *ASSIGNMENT.values()))
    drafts = list(written.values_list("pk", *TEMPLATE.values()))
    plans = _texts([row[1] for row in there] + [row[0] for row in drafts])
    parts = {
        "workouts": _parts(Workout, "program__assignment", mine, WORKOUT, member),
        "pauses": _parts(Pause, "assignment", mine, PAUSE, member),
        "moves": _parts(DayChange, "assignment", mine, MOVE, member),
        "reminders": _parts(Reminder, "assignment", mine, REMINDER, member),
        "lifts": _parts(LiftState, "assignment", mine, LIFT, member),
        "events": _parts(ProgressionEvent, "assignment", mine, EVENT, member),
    }
    for number, (pk, program, *values) in enumerate(there, 1):
        made = record(zip(ASSIGNMENT, values, strict=True), zone)
        made = {"number": number} | made | {"text": plans[program][1]}
        followed.append(made | {name: rows[pk] for name, rows in parts.items() if pk in rows})
        numbers[pk] = number
        texts.append((made.get("title", ""), plans[program][0]))
    for pk, *values in drafts:
        made = record(zip(TEMPLATE, values, strict=True), zone)
        templates.append(made | {"text": plans[pk][1]})
        texts.append((made.get("title", ""), plans[pk][0]))
    return Programs(followed, templates, numbers, texts)


def _parts(
    model: type[Model], path: str, of: QuerySet[Any], columns: Columns, member: User
) -> dict[int, list[dict[str, Any]]]:
    """The records of a table by the assignment that `path` leads to."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = model._base_manager.filter(**{f"{path}__in": of.order_by()}).order_by("pk")
    for assignment, *values in rows.values_list(path, *columns.values()):
        found[assignment].append(record(zip(columns, values, strict=True), member.zone))
    return found


def _texts(programs: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By id: the whole shorthand, and the weeks alone as they stand in the record."""
    there = Program.objects.in_bulk(list(programs))
    workouts: dict[int, list[Workout]] = defaultdict(list)
    for workout in Workout.objects.filter(program__in=there).with_plan().order_by("week", "day"):
        workouts[workout.program_id].append(workout)
    plans = {pk: plan_of(program, workouts[pk]) for pk, program in there.items()}
    return {pk: (write_plan(plan), write_plan(Plan(plan.weeks))) for pk, plan in plans.items()}
