"""The values of a JSON file, checked one by one: each is what it should be, or a Refusal.

A reader takes a value and the place where it stands (`sessions[3].day`), which the refusal names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.rule_reading import parse_rule

type Reader = Callable[[Any, str], Any]

FIRST, LAST = date(1950, 1, 1), date(2100, 12, 31)  # days that anybody may have trained on

WRONG = gettext_noop("This is not as we wrote it: “%(where)s” cannot be read.")
MISSING = gettext_noop("This is not as we wrote it: “%(where)s” is missing.")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNSEEN = re.compile("[\x00\ud800-\udfff]")  # what the database does not take
_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,8})?", re.ASCII)


def wrong(where: str) -> Refusal:
    return Refusal(WRONG, where=where[:120])


def text(most: int) -> Reader:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or len(value) > most or _UNSEEN.search(value):
            raise wrong(where)
        return value

    return read


def one_of(*choices: str) -> Reader:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise wrong(where)
        return value

    return read


def whole(low: int, high: int) -> Reader:
    def read(value: Any, where: str) -> int:
        if type(value) is not int or not low <= value <= high:
            raise wrong(where)
        return value

    return read


def number(low: Decimal | int, high: Decimal | int, places: int) -> Reader:
    """A number of at most so many decimals. JSON is read with `parse_float=Decimal`."""

    def read(value: Any, where: str) -> Decimal:
        if type(value) not in (int, Decimal) or not low <= value <= high:
            raise wrong(where)
        found = Decimal(value)
        if -found.normalize().as_tuple().exponent > places:  # type: ignore[operator]
            raise wrong(where)
        return found

    return read


def digits(value: Any, where: str) -> str:
    """A number that is written as a text, as targets have their weights."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise wrong(where)
    return value


def flag(value: Any, where: str) -> bool:
    if type(value) is not bool:
        raise wrong(where)
    return value


def uuid(value: Any, where: str) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise wrong(where)
    return UUID(value)


def day(value: Any, where: str) -> date:
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(where) from None
    if not FIRST <= found <= LAST:
        raise wrong(where)
    return found


def moment(value: Any, where: str) -> datetime:
    """A time with its distance to UTC."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(where) from None
    if found.tzinfo is None or not FIRST <= found.date() <= LAST:
        raise wrong(where)
    return found


def clock(value: Any, where: str) -> time:
    try:
        found = time.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(where) from None
    if found.tzinfo is not None:
        raise wrong(where)
    return found


def rule(value: Any, where: str) -> str:
    """A progression that can be read, as it is written."""
    found = text(200)(value, where)
    try:
        parse_rule(found)
    except Refusal:
        raise wrong(where) from None
    return str(found)


def maybe(reader: Reader) -> Reader:
    """What `reader` reads, or null."""
    return lambda value, where: None if value is None else reader(value, where)


def each(reader: Reader, most: int) -> Reader:
    """A list of what `reader` reads."""

    def read(value: Any, where: str) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise wrong(where)
        return [reader(one, f"{where}[{number}]") for number, one in enumerate(value)]

    return read


def table(key: Reader, value: Reader, most: int) -> Reader:
    """An object whose names and values are all of one kind."""

    def read(found: Any, where: str) -> dict[Any, Any]:
        if not isinstance(found, dict) or len(found) > most:
            raise wrong(where)
        return {key(name, where): value(one, f"{where}.{name[:40]}") for name, one in found.items()}

    return read


@dataclass(frozen=True)
class Fields:
    """An object with these fields. `needed` must be there; a missing other one is its default.

    Fields that are not known are left out: a later version of the file may have them.
    """

    readers: Mapping[str, Reader]
    needed: Sequence[str] = ()
    defaults: Mapping[str, Any] | None = None

    def __call__(self, value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise wrong(where)
        found = dict(self.defaults or {})
        for name, reader in self.readers.items():
            if name in value:
                found[name] = reader(value[name], f"{where}.{name}")
            elif name in self.needed:
                raise Refusal(MISSING, where=f"{where}.{name}"[:120])
            elif name not in found:
                found[name] = None
        return found
