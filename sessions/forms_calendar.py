"""What a member types about their training days."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """Another date for one training day."""

    moved_to = forms.DateField(
        label=_("Move it to"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Choose the new date."),
            "invalid": _("Write the date like 2026-11-30."),
        },
    )

    helper = FormHelper()
    helper.form_tag = False


class TimeForm(forms.Form):
    """The time of all training days."""

    time_of_day = forms.TimeField(
        label=_("Time of your training days"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("On your clock, in summer as in winter. Leave it empty for no fixed time."),
        error_messages={"invalid": _("Write the time like 18:00.")},
    )

    helper = FormHelper()
    helper.form_tag = False
