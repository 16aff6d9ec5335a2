"""A trainer's links to join by: made, mailed, and accepted once."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.letters import post
from accounts.models import Coaching, Invitation, MailKind, User
from accounts.querysets import hash_token
from legtraining.domain.refusal import Refusal, gettext_noop

INVITATION_DAYS = 14
MAILED_A_DAY = 30

TOO_MANY = gettext_noop(
    "You mailed %(most)s invitations within a day. Leave the address empty and send the link "
    "yourself, or go on tomorrow."
)
INVITED = gettext_noop("You invited this address already, and that link still works.")
OWN_ADDRESS = gettext_noop("This is your own address.")


class InvitationGone(Exception):
    """The link was used, revoked or has expired in the meantime."""


def token_of(invitation: Invitation) -> str:
    """What stands in the link: made of the row's nonce with the signing key, 43 letters.

    An invitation from before there was a nonce has another one, which nobody knows any more: the
    hash of this one is not its `token_hash` then.
    """
    made = salted_hmac("accounts.invitation", str(invitation.nonce), algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()).rstrip(b"=").decode()


@transaction.atomic
def invite(
    *,
    trainer: User,
    label: str,
    email: str = "",
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> tuple[Invitation, str]:
    """A new invitation and its token. With `email` it is mailed there, once this is committed.

    `nonce` is proposed by the form: the same one sent twice is one invitation, unless something
    else was typed meanwhile. The trainer's row is locked, so that the limits hold for two requests
    at once. Raises Refusal with a sentence about `email`.
    """
    now = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=trainer.pk)
    made = Invitation(
        trainer=trainer,
        label=label,
        email=email.strip().lower(),
        nonce=nonce or uuid4(),
        created_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    if there := Invitation.objects.filter(token_hash=hash_token(token_of(made))).first():
        same = ("trainer_id", "label", "email")
        if all(getattr(there, name) == getattr(made, name) for name in same):
            return there, token_of(there)
        made.nonce = uuid4()
    made.token_hash = hash_token(token_of(made))
    if made.email:
        _refuse_mailing(made, now)
    made.save()
    if made.email:
        post(kind=MailKind.INVITATION, about=made.pk, expires_at=made.expires_at)
    return made, token_of(made)


def _refuse_mailing(made: Invitation, now: datetime) -> None:
    """Says nothing about who has an account: that is nobody's to find out by inviting."""
    if made.email == made.trainer.email:
        raise Refusal(OWN_ADDRESS)
    mailed = Invitation.objects.filter(trainer=made.trainer).exclude(email="")
    if mailed.usable(now).filter(email=made.email).exists():
        raise Refusal(INVITED)
    if mailed.filter(created_at__gt=now - timedelta(days=1)).count() >= MAILED_A_DAY:
        raise Refusal(TOO_MANY, most=MAILED_A_DAY)


@transaction.atomic
def accept(
    *, token: str, member: User, share_health: bool = False, at: datetime | None = None
) -> Coaching:
    """Opens the link between the inviting trainer and `member`; a second call changes nothing.

    The member's row is locked, so that two invitations at once open one link. `share_health` is
    the separate consent that this trainer reads check-ins. Raises InvitationGone when the token
    was used by somebody else, was revoked or expired.
    """
    now = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
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
    link = Coaching.objects.create(
        trainer=invitation.trainer,
        member=member,
        accepted_at=now,
        health_shared_at=now if share_health else None,
    )
    post(kind=MailKind.COACHING, about=link.pk, member=invitation.trainer, what="joined")
    return link
