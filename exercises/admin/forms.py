"""An exercise's facts together with its instructions."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from exercises.facts import facts_of
from exercises.forms import FactsForm, InstructionsForm, NewForm
from exercises.forms.editing import facts_initial
from exercises.models import Exercise, InstructionRevision
from exercises.services.locking import locked

SEVERAL = {
    "primary": _("primary muscles"),
    "secondary": _("secondary muscles"),
    "equipment": _("equipment"),
}
FACTS = (
    "name",
    "aliases",
    "kind",
    "mechanics",
    "unilateral",
    "load",
    "staple",
    *SEVERAL,
    "joint_actions",
    "figure",
    "erratum",
)
TEXTS = InstructionRevision.FIELDS
EVERY = [field.name for field in (*Exercise._meta.fields, *Exercise._meta.many_to_many)]


class ExerciseForm(FactsForm, forms.ModelForm):
    """What it holds is written by the services, so none of it is the model's own to save.

    `base` and `base_text` are the facts revision and the published text that were on the screen.
    """

    base_text = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    class Meta:
        model = Exercise
        exclude = EVERY  # noqa: DJ006 (nothing is left to be included)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        exercise = kwargs.get("instance")
        super().__init__(*args, exercise=exercise, **kwargs)
        for name, label in SEVERAL.items():
            choices = self.fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].widget = FilteredSelectMultiple(str(label), is_stacked=False)
            self.fields[name].widget.choices = choices
        for name in TEXTS:
            field = deepcopy(InstructionsForm.base_fields[name])
            field.required = False
            self.fields[name] = field
        if exercise:
            self._show(exercise)

    def _show(self, exercise: Exercise) -> None:
        text = exercise.revisions.current()
        shown = facts_initial(facts_of(exercise), exercise.facts_revisions.newest())
        shown |= text.texts if text else {}
        self.initial = shown | {"base_text": text.pk if text else 0} | dict(self.initial)

    def clean(self) -> dict[str, Any]:
        """Behind the lock of the exercise, which the admin's transaction holds to its end."""
        if self.exercise:
            locked(self.exercise)
        data = super().clean()
        self._clean_texts(data)
        if self.exercise and not self.errors:
            newest, text = self.exercise.facts_revisions.newest(), self.exercise.revisions.current()
            seen = (data["base"], data["base_text"])
            if seen != (newest.pk if newest else 0, text.pk if text else 0):
                self.add_error(
                    None,
                    _("Somebody else saved this exercise meanwhile. Open it again."),
                )
        return data

    def _clean_texts(self, data: dict[str, Any]) -> None:
        """They may be left out all together, until they are written for the first time."""
        self.texts: dict[str, Any] = {}
        typed = {name: self.data.get(self.add_prefix(name), "") for name in TEXTS}
        if not any(typed.values()) and not data.get("base_text"):
            return
        form = InstructionsForm(typed | {"base": 0})
        if form.is_valid():
            self.texts = form.texts()
        for name, problems in form.errors.as_data().items():
            if name not in self.errors:
                self.add_error(name, problems)


class NewExerciseForm(NewForm, ExerciseForm):
    """A new exercise also gets its address, which stays. Nobody else can have written it before."""

    base = base_text = None  # type: ignore[assignment]
