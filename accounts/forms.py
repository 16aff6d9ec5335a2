"""What a person says about themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import stops
from accounts.models import MAX_REST, REMIND_CHOICES, Unit, User, time_zones
from legtraining.domain import plates as domain
from legtraining.domain.refusal import Refusal
from legtraining.domain.units import Unit as UnitName
from legtraining.fields import NumberField, WholeNumberField, refused


class SettingsForm(forms.ModelForm):
    rest_seconds = WholeNumberField(label=_("Rest between sets (seconds)"), low=0, high=MAX_REST)
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("What is mailed to you is written in it.")
    )
    mail = forms.MultipleChoiceField(
        label=_("You get mail about"),
        choices=[(kind, kind.label) for kind in stops.CHOSEN],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = (
            "name",
            "unit",
            "formula",
            "time_zone",
            "language",
            "theme",
            "rest_seconds",
            "rest_after_warmups",
            "remind_minutes",
        )
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }
        help_texts = {
            "unit": _("For new sets. What you logged stays as you typed it."),
            "formula": _(
                "Your lifts, records and plateaus are judged by it, on your pages and your "
                "trainer’s. They agree within a few per cent up to ten repetitions."
            ),
            "time_zone": _("For example Europe/Berlin. It decides which day a session belongs to."),
            "remind_minutes": _("A mail before each training day that has a time."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["formula"].required = False  # a form from before it is still good
        self.fields["remind_minutes"].choices = [("", _("none")), *REMIND_CHOICES]  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
        self.initial.setdefault("mail", stops.wanted(self.instance))
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_formula(self) -> str:
        return self.cleaned_data["formula"] or self.instance.formula

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (the signature is Django's)
        stops.choose(member=self.instance, kinds=self.cleaned_data["mail"])
        return super().save(commit)

    @property
    def zones(self) -> list[str]:
        return sorted(zone for zone in time_zones() if "/" in zone or zone == "UTC")


class StepField(NumberField):
    """What lies between one weight and the next."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(low=domain.PLATE_STEP, high=domain.MAX_PLATE, **kwargs)


class RackForm(forms.Form):
    """The bars, plates and steps of one unit. There is one such form a unit on the page."""

    unit = forms.ChoiceField(choices=Unit, widget=forms.HiddenInput)
    bars = forms.CharField(
        label=_("Bars"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("What each one weighs, with a space between them. The usual one first."),
    )
    plates = forms.CharField(
        label=_("Plates"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("25x4 is four pairs of 25: four plates for each side. 25 alone is one pair."),
    )
    dumbbell_step = StepField(label=_("Step between dumbbells"))
    machine_step = StepField(label=_("Step of a machine’s stack"))

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, data: Any = None, *, unit: UnitName, rack: domain.Rack) -> None:
        initial = {
            "unit": unit,
            "bars": domain.write_bars(rack.bars),
            "plates": domain.write_plates(rack.plates),
            "dumbbell_step": rack.dumbbell_step,
            "machine_step": rack.machine_step,
        }
        super().__init__(data, initial=initial, auto_id=f"{unit}-%s")
        self.is_own = rack != domain.DEFAULT_RACKS[unit]

    def clean_bars(self) -> tuple[Decimal, ...]:
        try:
            return domain.parse_bars(self.cleaned_data["bars"])
        except Refusal as refusal:
            raise refused(refusal) from None

    def clean_plates(self) -> domain.Plates:
        try:
            return domain.parse_plates(self.cleaned_data["plates"])
        except Refusal as refusal:
            raise refused(refusal) from None

    def rack(self) -> domain.Rack:
        fields = ("bars", "plates", "dumbbell_step", "machine_step")
        return domain.Rack(**{name: self.cleaned_data[name] for name in fields})
