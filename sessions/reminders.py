"""Reminders of training days by mail: who is due at a moment, and each of them posted once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.letters import Written, post
from accounts.models import Letter, MailKind
from legtraining.templatetags.legs import on_day
from programs.models import Assignment, Reminder
from sessions.calendar import agenda_of, one_line
from sessions.models import WorkoutSession
from sessions.schedules import schedules_of
from sessions.tokens import reminders_token


@dataclass
class Outcome:
    """How many reminders were posted, and for which members it failed, by id, and why."""

    posted: int = 0
    failed: list[tuple[int, Exception]] = field(default_factory=list)


def send_reminders(*, now: datetime | None = None) -> Outcome:
    """Posts every reminder that is due at `now`: each once, by however many it is called.

    One that fails is due again the next time; the others are posted all the same. What is posted
    is sent, and tried again, as every letter is.
    """
    now = now or timezone.now()
    outcome = Outcome()
    for assignment, day in due(now):
        try:
            outcome.posted += remind(assignment=assignment, day=day, now=now)
        except Exception as error:  # noqa: BLE001 (one mail must not keep the others back)
            outcome.failed.append((assignment.member_id, error))
    return outcome


def due(now: datetime) -> list[tuple[Assignment, date]]:
    """Whose training begins within the time before it in which they want to be reminded, on which
    date, as far as they were not reminded yet. Five queries."""
    wanting = list(_wanting())
    schedules = schedules_of(wanting)
    found = []
    for each in wanting:
        today = each.member.today(now)
        # The longest notice is a day, and a local day may begin a day later than here.
        near = schedules[each.pk].dates(today, today + timedelta(days=2))
        found += [(each, day) for day in near if is_time(each, day, now)]
    days = {day for _each, day in found}
    reminders = Reminder.objects.filter(assignment__in=wanting, day__in=days)
    reminded = set(reminders.values_list("assignment", "day"))
    trained = _trained([each.member_id for each in wanting], days)
    return [
        (each, day)
        for each, day in found
        if (each.pk, day) not in reminded and (each.member_id, day) not in trained
    ]


def remind(*, assignment: Assignment, day: date, now: datetime) -> bool:
    """Posts the reminder of `day`; False if it was posted meanwhile or is no longer wanted.

    The row that says so and the letter are one transaction, and who comes second waits until the
    row of the first is there, or is not.
    """
    with transaction.atomic():
        fresh = _wanting().filter(pk=assignment.pk).first()
        if fresh is None or not is_time(fresh, day, now) or not _title(fresh, day, now):
            return False
        row, is_first = Reminder.objects.get_or_create(
            assignment=fresh, day=day, defaults={"sent_at": now}
        )
        if is_first:
            post(
                kind=MailKind.REMINDER,
                about=row.pk,
                member=fresh.member,
                expires_at=starts_at(fresh, day),
                at=now,
            )
    return is_first


def letter(letter: Letter) -> Written | None:
    """What the reminder says; None if it is no longer wanted, or training has begun."""
    reminder = Reminder.objects.filter(pk=letter.about).first()
    fresh = _wanting().filter(pk=reminder.assignment_id).first() if reminder else None
    if reminder is None or fresh is None or letter.at >= starts_at(fresh, reminder.day):
        return None
    day, member = reminder.day, fresh.member
    title = _title(fresh, day, letter.at)
    if not title:
        return None
    stop = reverse("calendar:stop_reminders", args=[reminders_token(member)])
    time = time_format(fresh.time_of_day or "", "H:i")
    when = {"title": title, "day": on_day(day, member.today(letter.at)), "time": time}
    return Written(
        subject=_("%(title)s, %(day)s at %(time)s") % when,
        template="reminder",
        context={
            "title": title,
            "program": one_line(fresh.program.title),
            "day": date_format(day, "l j F"),
            "time": time,
            "today_url": settings.SITE_URL + reverse("today"),
        },
        stop_url=settings.SITE_URL + stop,
    )


def _title(assignment: Assignment, day: date, now: datetime) -> str:
    """Of the workout to come on `day`; empty if there is none (any more)."""
    member = assignment.member
    today = member.today(now)
    trained = _trained([member.pk], {today, day})
    agenda = agenda_of(assignment, today, trained_today=(member.pk, today) in trained)
    workout = agenda.ahead.get(day)
    return "" if workout is None or (member.pk, day) in trained else one_line(workout.title)


def starts_at(assignment: Assignment, day: date) -> datetime:
    """When training begins on `day`, by the clock on the member's wall.

    A time that the clocks leave out is as long after midnight as it would have been; of one that
    comes twice it is the first.
    """
    if assignment.time_of_day is None:
        raise ValueError("Without a time of day there is no moment at which it starts.")
    local = datetime.combine(day, assignment.time_of_day, tzinfo=assignment.member.zone)
    return local.astimezone(UTC)


def is_time(assignment: Assignment, day: date, now: datetime) -> bool:
    """Whether the reminder of `day` is to be sent at `now`, as long as training has not begun."""
    start = starts_at(assignment, day)
    return start - timedelta(minutes=assignment.member.remind_minutes or 0) <= now < start


def _wanting() -> QuerySet[Assignment]:
    """Those who follow a program with a fixed time and want to be reminded of it."""
    return (
        Assignment.objects.active()
        .filter(
            time_of_day__isnull=False,
            member__remind_minutes__isnull=False,
            member__is_active=True,
        )
        .select_related("member", "program")
        .order_by("pk")
    )


def _trained(members: list[int], days: set[date]) -> set[tuple[int, date]]:
    """Who finished a session on which of `days`."""
    finished = WorkoutSession.objects.finished().filter(member__in=members, day__in=days)
    return set(finished.values_list("member", "day"))
