"""Reads about programs and who follows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Coaching, User

if TYPE_CHECKING:
    from programs.models import Assignment, Program, Workout  # noqa: F401 (in strings)


def coached(user: User, member: str) -> Exists:
    """Whether `user` coaches the person that the path `member` leads to."""
    return Exists(Coaching.objects.of_trainer(user).filter(member=OuterRef(member)))


class ProgramQuerySet(models.QuerySet["Program"]):
    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def templates_of(self, trainer: User) -> Self:
        """What the trainer wrote, without the copies that members follow."""
        return self.live().filter(owner=trainer, assignment__isnull=True)

    def usable_by(self, trainer: User) -> Self:
        """The templates that a trainer may give or copy: their own and the gym's shared ones."""
        template = self.live().filter(assignment__isnull=True)
        return template.filter(Q(owner=trainer) | Q(shared=True) | Q(key__isnull=False))

    def shared_with(self, trainer: User) -> Self:
        """The gym's programs, and what other trainers share."""
        return self.usable_by(trainer).exclude(owner=trainer)

    def editable_by(self, user: User) -> Self:
        """One's own templates, and the copies of members whom one coaches now."""
        template = Q(assignment__isnull=True)
        return self.live().filter(template | Q(coached(user, "assignment__member")), owner=user)

    def visible_to(self, user: User) -> Self:
        """What one may edit, the program one follows or followed, and one's members' programs."""
        template = Q(assignment__isnull=True, owner=user, deleted_at__isnull=True)
        if user.is_trainer:
            gyms = Q(shared=True) | Q(key__isnull=False)
            template |= Q(gyms, assignment__isnull=True, deleted_at__isnull=True)
        followed = Q(assignment__member=user)
        return self.filter(template | followed | Q(coached(user, "assignment__member")))


class WorkoutQuerySet(models.QuerySet["Workout"]):
    def with_plan(self) -> Self:
        return self.prefetch_related("prescriptions__exercise", "prescriptions__sets")

    def by_week(self) -> list[tuple[int, list[Workout]]]:
        """Every week with its days and all they prescribe, in four queries."""
        workouts = self.with_plan().order_by("week", "day")
        return [(week, list(days)) for week, days in groupby(workouts, key=attrgetter("week"))]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> Self:
        from programs.models import Assignment

        return self.filter(status=Assignment.Status.ACTIVE)

    def current(self) -> Self:
        """Active, or paused for now: at most one a member."""
        from programs.models import Assignment

        return self.filter(status__in=[Assignment.Status.ACTIVE, Assignment.Status.PAUSED])

    def just_ended(self, at: datetime | None = None) -> Self:
        """What ended within the day before `at` (now), the newest first: it can be undone."""
        from programs.models import Assignment

        since = (at or timezone.now()) - timedelta(days=1)
        ended = self.filter(status=Assignment.Status.ENDED, ended_at__gte=since)
        return ended.select_related("program").order_by("-ended_at", "-pk")

    def unended(self) -> Self:
        from programs.models import Assignment

        return self.exclude(status=Assignment.Status.ENDED)

    def visible_to(self, user: User) -> Self:
        return self.filter(Q(member=user) | Q(coached(user, "member")))

    def editable_by(self, user: User) -> Self:
        """A program is ended by the member who follows it, or by a trainer of theirs."""
        return self.visible_to(user)
