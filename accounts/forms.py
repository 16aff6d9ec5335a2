"""What a person says about themselves."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User, time_zones


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "unit", "time_zone", "theme")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }
        help_texts = {
            "unit": _("For new sets. What you logged stays as you typed it."),
            "time_zone": _("For example Europe/Berlin. It decides which day a session belongs to."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def zones(self) -> list[str]:
        return sorted(zone for zone in time_zones() if "/" in zone or zone == "UTC")
