"""The gym for who gives the roles: how many, and nobody's log."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import admin_required
from accounts.http import SignedInRequest
from accounts.models import Coaching
from accounts.services import ask_handovers
from coaching.forms_links import GymHandoverForm
from coaching.gym import totals, trainer_lines
from coaching.views.handover import asked_words


@require_safe
@admin_required
def gym(request: SignedInRequest) -> HttpResponse:
    return _page(request, GymHandoverForm())


@require_POST
@admin_required
def hand_over_all(request: SignedInRequest) -> HttpResponse:
    """Asks every member of a trainer who left. Each answers for themselves."""
    form = GymHandoverForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    links = Coaching.objects.open().filter(trainer=form.cleaned_data["trainer"])
    made = ask_handovers(links=links, to=form.cleaned_data["to"])
    messages.success(request, asked_words(len(made)))
    return redirect("coaching:gym")


def _page(request: SignedInRequest, form: GymHandoverForm) -> HttpResponse:
    today = request.user.today()
    context = {
        "lines": trainer_lines(today),
        "totals": totals(today),
        "form": form,
        "place": "",
    }
    return render(request, "coaching/gym.html", context, status=422 if form.errors else 200)
