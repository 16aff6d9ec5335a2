"""Reads about exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

if TYPE_CHECKING:
    from exercises.models import Exercise, InstructionRevision  # noqa: F401 (in strings)


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def named(self, text: str) -> Self:
        """With every word of `text` in its name and aliases, whatever their case and order."""
        found = self
        for word in text.split():
            alias = Q(aliases__name__icontains=word)
            with_word = self.model.objects.filter(Q(name__icontains=word) | alias)
            found = found.filter(pk__in=with_word.values("pk"))
        return found

    def called(self, text: str) -> Self:
        """Whose name or alias is `text`, whatever its case and outer spaces."""
        wanted = " ".join(text.split())
        alias = Q(aliases__name__iexact=wanted)
        found = self.model.objects.filter(Q(name__iexact=wanted) | alias)
        return self.filter(pk__in=found.values("pk"))

    def training(self, muscle_group: str) -> Self:
        """Which train the group with at least one primary muscle."""
        work = Q(muscle_work__muscle__group=muscle_group, muscle_work__share=1)
        return self.filter(pk__in=self.model.objects.filter(work).values("pk"))

    def with_equipment(self, equipment: str) -> Self:
        return self.filter(equipment__slug=equipment)

    def like(self, exercise: int) -> Self:
        """The others that share a primary muscle with `exercise` (an id), the most shared first."""
        from exercises.models import MuscleWork

        primary = MuscleWork.objects.filter(share=1)
        wanted = primary.filter(exercise=exercise).values("muscle")
        shared = primary.filter(exercise=OuterRef("pk"), muscle__in=wanted).values("exercise")
        count = Subquery(shared.annotate(n=Count("pk")).values("n"))
        return (
            self.exclude(pk=exercise)
            .annotate(shared=count)
            .filter(shared__isnull=False)
            .order_by("-shared", "name")
        )

    def for_list(self) -> Self:
        return self.with_facts().order_by("name")

    def with_facts(self) -> Self:
        return self.prefetch_related("equipment", "muscle_work__muscle")


class InstructionRevisionQuerySet(models.QuerySet["InstructionRevision"]):
    def current(self) -> InstructionRevision | None:
        """What the page shows: the newest."""
        return self.order_by("-pk").first()
