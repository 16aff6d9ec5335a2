"""One import of a member at a time, whichever process or tab it is in."""

from __future__ import annotations

from django.db import connection

LOCK = 0x1E65  # our part of the space of advisory locks; the member is the other


def lock_imports(member_id: int) -> None:
    """Waits until nothing else of this member comes in or is undone; held to the end of the
    transaction, and gone with the process that holds it, however that ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::int, %s::int)", [LOCK, member_id])


def is_importing(member_id: int) -> bool:
    """Whether somebody holds `lock_imports`. Outside a transaction it takes nothing itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock_shared(%s::int, %s::int)", [LOCK, member_id]
        )
        (is_free,) = cursor.fetchone()
    return not is_free
