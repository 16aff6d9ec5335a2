"""What a member types during and after a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Unit, User
from exercises.forms import SeveralExercises, exercise_called
from exercises.models import Exercise
from legtraining.domain.plates import Rack
from legtraining.domain.units import MAX_REPS, MAX_SECONDS, format_weight
from legtraining.domain.units import Unit as UnitName
from legtraining.fields import RirField, SecondsField, WeightField, WholeNumberField
from programs.models import SetKind
from sessions.models import Block, ExerciseSetup, WorkoutSession

if TYPE_CHECKING:
    from sessions.lifts import LiftLine

MAX_MINUTES = 24 * 60  # of a session


class SetForm(forms.Form):
    """One set. Its fields have the same names in every row of the page.

    Without `block` it says only whether what was typed can be a set at all; the place, and what
    its exercise needs, are then the database's to check, in the statement that writes. With the
    block it has a sentence for whatever was refused there.
    """

    client_key = forms.UUIDField()
    exercise = forms.CharField(max_length=80)
    block = WholeNumberField(low=1, high=1000)
    position = WholeNumberField(low=0, high=100)
    kind = forms.ChoiceField(choices=SetKind)
    weight = WeightField(required=False)
    unit = forms.ChoiceField(choices=Unit)
    reps = WholeNumberField(low=0, high=MAX_REPS, required=False)
    rir = RirField(required=False)
    seconds = SecondsField(low=1, high=MAX_SECONDS, required=False)
    note = forms.CharField(max_length=200, required=False)
    extra = forms.BooleanField(required=False)  # it was the row to add: another one follows it
    deleted = forms.BooleanField(required=False)

    def __init__(self, *args: Any, block: Block | None = None, **kwargs: Any) -> None:
        self.place = block
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.place is None:
            return data
        exercise = self.place.exercise
        slug = data.get("exercise", exercise.slug)
        if slug != exercise.slug and not exercise.merged.filter(slug=slug).exists():
            self.add_error("exercise", _("This exercise is not at this place of the session."))
        if exercise.is_timed:
            if data.get("seconds") is None and "seconds" not in self.errors:
                self.add_error("seconds", _("Enter how many seconds you held it."))
        elif data.get("reps") is None and "reps" not in self.errors:
            self.add_error("reps", _("Enter how many repetitions you did."))
        if exercise.needs_weight and data.get("weight") is None and "weight" not in self.errors:
            self.add_error("weight", _("Enter the weight, or 0 if there was none."))
        if not self.errors:
            self.add_error("client_key", _("This set was logged in another place already."))
        return data

    def written(self) -> dict[str, Any]:
        """What `log_set` is to write, and when it was typed where a phone says so."""
        names = ("exercise", "client_key", "position", "kind", "weight", "unit", "reps", "seconds")
        values = {name: self.cleaned_data[name] for name in (*names, "rir", "note", "deleted")}
        at = typed_at(self.data.get("done_at", ""))
        return values | {"order": self.cleaned_data["block"], "at": at}


def typed_at(text: str) -> datetime | None:
    """The time in ISO 8601 with its zone; None where a phone sends nothing readable."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


class StartForm(forms.Form):
    """Starting is sent with the new session's uuid, so that two taps start one session."""

    uuid = forms.UUIDField()
    planned = forms.BooleanField(required=False)
    workout = forms.IntegerField(required=False)  # another one than the next of the program


