"""A member's training days for other calendars, as an iCalendar file (RFC 5545).

It is fetched again and again, and each time replaces what was there. A training day keeps its UID
wherever it is moved and whatever its workout is called; one that was skipped stays, cancelled, so
that programs which keep what they once had take it away. DTSTAMP, the moment of fetching, tells
which of two states is the newer one, so there is no SEQUENCE to count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from accounts.models import User
from programs.models import Assignment
from sessions.calendar import Entry, Sessions, State, agenda_of, one_line, sessions_between

BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=12)
LENGTH = timedelta(hours=1)  # of a training day with a time; nobody says how long it takes
SHOWN = (State.PLANNED, State.DONE, State.MISSED, State.SKIPPED)


@dataclass(frozen=True)
class Training:
    uid: str
    on: date
    title: str
    cancelled: bool


@dataclass(frozen=True)
class Feed:
    """The days from `first` to `last` in the member's zone, at `time_of_day` or all day long."""

    zone: str
    first: date
    last: date
    program: str
    time_of_day: time | None
    trainings: tuple[Training, ...]

    @property
    def etag(self) -> str:
        """Changes with what the file says. A weak one, as DTSTAMP is another each time."""
        return f'W/"{sha256(repr(self).encode()).hexdigest()[:32]}"'


def feed_of(member: User, assignment: Assignment | None, now: datetime) -> Feed:
    today = member.today(now)
    first, last = today - BACK, today + AHEAD
    if assignment is None:
        return Feed(member.time_zone, first, last, "", None, ())
    sessions = sessions_between(member, first, last, today)
    agenda = agenda_of(assignment, today, trained_today=today in sessions)
    trainings = (
        Training(
            uid=f"legday-{assignment.pk}-{entry.day}@legtraining",
            on=entry.on,
            title=_title(entry, sessions),
            cancelled=entry.state is State.SKIPPED,
        )
        for entry in agenda.entries(first, last, sessions)
        if entry.state in SHOWN
    )
    return Feed(
        member.time_zone,
        first,
        last,
        one_line(assignment.program.title),
        assignment.time_of_day,
        tuple(trainings),
    )


def _title(entry: Entry, sessions: Sessions) -> str:
    done = sessions.get(entry.on) if entry.state is State.DONE else None
    return one_line(done[0].title if done else entry.title) or _("Leg day")


def write(feed: Feed, member: User, now: datetime, url: str) -> bytes:
    """The file. `url` is where each event leads."""
    calendar = Calendar()
    calendar.add("prodid", "-//Legtraining//Leg days//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Leg days"))
    calendar.add("x-wr-timezone", feed.zone)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    # Always there, since a calendar without any component is none.
    margin = timedelta(days=2)
    calendar.add_component(
        Timezone.from_tzinfo(member.zone, feed.zone, feed.first - margin, feed.last + margin)
    )
    for training in feed.trainings:
        calendar.add_component(_event(training, feed, member, now, url))
    return calendar.to_ical()


def _event(training: Training, feed: Feed, member: User, now: datetime, url: str) -> Event:
    event = Event()
    event.add("uid", training.uid)
    event.add("dtstamp", now)
    if feed.time_of_day:
        # The time on the wall: 18:00 is 18:00 also after the clocks were changed.
        event.add("dtstart", datetime.combine(training.on, feed.time_of_day, tzinfo=member.zone))
        event.add("duration", LENGTH)
    else:
        event.add("dtstart", training.on)
    event.add("summary", training.title)
    event.add("description", feed.program)
    event.add("url", url)
    event.add("status", "CANCELLED" if training.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if feed.time_of_day else "TRANSPARENT")
    return event
