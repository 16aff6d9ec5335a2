"""The form by which an account is deleted."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest


class DeleteForm(forms.Form):
    """The password, or the e-mail address of who has none, and that what is written was read."""

    has_read = forms.BooleanField(
        label=_("I have read this, and I want my account and everything in it deleted."),
        error_messages={"required": _("Tick this if you are sure.")},
    )

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, request: SignedInRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        if request.user.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
        else:
            self.fields["email"] = forms.CharField(
                label=_("Your e-mail address"),
                help_text=_("Type the address that you sign in with."),
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            )
        self.order_fields(["password", "email", "has_read"])

    def clean_password(self) -> str:
        """As often as allauth lets somebody try who is signed in already."""
        user = self.request.user
        if not ratelimit.consume(self.request, action="reauthenticate", user=user):
            raise ValidationError(_("That was tried too often. Wait a minute and try again."))
        password: str = self.cleaned_data["password"]
        if not user.check_password(password):
            raise ValidationError(_("That is not your password."))
        return password

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email != self.request.user.email:
            raise ValidationError(_("That is not the address of this account."))
        return email
