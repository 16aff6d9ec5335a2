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
from sessions.doors import my_session, posted_uuid
from sessions.forms import SetForm
from sessions.models import Block
from sessions.page import BlockView
from sessions.rows import logged_rows, refused_row
from sessions.views.drawing import draw_rows
from sessions.views.session import session_page


@require_POST
def log_set(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """A form answered with the page, or a set from the outbox answered with its row."""
    block = Block.objects.for_logging(
        member=request.user,
        uuid=uuid,
        order=request.POST.get("block", ""),
        client_key=posted_uuid(request.POST.get("client_key")),
    )
    if block is None:
        return no_such_place(request, uuid)
    form = SetForm(request.POST, block=block)
    if not form.is_valid():
        return refused(request, form)
    try:
        log = services.log_set(block=block, **form.written())
    except services.KeyTaken:
        form.add_error("client_key", form.taken)
        return refused(request, form)
    if not request.from_outbox:
        return redirect(f"{block.session.get_absolute_url()}#set-{log.client_key}")
    rows = logged_rows(block, log, extra=form.cleaned_data["extra"])
    return HttpResponse(draw_rows(request, block.session, BlockView(block, rows), rows))


def refused(request: SignedInRequest, form: SetForm) -> HttpResponse:
    """The row with what was typed and the sentence why."""
    block = form.block
    if not request.from_outbox:
        return session_page(request, block.session, refused=form, status=422)
    rows = [refused_row(block, form)]
    html = draw_rows(request, block.session, BlockView(block, rows), rows)
    return HttpResponse(html, status=422)


def no_such_place(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """404 or 403 where the session is not one's own; else the page says that nothing changed."""
    session = my_session(request, uuid)
    sentence = _("That exercise is not in this session. Nothing was changed.")
    if request.from_outbox:
        return HttpResponse(sentence, status=404, content_type="text/plain; charset=utf-8")
    messages.error(request, sentence)
    return session_page(request, session, status=422)


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
