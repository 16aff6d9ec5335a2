"""Access tokens: the keys with which software of a member's own reads their log.

A token is `legs_` and 32 random bytes. Only its SHA-256 is kept, so the table opens no door.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.querysets import hash_token
from exchange.models import AccessToken
from legtraining.domain.refusal import Refusal, gettext_noop

PREFIX = "legs_"
SHAPE = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
SHOWN = 12  # letters from the beginning, by which its owner knows it again
MOST_LIVE = 20

SAME_NAME = gettext_noop(
    "You have a token of this name. Choose another name, or revoke that one first."
)
TOO_MANY = gettext_noop("You have %(most)s tokens. Revoke one that you do not need any more.")


@transaction.atomic
def make_token(
    *,
    member: User,
    name: str,
    scopes: Iterable[str],
    days: int | None,
    at: datetime | None = None,
) -> tuple[AccessToken, str]:
    """A new token and its secret, which nobody can read again. `days` are how long it works, None
    for until it is revoked.

    Raises Refusal for a name that a working token has: so a form that is sent twice makes one.
    The member's row is locked, so that this and the limit hold for two requests at once.
    """
    now = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    names = AccessToken.objects.of_member(member).usable(now).values_list("name", flat=True)
    if name.casefold() in map(str.casefold, names):
        raise Refusal(SAME_NAME)
    if len(names) >= MOST_LIVE:
        raise Refusal(TOO_MANY, most=MOST_LIVE)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = AccessToken.objects.create(
        member=member,
        name=name,
        token_hash=hash_token(secret),
        starts_with=secret[:SHOWN],
        scopes=sorted(scopes),
        created_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    return made, secret


def revoke_token(*, token: AccessToken, at: datetime | None = None) -> None:
    """From now on it opens nothing. Said twice, the first time counts."""
    mine = AccessToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    mine.update(revoked_at=at or timezone.now())


def find_token(secret: str, at: datetime | None = None) -> AccessToken | None:
    """The token with its member, if it works at `at` (now). One query; none for what has not the
    shape of a token."""
    if not SHAPE.fullmatch(secret):
        return None
    found = AccessToken.objects.usable(at).filter(token_hash=hash_token(secret))
    return found.select_related("member").first()


def note_use(token: AccessToken) -> None:
    """Writes down the member's local day on which it was last used, once a day."""
    today = token.member.today()
    if token.used_on != today:
        AccessToken.objects.filter(pk=token.pk).update(used_on=today)
