"""Who looked at a member's log, written down for the member."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import AccessRecord, Looked, User

LOOKED = f"""
    INSERT INTO {AccessRecord._meta.db_table}
        (member_id, viewer_id, viewer_name, what, day, first_at, last_at, times)
    SELECT id, %(viewer)s, %(name)s, %(what)s, (%(now)s::timestamptz AT TIME ZONE time_zone)::date,
           %(now)s::timestamptz, %(now)s::timestamptz, 1
    FROM {User._meta.db_table} WHERE id = ANY(%(members)s)
    ON CONFLICT (member_id, viewer_id, what, day)
    DO UPDATE SET last_at = EXCLUDED.last_at, times = {AccessRecord._meta.db_table}.times + 1
"""  # noqa: S608 (names of tables only)


def note_look(
    *, viewer: User, members: Iterable[User], what: Looked, at: datetime | None = None
) -> None:
    """Writes down, for each of `members` but the viewer, that somebody looked. One statement.

    A row a day of the member's own calendar: what was opened again only counts on.
    """
    others = sorted({member.pk for member in members} - {viewer.pk})
    if not others:
        return
    values: dict[str, Any] = {
        "viewer": viewer.pk,
        "name": str(viewer)[:100],
        "what": Looked(what).value,
        "now": at or timezone.now(),
        "members": others,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, values)
