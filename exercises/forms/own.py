"""What a member says about an exercise of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.forms.editing import PlainHelper
from exercises.forms.search import SeveralExercises, exercise_called
from exercises.models import Exercise, Load, MuscleGroup, MuscleWork
from exercises.services.own import MAX_NAME, own_name

DIRECT, INDIRECT = "direct", "indirect"
WORKS = [("", _("not")), (DIRECT, _("directly")), (INDIRECT, _("indirectly"))]


class OwnForm(PlainHelper, forms.Form):
    """Its name, what a weight of it means, and which muscle groups it works."""

    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give it a name.")},
    )
    load = forms.ChoiceField(label=_("What a weight means"), choices=Load)

    def __init__(self, data: Any = None, *, fixed_load: bool = False, **kwargs: Any) -> None:
        """With `fixed_load` what a weight means is not asked: sets are logged with it."""
        super().__init__(data, **kwargs)
        for group in MuscleGroup:
            field = forms.ChoiceField(label=group.label, choices=WORKS, required=False)
            self.fields[f"works_{group}"] = field
        if fixed_load:
            del self.fields["load"]

    @property
    def works(self) -> list[forms.BoundField]:
        """The fields of the muscle groups."""
        return [self[f"works_{group}"] for group in MuscleGroup]

    def clean_name(self) -> str:
        return own_name(self.cleaned_data["name"])

    def said(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "load": data.get("load"),
            "groups": [group for group in MuscleGroup if data[f"works_{group}"] == DIRECT],
            "indirect": [group for group in MuscleGroup if data[f"works_{group}"] == INDIRECT],
        }


def own_initial(exercise: Exercise) -> dict[str, str]:
    """An own exercise that was fetched `with_facts`, as `OwnForm` shows it."""
    works = {
        f"works_{work.muscle.group}": DIRECT if work.share == MuscleWork.PRIMARY else INDIRECT
        for work in exercise.muscle_work.all()
    }
    return {"name": exercise.name, "load": exercise.load} | works


class SameForm(PlainHelper, forms.Form):
    """Which exercise of the library an own one is, by its name."""

    into = forms.CharField(
        label=_("It is the same as"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "exercise-names", "autocomplete": "off"}),
        help_text=_("The name of an exercise of the library."),
    )

    choices: Sequence[str] = ()  # the names to choose from, where what was typed fits several

    def clean_into(self) -> Exercise:
        try:
            return exercise_called(self.cleaned_data["into"])
        except SeveralExercises as several:
            self.choices = several.names
            raise forms.ValidationError(_("Which one do you mean?")) from None
