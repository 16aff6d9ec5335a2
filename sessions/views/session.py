"""The session page, and what begins and ends a session."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest, not_mine
from accounts.models import Looked
from accounts.services import note_look
from legtraining.domain.units import Unit
from sessions import services
from sessions.comments import talk_of
from sessions.doors import form_of_session, my_session, posted_uuid
from sessions.forms import AddExerciseForm, FinishForm, SetForm, SetupForm, typed_at
from sessions.forms_comments import CommentForm
from sessions.frame import PARTS, frame
from sessions.models import Block, ProgressionEvent, WorkoutSession
from sessions.page import BlockView, block_views, minutes_taken, next_row, summary, version_of
from sessions.records import session_records
from sessions.rows import milliseconds
from sessions.views.drawing import draw_blocks

OTHER_OPEN = gettext_lazy("Another session is still open. Finish it first.")


@require_safe
def session(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    visible = WorkoutSession.objects.visible_to(request.user).with_readers()
    session = get_object_or_404(visible.select_related("member"), uuid=uuid)
    return session_page(request, session)


def session_page(  # noqa: PLR0913 (each form of the page that can be refused)
    request: SignedInRequest,
    session: WorkoutSession,
    *,
    refused: SetForm | None = None,
    add_form: AddExerciseForm | None = None,
    finish_form: FinishForm | None = None,
    setup: tuple[Block, SetupForm] | None = None,
    comment_form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The session with all its rows, and what was typed in a form that was refused."""
    can_edit = session.member_id == request.user.pk
    if not can_edit:
        note_look(viewer=request.user, members=[session.member], what=Looked.LOG)
    blocks = block_views(session, reader=request.user, refused=refused, setup=setup)
    following = next_row(blocks) if session.is_open and can_edit else None
    gone = posted_uuid(request.GET.get("gone"))
    talk = talk_of(session, blocks, reader=request.user, gone=gone)
    context: dict[str, Any] = {
        "session": session,
        "blocks": blocks,
        "drawn": draw_blocks(request, session, blocks, following, talk),
        "can_edit": can_edit,
        "place": "workouts" if can_edit else "coaching",
        "next_row": following,
        "summary": summary(blocks, cast("Unit", request.user.unit)),
        "records": None if session.is_open else session_records(session, blocks),
        "events": None if session.is_open else events_of(session, blocks),
        "talk": talk,
        "comment_form": comment_form,
        "about": (comment_form.data if comment_form else request.GET).get("about", ""),
        "comment_uuid": uuid4(),
        # In the middle of a workout the form is a link away: it would make the page heavier.
        "says": bool(comment_form or talk.lines or "about" in request.GET)
        or not (can_edit and session.is_open),
    }
    if can_edit:
        free = max((view.block.order for view in blocks), default=0) + 1
        now = timezone.now()
        minutes = minutes_taken(session, blocks, now)
        known = {"minutes": minutes, "rpe": session.rpe, "note": session.note}
        context |= {
            "now": milliseconds(now),
            "removed": session.blocks.taken_out(request.GET.get("removed", "")),
            "warmup": frame("warmup", session),
            "stretches": frame("stretches", session),
            "add_form": add_form or AddExerciseForm(initial={"order": free}, member=request.user),
            "finish_form": finish_form or FinishForm(session=session, initial=known),
        }
    page = render(request, "sessions/session.html", context, status=status)
    return page if can_edit else not_mine(page)


def events_of(session: WorkoutSession, blocks: list[BlockView]) -> list[ProgressionEvent]:
    """What the session changed, in the order of its exercises."""
    if session.assignment_id is None:
        return []  # only programs have rules
    place = {view.block.exercise_id: number for number, view in enumerate(blocks)}
    events = session.events.select_related("exercise")
    return sorted(events, key=lambda event: place.get(event.exercise_id, len(place)))


@require_safe
def version(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Whether the page that is open is behind, for a few bytes."""
    visible = WorkoutSession.objects.visible_to(request.user)
    session = get_object_or_404(visible, uuid=uuid)
    return HttpResponse(version_of(session), content_type="text/plain")


@require_POST
def tick(request: SignedInRequest, uuid: UUID, part: str) -> HttpResponse:
    """Which items of the warm-up or of the stretches are done."""
    if part not in PARTS:
        raise Http404
    session = my_session(request, uuid)
    items = [item.slug for item in PARTS[part].items]
    services.tick(session=session, items=items, done=request.POST.getlist("done"))
    if request.from_outbox:
        return HttpResponse(status=204)
    return redirect(f"{session.get_absolute_url()}#{part}")


@form_of_session
def finish(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    form = FinishForm(request.POST, session=session)
    if form.is_valid() and not session.sets.live().exists():
        form.add_error(None, _("Log a set first, or discard this session."))
    if not form.is_valid():
        return session_page(request, session, finish_form=form, status=422)
    at = typed_at(request.POST.get("done_at", ""))
    services.finish_session(session=session, at=at, **form.cleaned_data)
    if request.from_outbox:
        return HttpResponse(status=204)
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
