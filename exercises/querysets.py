"""Reads about exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import TrigramWordDistance
from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Length

from accounts.models import User

if TYPE_CHECKING:
    from exercises.models import Exercise, FactsRevision, InstructionRevision  # noqa: F401 (in strings)

# Word distance runs from 0 (the word stands in the name) to 1 (nothing in common). "sqaut" is 0.67
# from "squat", "hamstirng" 0.5 from "hamstring"; from 0.75 on hardly anything is meant.
FARTHEST = 0.7


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    # --- Which ---

    def in_use(self) -> Self:
        """What the library shows: neither retired nor merged into another."""
        return self.filter(retired_at__isnull=True)

    def pickable(self) -> Self:
        """What can be added to a session or a program."""
        return self.in_use().filter(kind="exercise")

    def named(self, text: str) -> Self:
        """With every word of `text` in its name and aliases, whatever case, accents and order."""
        from exercises.models import ExerciseAlias, Plain

        found = self
        for word in text.split():
            has_word = {"plain__contains": Plain(Value(word))}
            alias = ExerciseAlias.objects.filter(**has_word).values("exercise")
            found = found.filter(Q(**has_word) | Q(pk__in=alias))
        return found

    def called(self, text: str) -> Self:
        """Whose name or alias is `text`, whatever its case, accents and outer spaces."""
        from exercises.models import ExerciseAlias, Plain

        is_it = {"plain": Plain(Value(" ".join(text.split())))}
        alias = ExerciseAlias.objects.filter(**is_it).values("exercise")
        return self.filter(Q(**is_it) | Q(pk__in=alias))

    def nearest(self, text: str, count: int) -> list[int]:
        """The ids of the `count` exercises whose name or alias is most like `text`, best first.

        Fewer where too little is like it. Found through the trigram indexes of both tables.
        """
        from exercises.models import ExerciseAlias, Plain

        words = Plain(Value(" ".join(text.split())))
        aliases = ExerciseAlias.objects.filter(exercise__in=self.order_by())
        near: dict[int, float] = {}
        for rows, key in ((self, "pk"), (aliases, "exercise_id")):
            by_distance = rows.annotate(distance=TrigramWordDistance(words, "plain"))  # type: ignore[arg-type]
            found = by_distance.order_by("distance").values_list(key, "distance")[: 4 * count]
            for exercise, distance in found:
                near[exercise] = min(distance, near.get(exercise, 1))
        best = sorted(near, key=lambda exercise: (near[exercise], exercise))
        return [exercise for exercise in best if near[exercise] <= FARTHEST][:count]

    def training(self, muscle: str) -> Self:
        """Which train a group with at least one primary muscle, or a single muscle (its slug)."""
        from exercises.models import MuscleGroup, MuscleWork

        if muscle in MuscleGroup:
            work = MuscleWork.objects.filter(share=1, muscle__group=muscle)
        else:
            work = MuscleWork.objects.filter(muscle__slug=muscle)
        return self.filter(pk__in=work.values("exercise"))

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
            self.pickable()
            .exclude(pk=exercise)
            .annotate(shared=count)
            .filter(shared__isnull=False)
            .order_by("-shared", "-staple", "name")
        )

    # --- In which order, with what ---

    def best_first(self, text: str) -> Self:
        """What is called so, then what most people mean by it, then the shortest names."""
        exact = Case(When(pk__in=self.model.objects.called(text).values("pk"), then=0), default=1)
        return self.order_by(exact, "kind", "-staple", Length("name"), "name")

    def in_order(self, ids: list[int]) -> Self:
        """The exercises of `ids`, in that order."""
        place = Case(*(When(pk=pk, then=place) for place, pk in enumerate(ids)), default=len(ids))
        return self.filter(pk__in=ids).order_by(place)

    def with_facts(self) -> Self:
        return self.prefetch_related("equipment", "muscle_work__muscle")

    def with_names(self) -> Self:
        return self.with_facts().prefetch_related("aliases")


class FactsRevisionQuerySet(models.QuerySet["FactsRevision"]):
    def newest(self) -> FactsRevision | None:
        return self.order_by("-pk").first()


class InstructionRevisionQuerySet(models.QuerySet["InstructionRevision"]):
    def published(self) -> Self:
        return self.filter(status="published").order_by("-decided_at", "-pk")

    def current(self) -> InstructionRevision | None:
        """What the page shows: what was published last."""
        return self.published().first()

    def waiting(self) -> Self:
        """What an editor should look at, the oldest first."""
        return self.filter(status="submitted").order_by("created_at", "pk")

    def open_of(self, author: User) -> InstructionRevision | None:
        """The draft or the proposal that `author` has; at most one an exercise."""
        return self.filter(author=author, status__in=("draft", "submitted")).first()

    def proposed_by(self, author: User) -> Self:
        """What `author` wrote as a proposal, the newest first; also what became of it."""
        return self.filter(author=author, is_proposal=True).order_by("-pk")

    def visible_to(self, user: User) -> Self:
        """What was ever published, and one's own; an editor also sees what others submitted."""
        if user.is_staff:
            return self.exclude(~Q(author=user), status="draft")
        return self.filter(Q(status="published") | Q(author=user))
