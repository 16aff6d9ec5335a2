"""How a trainer invites."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class InviteForm(forms.Form):
    label = forms.CharField(
        label=_("For whom"),
        max_length=100,
        help_text=_("Only you see this, so that you know whose link it was."),
    )

    helper = FormHelper()
    helper.form_tag = False
