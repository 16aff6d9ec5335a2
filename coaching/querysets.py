"""Reads about what trainers note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Coaching, User
from programs.querysets import coached

if TYPE_CHECKING:
    from coaching.models import TrainerNote  # noqa: F401 (in strings)


class TrainerNoteQuerySet(models.QuerySet["TrainerNote"]):
    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def of_trainer(self, user: User) -> Self:
        """One's own, deleted ones too, about members whom one coaches now; about health while they
        share theirs."""
        shared = Coaching.objects.of_trainer(user).sharing_health()
        may = Q(about_health=False) | Q(Exists(shared.filter(member=OuterRef("member"))))
        return self.filter(may, Q(coached(user, "member")), trainer=user)

    def editable_by(self, user: User) -> Self:
        return self.of_trainer(user).live()

    visible_to = editable_by

    def about(self, member: User) -> Self:
        """All that trainers noted about a member, for the member's own data."""
        return self.live().filter(member=member)
