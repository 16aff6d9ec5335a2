"""The library. Anybody may read it, signed in or not."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import HtmxRequest
from exercises.forms import CHOICES, LibraryFilter
from exercises.models import Exercise, MuscleWork


@login_not_required
@require_safe
def library(request: HtmxRequest) -> HttpResponse:
    form = LibraryFilter(request.GET)
    exercises = form.apply(Exercise.objects.for_list())
    template = "exercises/list.html#results" if request.htmx else "exercises/list.html"
    filtered = any(request.GET.get(name) for name in form.fields)
    context = {"filter": form, "exercises": exercises, "filtered": filtered}
    return render(request, template, context)


@login_not_required
@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """A few names with all the words of `q` in name or alias, the shortest first."""
    text = request.GET.get("q", "")[:80].replace("\x00", "")
    found = Exercise.objects.named(text).order_by(Length("name"), "name")
    return JsonResponse({"names": list(found.values_list("name", flat=True)[:CHOICES])})


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    exercises = Exercise.objects.prefetch_related("equipment", "aliases", "muscle_work__muscle")
    exercise = get_object_or_404(exercises, slug=slug)
    work = exercise.muscle_work.all()
    context = {
        "exercise": exercise,
        "instructions": exercise.revisions.current(),
        "primary": exercise.primary_muscles,
        "secondary": [row.muscle for row in work if row.share != MuscleWork.PRIMARY],
    }
    return render(request, "exercises/detail.html", context)
