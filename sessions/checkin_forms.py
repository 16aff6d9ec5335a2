"""What a member may note about how they feel."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import MuscleGroup
from legtraining.domain.pain import MAX_PAIN, MAX_SORENESS
from legtraining.fields import NumberField
from sessions.models import CheckIn, PainPlace, PainSide, WarningSign
from sessions.models.checkin import MAX_BODY_WEIGHT, MIN_BODY_WEIGHT

BLANK = [("", "–")]


class ScaleField(forms.TypedChoiceField):
    """A whole number of 0 to `high`, chosen with one thumb; empty is None."""

    def __init__(self, *, high: int, **kwargs: Any) -> None:
        super().__init__(
            choices=[*BLANK, *((str(number), str(number)) for number in range(high + 1))],
            coerce=int,
            empty_value=None,
            required=False,
            error_messages={
                "invalid_choice": _("Choose a number from 0 to %(high)d.") % {"high": high}
            },
            **kwargs,
        )


class CheckInForm(forms.Form):
    """One day. Every field may stay empty, all of them together may not."""

    pain = ScaleField(label=_("How strong"), high=MAX_PAIN)
    pain_place = forms.ChoiceField(
        label=_("Where"),
        choices=[*BLANK, *PainPlace.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose the place from the list.")},
    )
    pain_side = forms.ChoiceField(
        label=_("Side"),
        choices=[*BLANK, *PainSide.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose the side from the list.")},
    )
    signs = forms.MultipleChoiceField(
        label=_("Tick what is true today"),
        choices=WarningSign,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose the signs from the list.")},
    )
    body_weight = NumberField(
        label=_("Body weight"),
        low=Decimal(MIN_BODY_WEIGHT),
        high=Decimal(MAX_BODY_WEIGHT),
        required=False,
    )
    body_weight_unit = forms.ChoiceField(
        label=_("In kg or lb"),
        choices=[(unit, unit.value) for unit in Unit],
        required=False,  # it says nothing alone
        error_messages={"invalid_choice": _("Choose kg or lb.")},
    )

    PREFIX = "soreness_"

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        """`unit` is the member's, in which a body weight is asked for."""
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["body_weight_unit"].initial = unit
        for group in MuscleGroup:
            self.fields[self.PREFIX + group.value] = ScaleField(
                label=group.label, high=MAX_SORENESS
            )

    @property
    def soreness_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(self.PREFIX)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(name.startswith(self.PREFIX) and name not in self.fields for name in self.data):
            self.add_error(None, _("Choose the muscle groups from the list."))
        placed = data.get("pain_place") or data.get("pain_side")
        if placed and data.get("pain") is None and "pain" not in self.errors:
            self.add_error("pain", _("How strong is it? 0 is none."))
        said = (value for name, value in data.items() if name != "body_weight_unit")
        if not self.errors and all(value in (None, "", []) for value in said):
            self.add_error(None, _("Choose at least one thing to note. The rest may stay empty."))
        return data

    def noted(self) -> CheckIn:
        """What could be read of it, unsaved: a warning sign is answered in a refused form too."""
        data = self.cleaned_data
        return CheckIn(pain=data.get("pain"), signs=data.get("signs", []))

    def felt(self) -> dict[str, Any]:
        """What `save_check_in` writes."""
        data = self.cleaned_data
        soreness = {
            group.value: data[self.PREFIX + group.value]
            for group in MuscleGroup
            if data[self.PREFIX + group.value] is not None
        }
        names = ("pain", "pain_place", "pain_side", "signs", "body_weight")
        unit = data["body_weight_unit"] or self.unit
        felt = {"soreness": soreness, "body_weight_unit": unit}
        return felt | {name: data[name] for name in names}


def form_of(check_in: CheckIn | None, *, unit: str) -> CheckInForm:
    """The form as `check_in` was saved, or an empty one, for a member whose unit is `unit`."""
    if check_in is None:
        return CheckInForm(unit=unit)
    names = ["pain", "pain_place", "pain_side", "signs"]
    if check_in.body_weight is not None:  # as it was typed, whatever the unit is now
        names += ["body_weight", "body_weight_unit"]
    soreness = {CheckInForm.PREFIX + group: number for group, number in check_in.soreness.items()}
    saved = {name: getattr(check_in, name) for name in names}
    return CheckInForm(unit=unit, initial=saved | soreness)
