"""The library. Anybody may read it, signed in or not."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from accounts.decorators import writer_required
from accounts.http import HtmxRequest, SignedInRequest
from exercises.forms import CHOICES, LibraryFilter, Select
from exercises.models import Exercise, Kind
from exercises.photos import shown_photos
from exercises.pictures import figure_of, linked_map, marked_map
from exercises.querysets import ExerciseQuerySet
from exercises.search import search

KINDS = dict(Kind.choices)


@login_not_required
@require_safe
def library(request: HtmxRequest) -> HttpResponse:
    """The whole page, or with htmx only what was found."""
    filters = LibraryFilter.of(request.GET)
    found = search(filters.chosen, page=request.GET.get("page", ""))
    found_and_chosen = {"found": found, "chosen": filters.chosen, "muscles": filters.muscles}
    results = drawn("exercises/_results.jinja", **found_and_chosen, kinds=KINDS)
    if request.htmx and not request.htmx.history_restore_request:
        response = HttpResponse(results)
    else:
        context = {"found": found, "results": results}
        context["filter"] = drawn(
            "exercises/_filter.jinja",
            text=filters.chosen.get("q", ""),
            selects=[drawn_select(select) for select in filters.selects],
            more_open=any(select.chosen for select in filters.selects[2:]),
        )
        response = render(request, "exercises/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def drawn(template: str, **context: Any) -> SafeString:
    """A part of the list: forty lines and sixty choices, which Jinja writes in a millisecond."""
    context["library"] = reverse("exercises:library")
    return mark_safe(render_to_string(template, context, using="jinja2"))  # noqa: S308 - escaped there


@lru_cache(maxsize=256)
def drawn_select(select: Select) -> SafeString:
    return drawn("exercises/_select.jinja", select=select)


@login_not_required
@require_safe
def muscles(request: HttpRequest) -> HttpResponse:
    """The body map, whose muscles lead to their exercises."""
    return render(request, "exercises/muscles.html", {"map": linked_map()})


@login_not_required
@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """A few names that fit `q`, the best first; the nearest where none has all its words."""
    text = typed(request)
    exercises = Exercise.objects.pickable()
    found = with_words(exercises, text) or nearly(exercises, text)
    return JsonResponse({"names": found})


@require_safe
def my_names(request: SignedInRequest) -> JsonResponse:
    """The same for a session: after the library's names come those of one's own exercises."""
    text = typed(request)
    exercises = Exercise.objects.pickable_by(request.user)
    found = with_words(exercises.library(), text) + with_words(exercises.own_of(request.user), text)
    names = dict.fromkeys(found or nearly(exercises, text))  # one name may be there twice
    return JsonResponse({"names": list(names)})


def typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:80].replace("\x00", "")


def with_words(exercises: ExerciseQuerySet, text: str) -> list[str]:
    return list(exercises.named(text).best_first(text).values_list("name", flat=True)[:CHOICES])


def nearly(exercises: ExerciseQuerySet, text: str) -> list[str]:
    return [exercise.name for exercise in exercises.nearest(text, CHOICES)]


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    exercises = Exercise.objects.with_names().select_related("merged_into")
    exercise = get_object_or_404(exercises, slug=slug)
    if exercise.owner_id is not None:
        if exercise.owner_id != request.user.pk:
            raise Http404
        return redirect("exercises:own", slug)
    if exercise.merged_into:
        return redirect(exercise.merged_into)
    context = {
        "exercise": exercise,
        "instructions": exercise.revisions.current(),
        "figure": figure_of(exercise),
        "map": marked_map(exercise),
        "primary": exercise.primary_muscles,
        "secondary": exercise.secondary_muscles,
        "photos": shown_photos(exercise),
        "alternatives": Exercise.objects.like(exercise.pk).values("slug", "name")[:6],
    }
    return render(request, "exercises/detail.html", context)


@require_safe
@writer_required
def figures(request: SignedInRequest) -> HttpResponse:
    """The contact sheet: every drawing, to be looked at side by side."""
    exercises = Exercise.objects.in_use().with_facts().order_by("kind", "name")
    sheet = [(exercise, figure_of(exercise, is_small=True)) for exercise in exercises]
    return render(request, "exercises/figures.html", {"sheet": sheet})
