"""The facts of an exercise in one piece: to be checked, compared, kept and written together."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.models import (
    JOINT_ACTIONS,
    Equipment,
    Exercise,
    Kind,
    Load,
    Mechanics,
    Muscle,
    MuscleWork,
)
from exercises.models.facts import MAX_JOINT_ACTIONS, validate_slug_is_free
from exercises.querysets import ExerciseQuerySet

LABELS = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "mechanics": gettext_lazy("Mechanics"),
    "unilateral": gettext_lazy("One leg at a time"),
    "load": gettext_lazy("What a weight means"),
    "joint_actions": gettext_lazy("Joint actions"),
    "equipment": gettext_lazy("Equipment"),
    "primary": gettext_lazy("Primary muscles"),
    "secondary": gettext_lazy("Secondary muscles"),
    "aliases": gettext_lazy("Also called"),
    "staple": gettext_lazy("A staple"),
    "figure": gettext_lazy("Figure"),
    "erratum": gettext_lazy("Correction"),
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Muscles and equipment by their slugs; every list sorted, so that equal facts are equal.

    Names have one space between their words, and lines end as Python's do.
    """

    name: str
    kind: str = Kind.EXERCISE.value
    mechanics: str = Mechanics.COMPOUND.value
    unilateral: bool = False
    load: str = Load.EXTERNAL.value
    joint_actions: list[str] = field(default_factory=list)
    equipment: list[str] = field(default_factory=list)
    primary: list[str] = field(default_factory=list)
    secondary: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    staple: bool = False
    figure: str = ""
    erratum: str = ""

    def __post_init__(self) -> None:
        for name in ("joint_actions", "equipment", "primary", "secondary", "aliases"):
            values = {" ".join(value.split()) for value in getattr(self, name)} - {""}
            object.__setattr__(self, name, sorted(values, key=lambda each: (each.casefold(), each)))
        object.__setattr__(self, "name", " ".join(self.name.split()))
        object.__setattr__(self, "erratum", "\n".join(self.erratum.splitlines()).strip())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def facts_of(exercise: Exercise) -> Facts:
    """What is stored. Fetch the exercise `with_names`, where there is more than one."""
    work = list(exercise.muscle_work.all())
    return Facts(
        name=exercise.name,
        kind=exercise.kind,
        mechanics=exercise.mechanics,
        unilateral=exercise.unilateral,
        load=exercise.load,
        joint_actions=exercise.joint_actions.split(";"),
        equipment=[piece.slug for piece in exercise.equipment.all()],
        primary=[each.muscle.slug for each in work if each.share == MuscleWork.PRIMARY],
        secondary=[each.muscle.slug for each in work if each.share != MuscleWork.PRIMARY],
        aliases=[alias.name for alias in exercise.aliases.all()],
        staple=exercise.staple,
        figure=exercise.figure,
        erratum=exercise.erratum,
    )


def check_slug(slug: str) -> None:
    """Raises ValidationError where no new exercise can have this address."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise ValidationError(_("Small letters and digits, with hyphens between: back-squat."))
    validate_slug_is_free(slug)
    if Exercise.objects.filter(slug=slug).exists():
        raise ValidationError(_("There is an exercise at this address already."))


def check_facts(facts: Facts, exercise: Exercise | None = None) -> None:
    """Raises ValidationError, with a sentence for each field, where `facts` cannot be those of
    `exercise` (or of a new one)."""
    problems: dict[str, str] = {}
    if not facts.primary:
        problems["primary"] = _("Choose at least one primary muscle.")
    both = set(facts.primary) & set(facts.secondary)
    if both:
        problems["secondary"] = _("%(names)s cannot be primary and secondary.") % {
            "names": ", ".join(Muscle.objects.filter(slug__in=both).values_list("name", flat=True))
        }
    for name, model in (("primary", Muscle), ("secondary", Muscle), ("equipment", Equipment)):
        wanted = set(getattr(facts, name))
        unknown = wanted - set(model.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        if unknown:
            problems[name] = _("The library does not know %(names)s.") % {
                "names": ", ".join(sorted(unknown))
            }
    if facts.joint_actions and (unknown := set(facts.joint_actions) - set(JOINT_ACTIONS)):
        problems["joint_actions"] = _("The library does not know %(names)s.") % {
            "names": ", ".join(sorted(unknown))
        }
    elif len(";".join(facts.joint_actions)) > MAX_JOINT_ACTIONS:
        problems["joint_actions"] = _("These are too many. Choose those that matter most.")
    if not facts.equipment:
        problems["equipment"] = _("Choose the equipment, or “No equipment”.")
    problems |= _taken_names(facts, exercise)
    if problems:
        raise ValidationError(problems)


def _taken_names(facts: Facts, exercise: Exercise | None) -> dict[str, str]:
    """A name or alias means one exercise, whatever case and accents it is written with."""
    problems = {}
    too_long = [name for name in facts.aliases if len(name) > 80]
    if too_long:
        problems["aliases"] = _("“%(name)s…” is longer than 80 characters.") % {
            "name": too_long[0][:40]
        }
    if not facts.name or len(facts.name) > 80:
        problems["name"] = _("Give it a name of at most 80 characters.")
    own = exercise.pk if exercise else 0
    others = Exercise.objects.library().exclude(pk=own)
    # What was merged into this one gave its names to it, but its row keeps the name as well.
    strangers = others.exclude(merged_into=own)
    for field_name, names, exercises in (
        ("name", [facts.name], others),
        ("aliases", facts.aliases, strangers),
    ):
        taken = _other_called(names, exercises)
        if taken and field_name not in problems:
            problems[field_name] = _("“%(name)s” is a name of %(other)s already.") % taken
    small = [alias.casefold() for alias in facts.aliases]
    if facts.name.casefold() in small:
        problems["aliases"] = _("The name itself needs no alias.")
    twice = [alias for alias in facts.aliases if small.count(alias.casefold()) > 1]
    if twice:
        problems["aliases"] = _("“%(name)s” is there twice.") % {"name": twice[0]}
    return problems


def _other_called(names: list[str], exercises: ExerciseQuerySet) -> dict[str, str]:
    """The first of `names` that one of `exercises` has as its name or alias, and whose it is."""
    for name in names:
        other = exercises.called(name).values_list("name", flat=True).first()
        if other:
            return {"name": name, "other": other}
    return {}


def changes(before: Facts, after: Facts) -> list[tuple[str, str, str]]:
    """Which facts differ: (label, before, after), in words."""
    return [
        (str(label), in_words(name, getattr(before, name)), in_words(name, getattr(after, name)))
        for name, label in LABELS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def in_words(name: str, value: Any) -> str:
    """One fact as it is read: `Machine, Bench`, `yes`, `Compound`."""
    choices = {"kind": Kind, "mechanics": Mechanics, "load": Load}
    if name in choices and value in choices[name]:
        return str(choices[name](value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_written(name, each) for each in value) or "–"
    return str(value) or "–"


def _written(name: str, each: str) -> str:
    if name == "joint_actions":
        return str(JOINT_ACTIONS.get(each, each))
    return each if name == "aliases" else each.replace("_", " ").capitalize()
