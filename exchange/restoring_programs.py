"""The programs of our own export, as programs that were followed once.

Each comes back ended, as a copy that nobody owns, so that the sessions know which day they were of,
and what was decided about each lift can be read again. One that was followed when the file was
written ends now: for a day it can be reopened, as after every end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from exchange.naming import name_key
from exchange.restoring import Exercises
from exercises.models import Exercise, ExerciseAlias
from legtraining.domain.shorthand import Mistakes, Plan, parse_plan
from programs.models import Assignment, DayChange, LiftState, Pause, Program, Reminder, Workout
from programs.names import exact
from programs.plans import find_exercises
from programs.services import write_days
from sessions.models import ProgressionEvent, WorkoutSession


@dataclass
class Programs:
    """The assignments by their number in the file; their workouts; the ids of what was made."""

    assignments: dict[int, Assignment] = field(default_factory=dict)
    workouts: dict[tuple[int, int, int], int] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)
    not_read: int = 0

    def place(self, number: int | None, week: int | None, day: int | None) -> dict[str, Any]:
        """The columns with which a session names its program and its day; none without them."""
        assignment = self.assignments.get(number or 0)
        workout = self.workouts.get((number or 0, week or 0, day or 0))
        return {"assignment_id": assignment and assignment.pk, "workout_id": workout}


def restore_programs(
    *,
    member: User,
    own: Mapping[str, Any],
    exercises: Mapping[str, Exercise],
    at: datetime,
) -> Programs:
    """Brings the programs back that the member does not have; the answer knows them all.

    A program is the same if it was given at the same moment. One whose text names an exercise that
    is not known here stays out, and its sessions come back without it. `exercises` are those that
    names of the file stand for, by `name_key`.
    """
    found = Programs()
    rows = own.get("programs", ())
    mine = Assignment.objects.filter(member=member).select_related("program")
    there = {each.created_at: each for each in mine}
    find = Exercises(member, [lift for row in rows for lift in row["lifts"]], exercises)
    for row in rows:
        assignment = there.get(row["created_at"])
        if assignment is None:
            assignment = _restore(member, row, exercises, at)
            if assignment is None:
                found.not_read += 1
                continue
            there[row["created_at"]] = assignment
            found.made.append(assignment.pk)
            _restore_lifts(assignment, row["lifts"], find)
        found.assignments[row["number"]] = assignment
    numbers = {each.program_id: number for number, each in found.assignments.items()}
    days = Workout.objects.filter(program__in=numbers)
    for pk, program, week, day in days.values_list("pk", "program", "week", "day"):
        found.workouts[numbers[program], week, day] = pk
    return found


def _restore(
    member: User, row: Mapping[str, Any], exercises: Mapping[str, Exercise], at: datetime
) -> Assignment | None:
    try:
        plan = parse_plan(row["text"])
        if (known := _meant(member, plan, exercises)) is None:
            return None
        days = find_exercises(plan, known)
    except Mistakes:
        return None
    if not row["weekdays"] or len(plan.weeks) > row["weeks"]:
        return None
    program = Program.objects.create(
        owner=None, title=row["title"], goal=row["goal"], weeks=row["weeks"]
    )
    write_days(program=program, days=days, edited=False)
    _mark_days(program, row["workouts"])
    ended = row["ended_at"] if row["status"] == Assignment.Status.ENDED else None
    assignment = Assignment.objects.create(
        member=member,
        program=program,
        assigned_by=None,
        start_date=row["start_date"],
        weekdays=sorted(set(row["weekdays"])),
        time_of_day=row["time_of_day"],
        status=Assignment.Status.ENDED,
        created_at=row["created_at"],
        ended_at=ended or at,
    )
    _restore_days(assignment, row, at)
    return assignment


def _meant(member: User, plan: Plan, chosen: Mapping[str, Exercise]) -> dict[str, Exercise] | None:
    """The exercises of a plan by their name there: as chosen, else also those that are retired, are
    called otherwise by now, or are the member's own. None if one of them is not known: nothing is
    guessed here."""
    names = {line.exercise for week in plan.weeks for day in week for line in day.lines}
    there = Exercise.objects.known_to(member).filter(name__in=names).select_related("merged_into")
    aliases = ExerciseAlias.objects.filter(name__in=names).select_related("exercise__merged_into")
    found = {each.name: each.exercise.merged_into or each.exercise for each in aliases}
    found |= exact(names)
    found |= {each.name: each.merged_into or each for each in there.own_first().reverse()}
    found |= {name: chosen[key] for name in names if (key := name_key(name)) in chosen}
    return found if names <= found.keys() else None


def _mark_days(program: Program, rows: Iterable[Mapping[str, Any]]) -> None:
    """When each day was written, and what was left out on purpose."""
    said = {(row["week"], row["day"]): row for row in rows}
    workouts = [each for each in program.workouts.all() if (each.week, each.day) in said]
    for workout in workouts:
        row = said[workout.week, workout.day]
        workout.created_at = row["created_at"] or workout.created_at
        workout.edited_at, workout.skipped_at = row["edited_at"], row["skipped_at"]
    Workout.objects.bulk_update(workouts, ["created_at", "edited_at", "skipped_at"])


def _restore_days(assignment: Assignment, row: Mapping[str, Any], at: datetime) -> None:
    """Rests and moved days. A rest that went on when the file was written ends with the program."""
    today = assignment.member.today(at)
    pauses = {
        each["first"]: Pause(
            assignment=assignment,
            first=each["first"],
            # The day before is one that was taken back on the day it began.
            last=max(each["last"] or today, each["first"] - timedelta(days=1)),
        )
        for each in row["pauses"]
    }
    Pause.objects.bulk_create(pauses.values())
    moves = {
        each["day"]: DayChange(assignment=assignment, day=each["day"], moved_to=each["moved_to"])
        for each in row["moves"]
        if each["moved_to"] != each["day"]
    }
    DayChange.objects.bulk_create(moves.values())
    sent = {
        each["day"]: Reminder(assignment=assignment, day=each["day"], sent_at=each["sent_at"])
        for each in row["reminders"]
    }
    Reminder.objects.bulk_create(sent.values())


LIFT = ("unit", "start", "weight", "stage", "fails", "wins", "extra", "mark", "cycle")


def _restore_lifts(
    assignment: Assignment, rows: Iterable[Mapping[str, Any]], find: Exercises
) -> None:
    made: dict[tuple[int, str], LiftState] = {}
    for row in rows:
        if exercise := find.of(row):
            fields = {name: row[name] for name in LIFT}
            made[exercise.pk, row["lane"]] = LiftState(
                assignment=assignment, exercise=exercise, lane=row["lane"], **fields
            )
    LiftState.objects.bulk_create(made.values())


EVENT = ("at", "unit", "before", "after", "sentence", "values")


def restore_events(
    *,
    member: User,
    own: Mapping[str, Any],
    programs: Programs,
    sessions: Mapping[UUID, UUID],
    exercises: Mapping[str, Exercise],
) -> None:
    """Why each lift is where it is, for the programs that were made. After their sessions.

    `sessions` are the ids of the sessions by those in the file.
    """
    made = set(programs.made)
    rows = [
        (programs.assignments[row["number"]], event)
        for row in own.get("programs", ())
        if row["number"] in programs.assignments and programs.assignments[row["number"]].pk in made
        for event in row["events"]
    ]
    find = Exercises(member, [event for _assignment, event in rows], exercises)
    mine = WorkoutSession.objects.filter(member=member, assignment__in=made)
    there = dict(mine.values_list("uuid", "pk"))
    found = []
    seen: set[tuple[int, int, str]] = set()
    for assignment, event in rows:
        exercise, session = find.of(event), None
        if event["session"]:
            session = there.get(sessions.get(event["session"], event["session"]))
            if session is None:
                continue
        if exercise is None:
            continue
        if session is not None:
            if (session, exercise.pk, event["lane"]) in seen:
                continue
            seen.add((session, exercise.pk, event["lane"]))
        fields = {name: event[name] for name in EVENT}
        found.append(
            ProgressionEvent(
                assignment=assignment,
                exercise=exercise,
                lane=event["lane"],
                session_id=session,
                **fields,
            )
        )
    ProgressionEvent.objects.bulk_create(found)


def take_back_programs(*, member: User, made: Iterable[int]) -> None:
    """Takes out the programs that came back with an import, where no session is of them now."""
    left = WorkoutSession.objects.filter(assignment=OuterRef("pk"))
    ended = Assignment.objects.filter(
        ~Exists(left), member=member, pk__in=list(made), status=Assignment.Status.ENDED
    )
    programs = list(ended.values_list("program", flat=True))
    ended.delete()
    Program.objects.filter(pk__in=programs, owner=None, key=None).delete()
