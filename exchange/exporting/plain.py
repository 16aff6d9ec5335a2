"""Rows as the plain values of a JSON file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

# The keys of a part of the file, each with the column, or the path to it, that it is read from.
type Columns = Mapping[str, str]


def number(value: Decimal) -> int | float:
    """A number of at most 15 digits, which a float gives back as it was."""
    return int(value) if value == value.to_integral_value() else float(value)


def plain(value: Any, zone: ZoneInfo) -> Any:
    """`value` as JSON knows it. Times are those of the member's clock, with the distance to UTC."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def says_something(value: Any) -> bool:
    """None, empty and no are left out of the file; 0 is not."""
    return value is not None and value is not False and value not in ("", [], {})


def record(values: Iterable[tuple[str, Any]], zone: ZoneInfo) -> dict[str, Any]:
    return {key: plain(value, zone) for key, value in values if says_something(value)}


def records(rows: QuerySet[Any], columns: Columns, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """One record a row; one query."""
    for row in rows.values_list(*columns.values()):
        yield record(zip(columns, row, strict=True), zone)
