"""Mail to people: `post` it in the transaction of what it tells of; it leaves after the commit."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.delivery import Written
from accounts.models import Letter, MailKind, User
from accounts.stops import is_stopped
from accounts.tasks import deliver

__all__ = ["Written", "hand_over", "post"]

logger = logging.getLogger(__name__)


def post(
    *,
    kind: MailKind,
    about: int,
    member: User | None = None,
    what: str = "",
    expires_at: datetime | None = None,
    at: datetime | None = None,
) -> Letter | None:
    """A letter to `member`, or to the address that its writer names; None if it is not wanted.

    The row is the promise: it is written in the caller's transaction, and the task that sends it
    is made after the commit. If there is no task, or it fails, `manage.py work` finds the row.
    """
    if member is not None and is_stopped(kind=kind, email=member.email):
        return None
    now = at or timezone.now()
    letter = Letter.objects.create(
        kind=kind,
        about=about,
        member=member,
        what=what,
        expires_at=expires_at,
        created_at=now,
        due_at=now,
    )
    transaction.on_commit(partial(hand_over, letter.pk))
    return letter


def hand_over(pk: int) -> None:
    try:
        deliver.enqueue(pk)
    except Exception as error:  # noqa: BLE001 (what was saved is saved, and the letter waits)
        logger.warning("Letter %s got no task and waits: %s", pk, type(error).__name__)
