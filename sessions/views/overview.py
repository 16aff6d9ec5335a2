"""Around the sessions: today, the program, starting, the log."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from programs.models import Assignment
from sessions import services
from sessions.doors import posted_uuid
from sessions.forms import StartForm
from sessions.models import WorkoutSession
from sessions.plan import done_workouts, my_adherence, next_day, next_workout

PAGE = 20


@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """The member's first page: what to do next. `/` leads here."""
    member, local_date = request.user, request.user.today()
    mine = WorkoutSession.objects.filter(member=member)
    assignment = Assignment.objects.active().filter(member=member).select_related("program").first()
    context: dict[str, Any] = {
        "open_session": mine.open().first(),
        "assignment": assignment,
        "recent": mine.finished().with_totals().newest_first()[:3],
        "uuid": uuid4(),
        "today": local_date,
    }
    if assignment:
        context |= {
            "workout": next_workout(assignment),
            "next_day": next_day(assignment, local_date),
            "adherence": my_adherence(assignment, member, local_date),
        }
    return render(request, "sessions/today.html", context)


@require_safe
def my_program(request: SignedInRequest) -> HttpResponse:
    """The program that one follows, with what is done of it."""
    following = Assignment.objects.active().filter(member=request.user)
    assignment = following.select_related("program", "assigned_by").first()
    context: dict[str, Any] = {"assignment": assignment}
    if assignment:
        done = done_workouts(assignment)
        weeks = assignment.program.workouts.by_week()
        open_weeks = (week for week, days in weeks if any(day.pk not in done for day in days))
        context |= {
            "program": assignment.program,
            "weeks": weeks,
            "done": done,
            "current_week": next(open_weeks, None),
        }
    return render(request, "programs/mine.html", context)


@require_safe
def outbox(request: SignedInRequest) -> JsonResponse:
    """Who is signed in, and the token that their forms need: for what a phone has kept."""
    return JsonResponse({"member": str(request.user.pk), "token": get_token(request)})


@require_POST
def start(request: SignedInRequest) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    assignment = workout = None
    if form.cleaned_data["planned"]:
        active = Assignment.objects.active().filter(member=request.user)
        assignment = active.select_related("program").first()
        workout = next_workout(assignment) if assignment else None
        if workout is None:
            messages.info(request, _("There is no planned workout left. Here is an empty session."))
    session, started = services.start_session(
        member=request.user,
        uuid=form.cleaned_data["uuid"],
        assignment=assignment,
        workout=workout,
    )
    if not started and session.uuid != form.cleaned_data["uuid"]:
        messages.info(request, _("This session was still open. Finish it before the next one."))
    return redirect(session)


@require_safe
def history(request: SignedInRequest) -> HttpResponse:
    mine = WorkoutSession.objects.filter(member=request.user)
    finished = mine.finished().with_totals().newest_first()
    context = {
        "page": Paginator(finished, PAGE).get_page(request.GET.get("page")),
        "open_session": mine.open().first(),
        "discarded": mine.filter(
            uuid=posted_uuid(request.GET.get("discarded")), deleted_at__isnull=False
        ).first(),
        "uuid": uuid4(),
    }
    return render(request, "sessions/history.html", context)
