"""Forms of the program as one text, and of its days and weeks as wholes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from exercises.models import Exercise
from legtraining.domain.refusal import Refusal
from legtraining.domain.rule_reading import parse_step
from legtraining.domain.rules import Step
from legtraining.domain.shorthand import Mistake, Mistakes, Plan, parse_plan
from legtraining.fields import refused
from programs.forms import NewProgramForm, PlainHelper, ProgramForm
from programs.models import MAX_WEEKS, Program
from programs.names import Unknown
from programs.plans import WrittenDay, find_exercises, text_of
from programs.services import Changes

MAX_TEXT = 60_000


@dataclass(frozen=True)
class ShownMistake:
    """A mistake as the page says it, with the line it is in."""

    row: int
    column: int
    sentence: str
    line: str
    choices: tuple[str, ...]

    @property
    def before(self) -> str:
        return self.line[: self.column - 1]

    @property
    def there(self) -> str:
        return self.line[self.column - 1 :]


def shown(mistake: Mistake, text: str) -> ShownMistake:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    refusal: Refusal = mistake.refusal
    return ShownMistake(
        row=mistake.row,
        column=mistake.column,
        sentence=_now(refusal.sentence) % refusal.values,
        line=lines[mistake.row - 1] if mistake.row <= len(lines) else "",
        choices=refusal.choices if isinstance(refusal, Unknown) else (),
    )


class TextField(forms.CharField):
    """The weeks of a program in shorthand."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"rows": 18, "spellcheck": "false", "autocapitalize": "off", "class": "shorthand"}
        widget = forms.Textarea(attrs=attrs)
        super().__init__(
            label=_("Weeks, days and exercises"),
            max_length=MAX_TEXT,
            strip=False,
            widget=widget,
            **kwargs,
        )


EXAMPLE = """Week 1-3
Day 1 Squat
  Back Squat 3x5, 1x5+ @75% rest 3:00
  A1 Seated Leg Curl 3x8-12 @RIR2 ; double +2.5kg
  A2 Standing Calf Raise 3x10-15"""


class ReadsText:
    """Reads `text` into `plan` and `days`, and keeps its mistakes for the page."""

    example = EXAMPLE
    there: dict[str, Exercise]
    mistakes: list[ShownMistake]
    plan: Plan | None = None
    days: list[WrittenDay]

    def read(self, text: str) -> None:
        """Names are looked up in the lines that can be read, also where others cannot."""
        self.plan, self.days = None, []
        mistakes: list[Mistake] = []
        try:
            self.plan = readable = parse_plan(text)
        except Mistakes as found:
            mistakes, readable = found.found, found.readable
        try:
            self.days = find_exercises(readable, self.there)
        except Mistakes as found:
            mistakes = sorted([*mistakes, *found.found], key=lambda each: (each.row, each.column))
        self.mistakes = [shown(each, text) for each in mistakes]

    def complaint(self) -> str:
        first = self.mistakes[0]
        place = _now("Line %(row)d, column %(column)d: %(sentence)s") % {
            "row": first.row,
            "column": first.column,
            "sentence": first.sentence,
        }
        more = len(self.mistakes) - 1
        return f"{place} {_now('And %(n)d more.') % {'n': more}}" if more else place


class NewTextForm(ReadsText, NewProgramForm):
    """A new program: its text, or so many empty days."""

    text = TextField(required=False)
    field_order = ("title", "goal", "text", "weeks", "days_a_week")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there, self.mistakes, self.days = {}, [], []
        self.fields["title"].required = False
        for name in ("weeks", "days_a_week"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = data.get("text", "")
        if text.strip():
            self.read(text)
            if self.mistakes:
                self.add_error("text", self.complaint())
        else:
            for name in ("weeks", "days_a_week"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Write the program above, or say how many."))
        title = data.get("title") or (self.plan.title if self.plan else "")
        if not title and not self.errors.keys() & {"title", "text"}:
            self.add_error("title", _("Give the program a title."))
        data["title"] = title
        data["goal"] = data.get("goal") or (self.plan.goal if self.plan else "")
        return data


class TextForm(ReadsText, ProgramForm):
    """A program that is there, as text."""

    text = TextField()
    version = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    weeks = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, program: Program) -> None:
        written = text_of(program)
        self.current = version_of(written)
        initial = {
            "title": program.title,
            "goal": program.goal,
            "text": written,
            "version": self.current,
        }
        super().__init__(data, initial=initial)
        names = Exercise.objects.filter(prescriptions__workout__program=program).distinct()
        self.there = {exercise.name: exercise for exercise in names}
        self.mistakes, self.days = [], []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text"):
            self.read(data["text"])
            if self.mistakes:
                self.add_error("text", self.complaint())
        if data.get("version") != self.current:
            self.data = {**self.data.dict(), "version": self.current}  # type: ignore[attr-defined]
            self.add_error(
                "text",
                _(
                    "The program was changed since this page was opened, here or by somebody else. "
                    "What you wrote is below; saving again puts it in the place of that change."
                ),
            )
        return data


def version_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class CopyWeekForm(PlainHelper, forms.Form):
    """Where a week goes, and what changes on the way."""

    to = forms.TypedChoiceField(label=_("Into"), coerce=int)
    step = forms.CharField(
        label=_("Every load"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "+2.5kg", "autocomplete": "off"}),
        help_text=_("+2.5kg, +5%, -10%, or nothing."),
    )
    sets = forms.TypedChoiceField(
        label=_("Sets of every exercise"),
        coerce=int,
        choices=[(-2, "−2"), (-1, "−1"), (0, _("as they are")), (1, "+1"), (2, "+2")],
        initial=0,
    )

    def __init__(self, data: Any = None, *, program: Program, week: int) -> None:
        super().__init__(data, auto_id=f"week-{week}-%s")
        others = [each for each in range(1, program.weeks + 1) if each != week]
        choices = [(each, _("Week %(week)d") % {"week": each}) for each in others]
        if program.weeks < MAX_WEEKS:
            new = program.weeks + 1
            choices.append((new, _("Week %(week)d (new)") % {"week": new}))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        following = min(week + 1, program.weeks + 1)
        self.fields["to"].initial = following

    def clean_step(self) -> Step | None:
        text = self.cleaned_data["step"]
        try:
            return parse_step(text) if text else None
        except Refusal as refusal:
            raise refused(refusal) from None

    def changes(self) -> Changes:
        return Changes(self.cleaned_data["step"], self.cleaned_data["sets"])
