"""Writes of a trainer's private notes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Coaching, User
from coaching.models import TrainerNote

SAME_WITHIN = timedelta(minutes=1)


@transaction.atomic
def write_note(
    *,
    trainer: User,
    member: User,
    text: str,
    about_health: bool = False,
    at: datetime | None = None,
) -> TrainerNote | None:
    """A note about a member; None where `trainer` coaches them no longer, or where it is about
    health and they do not share that any more.

    The same words within a minute are one note: a form was sent twice. The link's row is locked,
    so that of two at once the second finds the first.
    """
    now = at or timezone.now()
    links = Coaching.objects.of_trainer(trainer).filter(member=member)
    if about_health:
        links = links.sharing_health()
    if links.select_for_update(of=("self",), no_key=True).first() is None:
        return None
    same = TrainerNote.objects.live().filter(
        trainer=trainer, member=member, text=text, about_health=about_health
    )
    if there := same.filter(written_at__gt=now - SAME_WITHIN).first():
        return there
    return TrainerNote.objects.create(
        trainer=trainer,
        trainer_name=str(trainer)[:100],
        member=member,
        text=text,
        about_health=about_health,
        written_at=now,
    )


@transaction.atomic
def delete_note(*, note: TrainerNote) -> None:
    live = TrainerNote.objects.live().filter(pk=note.pk)
    live.update(deleted_at=timezone.now())


@transaction.atomic
def restore_note(*, note: TrainerNote) -> None:
    TrainerNote.objects.filter(pk=note.pk).update(deleted_at=None)
