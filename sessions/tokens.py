"""Signed addresses that work without signing in: the calendar's, and the end of reminders.

A signature, and no random number in a table, because such an address has to be shown again, or
written into the next mail. The calendar's has the member's `calendar_key` in it: with another key,
or none, the old address is closed.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare

from accounts.models import User

# Points, since some calendar programs stumble over a colon in an address.
CALENDAR = Signer(sep=".", salt="legtraining.calendar")
REMINDERS = Signer(sep=".", salt="legtraining.reminders")


def calendar_token(member: User) -> str:
    """What stands in the calendar's address; empty while there is none."""
    return CALENDAR.sign(f"{member.pk}.{member.calendar_key}") if member.calendar_key else ""


def calendar_member(token: str) -> User | None:
    """Whose calendar it is; None if the address is wrong or closed, or the person is gone."""
    try:
        pk, key = CALENDAR.unsign(token).split(".")
    except (BadSignature, ValueError):
        return None
    member = User.objects.filter(pk=pk, is_active=True).first()
    return member if member and key and constant_time_compare(member.calendar_key, key) else None


def reminders_token(member: User) -> str:
    return REMINDERS.sign(str(member.pk))


def reminders_member(token: str) -> User | None:
    """Whose reminders they are; None if the address is wrong, or the person is gone."""
    try:
        pk = REMINDERS.unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(pk=pk).first()
