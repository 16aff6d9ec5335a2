"""The pages of a member's log."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.http import SignedInRequest
from exercises.models import Exercise
from legtraining.domain.units import Unit
from legtraining.doors import editable_or_refuse
from programs.models import Assignment, SetKind
from sessions import services
from sessions.forms import AddExerciseForm, FinishForm, SetForm, StartForm
from sessions.models import WorkoutSession
from sessions.page import Row, block_views, logged_rows, next_row, refused_row, summary
from sessions.plan import done_workouts, my_adherence, next_day, next_workout

PAGE = 20
OTHER_OPEN = gettext_lazy("Another session is still open. Finish it first.")


def my_session(request: SignedInRequest, uuid: UUID) -> WorkoutSession:
    """The door to a session that the request changes."""
    return editable_or_refuse(WorkoutSession.objects, request.user, uuid=uuid)


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
            uuid=_uuid(request.GET.get("discarded")), deleted_at__isnull=False
        ).first(),
        "uuid": uuid4(),
    }
    return render(request, "sessions/history.html", context)


def _uuid(text: str | None) -> UUID:
    """The id as posted; one that no row has where it cannot be read."""
    try:
        return UUID((text or "").strip())
    except ValueError:
        return UUID(int=0)


@require_safe
def session(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    visible = WorkoutSession.objects.visible_to(request.user).select_related("member")
    return session_page(request, get_object_or_404(visible, uuid=uuid))


def session_page(
    request: SignedInRequest,
    session: WorkoutSession,
    *,
    refused: SetForm | None = None,
    add_form: AddExerciseForm | None = None,
    finish_form: FinishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The session with all its rows, and what was typed in a form that was refused."""
    can_edit = session.member_id == request.user.pk
    blocks = block_views(session, unit=request.user.unit, refused=refused)
    context: dict[str, Any] = {
        "session": session,
        "blocks": blocks,
        "can_edit": can_edit,
        "place": "workouts" if can_edit else "coaching",
        "next_row": next_row(blocks) if session.is_open and can_edit else None,
        "summary": summary(blocks, cast("Unit", request.user.unit)),
    } | set_form()
    if can_edit:
        free = max((view.block.order for view in blocks), default=0) + 1
        context |= {
            "add_form": add_form or AddExerciseForm(initial={"order": free}),
            "finish_form": finish_form
            or FinishForm(initial={"rpe": session.rpe, "note": session.note}),
            "exercise_names": Exercise.objects.values_list("name", flat=True),
        }
    return render(request, "sessions/session.html", context, status=status)


def set_form() -> dict[str, Any]:
    """What the form of a set is drawn from: which errors stand where, and the kinds to choose
    from, translated once and not once a row."""
    return {
        "hidden_fields": ("__all__", "client_key", "exercise", "position"),
        "shown_fields": ("weight", "unit", "reps", "seconds", "rir", "kind", "note"),
        "kinds": [(value, str(label)) for value, label in SetKind.choices],
    }


@require_POST
def log_set(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    block = session.blocks.for_logging(
        session=session,
        order=request.POST.get("block", ""),
        client_key=_uuid(request.POST.get("client_key")),
    )
    if block is None:
        messages.error(request, _("That exercise is not in this session. Nothing was changed."))
        if request.htmx:
            return HttpResponseClientRefresh()
        return session_page(request, session, status=422)
    form = SetForm(request.POST, block=block)
    if not form.is_valid():
        if request.htmx:
            return rows_answer(request, session, [refused_row(block, form)], status=422)
        return session_page(request, session, refused=form, status=422)
    log = services.log_set(
        block=block,
        client_key=form.cleaned_data["client_key"],
        position=form.cleaned_data["position"],
        **form.done(),
    )
    if request.htmx:
        rows = logged_rows(block, log, extra=form.cleaned_data["extra"])
        return rows_answer(request, session, rows)
    return redirect(f"{session.get_absolute_url()}#set-{log.client_key}")


def rows_answer(
    request: SignedInRequest, session: WorkoutSession, rows: list[Row], status: int = 200
) -> HttpResponse:
    """Only the rows that changed, for the page that is open."""
    context = {"rows": rows, "session": session, "can_edit": True} | set_form()
    return render(request, "sessions/_rows.html", context, status=status)


@require_POST
def delete_set(request: SignedInRequest, uuid: UUID, client_key: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    if not services.delete_set(session=session, client_key=client_key):
        raise Http404
    return redirect(f"{session.get_absolute_url()}#set-{client_key}")


@require_POST
def restore_set(request: SignedInRequest, uuid: UUID, client_key: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    if not services.restore_set(session=session, client_key=client_key):
        raise Http404
    return redirect(f"{session.get_absolute_url()}#set-{client_key}")


@require_POST
def add_exercise(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    form = AddExerciseForm(request.POST)
    if form.is_valid():
        try:
            block = services.add_exercise(
                session=session,
                exercise=form.cleaned_data["name"],
                order=form.cleaned_data["order"],
            )
            return redirect(f"{session.get_absolute_url()}#block-{block.order}")
        except services.TooManyExercises:
            form.add_error("name", _("A session holds at most 40 exercises."))
    return session_page(request, session, add_form=form, status=422)


@require_POST
def remove_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    session = my_session(request, uuid)
    block = get_object_or_404(session.blocks.select_related("exercise"), order=order)
    if services.remove_exercise(block=block):
        messages.info(request, _("%(name)s was taken out.") % {"name": block.exercise})
    else:
        messages.error(request, _("Sets of this exercise are logged. Delete those first."))
    return redirect(session)


@require_POST
def finish(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    form = FinishForm(request.POST)
    if form.is_valid() and not session.sets.live().exists():
        form.add_error(None, _("Log a set first, or discard this session."))
    if not form.is_valid():
        return session_page(request, session, finish_form=form, status=422)
    services.finish_session(session=session, **form.cleaned_data)
    return redirect(f"{session.get_absolute_url()}#main")


@require_POST
def reopen(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    try:
        services.reopen_session(session=session)
    except services.OtherSessionOpen:
        messages.error(request, OTHER_OPEN)
    return redirect(session)


@require_POST
def discard(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    discarded = WorkoutSession.objects.filter(deleted_at__isnull=False, member=request.user)
    if not discarded.filter(uuid=uuid).exists():
        services.discard_session(session=my_session(request, uuid))
    return redirect(f"{reverse('workouts:history')}?discarded={uuid}")


@require_POST
def restore(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Brings a discarded session back. It is hidden from every other door, so it has its own."""
    session = get_object_or_404(WorkoutSession, uuid=uuid, member=request.user)
    try:
        services.restore_session(session=session)
    except services.OtherSessionOpen:
        messages.error(request, OTHER_OPEN)
        return redirect("workouts:history")
    return redirect(session)
