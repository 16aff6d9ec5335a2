"""The pictures of the library's pages. They only change with the facts, so they are drawn once."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exercises.body_map import body_map, drawing, muscle_marks
from exercises.figures import FIGURES, draw
from exercises.models import Exercise, Kind, Muscle

KEPT = 512  # of each kind in every process; a figure with its film has about 20 KB


def linked_map() -> str:
    """The body map whose muscles lead to their exercises."""
    return _linked_map(get_language())


@lru_cache(maxsize=KEPT)
def _linked_map(language: str) -> str:
    context = {"map": body_map(links=links_of_muscles())}
    return render_to_string("exercises/_body_map.html", context)


def links_of_muscles() -> dict[str, str]:
    library = reverse("exercises:library")
    return {slug: f"{library}?muscle={slug}" for slug in drawing().shapes}


def marked_map(exercise: Exercise) -> str:
    """The body map with the muscles of an exercise that was fetched `with_facts`."""
    muscles = slugs(exercise.primary_muscles), slugs(exercise.secondary_muscles)
    return _marked_map(*muscles, exercise.kind, get_language())


@lru_cache(maxsize=KEPT)
def _marked_map(
    primary: tuple[str, ...], secondary: tuple[str, ...], kind: str, language: str
) -> str:
    is_stretch = kind == Kind.STRETCH
    words = (_("stretches"), _("also")) if is_stretch else (_("trains"), _("also trains"))
    marks = muscle_marks(primary, secondary, words=words)
    context = {"map": body_map(links=links_of_muscles(), marks=marks, marked_only=True)}
    return render_to_string("exercises/_body_map.html#drawing", context)


def figure_of(exercise: Exercise, *, is_small: bool = False) -> str:
    """The drawing of an exercise that was fetched `with_facts`; '' where there is none."""
    key = exercise.figure or exercise.slug
    if key not in FIGURES:
        return ""
    uid = exercise.slug if is_small else ""
    muscles = slugs(exercise.primary_muscles), slugs(exercise.secondary_muscles)
    return _figure(key, exercise.name, *muscles, uid, get_language())


@lru_cache(maxsize=KEPT)
def _figure(
    key: str,
    name: str,
    primary: tuple[str, ...],
    secondary: tuple[str, ...],
    uid: str,
    language: str,
) -> str:
    return draw(
        FIGURES[key], name=name, primary=primary, secondary=secondary, uid=uid, animated=not uid
    )


def slugs(muscles: list[Muscle]) -> tuple[str, ...]:
    return tuple(muscle.slug for muscle in muscles)
