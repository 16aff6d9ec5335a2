"""Logging a set, taking it out, bringing it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.http import SignedInRequest
from sessions import services
from sessions.doors import my_session, posted_uuid
from sessions.forms import SetForm
from sessions.models import WorkoutSession
from sessions.page import Row, logged_rows, refused_row
from sessions.views.session import session_page, set_form


@require_POST
def log_set(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    block = session.blocks.for_logging(
        session=session,
        order=request.POST.get("block", ""),
        client_key=posted_uuid(request.POST.get("client_key")),
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
