"""How a trainer gives a program to members, and its changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.assigning import LEAVE, QUEUE, REPLACE, Look
from exercises.models import Exercise
from legtraining.fields import WeightField
from programs.forms import PlainHelper
from programs.models import Assignment, Weekday
from programs.querysets import AssignmentQuerySet


class GiveForm(PlainHelper, forms.Form):
    """Who gets a program, and when they train. Only one's own members can be chosen."""

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
    start_date = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Training days"),
        choices=Weekday,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one training day.")},
    )
    time_of_day = forms.TimeField(
        label=_("Time of day"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Each member’s own time, for reminders and calendars. It may stay empty."),
    )
    busy = forms.ChoiceField(
        label=_("If they follow a program now"),
        choices=[
            (LEAVE, _("leave them out")),
            (QUEUE, _("let this one wait until that one ends")),
            (REPLACE, _("end that one and begin this one")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens to the program they follow now.")},
    )

    def __init__(self, *args: Any, trainer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = User.objects.coached_by(trainer)  # type: ignore[attr-defined]


class MemberForm(PlainHelper, forms.Form):
    """What is typed for one member before they get a program: their training maxes.

    Nothing has to be typed: who lacks one does not get the program, and the others do.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")
    out = forms.BooleanField(required=False)

    def __init__(self, look: Look, data: Any = None) -> None:
        self.look = look
        prefix = f"m{look.member.pk}"
        super().__init__(data if data and f"{prefix}-seen" in data else None, prefix=prefix)
        self.fields["out"].label = _("Leave %(name)s out") % {"name": look.member}
        for lift in look.lifts:
            self.fields[_name(lift)] = self._field(lift)
        # The box comes last: first what is to be typed.
        self.order_fields(["seen", *map(_name, look.lifts), "out"])

    def _field(self, lift: Exercise) -> WeightField:
        estimate = self.look.estimates.get(lift.pk)
        return WeightField(
            label=_("Training max of %(exercise)s (%(unit)s)")
            % {"exercise": lift.name, "unit": self.look.member.unit},
            required=False,
            initial=estimate.weight if estimate else None,
            help_text=estimate.words
            if estimate
            else _("Type it: no set of the last 12 weeks gives an estimate."),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for lift in self.look.lifts:
            if data.get(_name(lift)) == 0:
                self.add_error(_name(lift), ValidationError(_("A training max is more than 0.")))
        return data

    @property
    def left_out(self) -> bool:
        return self.is_bound and bool(self.data.get(self.add_prefix("out")))

    def ask_for_missing(self) -> None:
        """A sentence beside each training max that was not typed, on a form that was sent."""
        if self.is_bound and not self.left_out:
            typed = dict(self.maxes())
            for lift in self.look.lifts:
                if lift not in typed:
                    self.add_error(_name(lift), _("Type the training max, or leave them out."))

    def maxes(self) -> Iterator[tuple[Exercise, Decimal]]:
        """What was typed, of a form that is valid."""
        for lift in self.look.lifts:
            weight = self.cleaned_data.get(_name(lift))
            if weight is not None:
                yield lift, weight


def _name(lift: Exercise) -> str:
    return f"max_{lift.pk}"


class PushForm(forms.Form):
    """Which copies get the changes; only those that their sender gave can be chosen."""

    copies = forms.ModelMultipleChoiceField(
        queryset=Assignment.objects.none(),
        error_messages={
            "required": _("Choose at least one member."),
            "invalid_choice": _("Somebody you chose does not follow this program any more."),
            "invalid_pk_value": _("Somebody you chose does not follow this program any more."),
        },
    )

    def __init__(self, data: Any, *, copies: AssignmentQuerySet) -> None:
        super().__init__(data)
        self.fields["copies"].queryset = copies  # type: ignore[attr-defined]
