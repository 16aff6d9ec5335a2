"""Reads about what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Coaching, User
from programs.querysets import coached

if TYPE_CHECKING:
    from sessions.models import (  # noqa: F401 (in strings)
        Block,
        CheckIn,
        Comment,
        SetLog,
        WorkoutSession,
    )


# How many sets of an exercise are still its own to do, warm-ups left out.
PLANNED_SETS = """jsonb_array_length(jsonb_path_query_array({targets},
    '$[0 to $kept] ? (!(@.kind == "warmup"))',
    jsonb_build_object('kept', coalesce({kept}, 1000) - 1)))"""


class PlannedSets(Func):
    """`PLANNED_SETS` of a block's targets and kept sets."""

    arity = 2
    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        targets, kept = (compiler.compile(each) for each in self.get_source_expressions())
        sql = PLANNED_SETS.format(targets=targets[0], kept=kept[0])
        return sql, (*targets[1], *kept[1])


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

    def with_readers(self) -> Self:
        """Adds `has_trainer`: whether anybody else reads what the member writes there."""
        trainers = Coaching.objects.open().filter(member=OuterRef("member"))
        working = trainers.filter(trainer__is_trainer=True, trainer__is_active=True)
        return self.annotate(has_trainer=Exists(working))

    def with_totals(self) -> Self:
        """Adds `sets_done`, `sets_planned` and `volume_kg` (weight × reps), all without warm-ups.

        Subqueries, not a join: they run for the rows of the page only, not for all the history.
        """
        from sessions.models import Block, SetLog

        targets = PlannedSets(F("targets"), F("kept_sets"))
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
        """The door to one's own: only its member writes a check-in."""
        return self.filter(member=member)

    def shared_with(self, trainer: User) -> Self:
        """The door of a trainer: what the members share who ticked that, while they do, and as
        long as they keep check-ins at all. An admin has none."""
        shared = Coaching.objects.of_trainer(trainer).sharing_health()
        return self.live().filter(Exists(shared.filter(member=OuterRef("member"))))

    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def deleted(self) -> Self:
        return self.filter(deleted_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-day")


class CommentQuerySet(models.QuerySet["Comment"]):
    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """On the sessions that `user` may see: the member's own, and those of whom they coach."""
        there = self.live().filter(session__deleted_at__isnull=True)
        return there.filter(Q(member=user) | Q(coached(user, "member")))

    def editable_by(self, user: User) -> Self:
        """One's own words, while one may still see where they stand."""
        return self.visible_to(user).filter(author=user)

    def unread_by(self, user: User) -> Self:
        """What others wrote since the reader may see it, and the reader has not looked at."""
        from sessions.models import CommentRead

        read = CommentRead.objects.filter(comment=OuterRef("pk"), reader=user)
        since = Coaching.objects.of_trainer(user).filter(
            member=OuterRef("member"), accepted_at__lte=OuterRef("written_at")
        )
        mine_to_read = Q(member=user) | Q(Exists(since))
        return self.visible_to(user).filter(mine_to_read, ~Exists(read)).exclude(author=user)

    def unanswered(self) -> Self:
        """What a member wrote and no trainer has answered, or said that it needs no answer."""
        there = self.live().filter(session__deleted_at__isnull=True)
        return there.filter(author=F("member"), settled_at__isnull=True)
