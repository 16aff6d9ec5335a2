"""What allauth asks of us at sign-up: the name beside e-mail and password."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User, time_zones


class SignupFields(forms.Form):
    """Our fields in allauth's sign-up form. The browser fills in the time zone if it can."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    field_order = ("name", "email", "password1", "time_zone")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        if self.cleaned_data["time_zone"] in time_zones():
            user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "time_zone"])
