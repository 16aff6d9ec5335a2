"""How a trainer writes a program and gives it to a member."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from exercises.forms import exercise_called
from exercises.models import Exercise
from legtraining.domain.prescription import parse_tempo
from legtraining.domain.refusal import Refusal
from legtraining.domain.setgroups import SetGroup, parse_sets, write_sets
from legtraining.domain.units import format_weight
from legtraining.fields import RirField, WeightField, WholeNumberField, refused
from programs.models import DAYS, MAX_WEEKS, Program, SetKind, Weekday, Workout
from programs.services import Prescribed

MAX_ROWS = 20


class PlainHelper:
    """crispy renders the fields; the template writes the form around them."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class ProgramForm(PlainHelper, forms.Form):
    title = forms.CharField(label=_("Title"), max_length=100)
    goal = forms.CharField(
        label=_("What it is for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    weeks = WholeNumberField(label=_("Weeks"), low=1, high=MAX_WEEKS)


class NewProgramForm(ProgramForm):
    days_a_week = WholeNumberField(label=_("Leg days a week"), low=1, high=DAYS)


class WorkoutForm(PlainHelper, forms.Form):
    title = forms.CharField(label=_("Title of the day"), max_length=60)
    later_weeks = forms.BooleanField(
        label=_("Write it into this day of all later weeks too"), required=False
    )


class PrescriptionForm(forms.Form):
    """One row of a workout. A row without an exercise is left out."""

    exercise = forms.CharField(
        label=_("Exercise"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "exercise-names", "autocomplete": "off"}),
    )
    sets = forms.CharField(
        label=_("Sets × reps"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "3x8-12", "autocomplete": "off"}),
    )
    load = WeightField(label=_("Load"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=[("kg", "kg"), ("lb", "lb")], required=False)
    rir = RirField(label=_("RIR"), required=False)
    tempo = forms.CharField(
        label=_("Tempo"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2-0-1-0", "autocomplete": "off"}),
    )
    rest_seconds = WholeNumberField(label=_("Rest (s)"), low=0, high=900, required=False)
    superset = forms.RegexField(
        r"^[A-Za-z]$",
        label=_("Superset"),
        required=False,
        strip=True,
        error_messages={"invalid": _("One letter, the same for exercises done in turn.")},
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, there: Mapping[str, Exercise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = there

    def clean_exercise(self) -> Exercise | None:
        """What stands in the workout already may stay, also if it is retired by now."""
        name = self.cleaned_data["exercise"]
        if not name:
            return None
        return self.there.get(name) or exercise_called(name)

    def clean_sets(self) -> list[SetGroup]:
        text = self.cleaned_data["sets"]
        return self._read(parse_sets, text) if text else []

    def clean_tempo(self) -> str:
        text = self.cleaned_data["tempo"]
        if text:
            self._read(parse_tempo, text)
        return text

    def _read(self, parse: Any, text: str) -> Any:
        try:
            return parse(text)
        except Refusal as refusal:
            raise refused(refusal) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("exercise") and not data.get("sets") and "sets" not in self.errors:
            self.add_error("sets", _("Write the sets and repetitions, for example 3x8-12."))
        # The unit is always chosen; everything else, a zero too, is only there if it was typed.
        typed = (value for name, value in data.items() if name not in ("exercise", "unit", "ORDER"))
        written = any(value not in (None, "", []) for value in typed)
        if written and not data.get("exercise") and "exercise" not in self.errors:
            self.add_error("exercise", _("Name the exercise of this row, or empty the row."))
        return data

    def prescribed(self) -> Prescribed:
        data = self.cleaned_data
        return Prescribed(
            exercise=data["exercise"],
            groups=data["sets"],
            load=data["load"],
            unit=data["unit"] or Unit.KG,
            rir=data["rir"],
            tempo=data["tempo"],
            rest_seconds=data["rest_seconds"],
            superset=data["superset"].upper(),
            note=data["note"],
        )


class PrescriptionFormSet(BaseFormSet):
    def rows(self) -> list[Prescribed]:
        """The written rows in the order of their numbers."""
        forms_in_order = self.ordered_forms
        return [form.prescribed() for form in forms_in_order if form.cleaned_data.get("exercise")]


_PrescriptionFormSet = formset_factory(
    PrescriptionForm,
    formset=PrescriptionFormSet,
    extra=3,
    max_num=MAX_ROWS,
    validate_max=True,
    absolute_max=MAX_ROWS + 5,
    can_order=True,
)


def written_rows(workout: Workout) -> list[dict[str, Any]]:
    """The rows of a workout as `PrescriptionForm` shows them."""
    rows = []
    for prescription in workout.prescriptions.all():
        sets = list(prescription.sets.all())
        groups = [
            SetGroup(
                each.count, each.reps_min, each.reps_max, each.seconds, each.kind == SetKind.AMRAP
            )
            for each in sets
        ]
        first = sets[0]
        rows.append(
            {
                "exercise": prescription.exercise.name,
                "sets": write_sets(groups),
                "load": None if first.load is None else format_weight(first.load),
                "unit": first.unit,
                "rir": None if first.rir is None else format_weight(first.rir),
                "tempo": prescription.tempo,
                "rest_seconds": prescription.rest_seconds,
                "superset": prescription.superset,
                "note": prescription.note,
            }
        )
    return rows


def prescription_rows(workout: Workout, data: Any = None) -> PrescriptionFormSet:
    """The rows of `workout` to edit, or what was typed in them."""
    there = {each.exercise.name: each.exercise for each in workout.prescriptions.all()}
    formset = _PrescriptionFormSet(
        data, initial=written_rows(workout), prefix="rows", form_kwargs={"there": there}
    )
    return cast("PrescriptionFormSet", formset)


class AssignForm(PlainHelper, forms.Form):
    """Only members who accepted this trainer can be chosen."""

    member = forms.ModelChoiceField(
        label=_("Member"), queryset=User.objects.none(), empty_label=_("Choose a member")
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
    replace = forms.BooleanField(
        label=_("End the program they follow now, if there is one"), required=False
    )

    def __init__(self, *args: Any, trainer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = User.objects.coached_by(trainer)  # type: ignore[attr-defined]


def form_of(program: Program, data: Any = None) -> ProgramForm:
    initial = {"title": program.title, "goal": program.goal, "weeks": program.weeks}
    return ProgramForm(data, initial=initial)
