"""A member's calendar: the month, moving and skipping a day, its secret address, reminders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from programs.models import Assignment
from sessions.calendar import (
    Agenda,
    Entry,
    State,
    agenda_of,
    followed_by,
    month_of,
    read_month,
    sessions_between,
)
from sessions.feed import feed_of, write
from sessions.forms_calendar import MoveForm, TimeForm
from sessions.services import calendar as services
from sessions.tokens import calendar_member, calendar_token, reminders_member


def place(request: SignedInRequest) -> str:
    """Which place of the main bar the calendar belongs to: the own log for a trainer."""
    return "workouts" if request.user.is_trainer else "programs"


@require_safe
def month(request: SignedInRequest) -> HttpResponse:
    """A month of training days and sessions. `?month=2026-11`, this month without it."""
    today = request.user.today()
    assignment = followed_by(request.user)
    first = read_month(request.GET.get("month"), today)
    context = {
        "assignment": assignment,
        "month": month_of(request.user, assignment, first, today),
        "today": today,
        "place": place(request),
    }
    return render(request, "calendar/month.html", context)


# --- One day ------------------------------------------------------------------------------------


def my_day(request: SignedInRequest, day: date) -> tuple[Assignment, Agenda, Entry]:
    """The door to a training day of the program that the member follows; hidden is 404."""
    assignment = followed_by(request.user)
    if assignment is None:
        raise Http404
    today = request.user.today()
    span = timedelta(days=services.MOVE_DAYS)
    sessions = sessions_between(request.user, day - span, day + span, today)
    agenda = agenda_of(assignment, today, trained_today=today in sessions)
    entry = agenda.entry(day, sessions)
    if entry is None:
        raise Http404
    return assignment, agenda, entry


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: SignedInRequest, day: date) -> HttpResponse:
    """What is planned for one training day, and the form that moves it."""
    assignment, agenda, entry = my_day(request, day)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        to = form.cleaned_data["moved_to"]
        try:
            services.move_day(assignment=assignment, day=day, to=to, today=agenda.today)
        except services.DayRefused as refusal:
            form.add_error("moved_to", str(refusal))
        else:
            return told(request, to, _("%(day)s is now on %(to)s.") % said(day, to))
    earliest, latest = services.dates_to_move_to(agenda.schedule, day, agenda.today)
    form.fields["moved_to"].widget.attrs |= {"min": str(earliest), "max": str(latest)}
    context: dict[str, Any] = {
        "assignment": assignment,
        "entry": entry,
        "form": form,
        "may_change": entry.state in (State.PLANNED, State.SKIPPED) and entry.on >= agenda.today,
        "may_restore": day >= agenda.today and day in agenda.schedule.changes,
        "today": agenda.today,
        "place": place(request),
    }
    return render(request, "calendar/day.html", context, status=422 if form.errors else 200)


@require_POST
def skip_day(request: SignedInRequest, day: date) -> HttpResponse:
    assignment, agenda, entry = my_day(request, day)
    try:
        services.skip_day(assignment=assignment, day=day, today=agenda.today)
    except services.DayRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("calendar:day", day=day)
    sentence = _("%(day)s is skipped. Its workout comes on the next training day.")
    return told(request, day, sentence % said(entry.on))


@require_POST
def restore_day(request: SignedInRequest, day: date) -> HttpResponse:
    """Undoes moving and skipping."""
    assignment, agenda, _entry = my_day(request, day)
    try:
        services.restore_day(assignment=assignment, day=day, today=agenda.today)
    except services.DayRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("calendar:day", day=day)
    return told(request, day, _("%(day)s is a training day as before.") % said(day))


def said(day: date, to: date | None = None) -> dict[str, str]:
    return {"day": date_format(day, "l j F"), "to": date_format(to or day, "l j F")}


def told(request: SignedInRequest, day: date, sentence: str) -> HttpResponse:
    """Back to the month of `day`, with what happened."""
    messages.success(request, sentence)
    return redirect(reverse("calendar:month") + f"?month={day:%Y-%m}")


# --- Time, address, reminders -------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def options(request: SignedInRequest) -> HttpResponse:
    """The time of day, the address for other calendars, and whether reminders are on."""
    assignment = followed_by(request.user)
    initial = {"time_of_day": assignment.time_of_day if assignment else None}
    form = TimeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and assignment is None:
        raise Http404
    if assignment and form.is_valid():
        services.set_time_of_day(assignment=assignment, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("calendar:options")
    token = calendar_token(request.user)
    address = reverse("calendar:feed", args=[token]) if token else ""
    context = {
        "assignment": assignment,
        "form": form,
        "address": request.build_absolute_uri(address) if address else "",
        "subscribe": f"webcal://{request.get_host()}{address}" if address else "",
        "place": place(request),
    }
    return render(request, "calendar/options.html", context, status=422 if form.errors else 200)


@require_POST
def make_address(request: SignedInRequest) -> HttpResponse:
    services.make_address(member=request.user)
    return redirect(reverse("calendar:options") + "#address")


@require_POST
def renew_address(request: SignedInRequest) -> HttpResponse:
    """Another address in the place of the one that the page showed."""
    services.renew_address(member=request.user, old=request.POST.get("old", ""))
    messages.success(request, _("This is the new address. The old one no longer works."))
    return redirect(reverse("calendar:options") + "#address")


@require_POST
def remove_address(request: SignedInRequest) -> HttpResponse:
    services.remove_address(member=request.user)
    messages.success(request, _("The address no longer works."))
    return redirect(reverse("calendar:options") + "#address")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for other programs. Whoever knows the address may read it, and nothing else."""
    member = calendar_member(token)
    if member is None:
        raise Http404
    now = timezone.now()
    trainings = feed_of(member, followed_by(member), now)
    url = request.build_absolute_uri(reverse("today"))
    response = HttpResponse(
        write(trainings, member, now, url),
        content_type="text/calendar; charset=utf-8",
        headers={
            "ETag": trainings.etag,
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="legdays.ics"',
        },
    )
    return get_conditional_response(request, trainings.etag, None, response) or response


@login_not_required
@csrf_exempt  # the signed address is the right to do it, and mail programs post it by themselves
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Ends the reminders of whom the link was mailed to, also by one click (RFC 8058)."""
    member = reminders_member(token)
    if member is None:
        raise Http404
    if request.method == "POST":
        services.stop_reminders(member=member)
    context = {"stopped": request.method == "POST", "on": member.remind_minutes is not None}
    return render(request, "calendar/stop_reminders.html", context)
