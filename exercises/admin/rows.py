"""An exercise as a row of a table, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from exercises.facts import Facts, check_facts, facts_of
from exercises.forms import InstructionsForm
from exercises.models import Exercise, InstructionRevision, Kind, Load, Mechanics, lines

# The columns of the facts, by the names of `Facts`.
FACTS = {
    "name": "name",
    "kind": "kind",
    "mechanics": "mechanics",
    "unilateral": "unilateral",
    "load": "load",
    "staple": "staple",
    "joint_actions": "joint_actions",
    "equipment": "equipment",
    "primary": "primary_muscles",
    "secondary": "secondary_muscles",
    "aliases": "aliases",
    "figure": "figure",
    "erratum": "erratum",
}
COLUMNS = ("slug", *FACTS.values(), "retired", *InstructionRevision.FIELDS)
MAX_ERRATUM = 1000

# A spreadsheet takes what begins so for a formula. The apostrophe before it is ours; it is set and
# taken off also where there is one already, so nothing is lost on the way there and back.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def escape(text: str) -> str:
    return "'" + text if FORMULA.match(text) else text


def unescape(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text


def joined(values: Iterable[str]) -> str:
    """A list in one cell: `barbell;rack`. A semicolon within a value gets a backslash."""
    return ";".join(re.sub(r"([\\;])", r"\\\1", escape(value)) for value in values)


def parted(text: str) -> list[str]:
    """The values of a list in one cell: a semicolon or a line end stands between them."""
    text = re.sub(r"[\r\n]+", ";", text.strip())
    values = re.findall(r"(?:\\.|[^;\\]|\\$)+", text, re.DOTALL)
    return [unescape(re.sub(r"\\(.)", r"\1", value.strip(), flags=re.DOTALL)) for value in values]


LISTS = frozenset({"joint_actions", "equipment", "primary_muscles", "secondary_muscles", "aliases"})


def written(column: str, text: str) -> str | int:
    """What an export puts into a cell."""
    if column == "rest_seconds" and text:
        return int(text)
    return text if column in LISTS else escape(text)


def read(column: str, cell: Any) -> str:
    """The text in a cell of an import, whichever type a spreadsheet gave it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).replace("\r\n", "\n")
    return (text if column in LISTS else unescape(text)).strip()


@dataclass(frozen=True)
class State:
    """All of an exercise that a row holds. `texts` is empty where nothing was ever published."""

    facts: Facts
    texts: dict[str, Any]
    retired: bool = False

    @classmethod
    def of(cls, exercise: Exercise, texts: dict[str, Any]) -> State:
        """Fetch the exercise `with_names`."""
        return cls(facts_of(exercise), texts, exercise.retired_at is not None)

    def cells(self) -> dict[str, str]:
        facts = {column: in_cell(getattr(self.facts, name)) for name, column in FACTS.items()}
        steps = {name: "\n".join(lines(self.texts.get(name, ""))) for name in TEXTS}
        rest = self.texts.get("rest_seconds")
        return {
            **facts,
            **steps,
            "retired": in_cell(self.retired),
            "tempo": self.texts.get("tempo", "").strip(),
            "rest_seconds": "" if rest is None else str(rest),
        }


TEXTS = InstructionRevision.TEXTS


def in_cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return joined(value)
    return str(value).replace("\r\n", "\n").strip()


def after_row(row: dict[str, str], exercise: Exercise | None, before: State | None) -> State:
    """What `row`, the texts in its cells, makes of the exercise (or of a new one).

    A cell that says what is there already leaves it as it is, a column that is not there too.
    Raises ValidationError with sentences for each column.
    """
    there = before.cells() if before else {}
    new = {column: text for column, text in row.items() if text != there.get(column)}
    before = before or State(Facts(name=""), {})
    problems: dict[str, Any] = {}
    values = {column: value_of(column, text, problems) for column, text in new.items()}
    facts = {name: values[column] for name, column in FACTS.items() if column in values}
    texts = {name: values[name] for name in InstructionRevision.FIELDS if name in values}
    after = State(
        facts=replace(before.facts, **{k: v for k, v in facts.items() if v is not None}),
        texts=clean_texts(before.texts, texts, problems),
        retired=bool(values.get("retired", before.retired)),
    )
    if exercise and exercise.merged_into and before.retired and not after.retired:
        problems["retired"] = _("It was merged into %(name)s.") % {"name": exercise.merged_into}
    if problems:
        add_other_problems(problems, after.facts, exercise, before)
        raise ValidationError(problems)
    return after


def value_of(column: str, text: str, problems: dict[str, Any]) -> Any:
    """The value that stands in a cell; None, and a sentence in `problems`, where there is none."""
    if CONTROL.search(text):
        problems[column] = _("There is a character in it that cannot be read.")
        return None
    try:
        return READERS.get(column, str)(text)
    except ValidationError as problem:
        problems[column] = problem.messages
        return None


def one_line(text: str) -> str:
    return " ".join(text.split())


def yes_or_no(text: str) -> bool:
    said = {"yes": True, "no": False, "true": True, "false": False}.get(text.casefold())
    if said is None:
        raise ValidationError(_("Write yes or no."))
    return said


def one_of(choices: type[TextChoices]) -> Callable[[str], str]:
    def reader(text: str) -> str:
        if text not in choices.values:
            raise ValidationError(_("Write one of: %(all)s.") % {"all": ", ".join(choices.values)})
        return text

    return reader


def figure(text: str) -> str:
    from exercises.figures import FIGURES  # reads all drawings, which no other page of ours needs

    if text and text not in FIGURES:
        raise ValidationError(_("There is no figure “%(name)s”.") % {"name": text[:40]})
    return text


def short(text: str) -> str:
    if len(text) > MAX_ERRATUM:
        raise ValidationError(_("At most %(most)d characters.") % {"most": MAX_ERRATUM})
    return text


READERS: dict[str, Callable[[str], Any]] = {
    "name": one_line,
    "kind": one_of(Kind),
    "mechanics": one_of(Mechanics),
    "unilateral": yes_or_no,
    "load": one_of(Load),
    "staple": yes_or_no,
    **dict.fromkeys(LISTS, parted),
    "figure": figure,
    "erratum": short,
    "retired": yes_or_no,
}


def clean_texts(
    before: dict[str, Any], new: dict[str, Any], problems: dict[str, Any]
) -> dict[str, Any]:
    """The instructions with the `new` ones among them, checked as a page's form would."""
    nothing = not before and not any(new.values())
    if not new or nothing or not problems.keys().isdisjoint(new):
        return before
    form = InstructionsForm(before | new | {"base": 0})
    if form.is_valid():
        return form.texts()
    problems |= form.errors.as_data()
    return before


def add_other_problems(
    problems: dict[str, Any], facts: Facts, exercise: Exercise | None, before: State
) -> None:
    """So that a bad row is put right once, and not once for each of its cells."""
    if facts == before.facts:
        return
    try:
        check_facts(facts, exercise)
    except ValidationError as more:
        for column, sentences in by_column(more).items():
            problems.setdefault(column, sentences)


def by_column(problem: ValidationError) -> dict[str, Any]:
    """What `check_facts` says of a fact, said of its column."""
    return {FACTS.get(name, name): found for name, found in problem.error_dict.items()}
