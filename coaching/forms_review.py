"""What a trainer types on a member's page: notes, and which exercise to swap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models import MAX_NOTE
from exercises.models import Exercise
from legtraining.domain.refusal import Refusal
from legtraining.fields import refused
from programs.forms import PlainHelper
from programs.names import Unknown, meant


class NoteForm(PlainHelper, forms.Form):
    """A private note. That it is about health can only be said while the member `shares` that."""

    text = forms.CharField(
        label=_("Note"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
    about_health = forms.BooleanField(
        label=_("It is about health"),
        required=False,
        help_text=_("You see it only while they share their check-ins with you."),
    )

    def __init__(self, data: Any = None, *, shares: bool) -> None:
        super().__init__(data)
        self.shares = shares
        if not shares:
            del self.fields["about_health"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.shares and self.data.get("about_health"):
            self.add_error(
                None,
                _("A note about health is only kept while they share their check-ins with you."),
            )
        return data


class SwapForm(PlainHelper, forms.Form):
    """Another exercise in the place of one, in all workouts that are still to do.

    Any exercise can be posted as the old one: one that is not ahead any more changes nothing.
    """

    exercise = forms.ModelChoiceField(
        Exercise.objects.library(),
        to_field_name="slug",
        label=_("Instead of"),
        empty_label=None,
        error_messages={
            "required": _("Choose an exercise that is still to do."),
            "invalid_choice": _("Choose an exercise that is still to do."),
        },
    )
    name = forms.CharField(
        label=_("They do"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "exercise-names", "autocomplete": "off"}),
        error_messages={"required": _("Write the name of an exercise.")},
    )
    keep_loads = forms.BooleanField(
        label=_("Keep the weights that are written"),
        required=False,
        help_text=_(
            "Without it a weight in kg or lb is left open: it was meant for the other one."
        ),
    )

    choices: Sequence[str] = ()  # the names to choose from, where what was typed fits several

    def __init__(self, data: Any = None, *, ahead: Sequence[Exercise]) -> None:
        super().__init__(data)
        field: Any = self.fields["exercise"]
        field.widget.choices = [(each.slug, each.name) for each in ahead]

    def clean_name(self) -> Exercise:
        try:
            return meant(self.cleaned_data["name"])
        except Unknown as unknown:
            self.choices = unknown.choices
            raise refused(unknown) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name") and data.get("name") == data.get("exercise"):
            self.add_error("name", _("Choose another exercise than that one."))
        return data

    def refuse(self, refusal: Refusal) -> None:
        self.add_error("name", refused(refusal))
