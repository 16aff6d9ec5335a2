"""Reads about people and the links between them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Coaching, Invitation, User  # noqa: F401 (in strings)


class UserQuerySet(models.QuerySet["User"]):
    def coached_by(self, trainer: User) -> Self:
        """The members who accepted `trainer` and have not ended it."""
        return self.filter(
            coached_through__trainer=trainer, coached_through__ended_at__isnull=True
        ).order_by("name", "email")


class CoachingQuerySet(models.QuerySet["Coaching"]):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of_member(self, member: User) -> Self:
        return self.open().filter(member=member).select_related("trainer")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, at: datetime | None = None) -> Self:
        """Neither used, nor revoked, nor expired at `at` (now by default)."""
        return self.filter(
            used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at or timezone.now()
        )

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token)).select_related("trainer")

    def editable_by(self, user: User) -> Self:
        return self.filter(trainer=user)

    visible_to = editable_by


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256, so that the table opens no door to who reads it."""
    return hashlib.sha256(token.encode()).hexdigest()
