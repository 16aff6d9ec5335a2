"""Writes about people that touch two or more rows, or must happen once."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Coaching, Invitation, User
from accounts.querysets import hash_token

INVITATION_DAYS = 14


class InvitationGone(Exception):
    """The link was used, revoked or has expired in the meantime."""


@transaction.atomic
def invite(*, trainer: User, label: str, at: datetime | None = None) -> tuple[Invitation, str]:
    """A new invitation and its token. The token can be shown now and never again."""
    now = at or timezone.now()
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        trainer=trainer,
        label=label,
        token_hash=hash_token(token),
        created_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return invitation, token


@transaction.atomic
def accept(*, token: str, member: User, at: datetime | None = None) -> Coaching:
    """Opens the link between the inviting trainer and `member`; a second call changes nothing.

    Raises InvitationGone when the token was used by somebody else, was revoked or expired.
    """
    now = at or timezone.now()
    invitation = Invitation.objects.with_token(token).select_for_update(of=("self",)).first()
    if invitation is None or invitation.trainer_id == member.pk:
        raise InvitationGone
    links = Coaching.objects.open().filter(trainer=invitation.trainer_id, member=member)
    if there := links.select_related("trainer").first():
        return there
    if not Invitation.objects.usable(now).filter(pk=invitation.pk).exists():
        raise InvitationGone
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    return Coaching.objects.create(trainer=invitation.trainer, member=member, accepted_at=now)
