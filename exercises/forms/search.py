"""How the library is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.models import Equipment, Exercise, Kind, Mechanics, Muscle, MuscleGroup
from exercises.querysets import ExerciseQuerySet

CHOICES = 8  # as many as one reads at a glance


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    choices: list[Any]
    chosen: str


class LibraryFilter(forms.Form):
    """The filters stand in the address; a value that does not exist filters nothing away."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80)
    muscle = forms.ChoiceField(label=_("Muscle"), required=False)
    equipment = forms.ChoiceField(label=_("Equipment"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices]
    )
    mechanics = forms.ChoiceField(
        label=_("Mechanics"), required=False, choices=[("", _("All")), *Mechanics.choices]
    )
    legs = forms.ChoiceField(
        label=_("Legs"),
        required=False,
        choices=[("", _("All")), ("one", _("One at a time")), ("both", _("Both together"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.muscles = list(Muscle.objects.order_by("name"))
        equipment = Equipment.objects.values_list("slug", "name")
        self.fields["muscle"].choices = [  # type: ignore[attr-defined]
            ("", _("All muscles")),
            *((value, label) for value, label in MuscleGroup.choices),
            *((muscle.slug, muscle.name) for muscle in self.muscles),
        ]
        self.fields["equipment"].choices = [("", _("All equipment")), *equipment]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def selects(self) -> list[Select]:
        """The lists to choose from, as the template writes them: a widget of its own for each would
        cost more than the search."""
        chosen = self.chosen
        return [
            Select(name, str(field.label), list(cast("Any", field.choices)), chosen.get(name, ""))
            for name, field in self.fields.items()
            if isinstance(field, forms.ChoiceField)
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, each by the name of its field."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, exercises: ExerciseQuerySet) -> ExerciseQuerySet:
        """What is left of `exercises` by all filters but the name."""
        chosen = self.chosen
        if "muscle" in chosen:
            exercises = exercises.training(chosen["muscle"])
        if "equipment" in chosen:
            exercises = exercises.with_equipment(chosen["equipment"])
        if "legs" in chosen:
            exercises = exercises.filter(unilateral=chosen["legs"] == "one")
        same = {name: chosen[name] for name in ("kind", "mechanics") if name in chosen}
        return exercises.filter(**same)


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
    like = like or list(among.in_order(among.nearest(name, CHOICES)))
    if like:
        raise SeveralExercises(name, [each.name for each in like])
    raise forms.ValidationError(
        _("There is no exercise called “%(name)s” in the library.") % {"name": name},
        code="unknown",
    )
