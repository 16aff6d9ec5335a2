"""The exercises of a session."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from exercises.models import Exercise
from sessions import services
from sessions.doors import form_of_session, my_block, my_session
from sessions.forms import AddExerciseForm, PlaceForm, SetupForm, SwapForm
from sessions.models import Block
from sessions.views.session import session_page

ALTERNATIVES = 12
TOO_MANY = gettext_lazy("A session holds at most 40 exercises.")


def back_to(block: Block) -> HttpResponse:
    return redirect(f"{block.session.get_absolute_url()}#block-{block.order}")


@form_of_session
def add_exercise(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = my_session(request, uuid)
    form = AddExerciseForm(request.POST, member=request.user)
    if form.is_valid():
        try:
            block = services.add_exercise(
                session=session,
                exercise=form.cleaned_data["name"],
                order=form.cleaned_data["order"],
            )
            return redirect(f"{session.get_absolute_url()}#block-{block.order}")
        except services.TooManyExercises:
            form.add_error("name", TOO_MANY)
    return session_page(request, session, add_form=form, status=422)


@require_POST
def remove_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    block = my_block(request, uuid, order)
    if services.remove_exercise(block=block):
        return redirect(f"{block.session.get_absolute_url()}?removed={order}#removed")
    messages.error(request, _("Sets of this exercise are logged. Delete those first."))
    return redirect(block.session)


@require_POST
def restore_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    block = my_block(request, uuid, order)
    services.restore_exercise(block=block)
    return back_to(block)


@require_POST
def skip_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    block = my_block(request, uuid, order)
    services.skip_exercise(block=block, skipped=True)
    return back_to(block)


@require_POST
def unskip_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    block = my_block(request, uuid, order)
    services.skip_exercise(block=block, skipped=False)
    return back_to(block)


@require_POST
def move_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    block = my_block(request, uuid, order)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    services.move_exercise(block=block, place=form.cleaned_data["place"])
    return back_to(block)


@require_http_methods(["GET", "HEAD", "POST"])
def swap_exercise(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    """What else trains the same muscles, and the swap itself."""
    block = my_block(request, uuid, order)
    if request.method == "POST":
        form = SwapForm(request.POST, member=request.user)
        if not form.is_valid():
            raise Http404
        try:
            return back_to(
                services.swap_exercise(block=block, exercise=form.cleaned_data["exercise"])
            )
        except services.TooManyExercises:
            messages.error(request, TOO_MANY)
            return back_to(block)
    like = Exercise.objects.like(block.exercise_id, request.user).with_facts()
    context = {"replaced": block, "session": block.session, "alternatives": like[:ALTERNATIVES]}
    return render(request, "sessions/swap.html", context)


@form_of_session
def set_up(request: SignedInRequest, uuid: UUID, order: int) -> HttpResponse:
    """The member's note, bar and step for an exercise, kept for every session to come."""
    block = my_block(request, uuid, order)
    form = SetupForm(request.POST)
    if not form.is_valid():
        return session_page(request, block.session, setup=(block, form), status=422)
    services.set_up_exercise(member=request.user, exercise=block.exercise, **form.cleaned_data)
    if request.from_outbox:
        return HttpResponse(status=204)
    return back_to(block)
