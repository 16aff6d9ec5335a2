"""Which plates make a weight."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.racks import racks_of
from sessions.forms import PlatesForm
from sessions.loading import load


@require_safe
def plates(request: SignedInRequest) -> HttpResponse:
    racks = racks_of(request.user)
    form = PlatesForm(request.GET if "weight" in request.GET else None, racks=racks)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        bar, unit = form.cleaned_data["bar"]
        context["loading"] = load(form.cleaned_data["weight"], bar, unit, racks[unit].plates)
    return render(request, "sessions/plates.html", context)
