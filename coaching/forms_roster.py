"""What of the roster is shown. It stands in the address; what cannot be read there is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.attention import Kind
from coaching.roster import ANY, Chosen


class RosterForm(forms.Form):
    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    reason = forms.ChoiceField(
        label=_("Needs attention"),
        required=False,
        choices=[("", _("All members")), (ANY, _("For any reason")), *Kind.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    program = forms.ChoiceField(
        label=_("Program"),
        required=False,
        choices=[
            ("", _("With or without")),
            ("yes", _("Has a program")),
            ("no", _("Has none")),
            ("paused", _("Program rests")),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("attention", _("Most urgent first")),
            ("name", _("Name")),
            ("last", _("Last session")),
            ("adherence", _("Sessions in 4 weeks")),
            ("next", _("Next workout")),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    dir = forms.ChoiceField(
        required=False, choices=[("asc", ""), ("desc", "")], widget=forms.HiddenInput()
    )


def read(data: Any) -> Chosen:
    """What the address asks for, with the usual in place of whatever it does not say rightly."""
    form = RosterForm(data)
    form.is_valid()
    return Chosen(**{name: value for name, value in form.cleaned_data.items() if value})
