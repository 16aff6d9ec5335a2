"""Around the sessions: today, the program, starting, the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import Handover, User
from programs.models import Assignment, Workout
from programs.querysets import AssignmentQuerySet
from programs.services import end_assignment
from sessions import services
from sessions.doors import posted_uuid
from sessions.foresight import foresee
from sessions.forms import StartForm
from sessions.models import Comment, WorkoutSession
from sessions.plan import done_workouts, my_adherence, next_day, next_workout, open_workouts
from sessions.planner import Planner
from sessions.schedules import schedule_of

PAGE = 20


def followed(member: User) -> Assignment | None:
    """The program that the member follows, also while it rests."""
    mine = Assignment.objects.current().filter(member=member)
    return mine.select_related("program", "assigned_by").first()


@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """The member's first page: what to do next. `/` leads here."""
    member, local_date = request.user, request.user.today()
    mine = WorkoutSession.objects.filter(member=member)
    assignment = followed(member)
    context: dict[str, Any] = {
        "open_session": mine.open().first(),
        "assignment": assignment,
        "recent": mine.finished().with_totals().newest_first()[:3],
        "uuid": uuid4(),
        "today": local_date,
        "new_comments": Comment.objects.unread_by(member).count(),
        "handovers": Handover.objects.of_member(member),
    }
    if assignment:
        context |= next_of(assignment, member, local_date)
    return render(request, "sessions/today.html", context)


def next_of(assignment: Assignment, member: User, local_date: date) -> dict[str, Any]:
    """The next workout with this member's weights, its day, and how much of the plan was done."""
    still = [] if assignment.is_paused else open_workouts(assignment)
    workout = Workout.objects.filter(pk=still[0].pk).with_plan().first() if still else None
    if workout:
        Planner(member, assignment).tell([workout])
    schedule = schedule_of(assignment)
    return {
        "workout": workout,
        "next_day": next_day(assignment, local_date, len(still), schedule) if workout else None,
        "adherence": my_adherence(assignment, member, local_date, schedule),
        "queued": None if still else queued_of(member).first(),
    }


def queued_of(member: User) -> AssignmentQuerySet:
    """What waits for the program that is followed now, in turn."""
    waiting = Assignment.objects.filter(member=member, status=Assignment.Status.QUEUED)
    return waiting.select_related("program").order_by("pk")


@require_safe
def my_program(request: SignedInRequest) -> HttpResponse:
    """The program that one follows, with what is done of it and the loads that are to come."""
    assignment = followed(request.user)
    context: dict[str, Any] = {
        "assignment": assignment,
        "queued": queued_of(request.user),
        "ended": None
        if assignment
        else Assignment.objects.filter(member=request.user).just_ended().first(),
        "uuid": uuid4(),
    }
    if assignment:
        weeks = assignment.program.workouts.by_week()
        still = {workout.pk for workout in open_workouts(assignment)}
        to_come = [day for _week, days in weeks for day in days if day.pk in still]
        foresee(Planner(request.user, assignment), to_come)
        open_weeks = (week for week, days in weeks if any(day.pk in still for day in days))
        context |= {
            "program": assignment.program,
            "weeks": weeks,
            "done": done_workouts(assignment),
            "next": to_come[0] if to_come else None,
            "current_week": next(open_weeks, None),
            "has_lifts": any(row.rule for d in to_come for row in d.prescriptions.all()),
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
        assignment, workout = to_train(request.user, form.cleaned_data["workout"])
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


def to_train(member: User, wanted: int | None) -> tuple[Assignment, Workout] | tuple[None, None]:
    """The workout to start: the one that is `wanted`, done already or not, or the next one.

    When nothing is left of a program, the one that waits takes its place.
    """
    active = Assignment.objects.active().filter(member=member).select_related("program")
    assignment = active.first()
    if assignment and wanted is not None:
        there = Workout.objects.filter(program=assignment.program_id, pk=wanted)
        workout = there.with_plan().first()
        return (assignment, workout) if workout else (None, None)
    workout = next_workout(assignment) if assignment else None
    if assignment and workout is None and queued_of(member).exists():
        end_assignment(assignment=assignment)
        assignment = active.first()
        workout = next_workout(assignment) if assignment else None
    return (assignment, workout) if assignment and workout else (None, None)


@require_POST
def skip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leaves a workout of one's program, or of a member's, out; the one after it is next."""
    return _mark_skipped(request, pk, timezone.now())


@require_POST
def unskip(request: SignedInRequest, pk: int) -> HttpResponse:
    return _mark_skipped(request, pk, None)


def _mark_skipped(request: SignedInRequest, pk: int, at: datetime | None) -> HttpResponse:
    current = Assignment.objects.current().editable_by(request.user)
    workouts = Workout.objects.select_related("program__assignment")
    workout = get_object_or_404(workouts, pk=pk, program__assignment__in=current)
    Workout.objects.filter(pk=workout.pk).update(skipped_at=at)
    member = workout.program.assignment.member_id
    if member != request.user.pk:
        return redirect(f"{reverse('coaching:member', args=[member])}#ahead")
    return redirect(f"{reverse('my_program')}#week-{workout.week}")


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
