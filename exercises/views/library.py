"""The library. Anybody may read it, signed in or not."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import writer_required
from accounts.http import HtmxRequest, SignedInRequest
from exercises.body_map import BodyMap, body_map, drawing, muscle_marks
from exercises.figures import FIGURES, draw
from exercises.forms import CHOICES, LibraryFilter
from exercises.models import Exercise, Kind, Muscle
from exercises.photos import shown_photos
from exercises.search import search

KINDS = dict(Kind.choices)


@login_not_required
@require_safe
def library(request: HtmxRequest) -> HttpResponse:
    """The whole page, or with htmx only what was found."""
    form = LibraryFilter(request.GET)
    found = search(form, page=request.GET.get("page", ""))
    results = drawn("exercises/_results.jinja", found=found, chosen=form.chosen, kinds=KINDS)
    if request.htmx and not request.htmx.history_restore_request:
        response = HttpResponse(results)
    else:
        context = {"found": found, "results": results}
        context["filter"] = drawn("exercises/_filter.jinja", filter=form)
        context["map"] = muscle_links(form.chosen.get("muscle", ""), get_language())
        context["is_map_open"] = not form.chosen
        response = render(request, "exercises/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def drawn(template: str, **context: Any) -> SafeString:
    """A part of the list: forty lines and sixty choices, which Jinja writes in a millisecond."""
    context["library"] = reverse("exercises:library")
    return mark_safe(render_to_string(template, context, using="jinja2"))  # noqa: S308 - escaped there


@lru_cache(maxsize=256)
def muscle_links(current: str, language: str) -> str:
    """The body map whose muscles lead to their exercises. It only changes with the program."""
    with override(language):
        page = {"map": body_map(links=links_of_muscles(), current=current)}
        return render_to_string("exercises/_body_map.html", page)


def links_of_muscles() -> dict[str, str]:
    library = reverse("exercises:library")
    return {slug: f"{library}?muscle={slug}" for slug in drawing().shapes}


@login_not_required
@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """A few names that fit `q`, the best first; the nearest where none has all its words."""
    text = request.GET.get("q", "")[:80].replace("\x00", "")
    exercises = Exercise.objects.pickable()
    found = list(exercises.named(text).best_first(text).values_list("name", flat=True)[:CHOICES])
    if not found:
        near = exercises.in_order(exercises.nearest(text, CHOICES))
        found = list(near.values_list("name", flat=True))
    return JsonResponse({"names": found})


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    exercises = Exercise.objects.with_names().select_related("merged_into")
    exercise = get_object_or_404(exercises, slug=slug)
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


def marked_map(exercise: Exercise) -> BodyMap:
    """The body map with the muscles of an exercise that was fetched `with_facts`."""
    is_stretch = exercise.kind == Kind.STRETCH
    words = (_("stretches"), _("also")) if is_stretch else (_("trains"), _("also trains"))
    primary, secondary = exercise.primary_muscles, exercise.secondary_muscles
    marks = muscle_marks(slugs(primary), slugs(secondary), words=words)
    return body_map(links=links_of_muscles(), marks=marks, marked_only=True)


@require_safe
@writer_required
def figures(request: SignedInRequest) -> HttpResponse:
    """The contact sheet: every drawing, to be looked at side by side."""
    exercises = Exercise.objects.in_use().with_facts().order_by("kind", "name")
    sheet = [(exercise, figure_of(exercise, is_small=True)) for exercise in exercises]
    return render(request, "exercises/figures.html", {"sheet": sheet})


def figure_of(exercise: Exercise, *, is_small: bool = False) -> str:
    """The drawing of an exercise that was fetched `with_facts`; '' where there is none."""
    figure = FIGURES.get(exercise.figure or exercise.slug)
    if figure is None:
        return ""
    return draw(
        figure,
        name=exercise.name,
        primary=slugs(exercise.primary_muscles),
        secondary=slugs(exercise.secondary_muscles),
        uid=exercise.slug if is_small else "",
        animated=not is_small,
    )


def slugs(muscles: list[Muscle]) -> list[str]:
    return [muscle.slug for muscle in muscles]
