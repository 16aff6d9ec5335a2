"""How a trainer invites, and to whom members are handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Coaching, User
from programs.forms import PlainHelper


class NonceField(forms.UUIDField):
    """What the page proposed; whoever makes one up gets a fresh one."""

    def clean(self, value: Any) -> UUID | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class InviteForm(PlainHelper, forms.Form):
    label = forms.CharField(
        label=_("For whom"),
        max_length=100,
        help_text=_("Only you see this, so that you know whose link it was."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        help_text=_(
            "The link is mailed there. Without one you give the link or a QR code yourself."
        ),
    )
    # Proposed by the page: sent twice it is one invitation.
    nonce = NonceField(
        required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}), initial=uuid4
    )


class TrainerField(forms.ModelChoiceField):
    """One of the gym's trainers, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            User.objects.none(),
            empty_label=_("choose"),
            error_messages={
                "required": _("Choose a trainer."),
                "invalid_choice": _("Choose a trainer of the gym."),
            },
            **kwargs,
        )


class HandoverForm(PlainHelper, forms.Form):
    """To whom. `but` are those who cannot be asked: the trainer, and the member themselves."""

    to = TrainerField(label=_("To which trainer"))

    def __init__(self, data: Any = None, *, but: list[User]) -> None:
        super().__init__(data)
        others = User.objects.trainers().exclude(pk__in=[person.pk for person in but])
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class ManyHandoverForm(HandoverForm):
    """Several members at once, for a trainer who leaves."""

    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one member."),
            "invalid_choice": _("Choose among your own members."),
            "invalid_pk_value": _("Choose among your own members."),
        },
    )
    field_order = ("members", "to")

    def __init__(self, data: Any = None, *, trainer: User) -> None:
        super().__init__(data, but=[trainer])
        self.fields["members"].queryset = User.objects.coached_by(trainer)  # type: ignore[attr-defined]


class GymHandoverForm(PlainHelper, forms.Form):
    """All members of one trainer, also of one who has left."""

    trainer = TrainerField(label=_("All members of"))
    to = TrainerField(label=_("To which trainer"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        coaching = Coaching.objects.open().values("trainer")
        with_members = User.objects.filter(pk__in=coaching).order_by("name", "email")
        self.fields["trainer"].queryset = with_members  # type: ignore[attr-defined]
        self.fields["to"].queryset = User.objects.trainers()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to") and data.get("to") == data.get("trainer"):
            self.add_error("to", _("Choose another trainer."))
        return data


class AnswerForm(forms.Form):
    """A member's word about a handover, and the separate consent to share check-ins."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    share_health = forms.BooleanField(required=False)


class JoinForm(forms.Form):
    share_health = forms.BooleanField(required=False)
