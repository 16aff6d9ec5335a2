"""How the library is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.models import Exercise, Kind, Mechanics, MuscleGroup
from exercises.querysets import ExerciseQuerySet, singular

CHOICES = 8  # as many as one reads at a glance
MAX_TEXT = 80  # characters of what is searched
GROUPS = list(MuscleGroup.choices)


# Muscles and equipment are named by the editors.
NAMES = """
    SELECT 'muscle', slug, name FROM exercises_muscle
    UNION ALL SELECT 'equipment', slug, name FROM exercises_equipment ORDER BY 1, 3
"""
LEGS = [("one", gettext_lazy("One at a time")), ("both", gettext_lazy("Both together"))]


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    every: str  # what stands there while nothing is chosen
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class LibraryFilter:
    """The filters stand in the address; a value that does not exist filters nothing away.

    No Django form: its fields and widgets would cost more than the search.
    """

    selects: list[Select]
    chosen: dict[str, str]  # the filters that are set, each by its name

    @classmethod
    def of(cls, query: QueryDict) -> LibraryFilter:
        with connection.cursor() as cursor:
            cursor.execute(NAMES)
            rows = cursor.fetchall()
        muscles = [(slug, name) for what, slug, name in rows if what == "muscle"]
        equipment = [(slug, name) for what, slug, name in rows if what == "equipment"]
        selects = [
            cls._select(query, "muscle", _("Muscle"), _("All muscles"), GROUPS + muscles),
            cls._select(query, "equipment", _("Equipment"), _("All equipment"), equipment),
            cls._select(query, "kind", _("Kind"), _("All kinds"), Kind.choices),
            cls._select(query, "mechanics", _("Mechanics"), _("All"), Mechanics.choices),
            cls._select(query, "legs", _("Legs"), _("All"), LEGS),
        ]
        text = query.get("q", "").strip()
        is_text = len(text) <= MAX_TEXT and "\0" not in text
        chosen = {"q": text if is_text else ""} | {select.name: select.chosen for select in selects}
        return cls(selects, {name: value for name, value in chosen.items() if value})

    @property
    def muscles(self) -> list[tuple[str, str]]:
        """The groups and muscles that are called like what is searched."""
        text = singular(self.chosen.get("q", "").casefold())
        if len(text) < 4 or "muscle" in self.chosen:
            return []
        return [(slug, name) for slug, name in self.selects[0].choices if text in name.casefold()]

    @staticmethod
    def _select(query: QueryDict, name: str, label: str, every: str, choices: list[Any]) -> Select:
        chosen = query.get(name, "")
        known = chosen in dict(choices)
        return Select(name, label, every, tuple(choices), chosen if known else "")


class SeveralExercises(forms.ValidationError):
    """A name fits more than one exercise; `names` are some of theirs."""

    def __init__(self, text: str, names: list[str]) -> None:
        self.names = names
        sentence = _("“%(text)s” could be %(names)s. Which one do you mean?")
        super().__init__(sentence % {"text": text, "names": ", ".join(names)}, code="several")


def exercise_called(name: str, exercises: ExerciseQuerySet | None = None) -> Exercise:
    """The exercise of that name or alias, or the only one with all its words in its name.

    Of those that can be trained and programmed, unless others are given. Raises ValidationError
    with a sentence; SeveralExercises if more than one has the words, or is nearly called so.
    """
    among = Exercise.objects.pickable() if exercises is None else exercises
    exercise = among.called(name).first()
    if exercise:
        return exercise
    like = list(among.named(name).best_first(name)[:CHOICES])
    if len(like) == 1:
        return like[0]
    like = like or among.nearest(name, CHOICES)
    if like:
        raise SeveralExercises(name, [each.name for each in like])
    raise forms.ValidationError(
        _("There is no exercise called “%(name)s” in the library.") % {"name": name},
        code="unknown",
    )
