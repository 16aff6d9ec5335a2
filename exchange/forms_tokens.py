"""What a new access token may read, and for how long."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from exchange.models import Scope
from programs.forms import PlainHelper

VALID = [
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("a year")),
    ("0", _("until you revoke it")),
]


class TokenForm(PlainHelper, forms.Form):
    """The password is asked for each time: a token outlives the visit, a phone left lying does not
    make one."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("So that you know it again, for example: chart on my desk."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may read your"),
        choices=Scope,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(label=_("It works for"), choices=VALID, coerce=int, initial="90")
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Any = None, *, request: SignedInRequest) -> None:
        super().__init__(data)
        self.request = request

    def clean_password(self) -> str:
        """Tries are counted with those of allauth's own page that asks for the password again."""
        password: str = self.cleaned_data["password"]
        if self.errors:  # it has to be sent again anyway
            return password
        user = self.request.user
        if not ratelimit.consume(self.request, action="reauthenticate", user=user):
            raise ValidationError(_("Too many tries. Wait a minute and try again."), code="many")
        if not user.check_password(password):
            raise ValidationError(_("This is not your password."), code="wrong")
        return password

    def asked(self) -> dict[str, Any]:
        """For `make_token`."""
        named = {name: self.cleaned_data[name] for name in ("name", "scopes", "days")}
        return named | {"days": named["days"] or None}
