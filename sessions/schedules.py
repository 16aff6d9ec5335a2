"""The training days of a plan, with what was moved, skipped and paused, read from the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from legtraining.domain.schedule import Schedule
from programs.models import Assignment, DayChange, Pause


def schedules_of(assignments: Iterable[Assignment]) -> dict[int, Schedule]:
    """By the assignments' ids. Two queries, however many there are."""
    assignments = list(assignments)
    changes: dict[int, dict[date, date | None]] = defaultdict(dict)
    for change in DayChange.objects.filter(assignment__in=assignments):
        changes[change.assignment_id][change.day] = change.moved_to
    pauses: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for pause in Pause.objects.filter(assignment__in=assignments):
        pauses[pause.assignment_id].append((pause.first, pause.last))
    return {
        each.pk: Schedule(each.start_date, each.weekdays, changes[each.pk], pauses[each.pk])
        for each in assignments
    }


def schedule_of(assignment: Assignment) -> Schedule:
    return schedules_of([assignment])[assignment.pk]
