"""The cells of a row: numbers, weights, times, efforts and texts, within what a set may hold."""

import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.strength import rir_from_rpe
from legtraining.domain.units import (
    MAX_REPS,
    MAX_RIR,
    MAX_SECONDS,
    MAX_WEIGHT,
    Unit,
    format_weight,
    parse_decimal,
)

TITLE, NAME, SET_NOTE, SESSION_NOTE = 100, 200, 200, 2000  # characters
MAX_DURATION = timedelta(hours=24)

_LONGEST_NUMBER = 40  # with the dust of an app's arithmetic: 12.900000000000034
_WEIGHT_STEP = Decimal("0.001")  # what is stored
_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,30})?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d(?:[.,]\d+)?)", re.ASCII)
_PART = re.compile(r"(\d{1,6}) ?(h|std|u|ч|m|м|s|с)[^\W\d_]*\.?,? ?")
_SECONDS_OF = {"h": 3600, "std": 3600, "u": 3600, "ч": 3600, "m": 60, "м": 60, "s": 1, "с": 1}
# Control characters, and those that turn the writing direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("kg", "kgs", "кг", "kilogram", "kilograms", "公斤", "千克"), "kg"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "фунт", "фунты", "фунтов", "磅"), "lb"),
}


def number(text: str) -> Decimal | None:
    """The number in a cell, None for an empty one. Raises Refusal for anything else.

    A comma is a decimal one; where there are a comma and a point, the last of them is.
    """
    text = text.strip()
    if not text:
        return None
    if len(text) > _LONGEST_NUMBER:
        raise Refusal(gettext_noop("That number is too long."))
    return _number(text)


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal:
    if "," in text:
        last = max(text.rindex(","), text.rfind("."))
        text = text[:last].replace(",", "").replace(".", "") + "." + text[last + 1 :]
    if _PLAIN_NUMBER.fullmatch(text):
        return Decimal(text)
    return parse_decimal(text)


def weight(text: str) -> Decimal | None:
    """A weight from 0 to MAX_WEIGHT in whatever unit, to a thousandth; None for an empty cell."""
    found = _numbered(text, gettext_noop("The weight is not a number."))
    if found is None:
        return None
    if found < 0:
        raise Refusal(gettext_noop("The weight is negative."))
    if found > MAX_WEIGHT:
        raise Refusal(gettext_noop("The weight is more than %(limit)s."), limit=MAX_WEIGHT)
    rounded = found.quantize(_WEIGHT_STEP, ROUND_HALF_UP)
    return found if rounded == found else rounded


def reps(text: str) -> int | None:
    """Repetitions from 0 to MAX_REPS; None for an empty cell."""
    found = _numbered(text, gettext_noop("The repetitions are not a number."))
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Refusal(gettext_noop("The repetitions are not a whole number."))
    if found < 0:
        raise Refusal(gettext_noop("The repetitions are negative."))
    if found > MAX_REPS:
        raise Refusal(gettext_noop("There are more than %(limit)s repetitions."), limit=MAX_REPS)
    return int(found)


def seconds(text: str) -> int | None:
    """Whole seconds from 0 to MAX_SECONDS, typed as such, `1:30` or `0:01:30`; None for empty."""
    if clock := _CLOCK.fullmatch(text.strip()[:_LONGEST_NUMBER]):
        hours, minutes, rest = clock.groups()
        found: Decimal | None = (
            3600 * int(hours or 0) + 60 * int(minutes) + Decimal(rest.replace(",", "."))
        )
    else:
        found = _numbered(text, gettext_noop("The time is not a number of seconds."))
    if found is None:
        return None
    if found < 0:
        raise Refusal(gettext_noop("The time is negative."))
    if found > MAX_SECONDS:
        raise Refusal(gettext_noop("The time is longer than two hours."))
    return int(found.to_integral_value(ROUND_HALF_UP))


def _numbered(text: str, sentence: str) -> Decimal | None:
    try:
        return number(text)
    except Refusal:
        raise Refusal(sentence) from None


def duration(text: str) -> timedelta | None:
    """How long a training took: `51m`, `1h 5m`, `2134` (seconds), `1:05:00`.

    None where it is empty, cannot be read, is nothing, or more than a day: then it is not known.
    """
    text = text.strip()[:_LONGEST_NUMBER].casefold()
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, rest = clock.groups()
        return lasted(3600 * int(hours or 0) + 60 * int(minutes) + int(rest[:2].strip(".,")))
    try:
        found = number(text)
    except Refusal:
        parts = _PART.findall(text)
        found = Decimal(sum(int(count) * _SECONDS_OF[unit] for count, unit in parts))
        if _PART.sub("", text).strip():
            return None
    return lasted(int(found or 0))


def lasted(for_seconds: float) -> timedelta | None:
    """A duration above nothing and up to a day, else None."""
    if not 0 < for_seconds <= MAX_DURATION.total_seconds():
        return None
    return timedelta(seconds=round(for_seconds))


def rir(rpe: str) -> Decimal | None:
    """Reps in reserve by an RPE. None where it is empty, below 5, or no RPE in halves."""
    try:
        found = number(rpe)
        return None if found is None else in_halves(rir_from_rpe(found))
    except ValueError:
        return None


def reserve(text: str) -> Decimal | None:
    """Reps in reserve as written, in halves from 0 to MAX_RIR, else None."""
    try:
        return in_halves(number(text))
    except Refusal:
        return None


def in_halves(value: Decimal | None) -> Decimal | None:
    if value is None or not 0 <= value <= MAX_RIR or (2 * value) % 1:
        return None
    return value


def unit(text: str) -> Unit | None:
    """kg or lb by its name in a file, None for any other."""
    return _UNITS.get(text.strip().strip(".").casefold())


def distance(text: str, of_unit: str) -> str:
    """A distance to keep in a note, such as `2.5 km`; empty for none."""
    try:
        found = number(text)
    except Refusal:
        found = None
    if not found or found < 0:
        return ""
    of_unit = {"meters": "m", "miles": "mi", "kilometers": "km"}.get(of_unit.casefold(), of_unit)
    return f"{format_weight(found)} {clean(of_unit, 10)}".strip()


def clean(text: str, limit: int, *, lines: bool = False) -> str:
    """`text` without control characters and up to `limit` characters; in one line unless asked."""
    if not text:
        return ""
    text = text[: 20 * limit]
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    if lines:
        return text.strip()[:limit].rstrip()
    return " ".join(text.split())[:limit].rstrip()
