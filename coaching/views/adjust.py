"""Changing what is still to do of a member's program."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Looked, User
from accounts.services import note_look
from coaching.adjusting import (
    EXTRA,
    INSTEAD,
    IS_ONE,
    Deload,
    exercises_ahead,
    lacks_max,
    plan_deload,
    swap_ahead,
    write_deload,
)
from coaching.forms_review import SwapForm
from exercises.models import Exercise
from legtraining.domain.refusal import Refusal
from programs.models import Assignment, Program

form_page = require_http_methods(["GET", "HEAD", "POST"])


def copy_or_refuse(trainer: User, pk: int) -> Assignment:
    """The door to the program that one's member follows: 404 where there is none, 403 where it is
    another trainer's."""
    member = get_object_or_404(User.objects.coached_by(trainer), pk=pk)
    current = Assignment.objects.current().select_related("program", "member")
    assignment = get_object_or_404(current, member=member)
    if not Program.objects.editable_by(trainer).filter(pk=assignment.program_id).exists():
        raise PermissionDenied
    return assignment


@form_page
@trainer_required
def swap(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another exercise in the place of one, in every workout ahead."""
    assignment = copy_or_refuse(request.user, pk)
    note_look(viewer=request.user, members=[assignment.member], what=Looked.LOG)
    ahead = exercises_ahead(assignment)
    posted = request.POST if request.method == "POST" else None
    form = SwapForm(posted, ahead=ahead)
    if form.is_valid():
        old, new = form.cleaned_data["exercise"], form.cleaned_data["name"]
        keep = form.cleaned_data["keep_loads"]
        try:
            days = swap_ahead(assignment=assignment, old=old, new=new, keep_loads=keep)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _tell_swapped(request, days, {"old": old, "new": new})
            if days and lacks_max(assignment, new):
                messages.warning(
                    request,
                    _("Its percentages need a training max of %(new)s: type it in working weights.")
                    % {"new": new},
                )
            return redirect("coaching:member", pk)
    names = Exercise.objects.pickable().order_by("name").values_list("name", flat=True)
    context = {
        "assignment": assignment,
        "member": assignment.member,
        "form": form,
        "ahead": ahead,
        "exercise_names": names,
    }
    return render(request, "coaching/swap.html", context, status=422 if form.errors else 200)


def _tell_swapped(request: SignedInRequest, days: int, names: dict[str, Any]) -> None:
    if not days:
        messages.info(request, _("%(old)s is in no workout ahead. Nothing was changed.") % names)
        return
    sentence = ngettext(
        "%(new)s instead of %(old)s in %(days)d workout ahead.",
        "%(new)s instead of %(old)s in %(days)d workouts ahead.",
        days,
    )
    messages.success(request, sentence % {"days": days, **names})


@form_page
@trainer_required
def deload(request: SignedInRequest, pk: int) -> HttpResponse:
    """What an easier week would be, and writing it as it was looked at."""
    assignment = copy_or_refuse(request.user, pk)
    note_look(viewer=request.user, members=[assignment.member], what=Looked.LOG)
    refused = ""
    if request.method == "POST":
        how, seen = request.POST.get("how", ""), request.POST.get("seen", "")
        if how not in (EXTRA, INSTEAD):
            raise Http404
        try:
            written = write_deload(assignment=assignment, how=how, seen=seen)
        except Refusal as refusal:
            if refusal.sentence == IS_ONE:  # the second of two taps
                messages.info(request, _(refusal.sentence))
                return redirect("coaching:member", pk)
            refused = _(refusal.sentence) % refusal.values
        else:
            messages.success(
                request, _("Week %(week)d is a deload week now.") % {"week": written.week}
            )
            return redirect("coaching:member", pk)
    plans, reasons = _plans(assignment)
    context = {
        "assignment": assignment,
        "member": assignment.member,
        "plans": plans,
        "reasons": reasons,
        "refused": refused,
    }
    return render(request, "coaching/deload.html", context, status=422 if refused else 200)


def _plans(assignment: Assignment) -> tuple[list[Deload], list[str]]:
    """The ways there are, and in words why there are not both."""
    plans: list[Deload] = []
    reasons: dict[str, None] = {}
    for how in (EXTRA, INSTEAD):
        try:
            plans.append(plan_deload(assignment, how))
        except Refusal as refusal:
            reasons[_(refusal.sentence) % refusal.values] = None
    return plans, list(reasons)
