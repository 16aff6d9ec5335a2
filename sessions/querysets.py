"""Reads about what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from accounts.models import User
from programs.querysets import coached

if TYPE_CHECKING:
    from sessions.models import Block, CheckIn, SetLog, WorkoutSession  # noqa: F401 (in strings)


class WorkoutSessionQuerySet(models.QuerySet["WorkoutSession"]):
    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def open(self) -> Self:
        return self.live().filter(finished_at__isnull=True)

    def finished(self) -> Self:
        return self.live().filter(finished_at__isnull=False)

    def editable_by(self, user: User) -> Self:
        return self.live().filter(member=user)

    def visible_to(self, user: User) -> Self:
        return self.live().filter(Q(member=user) | Q(coached(user, "member")))

    def newest_first(self) -> Self:
        return self.order_by("-started_at", "-pk")

    def with_totals(self) -> Self:
        """Adds `sets_done`, `volume_kg` (weight × reps), both without warm-ups, and `sets_planned`.

        Subqueries, not a join: they run for the rows of the page only, not for all the history.
        """
        from sessions.models import Block, SetLog

        targets = Least(
            Func(F("targets"), function="jsonb_array_length", output_field=IntegerField()),
            F("kept_sets"),
            output_field=IntegerField(),
        )
        planned = Block.objects.live().filter(session=OuterRef("pk")).order_by().values("session")
        counting = SetLog.objects.counting().filter(session=OuterRef("pk")).values("session")
        lifted = counting.exclude(exercise__load="assisted")  # what helps is not lifted
        return self.annotate(
            sets_done=Coalesce(Subquery(counting.annotate(n=Count("pk")).values("n")), 0),
            sets_planned=Coalesce(Subquery(planned.annotate(n=Sum(targets)).values("n")), 0),
            volume_kg=Subquery(lifted.annotate(v=Sum(F("weight_kg") * F("reps"))).values("v")),
        )


class BlockQuerySet(models.QuerySet["Block"]):
    def live(self) -> Self:
        """Not taken out. One with a set is always there: the set may have been sent from one
        phone while its exercise was taken out on another."""
        from sessions.models import SetLog

        logged = SetLog.objects.live().filter(block=OuterRef("pk"))
        return self.filter(Q(removed_at__isnull=True) | Exists(logged))

    def numbered(self, order: str) -> Self:
        """The one with the number `order` as it was posted; none where it is no number.

        Also one that was taken out: what was done there meanwhile is not refused.
        """
        is_number = order.isascii() and order.isdigit() and len(order) <= 4
        return self.filter(order=int(order)) if is_number else self.none()

    def taken_out(self, order: str) -> Block | None:
        """The one with that number, if it was taken out and can be put back."""
        gone = self.numbered(order).filter(removed_at__isnull=False, kept_sets=None)
        return gone.select_related("exercise").first()


class SetLogQuerySet(models.QuerySet["SetLog"]):
    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def counting(self) -> Self:
        """Sets that count for volume and records: warm-ups do not."""
        return self.live().exclude(kind="warmup")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def of_member(self, member: User) -> Self:
        """The only door: nobody else sees a check-in, a trainer as little as an admin."""
        return self.filter(member=member)

    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def deleted(self) -> Self:
        return self.filter(deleted_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-day")
