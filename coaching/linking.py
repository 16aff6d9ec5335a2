"""The link as a trainer's pages show it, and what a handover moves with the member."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.letters import post
from accounts.models import Coaching, Handover, MailKind, User
from accounts.services.links import close_link
from programs.models import Assignment, Program


def link_of(trainer: User, member: User) -> Coaching | None:
    """The open link of the two, with its open question as `open_handover` (or None)."""
    link = Coaching.objects.of_trainer(trainer).filter(member=member).first()
    if link:
        link.trainer, link.member = trainer, member
        asked = Handover.objects.open().filter(coaching=link).select_related("to")
        link.open_handover = asked.first()  # type: ignore[attr-defined]
    return link


@transaction.atomic
def answer_handover(
    *, handover: Handover, accept: bool, share_health: bool = False, at: datetime | None = None
) -> bool:
    """The member's word. A yes ends the link with the one trainer and opens it with the other.

    The programs that the member has not ended go along, so that the new trainer can change them.
    `share_health` is a consent of its own, to the new trainer; what was shared before is not.
    False, and nothing done, where it was answered or taken back meanwhile, or where the other one
    is no trainer any more. The member's row is locked first, as by whoever opens a link,
    then the link's, as by whoever ends it: two answers at once are one.
    """
    now = at or timezone.now()
    link = Coaching.objects.get(pk=handover.coaching_id)
    User.objects.select_for_update(no_key=True).get(pk=link.member_id)
    locked = Coaching.objects.open().select_for_update(of=("self",)).filter(pk=link.pk)
    old = locked.select_related("trainer", "member").first()
    open_ones = Handover.objects.filter(pk=handover.pk, answered_at__isnull=True)
    asked = open_ones.select_for_update(of=("self",)).select_related("to").first()
    if old is None or asked is None:
        return False
    if not accept:
        _settle(asked, now, accepted=False)
        post(kind=MailKind.COACHING, about=asked.pk, member=old.trainer, what="declined")
        return True
    if not User.objects.trainers().filter(pk=asked.to_id).exists():
        return False
    _settle(asked, now, accepted=True)
    close_link(link=old, at=now)
    _open(asked.to, old.member, now, share_health=share_health)
    unended = Assignment.objects.unended().filter(member=old.member)
    Program.objects.filter(assignment__in=unended, owner=old.trainer).update(owner=asked.to)
    for trainer in (old.trainer, asked.to):
        post(kind=MailKind.COACHING, about=asked.pk, member=trainer, what="handed_over")
    return True


def _settle(handover: Handover, at: datetime, *, accepted: bool) -> None:
    handover.answered_at, handover.accepted = at, accepted
    handover.save(update_fields=["answered_at", "accepted"])


def _open(trainer: User, member: User, at: datetime, *, share_health: bool) -> None:
    """A link that is open already stays, with what is shared in it."""
    link, _made = Coaching.objects.open().get_or_create(
        trainer=trainer, member=member, defaults={"accepted_at": at}
    )
    if share_health and link.health_shared_at is None:
        link.health_shared_at = at
        link.save(update_fields=["health_shared_at"])
