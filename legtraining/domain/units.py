"""Kilograms and pounds: conversion, reading what was typed, and writing it back."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from legtraining.domain.refusal import Refusal, gettext_noop

type Unit = Literal["kg", "lb"]

KG_PER_LB = Decimal("0.45359237")  # exact, by the international agreement of 1959

# What a set may hold at most. MAX_WEIGHT holds in either unit.
MAX_WEIGHT = Decimal(2000)
MAX_REPS = 200
MAX_SECONDS = 7200
MAX_RIR = Decimal(10)
RIR_STEP = Decimal("0.5")

TENTH = Decimal("0.1")

_LONGEST_NUMBER = 20
_SPACES = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
# What keyboards send for point and minus: comma, Arabic separator, full-width comma and full stop.
_AS_TYPED = str.maketrans({",": ".", "\u066b": ".", "\uff0c": ".", "\uff0e": ".", "\u2212": "-"})
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_GROUPED = re.compile(rf"-?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:\.\d*)?")
_DROP_SPACES = str.maketrans("", "", _SPACES)


def to_kg(weight: Decimal, unit: Unit) -> Decimal:
    """`weight` in kilograms, exact for every weight that can be stored."""
    return convert(weight, unit, "kg")


def convert(weight: Decimal, from_unit: Unit, to_unit: Unit) -> Decimal:
    """`weight` in `to_unit`, not rounded for display.

    lb to kg is exact; kg to lb is a division and carries the 28 digits of `Decimal`.
    Raises ValueError for a unit that is neither kg nor lb.
    """
    for unit in (from_unit, to_unit):
        if unit not in ("kg", "lb"):
            raise ValueError(f"The unit is kg or lb, not {unit}.")
    if from_unit == to_unit:
        return weight
    return weight * KG_PER_LB if from_unit == "lb" else weight / KG_PER_LB


def display(weight: Decimal, unit: Unit, in_unit: Unit) -> str:
    """The number to show somebody who reads `in_unit`, without the unit's name.

    In its own unit a weight is shown as it was typed; in the other one it is rounded to one
    decimal, half up.
    """
    if unit == in_unit:
        return format_weight(weight)
    return format_weight(convert(weight, unit, in_unit).quantize(TENTH, ROUND_HALF_UP))


def format_weight(weight: Decimal) -> str:
    """`weight` in plain digits, with no trailing zeros and no exponent: 62.5, 60, 100, 0."""
    text = format(weight, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def parse_decimal(text: str) -> Decimal:
    """The number somebody typed, exactly as typed: `1.5` and `1,5` are the same.

    Any script's decimal digits, spaces around the number and spaces between groups of three
    digits (`1 200`) are accepted, and so is a leading minus: refusing a negative weight, or one
    beyond the limits above, is the caller's. One separator is always the decimal one (`1,250` is
    one and a quarter); with two it is anybody's guess, so that is refused.
    Raises Refusal, and nothing else.
    """
    typed = text.strip().translate(_AS_TYPED)
    if not typed:
        raise Refusal(gettext_noop("Enter a number."))
    if len(typed) > _LONGEST_NUMBER:
        raise Refusal(gettext_noop("That number is too long."))
    if _GROUPED.fullmatch(typed):
        typed = typed.translate(_DROP_SPACES)
    if _NUMBER.fullmatch(typed):
        return Decimal(typed)
    if typed.count(".") > 1 and _NUMBER.fullmatch(typed.replace(".", "")):
        raise Refusal(gettext_noop("Use one decimal point or comma, and none between thousands."))
    raise Refusal(gettext_noop("Enter a number in digits, such as 12."))


def parse_seconds(text: str) -> Decimal:
    """Seconds that somebody typed, as such or as minutes and seconds: `90`, `1:30`.

    Otherwise as `parse_decimal`, with its refusals.
    """
    if clock := _CLOCK.fullmatch(text.strip().translate(_AS_TYPED)):
        return Decimal(60 * int(clock[1]) + int(clock[2]))
    return parse_decimal(text)
