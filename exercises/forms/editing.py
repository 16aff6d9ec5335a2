"""How the library is written."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.facts import Facts, check_facts, check_slug
from exercises.forms.search import exercise_called
from exercises.models import (
    JOINT_ACTIONS,
    Equipment,
    Exercise,
    FactsRevision,
    InstructionRevision,
    Kind,
    Load,
    Mechanics,
    Muscle,
    lines,
)
from legtraining.domain.prescription import parse_tempo
from legtraining.domain.refusal import Refusal
from legtraining.fields import refused

MAX_STEPS, MAX_STEP = 8, 300


class PlainHelper:
    """crispy renders the fields; the template writes the form around them."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class BaseField(forms.IntegerField):
    """The id of what was written over. What cannot be read is 0, nothing: nobody could put it
    right, and with 0 the writer is shown what is published before anything is replaced."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0)

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value))
        except forms.ValidationError:
            return 0


class InstructionsForm(PlainHelper, forms.ModelForm):
    """The text of an exercise. `base` is the published revision that the writer saw; 0 is none."""

    base = BaseField()

    class Meta:
        model = InstructionRevision
        fields = (*InstructionRevision.FIELDS, "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_of = {"setup": 4, "movement": 6, "cues": 3, "mistakes": 4, "safety": 2}
        for name, rows in rows_of.items():
            self.fields[name].widget.attrs["rows"] = rows
        self.fields["rest_seconds"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in InstructionRevision.TEXTS:
            if name in data:
                self._clean_steps(name)
        return data

    def _clean_steps(self, name: str) -> None:
        """One step a line, none of them empty; few enough and short enough to be read in a gym."""
        steps = lines(self.cleaned_data[name])
        self.cleaned_data[name] = "\n".join(steps)
        too_long = next((step for step in steps if len(step) > MAX_STEP), None)
        if len(steps) > MAX_STEPS:
            self.add_error(name, _("At most %(most)d steps, one a line.") % {"most": MAX_STEPS})
        if too_long:
            self.add_error(
                name,
                _("A step has at most %(most)d characters. This one is longer: “%(step)s…”")
                % {"most": MAX_STEP, "step": too_long[:40]},
            )

    def clean_tempo(self) -> str:
        text = self.cleaned_data["tempo"].strip()
        if text:
            try:
                parse_tempo(text)
            except Refusal as refusal:
                raise refused(refusal) from None
        return str(text)

    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in InstructionRevision.FIELDS}


class RejectForm(PlainHelper, forms.Form):
    reason = forms.CharField(
        label=_("Why not"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The author reads this."),
    )


class FactsForm(PlainHelper, forms.Form):
    """What is known about an exercise. `base` is the newest facts revision that was seen."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(label=_("Name"), max_length=80)
    aliases = forms.CharField(
        label=_("Also called"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name a line. Searches and imports find the exercise by them."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    mechanics = forms.ChoiceField(label=_("Mechanics"), choices=Mechanics)
    unilateral = forms.BooleanField(label=_("One leg at a time"), required=False)
    load = forms.ChoiceField(label=_("What a typed weight means"), choices=Load)
    primary = forms.MultipleChoiceField(
        label=_("Primary muscles (a set counts 1)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    secondary = forms.MultipleChoiceField(
        label=_("Secondary muscles (a set counts half)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), widget=forms.CheckboxSelectMultiple, required=False
    )
    joint_actions = forms.MultipleChoiceField(
        label=_("Joint actions"),
        choices=list(JOINT_ACTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    staple = forms.BooleanField(
        label=_("A staple"), required=False, help_text=_("Offered before others that fit a search.")
    )
    figure = forms.ChoiceField(label=_("Figure"), required=False)
    erratum = forms.CharField(
        label=_("Correction"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was published wrongly about this exercise, and what is right."),
    )
    note = forms.CharField(label=_("What was changed"), max_length=200, required=False)

    def __init__(self, *args: Any, exercise: Exercise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercise = exercise
        muscles = list(Muscle.objects.order_by("group", "name").values_list("slug", "name"))
        equipment = list(Equipment.objects.values_list("slug", "name"))
        figures = [("", _("the one of its own address, if there is one")), *figure_choices()]
        for name, choices in (
            ("primary", muscles),
            ("secondary", muscles),
            ("equipment", equipment),
            ("figure", figures),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_aliases(self) -> list[str]:
        return lines(self.cleaned_data["aliases"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                check_facts(self.facts(), self.exercise)
            except forms.ValidationError as problems:
                self.add_error(None, problems)
        return data

    def facts(self) -> Facts:
        names = Facts.__dataclass_fields__
        return Facts(**{name: self.cleaned_data[name] for name in names})


class NewForm(FactsForm):
    """A new exercise also gets its address."""

    base = None  # type: ignore[assignment]  # nobody else can have written it before
    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        help_text=_("Small letters, digits and hyphens, as in back-squat. It stays for ever."),
    )
    field_order = ("name", "slug")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        check_slug(slug)
        return slug


class MergeForm(PlainHelper, forms.Form):
    """Which exercise stays, by its name. Only a preview may `guess` what is meant."""

    into = forms.CharField(
        label=_("Merge into"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "exercise-names", "autocomplete": "off"}),
        help_text=_("The name of the exercise that stays."),
    )

    def __init__(self, *args: Any, guess: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guess = guess

    def clean_into(self) -> Exercise:
        """What is called so, even if it is retired: the merge then says why not."""
        name = self.cleaned_data["into"]
        so_called = Exercise.objects.library().filter(merged_into=None).called(name)
        is_found = so_called.exists()
        among = Exercise.objects.in_use() if self.guess and not is_found else so_called
        return exercise_called(name, among)


def figure_choices() -> list[tuple[str, str]]:
    from exercises.figures import FIGURES

    return [(slug, slug.replace("-", " ")) for slug in sorted(FIGURES)]


def facts_initial(facts: Facts, newest: FactsRevision | None) -> dict[str, Any]:
    """The facts as `FactsForm` shows them."""
    return facts.as_json() | {
        "aliases": "\n".join(facts.aliases),
        "base": newest.pk if newest else 0,
    }


def written_again[F: forms.Form | forms.ModelForm](
    form: F, *, over: InstructionRevision | FactsRevision | None, **options: Any
) -> F:
    """The same form with what was typed, this time over `over`, which came in between."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["base"] = str(over.pk if over else 0)
    again = type(form)(typed, **options)
    again.full_clean()
    return again
