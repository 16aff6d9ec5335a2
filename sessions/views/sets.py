"""Logging a set, taking it out, bringing it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from sessions import services
from sessions.doors import form_of_session, my_session
from sessions.forms import SetForm
from sessions.models import Block, SetLog
from sessions.page import BlockView
from sessions.rows import logged_row, refused_row
from sessions.views.drawing import draw_line, draw_row
from sessions.views.session import session_page

NO_KEY = UUID(int=0)


@form_of_session
def log_set(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """A form answered with the page, or a set from the outbox answered with its row."""
    form = SetForm(request.POST)
    log = None
    if form.is_valid():
        log = services.log_set(member=request.user, session=uuid, **form.written())
    if log is None:
        return refused(request, uuid)
    if not request.from_outbox:
        return redirect(f"/sessions/{uuid}/#set-{log.client_key}")
    holds = log.holds and log.deleted_at is None  # type: ignore[attr-defined]
    if holds and log.position:
        return HttpResponse(draw_line(log))
    return whole_row(request, log)


def whole_row(request: SignedInRequest, log: SetLog) -> HttpResponse:
    """The row, form and all: another device wrote later, or it was a warm-up that was proposed,
    whose form has nothing to edit."""
    block = Block.objects.select_related("exercise", "session").get(pk=log.block_id)
    return HttpResponse(draw_row(request, BlockView(block, []), logged_row(block, log)))


def refused(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The row with what was typed and the sentence why. 404 or 403 where the session is not
    one's own."""
    session = my_session(request, uuid)
    numbered = session.blocks.numbered(request.POST.get("block", ""))
    block = numbered.select_related("exercise", "session").first()
    if block is None:
        sentence = _("That exercise is not in this session. Nothing was changed.")
        if request.from_outbox:
            return HttpResponse(sentence, status=404, content_type="text/plain; charset=utf-8")
        messages.error(request, sentence)
        return session_page(request, session, status=422)
    form = SetForm(request.POST, block=block)
    form.full_clean()
    if not request.from_outbox:
        return session_page(request, session, refused=form, status=422)
    logged = block.sets.live().filter(client_key=form.cleaned_data.get("client_key") or NO_KEY)
    row = draw_row(request, BlockView(block, []), refused_row(block, form, logged.first()))
    return HttpResponse(row, status=422)


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
