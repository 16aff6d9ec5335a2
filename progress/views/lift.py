"""/progress/<slug>/: one exercise of one's own."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from exercises.models import Exercise
from legtraining.domain.units import Unit
from progress.chosen import RANGES
from progress.history import exercises_of, masses_of, uses_body_mass
from progress.lift import LiftPage, lift_page
from sessions.models import CheckIn


@require_safe
def exercise(request: SignedInRequest, slug: str) -> HttpResponse:
    member = request.user
    mine = Exercise.objects.filter(exercises_of(member)).select_related("merged_into")
    exercise = get_object_or_404(mine, slug=slug)
    if exercise.merged_into:
        return redirect("progress:exercise", exercise.merged_into.slug)
    weighs = uses_body_mass(exercise) and member.health_consent_at is not None
    lift = lift_page(
        member,
        exercise,
        unit=cast("Unit", member.unit),
        wanted=wanted_range(request),
        masses=masses_of(CheckIn.objects.of_member(member)) if weighs else (),
    )
    return render(request, "progress/lift.html", shown(request, lift) | {"is_mine": True})


def shown(request: SignedInRequest, lift: LiftPage) -> dict[str, Any]:
    """What the page needs, whoever reads it."""
    page = lift.table(request.GET.get("page"))
    return {"lift": lift, "page": page, "rows": lift.rows(page)}


def wanted_range(request: SignedInRequest) -> str:
    """What `?weeks=` asks for, "" where it cannot be read."""
    asked = request.GET.get("weeks", "")
    return asked if asked in RANGES else ""
