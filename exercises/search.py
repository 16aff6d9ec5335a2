"""What the library shows for a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from exercises.models import Equipment, Exercise, Muscle, MuscleWork
from exercises.querysets import ExerciseQuerySet

if TYPE_CHECKING:
    from exercises.forms import LibraryFilter

PAGE = 40
NEAREST = 6


@dataclass(frozen=True)
class Card:
    """A line of the list: what the exercise trains and needs, in names."""

    slug: str
    name: str
    kind: str
    trains: list[str]
    needs: list[str]


@dataclass(frozen=True)
class Found:
    """One page of what fits. `is_near` says that what is shown is only like the name; `beyond` is
    what would be found without the other filters, where nothing fits."""

    shown: list[Card]
    count: int
    more: str = ""
    is_near: bool = False
    beyond: list[Card] | None = None

    @property
    def lines(self) -> list[Card]:
        return self.shown if self.beyond is None else self.beyond


def search(form: LibraryFilter, page: str = "") -> Found:
    """The exercises that fit the filters: those that have the words of the name; where none has,
    those that are nearly called so; where none is, the nearest without the other filters."""
    chosen = form.chosen
    text = chosen.get("q", "")
    exercises = form.narrow(Exercise.objects.in_use())
    if not text:
        return paged(in_list_order(exercises, chosen), chosen, page)
    found = paged(exercises.named(text).best_first(text), chosen, page)
    if found.count:
        return found
    near = cards(exercises.in_order(exercises.nearest(text, NEAREST)))
    if near:
        return Found(near, len(near), is_near=True)
    everything = Exercise.objects.in_use()
    ids = list(everything.named(text).best_first(text).values_list("pk", flat=True)[:NEAREST])
    ids = ids or everything.nearest(text, NEAREST)
    return Found([], 0, beyond=cards(everything.in_order(ids)))


def in_list_order(exercises: ExerciseQuerySet, chosen: dict[str, str]) -> ExerciseQuerySet:
    """By name; of a single muscle first what trains it most."""
    if muscle := chosen.get("muscle"):
        share = MuscleWork.objects.filter(exercise=OuterRef("pk")).filter(
            Q(muscle__slug=muscle) | Q(muscle__group=muscle)
        )
        return exercises.alias(most=share.order_by("-share").values("share")[:1]).order_by(
            F("most").desc(), "kind", "name"
        )
    return exercises.order_by("kind", "name")


def paged(exercises: ExerciseQuerySet, chosen: dict[str, str], page: str) -> Found:
    number = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 5 else 1
    start = (max(number, 1) - 1) * PAGE
    count = exercises.count()
    more = urlencode(chosen | {"page": number + 1}) if count > start + PAGE else ""
    return Found(cards(exercises[start : start + PAGE]), count, more)


def cards(exercises: ExerciseQuerySet) -> list[Card]:
    """One query."""
    works = Muscle.objects.filter(work__exercise=OuterRef("pk"), work__share=MuscleWork.PRIMARY)
    needs = Equipment.objects.filter(exercise=OuterRef("pk"))
    rows = exercises.annotate(
        trains=ArraySubquery(works.values("name")), needs=ArraySubquery(needs.values("name"))
    )
    return [Card(*row) for row in rows.values_list("slug", "name", "kind", "trains", "needs")]
