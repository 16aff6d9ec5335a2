"""The session page, and what begins and ends a session."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from exercises.models import Exercise
from legtraining.domain.units import Unit
from programs.models import SetKind
from sessions import services
from sessions.doors import my_session
from sessions.forms import AddExerciseForm, FinishForm, SetForm
from sessions.models import WorkoutSession
from sessions.page import block_views, next_row, summary
from sessions.records import session_records

OTHER_OPEN = gettext_lazy("Another session is still open. Finish it first.")


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
        "records": None if session.is_open else session_records(session, blocks),
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
