"""One member's training as their trainer reviews it: weeks, lifts, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from accounts.models import User
from programs.models import Assignment, Workout
from sessions.calendar import Agenda, State, agenda_of
from sessions.models import WorkoutSession
from sessions.plan import open_workouts

WEEKS, MOST_WEEKS = 8, 52
AHEAD = 6  # workouts that are shown of what is to come


# --- Plan against done ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Week:
    """Monday to Sunday. `sessions` are of the program that is followed now, `free` all others.

    `done` and `missed` are training days of the program, `ahead` those that are still to come.
    """

    first: date
    sessions: list[WorkoutSession] = field(default_factory=list)
    free: list[WorkoutSession] = field(default_factory=list)
    done: list[date] = field(default_factory=list)
    missed: list[date] = field(default_factory=list)
    ahead: list[date] = field(default_factory=list)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def planned(self) -> int:
        """Training days up to yesterday, and today once it was trained."""
        return len(self.done) + len(self.missed)

    @property
    def all_sessions(self) -> list[WorkoutSession]:
        return sorted([*self.sessions, *self.free], key=lambda each: (each.started_at, each.pk))

    @property
    def sets_done(self) -> int:
        return sum(each.sets_done for each in self.all_sessions)  # type: ignore[attr-defined]

    @property
    def sets_planned(self) -> int:
        return sum(each.sets_planned for each in self.all_sessions)  # type: ignore[attr-defined]

    @property
    def volume_kg(self) -> Decimal:
        lifted = (each.volume_kg for each in self.all_sessions)  # type: ignore[attr-defined]
        return sum((volume for volume in lifted if volume), Decimal(0))

    @property
    def rpe(self) -> float | None:
        """The median of the sessions that have one."""
        said = [each.rpe for each in self.all_sessions if each.rpe is not None]
        return median(said) if said else None

    @property
    def is_empty(self) -> bool:
        return not (self.sessions or self.free or self.planned or self.ahead)


def read_weeks(text: str | None) -> int:
    """How many weeks `?weeks=` asks for; eight where it cannot be read."""
    wanted = int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else WEEKS
    return min(max(wanted, 1), MOST_WEEKS)


def weeks_of(member: User, assignment: Assignment | None, today: date, count: int) -> list[Week]:
    """The last `count` calendar weeks, this one first, without the empty ones before the first.

    A constant number of queries.
    """
    monday = today - timedelta(days=today.weekday())
    firsts = [monday - timedelta(weeks=back) for back in range(count)]
    finished = WorkoutSession.objects.finished().filter(member=member)
    # Until the end of this week: a member who travelled may be a day ahead of themselves.
    shown = finished.filter(day__gte=firsts[-1], day__lte=monday + timedelta(days=6))
    weeks = {first: Week(first) for first in firsts}
    for session in shown.with_totals().order_by("started_at", "pk"):
        week = weeks[_monday(session.day)]
        mine = assignment and session.assignment_id == assignment.pk
        (week.sessions if mine else week.free).append(session)
    if assignment:
        trained = {each.day for week in weeks.values() for each in week.sessions}
        agenda = agenda_of(assignment, today, trained_today=today in trained)
        _fill_in(weeks, agenda, trained)
    while len(firsts) > 1 and weeks[firsts[-1]].is_empty:
        firsts.pop()
    return [weeks[first] for first in firsts]


def _fill_in(weeks: dict[date, Week], agenda: Agenda, trained: set[date]) -> None:
    for entry in agenda.entries(min(weeks), max(weeks) + timedelta(days=6), trained):
        week = weeks[_monday(entry.on)]
        if entry.state is State.DONE:
            week.done.append(entry.on)
        elif entry.state is State.MISSED:
            week.missed.append(entry.on)
        elif entry.state is State.PLANNED:
            week.ahead.append(entry.on)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


# --- What comes next ------------------------------------------------------------------------------


def ahead_of(assignment: Assignment) -> list[Workout]:
    """The next workouts, with those that were skipped from the present week on. Two queries."""
    still = open_workouts(assignment)
    skipped = Workout.objects.filter(program=assignment.program_id, skipped_at__isnull=False)
    if still:
        skipped = skipped.filter(week__gte=still[0].week)
    rows = {each.pk: each for each in [*skipped, *still]}
    return sorted(rows.values(), key=lambda each: (each.week, each.day))[:AHEAD]
