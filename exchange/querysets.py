"""Reads about imports and access tokens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User

if TYPE_CHECKING:
    from exchange.models import AccessToken, ImportBatch  # noqa: F401 (in strings)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def of_member(self, member: User) -> Self:
        """The door: nobody else sees what somebody brought along. Without the files."""
        return self.filter(member=member).defer("content").order_by("-created_at", "-pk")


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    def of_member(self, member: User) -> Self:
        return self.filter(member=member).order_by("-created_at", "-pk")

    def usable(self, at: datetime | None = None) -> Self:
        """Neither revoked nor expired at `at` (now by default), of somebody who may sign in."""
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=at or timezone.now())
        return self.filter(unexpired, revoked_at__isnull=True, member__is_active=True)
