"""How statements are planned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def planned_anew() -> Iterator[None]:
    """Statements inside are planned for their values each time.

    Elsewhere PostgreSQL plans a statement that comes often once, for values as they usually are.
    For sums over all years of one member that plan took six times as long.
    """
    connection.ensure_connection()
    raw = connection.connection
    before, raw.prepare_threshold = raw.prepare_threshold, None
    try:
        yield
    finally:
        raw.prepare_threshold = before
