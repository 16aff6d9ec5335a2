"""What a file says and what would come of it, as its page shows it before it comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from exchange.models import ImportBatch
from exchange.planning import (
    OUT,
    OWN,
    Answers,
    Fate,
    Known,
    Layout,
    day_of,
    decide,
    known_of,
    lay_out,
    names_of,
    suggested,
)
from exercises.models import Exercise
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.refusal import Refusal
from legtraining.domain.units import Unit, to_kg

SHOWN = 300  # names with a choice: a form may have 1000 fields, and nobody reads as many
OPEN = 50  # lines that were not read; more of them are a tap away

APPS = {
    "strong": "Strong",
    "hevy": "Hevy",
    "fitnotes": "FitNotes",
    "jefit": "JEFIT",
    "stronglifts": "StrongLifts",
    "own": gettext_lazy("our own export"),
}
HOW = {
    "remembered": gettext_lazy("as last time"),
    "left_out": gettext_lazy("as last time"),
    "exact": gettext_lazy("same name"),
    "known": gettext_lazy("known by this name"),
    "near": gettext_lazy("a similar name, please check"),
    "none": gettext_lazy("not in the library"),
}


# What a layout is told from, by its name in `legtraining.domain.imports`.
LAYOUTS = {
    "units": gettext_lazy("a unit beside each weight"),
    "numbered": gettext_lazy("numbered workouts"),
    "plain": gettext_lazy("no units"),
    "weight_kg": gettext_lazy("weights in kg"),
    "weight_lbs": gettext_lazy("weights in lb"),
    "no weight": gettext_lazy("no weights"),
    "unit column": gettext_lazy("a column for the unit"),
    "unit in heading": gettext_lazy("the unit in its heading"),
    "two weights": gettext_lazy("kg and lb beside each other"),
    "line a training": gettext_lazy("one line a training"),
    "line an exercise": gettext_lazy("one line an exercise"),
    "json": gettext_lazy("everything"),
    "csv": gettext_lazy("the sets alone"),
}


def grouped(number: int) -> str:
    """20000 as 20,000."""
    return number_format(number, force_grouping=True)


def app_name(app: str) -> str:
    return str(APPS.get(app, app))


def sentence_of(refusal: Refusal) -> str:
    return _(refusal.sentence) % refusal.values


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """A name of the file, with what can become of it. `typed` is the name of another exercise, as
    it stands in the field; `problem` is what is wrong with that."""

    key: str
    fate: Fate
    options: Sequence[Option]
    typed: str = ""
    problem: str = ""

    @property
    def how(self) -> str:
        return "" if self.fate.choice else str(HOW[self.fate.match.how])

    @property
    def is_leg(self) -> bool:
        exercise = self.fate.exercise
        return self.fate.match.is_leg or bool(exercise and exercise.owner_id is None)


@dataclass(frozen=True)
class Trouble:
    """A line that was not read, or a set that has no place."""

    line: int
    sentence: str
    text: str


@dataclass(frozen=True)
class Preview:
    app: str
    layout: str
    sessions: int
    sets: str
    first: dt.date | None
    last: dt.date | None
    volume_kg: Decimal
    rows: Sequence[Row]
    hidden: int  # names that are shown without a choice, because there are so many
    new_sessions: str
    new_sets: int
    there: int
    out: Sequence[tuple[str, str]]  # how many sets, and why
    busy_days: Sequence[dt.date]
    troubles: Sequence[Trouble]
    has_more: bool  # besides the log: what only our own export has

    @property
    def legs(self) -> list[Row]:
        return [row for row in self.rows if row.is_leg]

    @property
    def others(self) -> list[Row]:
        return [row for row in self.rows if not row.is_leg]

    @property
    def has_problems(self) -> bool:
        return any(row.problem for row in self.rows)

    @property
    def has_wrong_row(self) -> bool:
        return any(row.problem for row in self.others)

    @property
    def can_start(self) -> bool:
        return self.new_sets > 0 or self.has_more

    @property
    def open_troubles(self) -> Sequence[Trouble]:
        return self.troubles[:OPEN]

    @property
    def more_troubles(self) -> Sequence[Trouble]:
        return self.troubles[OPEN:]

    @property
    def new_sets_text(self) -> str:
        return grouped(self.new_sets)

    @property
    def there_text(self) -> str:
        return grouped(self.there)


def preview_of(
    *,
    batch: ImportBatch,
    member: User,
    parsed: Parsed,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Preview:
    """`typed` and `problems` are what a refused form has beside a name, by its key."""
    answers = Answers.of(batch, member)
    names = names_of(parsed)
    fates = decide(member, names, answers)
    layout = lay_out(member, parsed, fates, answers)
    known = known_of(member, layout)
    new_sessions, new_sets, there = _counts(layout, known)
    days = [day_of(each, answers.zone) for each in parsed.sessions]
    rows = [
        Row(
            key,
            fate,
            options_of(fate, suggested(fate.seen, fate.match, answers)),
            (typed or {}).get(key, ""),
            (problems or {}).get(key, ""),
        )
        for key, fate in list(fates.items())[:SHOWN]
    ]
    return Preview(
        app=app_name(parsed.app),
        layout=str(LAYOUTS.get(parsed.layout, parsed.layout)),
        sessions=len(parsed.sessions),
        sets=grouped(sum(seen.sets for seen in names.values())),
        first=min(days, default=None),
        last=max(days, default=None),
        volume_kg=volume_of(parsed, answers.unit),
        rows=rows,
        hidden=max(len(fates) - SHOWN, 0),
        new_sessions=grouped(new_sessions),
        new_sets=new_sets,
        there=there,
        out=_out(layout),
        busy_days=layout.busy_days,
        troubles=_troubles(parsed, layout),
        has_more=bool(parsed.own),
    )


def options_of(fate: Fate, suggestion: Fate) -> list[Option]:
    """What can be chosen for a name, the suggestion first. It has no value: it stays what is
    suggested, whatever the other answers are."""
    first = suggestion.exercise
    options = [("", label_of(suggestion))]
    others: Iterable[Exercise | None] = (
        fate.match.exercise,
        *fate.match.alternatives,
        fate.exercise,
    )
    offered = {each.slug: each for each in others if each is not None and each != first}
    options += [(slug, each.name) for slug, each in offered.items()]
    if not suggestion.is_own:
        options.append((OWN, _("Keep as my own exercise")))
    if not suggestion.why_out:
        options.append((OUT, _("Leave out")))
    return [Option(value, label, value == fate.choice) for value, label in options]


def label_of(fate: Fate) -> str:
    if fate.exercise:
        return fate.exercise.name
    return _("Leave out") if fate.why_out else _("Keep as my own exercise")


def volume_of(parsed: Parsed, unit: Unit) -> Decimal:
    """Weight × repetitions of all sets, in kilograms."""
    sums: dict[Unit, Decimal] = {"kg": Decimal(0), "lb": Decimal(0)}
    for each in parsed.sets():
        if each.weight and each.reps:
            sums[each.unit or unit] += each.weight * each.reps
    return sum((to_kg(total, name) for name, total in sums.items()), Decimal(0))


def _counts(layout: Layout, known: Known) -> tuple[int, int, int]:
    """New sessions, new sets, and sets that are there, or were and are deleted."""
    new_sessions = new_sets = there = 0
    for session in layout.sessions:
        is_there, is_gone = session.uuid in known.sessions, False
        if is_there:
            _pk, is_gone = known.sessions[session.uuid]
        new_sessions += not is_there
        for block in session.blocks:
            old = len(block.sets)
            if not is_gone:
                old = sum(key in known.sets for key, _read in block.sets) if is_there else 0
            there += old
            new_sets += len(block.sets) - old
    return new_sessions, new_sets, there


def _out(layout: Layout) -> list[tuple[str, str]]:
    out = [(grouped(count), _(reason)) for reason, count in layout.out.most_common()]
    if layout.out_for_day:
        out.append((grouped(layout.out_for_day), _("on days with another session")))
    if layout.unfit:
        out.append((grouped(len(layout.unfit)), _("do not fit their exercise, see below")))
    return out


def _troubles(parsed: Parsed, layout: Layout) -> list[Trouble]:
    read = [Trouble(each.line, sentence_of(each.reason), each.text) for each in parsed.problems]
    fit = [Trouble(line, sentence_of(reason), "") for line, reason in layout.unfit]
    return sorted(read + fit, key=lambda trouble: trouble.line)
