"""Which exercise a trainer means by what they wrote."""

from __future__ import annotations

from difflib import SequenceMatcher

from django import forms
from django.utils.text import slugify

from exercises.forms import CHOICES, SeveralExercises, exercise_called
from exercises.models import Exercise
from legtraining.domain.refusal import Refusal

# Two names are one with a slip of the pen from this likeness on (1 is the same): two letters that
# changed places in “Seated Leg Curl” are 0.93, “Cable Hip Abduction” and “… Adduction” are 0.95
# and therefore asked for.
SLIP = 0.9


class Unknown(Refusal):
    """A name that is no exercise's, or that several have: `choices` are what may be meant."""

    def __init__(self, sentence: str, choices: tuple[str, ...] = ()) -> None:
        self.choices = choices
        super().__init__("%(text)s", text=sentence)


def exact(names: set[str]) -> dict[str, Exercise]:
    """The exercises that are called or addressed so, by what was written; two queries."""
    pickable = Exercise.objects.pickable()
    slugs = {slugify(name): name for name in names}
    found = {slugs[each.slug]: each for each in pickable.filter(slug__in=slugs)}
    return found | {each.name: each for each in pickable.filter(name__in=names)}


def meant(name: str) -> Exercise:
    """The exercise of that name or alias, or of one with a slip of the pen.

    Raises Unknown otherwise, with what may be meant. A part of one name alone is asked for too:
    “Plank” may be another exercise than “Copenhagen Plank”.
    """
    try:
        found = exercise_called(name)
        if Exercise.objects.filter(pk=found.pk).called(name).exists():
            return found
        several = SeveralExercises(name, [found.name])
    except SeveralExercises as error:
        several = error
    except forms.ValidationError as error:
        raise Unknown(error.messages[0]) from None
    near = _slipped(name)
    if len(near) == 1:
        return near[0]
    raise Unknown(several.messages[0], tuple(several.names))


def _slipped(name: str) -> list[Exercise]:
    """Those whose name or alias is nearly that."""
    nearest = Exercise.objects.pickable().nearest(name, CHOICES)
    return [each for each in nearest if any(_like(name, other) for other in each.words.split("\n"))]


def _like(name: str, other: str) -> bool:
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= SLIP
