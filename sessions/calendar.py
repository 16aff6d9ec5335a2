"""A plan as a calendar: which workout falls on which date, and what became of each training day."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Max, Q

from accounts.models import User
from legtraining.domain.schedule import Occurrence, Schedule
from programs.models import Assignment, Workout
from sessions import plan
from sessions.models import WorkoutSession
from sessions.schedules import schedule_of

FIRST_YEAR, LAST_YEAR = 2000, 2099  # of the months that can be looked at


class State(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    SKIPPED = "skipped"
    MOVED = "moved"  # from here to another date
    PAUSED = "paused"


@dataclass(frozen=True)
class Entry:
    """What stands `on` a date of the calendar. `day` names the training day, wherever it was moved;
    `moved_to` says where one went, `moved_from` where it came from."""

    day: date
    on: date
    state: State
    title: str = ""
    moved_to: date | None = None
    moved_from: date | None = None


@dataclass(frozen=True)
class Agenda:
    """A plan as it stands on the member's `today`.

    `ahead` has the workouts to do by the dates they fall on, `ends` is the last of these dates:
    what the weekdays ask for after that is no part of the plan. While the plan rests with no end in
    sight, and so not every workout has a date, it never ends. Of a plan that has no workout left
    nothing is missed after the last one was done, on `done_on`.
    """

    schedule: Schedule
    today: date
    ahead: dict[date, Workout]
    ends: date
    done_on: date | None = None

    def entries(self, first: date, last: date, trained: Collection[date]) -> list[Entry]:
        """What stands on the dates from `first` to `last`, by date. `trained` are the dates with a
        finished session."""
        found = []
        for each in self.schedule.occurrences(first, last):
            found += [self._left(each), self._stands(each, trained)]
        shown = [entry for entry in found if entry and first <= entry.on <= last]
        return sorted(shown, key=lambda entry: (entry.on, entry.day))

    def entry(self, day: date, trained: Collection[date]) -> Entry | None:
        """The training day `day` on the date where it stands now; None if it is none."""
        each = self.schedule.occurrence(day)
        if each is None:
            return None
        return self._stands(each, trained) if each.on else self._left(each)

    def _left(self, each: Occurrence) -> Entry | None:
        """What stays on the day itself, if it was skipped or moved."""
        if each.on == each.day or (each.on or each.day) > self.ends:
            return None
        if each.on is None:
            return Entry(each.day, each.day, State.SKIPPED)
        return Entry(each.day, each.day, State.MOVED, moved_to=each.on)

    def _stands(self, each: Occurrence, trained: Collection[date]) -> Entry | None:
        if each.on is None or each.on > self.ends:
            return None
        state = self._state(each, each.on, trained)
        if state is None:
            return None
        workout = self.ahead.get(each.on) if state is State.PLANNED else None
        moved_from = each.day if each.day != each.on else None
        title = workout.title if workout else ""
        return Entry(each.day, each.on, state, title, moved_from=moved_from)

    def _state(self, each: Occurrence, on: date, trained: Collection[date]) -> State | None:
        if on in self.ahead:
            return State.PLANNED
        if on in trained:
            return State.DONE
        if each.paused:
            return State.PAUSED
        missed = on < self.today and (self.done_on is None or on <= self.done_on)
        return State.MISSED if missed else None


def agenda_of(assignment: Assignment, today: date, *, trained_today: bool) -> Agenda:
    """The plan of `assignment`. The open workouts fall on the next training dates, in their order;
    on a day on which something was done already none is left to do."""
    schedule = schedule_of(assignment)
    workouts = plan.open_workouts(assignment)
    dates = schedule.upcoming(today + timedelta(days=trained_today), len(workouts))
    resting = len(dates) < len(workouts)
    ends = date.max if resting else max(dates, default=today)
    done_on = None
    if not workouts:
        finished = WorkoutSession.objects.finished().filter(assignment=assignment)
        done_on = finished.aggregate(last=Max("day"))["last"]
    return Agenda(schedule, today, dict(zip(dates, workouts, strict=False)), ends, done_on)


def followed_by(member: User) -> Assignment | None:
    """The program that `member` follows now, also while it rests."""
    return Assignment.objects.current().filter(member=member).select_related("program").first()


type Sessions = dict[date, list[WorkoutSession]]


def sessions_between(member: User, first: date, last: date, today: date) -> Sessions:
    """The finished sessions by day, of `today` too."""
    finished = WorkoutSession.objects.finished().filter(member=member)
    wanted = finished.filter(Q(day__range=(first, last)) | Q(day=today))
    by_day: Sessions = defaultdict(list)
    for session in wanted.order_by("started_at", "pk"):
        by_day[session.day].append(session)
    return dict(by_day)


@dataclass(frozen=True)
class Day:
    on: date
    is_today: bool
    sessions: list[WorkoutSession] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.sessions or self.entries)


@dataclass(frozen=True)
class Month:
    """A month of one member. `previous` and `next` are the months beside it, as `?month=` has
    them; None where the calendar ends."""

    first: date
    days: list[Day]
    previous: str | None
    next: str | None

    @property
    def blanks(self) -> int:
        """Days of the first week, from Monday on, that belong to the month before."""
        return self.first.weekday()

    @property
    def week(self) -> list[date]:
        """Seven days from a Monday on, for the names above the columns."""
        return [date(2001, 1, number) for number in range(1, 8)]

    @property
    def is_empty(self) -> bool:
        return all(day.is_empty for day in self.days)


def read_month(text: str | None, today: date) -> date:
    """The first day of the month `2026-11`; of this month where it cannot be read."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text or "")
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
        return date(year, month, 1)
    return today.replace(day=1)


def month_of(member: User, assignment: Assignment | None, first: date, today: date) -> Month:
    """The month that begins on `first`. As many queries for a full one as for an empty one."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    sessions = sessions_between(member, first, last, today)
    entries: dict[date, list[Entry]] = defaultdict(list)
    if assignment:
        agenda = agenda_of(assignment, today, trained_today=today in sessions)
        for entry in agenda.entries(first, last, sessions):
            # A day that was done is shown by its session.
            if entry.state is not State.DONE:
                entries[entry.on].append(entry)
    dates = [first.replace(day=number) for number in range(1, last.day + 1)]
    days = [Day(day, day == today, sessions.get(day, []), entries[day]) for day in dates]
    return Month(first, days, _beside(first, -1), _beside(last, 1))


def _beside(day: date, step: int) -> str | None:
    other = day + timedelta(days=step)
    return f"{other:%Y-%m}" if FIRST_YEAR <= other.year <= LAST_YEAR else None


def one_line(text: str) -> str:
    """`text` for a title elsewhere: no line breaks, no control characters."""
    kept = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(kept).split())
