"""Which mail is not wanted at an address: a kind by itself, with an account or without one."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.signing import BadSignature, Signer
from django.db import transaction

from accounts.models import MailKind, MailStop, User

# As an object, so that any address can stand in a link and none is read there at a glance.
SIGNER = Signer(sep=".", salt="legtraining.mail")

# What the settings have a tick for. Reminders have their minutes; invitations go to people who
# have no settings.
CHOSEN = (MailKind.COMMENT, MailKind.COACHING, MailKind.PROGRAM)


def stop_token(*, kind: str, email: str) -> str:
    return SIGNER.sign_object([str(kind), email.lower()])


def read_token(token: str) -> tuple[MailKind, str] | None:
    """The kind and the address; None if it was not signed here."""
    try:
        kind, email = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return (MailKind(kind), email) if kind in MailKind else None


def is_stopped(*, kind: str, email: str) -> bool:
    return MailStop.objects.filter(kind=kind, email=email.lower()).exists()


def stop(*, kind: str, email: str) -> None:
    _add([MailStop(kind=kind, email=email.lower())])


def allow(*, kind: str, email: str) -> None:
    MailStop.objects.filter(kind=kind, email=email.lower()).delete()


def wanted(member: User) -> list[MailKind]:
    """Of which of `CHOSEN` this person gets mail."""
    stopped = set(MailStop.objects.filter(email=member.email).values_list("kind", flat=True))
    return [kind for kind in CHOSEN if kind not in stopped]


@transaction.atomic
def choose(*, member: User, kinds: Iterable[str]) -> None:
    """This person gets mail of `kinds`, and of no other of `CHOSEN`."""
    taken = set(kinds)
    MailStop.objects.filter(email=member.email, kind__in=taken.intersection(CHOSEN)).delete()
    _add([MailStop(email=member.email, kind=kind) for kind in CHOSEN if kind not in taken])


def copy_stops(*, old: str, new: str) -> None:
    """What is not wanted at the old address of somebody is not wanted at the new one either."""
    stops = MailStop.objects.filter(email=old.lower())
    _add([MailStop(kind=each.kind, email=new.lower(), since=each.since) for each in stops])


def _add(stops: list[MailStop]) -> None:
    MailStop.objects.bulk_create(stops, ignore_conflicts=True)
