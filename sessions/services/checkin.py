"""The check-in: written by consent only, and erased when the consent ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Coaching, User
from sessions.models import CheckIn


@transaction.atomic
def save_check_in(*, member: User, at: datetime | None = None, **felt: Any) -> CheckIn | None:
    """Writes how `member` felt on their day of `at` (now): one row a day, with the last state.

    `felt` holds soreness, pain, pain_place, pain_side, signs, body_weight, body_weight_unit.
    Deleted entries are erased with it.
    None, and nothing is written, if the member does not agree to it, or no longer does.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if person.health_consent_at is None:
        return None
    now = at or timezone.now()
    check_in = CheckIn(
        member=member,
        day=person.today(now),
        created_at=now,
        updated_at=now,
        deleted_at=None,
        **felt,
    )
    CheckIn.objects.of_member(member).deleted().exclude(day=check_in.day).delete()
    CheckIn.objects.bulk_create(
        [check_in],
        update_conflicts=True,
        unique_fields=["member", "day"],
        update_fields=[*felt, "updated_at", "deleted_at"],
    )
    return check_in


@transaction.atomic
def delete_check_in(*, member: User, pk: int) -> bool:
    """Takes an entry out; `restore_check_in` undoes it. False if the member has no such entry.

    What was deleted before it is erased: health data is not kept longer than Undo needs it.
    """
    mine = CheckIn.objects.of_member(member)
    gone = bool(mine.filter(pk=pk).update(deleted_at=Coalesce("deleted_at", timezone.now())))
    if gone:
        mine.deleted().exclude(pk=pk).delete()
    return gone


def restore_check_in(*, member: User, pk: int) -> bool:
    """Undoes `delete_check_in`. False if there is no such entry, or no longer."""
    return bool(CheckIn.objects.of_member(member).filter(pk=pk).update(deleted_at=None))


@transaction.atomic
def withdraw_health_consent(*, member: User) -> None:
    """Ends the consent to check-ins and erases every one of them, also those that were deleted.

    The row of the member is locked as in `save_check_in`, so that none is written after it.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    CheckIn.objects.of_member(member).delete()
    User.objects.filter(pk=member.pk).update(health_consent_at=None)
    # Who agrees anew has shared nothing yet.
    Coaching.objects.open().filter(member=member).update(health_shared_at=None)
