"""One exercise of one member, as their trainer sees it: what the member sees, by the same rules."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest, not_mine
from accounts.models import Looked, User
from accounts.services import note_look
from exercises.models import Exercise
from legtraining.domain.units import Unit
from progress.history import exercises_of, masses_of, uses_body_mass
from progress.lift import lift_page
from progress.views.lift import shown, wanted_range
from sessions.models import CheckIn


@require_safe
@trainer_required
def lift(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    member = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    theirs = Exercise.objects.filter(exercises_of(member)).select_related("merged_into")
    exercise = get_object_or_404(theirs, slug=slug)
    if exercise.merged_into:
        return redirect("coaching:lift", pk, exercise.merged_into.slug)
    # Body weight is of the check-ins: through their door, and a look of its own.
    shared = CheckIn.objects.shared_with(request.user).filter(member=member)
    masses = masses_of(shared) if uses_body_mass(exercise) else []
    note_look(viewer=request.user, members=[member], what=Looked.LOG)
    unit = cast("Unit", request.user.unit)
    lift = lift_page(member, exercise, unit=unit, wanted=wanted_range(request), masses=masses)
    if lift.moves_body:
        note_look(viewer=request.user, members=[member], what=Looked.HEALTH)
    context = shown(request, lift) | {"is_mine": False, "place": "coaching"}
    return not_mine(render(request, "progress/lift.html", context))
