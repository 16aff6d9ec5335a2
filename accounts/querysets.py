"""Reads about people and the links between them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import (  # noqa: F401 (in strings)
        AccessRecord,
        Coaching,
        Handover,
        Invitation,
        Letter,
        User,
    )


class UserQuerySet(models.QuerySet["User"]):
    def trainers(self) -> Self:
        """Who may coach now."""
        return self.filter(is_trainer=True, is_active=True).order_by("name", "email")

    def coached_by(self, trainer: User) -> Self:
        """The members who accepted `trainer` and have not ended it; nobody's, of who is no trainer
        any more."""
        if not trainer.is_trainer:
            return self.none()
        return self.filter(
            coached_through__trainer=trainer, coached_through__ended_at__isnull=True
        ).order_by("name", "email")


class CoachingQuerySet(models.QuerySet["Coaching"]):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of_trainer(self, trainer: User) -> Self:
        """What opens doors to `trainer` now; nothing, once they are no trainer any more."""
        return self.open().filter(trainer=trainer) if trainer.is_trainer else self.none()

    def sharing_health(self) -> Self:
        """In which the member shares their check-ins, and still agrees that any are kept."""
        return self.filter(health_shared_at__isnull=False, member__health_consent_at__isnull=False)

    def of_member(self, member: User) -> Self:
        return self.open().filter(member=member).select_related("trainer")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, at: datetime | None = None) -> Self:
        """Neither used, nor revoked, nor expired at `at` (now by default)."""
        return self.filter(
            used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at or timezone.now()
        )

    def with_token(self, token: str) -> Self:
        """The one that a link leads to; none of who is no trainer any more."""
        there = self.filter(token_hash=hash_token(token)).select_related("trainer")
        return there.filter(trainer__is_trainer=True, trainer__is_active=True)

    def editable_by(self, user: User) -> Self:
        return self.filter(trainer=user)

    visible_to = editable_by


class HandoverQuerySet(models.QuerySet["Handover"]):
    def open(self) -> Self:
        """Waiting for the member's answer, in a link that is still open."""
        return self.filter(answered_at__isnull=True, coaching__ended_at__isnull=True)

    def of_member(self, member: User) -> Self:
        mine = self.open().filter(coaching__member=member)
        return mine.select_related("coaching__trainer", "to")


class AccessRecordQuerySet(models.QuerySet["AccessRecord"]):
    def of_member(self, member: User) -> Self:
        """The only door: who looked is told to the member and to nobody else."""
        return self.filter(member=member).order_by("-last_at", "-pk")


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def unsent(self) -> Self:
        return self.filter(sent_at__isnull=True)

    def due(self, at: datetime | None = None) -> Self:
        return self.waiting().filter(due_at__lte=at or timezone.now()).order_by("due_at", "pk")


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256, so that the table opens no door to who reads it."""
    return hashlib.sha256(token.encode()).hexdigest()
