"""What a member changes in their calendar. Each may be sent twice and changes things once."""

from __future__ import annotations

import secrets
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from legtraining.domain.schedule import Occurrence, Schedule
from programs.models import Assignment, DayChange
from sessions.models import WorkoutSession
from sessions.schedules import schedule_of

MOVE_DAYS = 28  # how far a day may be moved, either way


class DayRefused(Exception):
    """The day cannot be changed like that. The sentence is for the member."""


@transaction.atomic
def move_day(*, assignment: Assignment, day: date, to: date, today: date) -> None:
    """The training day `day` is on the date `to` afterwards, whatever became of it before.

    Only a day that is still to come, or today's while nothing was done, and only to a free date
    from today on: what was planned for the past stays what was planned. `today` is the member's.
    Raises DayRefused.
    """
    assignment, schedule = _locked(assignment)
    each = _occurrence(schedule, day)
    if each.on == to:
        return
    _ensure_to_come(assignment, each, today)
    earliest, latest = dates_to_move_to(schedule, day, today)
    if not earliest <= to <= latest:
        sentence = _("Choose a date from %(earliest)s to %(latest)s.")
        raise DayRefused(sentence % {"earliest": _said(earliest), "latest": _said(latest)})
    if schedule.rests_on(to):
        raise DayRefused(_("Your program rests on that date. Choose another one."))
    _ensure_free(schedule, day, to)
    if to == day:
        DayChange.objects.filter(assignment=assignment, day=day).delete()
        return
    DayChange.objects.update_or_create(assignment=assignment, day=day, defaults={"moved_to": to})


@transaction.atomic
def skip_day(*, assignment: Assignment, day: date, today: date) -> None:
    """Nothing is planned for the training day `day` afterwards; its workout comes on the next one.

    Only while it is still to come, as in `move_day`. Raises DayRefused.
    """
    assignment, schedule = _locked(assignment)
    each = _occurrence(schedule, day)
    if each.on is None:
        return
    _ensure_to_come(assignment, each, today)
    DayChange.objects.update_or_create(assignment=assignment, day=day, defaults={"moved_to": None})


@transaction.atomic
def restore_day(*, assignment: Assignment, day: date, today: date) -> None:
    """Undoes `move_day` and `skip_day`, while both dates are still to come. Raises DayRefused."""
    assignment, schedule = _locked(assignment)
    if day not in schedule.changes:
        return
    each = _occurrence(schedule, day)
    if min(each.on or day, day) < today:
        raise DayRefused(_("That day is over, so it stays as it is."))
    _ensure_free(schedule, day, day)
    DayChange.objects.filter(assignment=assignment, day=day).delete()


def set_time_of_day(*, assignment: Assignment, time_of_day: time | None) -> None:
    """The local time of every training day; None for no time."""
    Assignment.objects.filter(pk=assignment.pk).update(time_of_day=time_of_day)


def make_address(*, member: User) -> None:
    """Opens the calendar's secret address. One that is open already stays what it is."""
    User.objects.filter(pk=member.pk, calendar_key="").update(calendar_key=_new_key())


def renew_address(*, member: User, old: str) -> None:
    """Closes the address with the key `old` and opens another one. Sent twice it does so once."""
    if old:
        User.objects.filter(pk=member.pk, calendar_key=old).update(calendar_key=_new_key())


def remove_address(*, member: User) -> None:
    User.objects.filter(pk=member.pk).update(calendar_key="")


def stop_reminders(*, member: User) -> None:
    User.objects.filter(pk=member.pk).update(remind_minutes=None)


def dates_to_move_to(schedule: Schedule, day: date, today: date) -> tuple[date, date]:
    """The first and the last date that `move_day` takes for the training day `day`."""
    span = timedelta(days=MOVE_DAYS)
    return max(today, schedule.start, day - span), day + span


def _new_key() -> str:
    return secrets.token_urlsafe(18)


def _locked(assignment: Assignment) -> tuple[Assignment, Schedule]:
    """The assignment behind a lock, so that two devices do not move two days to one date."""
    locked = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if locked.status not in (Assignment.Status.ACTIVE, Assignment.Status.PAUSED):
        raise DayRefused(_("You follow this program no longer."))
    return locked, schedule_of(locked)


def _occurrence(schedule: Schedule, day: date) -> Occurrence:
    each = schedule.occurrence(day)
    if each is None:
        raise DayRefused(_("This is no training day of your program."))
    return each


def _ensure_to_come(assignment: Assignment, each: Occurrence, today: date) -> None:
    stands_on = each.on or each.day
    if stands_on < today:
        raise DayRefused(_("This day is over, so it stays as it is."))
    if each.paused:
        raise DayRefused(_("Your program rests on this day, so there is nothing to change."))
    finished = WorkoutSession.objects.finished().filter(member=assignment.member_id, day=today)
    if stands_on == today and finished.exists():
        raise DayRefused(_("You trained today already, so this day stays as it is."))


def _ensure_free(schedule: Schedule, day: date, to: date) -> None:
    others = schedule.occurrences(to, to)
    if any(each.on == to and each.day != day for each in others):
        sentence = _("%(date)s is a training day already. Choose another date.")
        raise DayRefused(sentence % {"date": _said(to)})


def _said(day: date) -> str:
    return date_format(day, "l j F Y")
