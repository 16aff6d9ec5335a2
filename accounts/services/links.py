"""What becomes of the link between a trainer and a member: shared, ended, offered to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.letters import post
from accounts.models import Coaching, Handover, MailKind, User


@transaction.atomic
def share_health(*, link: Coaching, share: bool, at: datetime | None = None) -> bool:
    """Makes the check-ins of an open link shared, or not, at once; False if it cannot be.

    Nothing is shared by somebody who keeps no check-ins: that is a consent of its own. Said twice
    it keeps the first date.
    """
    mine = Coaching.objects.open().filter(pk=link.pk)
    if not share:
        mine.update(health_shared_at=None)
        return True
    if not User.objects.filter(pk=link.member_id, health_consent_at__isnull=False).exists():
        return False
    mine.filter(health_shared_at__isnull=True).update(health_shared_at=at or timezone.now())
    return True


@transaction.atomic
def end_link(*, link: Coaching, by: User, at: datetime | None = None) -> bool:
    """Closes the member's log to the trainer; the other one of the two gets a mail.

    An open question of a handover is closed with it. Ended once it stays as it ended: False.
    """
    now = at or timezone.now()
    locked = Coaching.objects.open().select_for_update(of=("self",)).filter(pk=link.pk)
    if (there := locked.select_related("trainer", "member").first()) is None:
        return False
    close_link(link=there, at=now)
    by_member = by.pk == there.member_id
    post(
        kind=MailKind.COACHING,
        about=there.pk,
        member=there.trainer if by_member else there.member,
        what="ended" if by_member else "stopped",
    )
    return True


def close_link(*, link: Coaching, at: datetime) -> None:
    """The rows of an end, without a word to anybody. `link` is locked."""
    Handover.objects.filter(coaching=link, answered_at__isnull=True).update(answered_at=at)
    link.ended_at = max(at, link.accepted_at)
    link.save(update_fields=["ended_at"])


@transaction.atomic
def ask_handovers(
    *, links: Iterable[Coaching], to: User, at: datetime | None = None
) -> list[Handover]:
    """Asks the member of each open link to go on with `to`; the new questions.

    Who has an open question already, or is `to` themselves, is left as they are, so that asking
    twice asks once. Each member answers for themselves.
    """
    now = at or timezone.now()
    if not User.objects.trainers().filter(pk=to.pk).exists():
        return []
    wanted = [link.pk for link in links]
    found = Coaching.objects.open().filter(pk__in=wanted).exclude(trainer=to).exclude(member=to)
    locked = list(
        found.select_related("member").select_for_update(of=("self",), no_key=True).order_by("pk")
    )
    open_ones = Handover.objects.filter(coaching__in=locked, answered_at__isnull=True)
    asked = set(open_ones.values_list("coaching", flat=True))
    made = Handover.objects.bulk_create(
        Handover(coaching=link, to=to, asked_at=now) for link in locked if link.pk not in asked
    )
    for handover in made:
        member = handover.coaching.member
        post(kind=MailKind.COACHING, about=handover.pk, member=member, what="handover")
    return made


def withdraw_handover(*, handover: Handover, at: datetime | None = None) -> bool:
    """Takes the question back; False where it was answered meanwhile."""
    waiting = Handover.objects.filter(pk=handover.pk, answered_at__isnull=True)
    return bool(waiting.update(answered_at=at or timezone.now()))
