"""How sets and targets are said. The same patterns are filled here and by static/js/session.js."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exercises.models import Exercise, Load
from legtraining.domain.prescription import describe_target
from legtraining.domain.units import format_weight
from programs.models import SetKind

if TYPE_CHECKING:
    from sessions.models import SetLog


@dataclass(frozen=True)
class Patterns:
    """`{weight}`, `{unit}` and `{n}` stand for what was typed; `n` is repetitions or seconds."""

    loaded: str
    bare: str  # without a weight
    one: str  # without a weight, n = 1

    def fill(self, log: SetLog, load: str) -> str:
        n = log.seconds if load == Load.TIME else log.reps
        n = log.reps or log.seconds or 0 if n is None else n
        plain = log.weight is None or (not log.weight and load in (Load.BODYWEIGHT, Load.ASSISTED))
        if plain or log.weight is None:
            return (self.one if n == 1 else self.bare).format(n=n)
        return self.loaded.format(weight=format_weight(log.weight), unit=log.unit, n=n)


def patterns(exercise: Exercise) -> Patterns:
    """How a set of `exercise` is said: what a typed weight means, and whether it is a side's."""
    return _patterns(exercise.load, exercise.unilateral, get_language())


@cache
def _patterns(load: str, unilateral: bool, _language: str | None) -> Patterns:  # noqa: FBT001
    bodyweight = _("bodyweight × {n}")
    loaded, bare, one = {
        Load.EXTERNAL: ("{weight} {unit} × {n}", _("{n} reps"), _("{n} rep")),
        Load.BODYWEIGHT: (_("bodyweight + {weight} {unit} × {n}"), bodyweight, bodyweight),
        Load.ASSISTED: (_("{weight} {unit} of help × {n}"), bodyweight, bodyweight),
        Load.REPS_ONLY: ("{weight} {unit} × {n}", _("{n} reps"), _("{n} rep")),
        Load.TIME: ("{weight} {unit} × {n} s", "{n} s", "{n} s"),
    }[Load(load)]
    if not unilateral:
        return Patterns(loaded, bare, one)
    a_side = _("{set} each side")
    return Patterns(*(a_side.replace("{set}", text) for text in (loaded, bare, one)))


def set_words(log: SetLog, exercise: Exercise) -> str:
    """A logged set as it was entered: `60 kg × 8`, `12 reps`, `bodyweight + 10 kg × 6`, `45 s`."""
    return patterns(exercise).fill(log, exercise.load)


def weight_label(exercise: Exercise) -> str:
    if exercise.load == Load.BODYWEIGHT:
        return _("Added weight")
    return _("Assistance") if exercise.load == Load.ASSISTED else _("Weight")


def describe(target: dict[str, Any], sets: int = 1) -> str:
    """One set's target as kept by a log, in words: `8–12 @ 60 kg, RIR 2`, `5 @ 85 kg (75 %)`.

    With more `sets` of it their number stands before: `3 × 8–12 @ 60 kg, RIR 2`.
    """
    percent = target.get("percent")
    words = describe_target(
        sets=sets,
        reps_min=target["reps_min"],
        reps_max=target["reps_max"],
        amrap=target["kind"] == SetKind.AMRAP,
        seconds=target["seconds"],
        seconds_max=target.get("seconds_max"),
        weight=None if target["weight"] is None else Decimal(target["weight"]),
        unit=target["unit"],
        rir=None if target["rir"] is None else Decimal(target["rir"]),
        load=f"{percent} %" if percent else "",
    )
    return words.removeprefix("1 × ")