class LiftForm(forms.Form):
    """A trainer's word: this lift goes on from that weight."""

    lift = forms.ChoiceField(label=_("Lift"))
    weight = WeightField(label=_("Goes on from"))
    unit = forms.ChoiceField(label=_("Unit"), choices=[("kg", "kg"), ("lb", "lb")])
    reason = forms.CharField(
        label=_("Why (the member reads it)"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, lines: Sequence[LiftLine], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.lines = {line.key: line for line in lines}
        choices = [(line.key, line.name) for line in lines]
        self.fields["lift"].choices = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_lift(self) -> LiftLine:
        return self.lines[self.cleaned_data["lift"]]


class AddExerciseForm(forms.Form):
    """The next exercise of a session, by its name or another name for it: one of the library, or
    the member's own."""

    name = forms.CharField(
        label=_("Exercise"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "exercise-names", "autocomplete": "off"}),
    )
    order = forms.IntegerField(min_value=1, max_value=1000, widget=forms.HiddenInput)

    choices: Sequence[str] = ()  # the names to choose from, where what was typed fits several

    def __init__(self, data: Any = None, *, member: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.member = member

    def clean_name(self) -> Exercise:
        among = Exercise.objects.pickable_by(self.member).own_first()
        try:
            return exercise_called(self.cleaned_data["name"], among)
        except SeveralExercises as several:
            self.choices = several.names
            raise forms.ValidationError(_("Which one do you mean?")) from None


class FinishForm(forms.Form):
    rpe = WholeNumberField(
        label=_("How hard was it, 0 to 10?"),
        low=0,
        high=10,
        required=False,
        help_text=_("Session RPE: 0 is rest, 5 is hard, 10 is as hard as it gets."),
    )
    minutes = WholeNumberField(
        label=_("Minutes"),
        low=1,
        high=MAX_MINUTES,
        required=False,
        help_text=_("Empty means until now."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, *args: Any, session: WorkoutSession, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        if not session.is_open:
            self.fields["minutes"].help_text = _("Empty leaves it as it is.")

    def clean_minutes(self) -> int | None:
        """None where it is what the page said: the end has seconds, and keeps them."""
        minutes, end = self.cleaned_data["minutes"], self.session.finished_at
        if minutes is None or (end and minutes == self.session.minutes_until(end)):
            return None
        since = timezone.now() - self.session.started_at
        most = max(-(-since // timedelta(minutes=1)), 1)
        if minutes > most:
            sentence = ngettext(
                "It began %(most)d minute ago, so it cannot have taken longer.",
                "It began %(most)d minutes ago, so it cannot have taken longer.",
                most,
            )
            raise forms.ValidationError(sentence % {"most": most})
        return minutes


class PlaceForm(forms.Form):
    place = forms.IntegerField(min_value=1, max_value=1000)


class SwapForm(forms.Form):
    """An exercise of the library, or the member's own, by its address."""

    exercise = forms.ModelChoiceField(Exercise.objects.none(), to_field_name="slug")

    def __init__(self, data: Any = None, *, member: User) -> None:
        super().__init__(data)
        known = Exercise.objects.known_to(member).select_related("merged_into")
        self.fields["exercise"].queryset = known  # type: ignore[attr-defined]

    def clean_exercise(self) -> Exercise:
        """What it is called now: it may have been merged since the page was opened."""
        exercise: Exercise = self.cleaned_data["exercise"]
        return exercise.merged_into or exercise


class SetupForm(forms.ModelForm):
    """How a member sets an exercise up; the fields stand in its part of the session page."""

    bar = WeightField(required=False)
    step = WeightField(required=False)

    class Meta:
        model = ExerciseSetup
        fields = ("note", "bar", "step", "unit")

    def clean_step(self) -> Decimal | None:
        if self.cleaned_data["step"] == 0:
            raise forms.ValidationError(_("Enter more than 0, or leave it empty."))
        return self.cleaned_data["step"]


class PlatesForm(forms.Form):
    """A weight and the bar it is loaded on. The bar says which unit the weight is in, so the two
    cannot disagree."""

    weight = WeightField(
        label=_("Whole weight"),
        help_text=_("With the bar, in its unit."),
        error_messages={"required": _("Enter a weight.")},
    )
    bar = forms.ChoiceField(
        label=_("Bar"),
        error_messages={
            "required": _("Choose one of your bars."),
            "invalid_choice": _("Choose one of your bars."),
        },
    )

    def __init__(self, *args: Any, racks: Mapping[UnitName, Rack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bars = {
            f"{format_weight(bar)} {unit}": (bar, unit)
            for unit, rack in racks.items()
            for bar in rack.bars
        }
        self.fields["bar"].choices = [(name, name) for name in self.bars]  # type: ignore[attr-defined]

    def clean_bar(self) -> tuple[Decimal, UnitName]:
        return self.bars[self.cleaned_data["bar"]]
