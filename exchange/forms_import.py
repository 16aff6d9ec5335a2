"""Sending a file in, and answering what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User, time_zones, validate_time_zone
from exchange.importing import parse
from exchange.models import ImportBatch
from exchange.naming import match_names
from exchange.planning import OUT, OWN, Answers
from exchange.preview import sentence_of
from exercises.models import Exercise
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.refusal import Refusal
from legtraining.fields import refused
from legtraining.uploads import MAX_UPLOAD, is_too_large

PICK, TYPED = "pick:", "other:"  # before the key of a name
TOO_LARGE = gettext_lazy("The file is larger than 20 MB. Export fewer years at once.")


class UploadForm(forms.Form):
    """A file, read once. `data` and `parsed` are what it has and says."""

    file = forms.FileField(
        label=gettext_lazy("Your file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.zip,.json"}),
        help_text=gettext_lazy("At most 20 MB. You see what is in it before anything is added."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        allow_empty_file=False,
    )
    helper = FormHelper()
    helper.form_tag = False

    data_read = b""
    parsed: Parsed

    def __init__(self, request: HttpRequest | None = None, *, member: User) -> None:
        self.member = member
        self.is_too_large = request is not None and is_too_large(request)
        super().__init__(*((request.POST, request.FILES) if request else ()))
        if self.is_too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_UPLOAD:
            raise ValidationError(TOO_LARGE, code="size")
        self.data_read = upload.read()
        try:
            self.parsed = parse(self.data_read, upload.name, member=self.member)
        except Refusal as refusal:
            raise refused(refusal) from None
        if not (self.parsed.sessions or self.parsed.own):
            raise ValidationError(self._nothing_read(), code="nothing")
        return upload

    def _nothing_read(self) -> str:
        if not self.parsed.problems:
            return _("There is no training in this file.")
        first = self.parsed.problems[0]
        return _("No line of this file can be read. Line %(line)d: %(reason)s") % {
            "line": first.line,
            "reason": sentence_of(first.reason),
        }


class AnswersForm(forms.Form):
    """What the file does not say, and how much of it is wanted. What is not asked stays."""

    keep = forms.ChoiceField(
        label=gettext_lazy("What to keep"),
        choices=[
            (ImportBatch.Keep.ALL, gettext_lazy("Everything")),
            (ImportBatch.Keep.LEGS, gettext_lazy("Leg work only")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what to keep.")},
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("The weights are in"),
        choices=Unit,
        help_text=gettext_lazy("The file has no unit beside its weights."),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone of its times"),
        max_length=64,
        validators=[validate_time_zone],
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        help_text=gettext_lazy("Where you mostly trained. It decides which day a session is of."),
        error_messages={"required": gettext_lazy("Choose a time zone from the list.")},
    )
    skips_days = forms.BooleanField(
        label=gettext_lazy("Leave these days of the file out"), required=False
    )
    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, data: QueryDict | None = None, *, batch: ImportBatch, member: User) -> None:
        answers = Answers.of(batch, member)
        initial = {
            "keep": batch.keep,
            "unit": answers.unit,
            "time_zone": answers.zone.key,
            "skips_days": answers.skips_days,
        }
        super().__init__(data, initial=initial)
        self.batch = batch
        if data is not None:
            for name in ("unit", "time_zone"):
                if name not in data:
                    del self.fields[name]

    def ask_only(self, parsed: Parsed) -> None:
        """Takes away what the file says by itself."""
        # A day is the same day everywhere.
        knows_zone = not parsed.needs_zone or not any(each.has_time for each in parsed.sessions)
        for name, is_known in (("unit", not parsed.needs_unit), ("time_zone", knows_zone)):
            if is_known and name in self.fields:
                del self.fields[name]

    @property
    def zones(self) -> list[str]:
        return sorted(zone for zone in time_zones() if "/" in zone or zone == "UTC")

    def answers(self, names: Mapping[str, str]) -> dict[str, Any]:
        """The columns of the batch that this and the choices of its names make."""
        data = self.cleaned_data
        columns = {name: data[name] for name in ("keep", "unit", "time_zone") if name in data}
        return columns | {"choices": {"names": dict(names), "skips_days": data["skips_days"]}}


@dataclass(frozen=True)
class NameChoices:
    """What was chosen for each name, by its key; `typed` where an exercise was named instead, with
    the `problems` of those that are none."""

    names: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def read_names(data: QueryDict, member: User) -> NameChoices:
    """The choices of a posted form. A name that was typed counts more than what is selected."""
    picked = {key[len(PICK) :]: str(data[key]) for key in data if key.startswith(PICK)}
    written = {key[len(TYPED) :]: str(data[key]).strip() for key in data if key.startswith(TYPED)}
    choices = NameChoices(typed={key: text[:100] for key, text in written.items() if text})
    slugs = set(picked.values()) - {"", OWN, OUT}
    pickable = Exercise.objects.pickable_by(member)
    known = set(pickable.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()
    named = _named(member, set(choices.typed.values()))
    for key, value in picked.items():
        if text := choices.typed.get(key):
            if slug := named.get(text):
                choices.names[key] = slug
            else:
                choices.problems[key] = _("There is no exercise of this name.")
        elif value in known or value in (OWN, OUT):
            choices.names[key] = value
        elif value:
            choices.problems[key] = _("Choose from the list.")
    return choices


def _named(member: User, texts: set[str]) -> dict[str, str]:
    """The addresses of the exercises that are meant by what was typed."""
    found = match_names(member, dict.fromkeys(texts, "")) if texts else {}
    pickable, slugs = Exercise.objects.pickable_by(member), {}
    for text, match in found.items():
        exercise = match.exercise
        if exercise is None or exercise.retired_at:  # as when that name was left out before
            exercise = pickable.called(text).order_by("owner", "pk").first()
        if exercise:
            slugs[text] = exercise.slug
    return slugs
