"""The exercises of a session."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from sessions import services
from sessions.doors import my_session
from sessions.forms import AddExerciseForm
from sessions.views.session import session_page


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
