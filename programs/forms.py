"""How a trainer writes a program and gives it to a member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from exercises.models import Exercise
from legtraining.domain.prescription import parse_tempo
from legtraining.domain.refusal import Refusal
from legtraining.domain.rule_reading import MAX_LENGTH, parse_rule
from legtraining.domain.rules import Rule
from legtraining.domain.setgroups import SetGroup, parse_sets, write_sets
from legtraining.fields import SecondsField, WholeNumberField, refused
from programs.models import DAYS, MAX_WEEKS, Program, Workout
from programs.names import exact, meant
from programs.plans import Prescribed, groups_of, unfit

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


class EditProgramForm(ProgramForm):
    shared = forms.BooleanField(
        label=_("Share it with the gym’s other trainers"),
        required=False,
        help_text=_("They can look at it, give it, and copy it; only you can change it."),
    )


class NewProgramForm(ProgramForm):
    days_a_week = WholeNumberField(label=_("Leg days a week"), low=1, high=DAYS)


class WorkoutForm(PlainHelper, forms.Form):
    title = forms.CharField(label=_("Title of the day"), max_length=60)
    later_weeks = forms.BooleanField(
        label=_("Write it into this day of all later weeks too"), required=False
    )


class RestField(SecondsField):
    """`90`, `1:30`. A single digit is refused: three minutes were meant, not three seconds."""

    def to_python(self, value: Any) -> Any:
        seconds = super().to_python(value)
        if seconds and seconds < 10 and ":" not in str(value):
            raise forms.ValidationError(_("Write 3:00 for three minutes, or 90 for seconds."))
        return seconds


class PrescriptionForm(forms.Form):
    """One row of a workout. A row without an exercise is left out."""

    exercise = forms.CharField(
        label=_("Exercise"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "exercise-names", "autocomplete": "off"}),
    )
    sets = forms.CharField(
        label=_("Sets, reps and load"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "3x8-12 @60kg", "autocomplete": "off"}),
    )
    rule = forms.CharField(
        label=_("Progression"),
        max_length=MAX_LENGTH,
        required=False,
        widget=forms.TextInput(
            attrs={"placeholder": "double +2.5kg", "autocomplete": "off", "list": "rules"}
        ),
    )
    tempo = forms.CharField(
        label=_("Tempo"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2-0-1-0", "autocomplete": "off"}),
    )
    rest_seconds = RestField(label=_("Rest"), low=0, high=900, required=False)
    superset = forms.RegexField(
        r"^[A-Za-z]$",
        label=_("Superset"),
        required=False,
        strip=True,
        error_messages={"invalid": _("One letter, the same for exercises done in turn.")},
    )
    label = forms.RegexField(
        r"^[\w-]{1,20}$",
        label=_("Label"),
        required=False,
        strip=True,
        error_messages={"invalid": _("Letters, digits and hyphens, at most 20.")},
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
        found = self.there.get(name) or exact({name}).get(name)
        return found or self._read(meant, name)

    def clean_sets(self) -> list[SetGroup]:
        text = self.cleaned_data["sets"]
        return self._read(parse_sets, text) if text else []

    def clean_tempo(self) -> str:
        text = self.cleaned_data["tempo"].upper()
        if text:
            self._read(parse_tempo, text)
        return text

    def clean_rule(self) -> Rule | None:
        text = self.cleaned_data["rule"]
        return self._read(parse_rule, text) if text else None

    def clean_note(self) -> str:
        """In one line with plain spaces, as the shorthand reads it."""
        return re.sub(r"\s", " ", self.cleaned_data["note"])

    def _read(self, parse: Any, text: str) -> Any:
        try:
            return parse(text)
        except Refusal as refusal:
            raise refused(refusal) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("exercise") and not data.get("sets") and "sets" not in self.errors:
            self.add_error("sets", _("Write the sets and repetitions, for example 3x8-12."))
        typed = (value for name, value in data.items() if name not in ("exercise", "ORDER"))
        written = any(value not in (None, "", []) for value in typed)
        if written and not data.get("exercise") and "exercise" not in self.errors:
            self.add_error("exercise", _("Name the exercise of this row, or empty the row."))
        if data.get("exercise") and data.get("sets"):
            problem = unfit(data["exercise"], data["sets"], data.get("rule"))
            if problem:
                self.add_error("sets", refused(problem))
        return data

    def prescribed(self) -> Prescribed:
        data = self.cleaned_data
        return Prescribed(
            exercise=data["exercise"],
            groups=data["sets"],
            tempo=data["tempo"],
            rest_seconds=data["rest_seconds"],
            superset=data["superset"].upper(),
            label=data["label"],
            note=data["note"],
            rule=data["rule"],
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
    return [
        {
            "exercise": prescription.exercise.name,
            "sets": write_sets(groups_of(prescription)),
            "rule": prescription.rule,
            "tempo": prescription.tempo,
            "rest_seconds": clock(prescription.rest_seconds),
            "superset": prescription.superset,
            "label": prescription.label,
            "note": prescription.note,
        }
        for prescription in workout.prescriptions.all()
    ]


def clock(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


def prescription_rows(workout: Workout, data: Any = None) -> PrescriptionFormSet:
    """The rows of `workout` to edit, or what was typed in them."""
    there = {each.exercise.name: each.exercise for each in workout.prescriptions.all()}
    formset = _PrescriptionFormSet(
        data, initial=written_rows(workout), prefix="rows", form_kwargs={"there": there}
    )
    return cast("PrescriptionFormSet", formset)


def form_of(program: Program, data: Any = None) -> EditProgramForm:
    named = ("title", "goal", "weeks", "shared")
    form = EditProgramForm(data, initial={name: getattr(program, name) for name in named})
    if hasattr(program, "assignment"):
        del form.fields["shared"]
    return form
