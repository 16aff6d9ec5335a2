"""Reads about exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordDistance
from django.db import models
from django.db.models import Case, Count, F, Q, Subquery, Value, When
from django.db.models.functions import Length

from accounts.models import User

if TYPE_CHECKING:
    from exercises.models import Exercise, FactsRevision, InstructionRevision

# Word distance runs from 0 (the word stands in the name) to 1 (nothing in common). "sqaut" is 0.67
# from "squat", "hamstirng" 0.5 from "hamstring"; from 0.75 on hardly anything is meant.
FARTHEST, LESS = 0.7, 0.2
COMPARED = 200  # alternatives, however many there are: more would cost more than they are worth
AMONG = 50  # of the nearest, the staples come first among equals


def farthest(best: float) -> float:
    """How far a name may be from what was typed, where the nearest is `best` from it."""
    return min(FARTHEST, best + LESS)


def singular(word: str) -> str:
    """What of a word is searched: "squats" finds every squat."""
    return word.removesuffix("s") if len(word) > 4 else word


def is_called(text: str) -> Q:
    """That one line of the words of an exercise is `text`: see migration 0003."""
    from exercises.models import Plain

    return Q(words__contains=Plain(Value(f"\n{' '.join(text.split())}\n")))


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    # --- Which ---

    def library(self) -> Self:
        """Everybody's exercises, retired ones too. Whoever looks for one by its name or address
        looks here, unless it is for a member who may have exercises of their own."""
        return self.filter(owner__isnull=True)

    def own_of(self, member: User) -> Self:
        """The door to a member's own exercises: nobody else has one."""
        return self.filter(owner=member)

    def known_to(self, member: User) -> Self:
        """What this member may come back to, retired or not: the library's, and their own."""
        return self.filter(Q(owner__isnull=True) | Q(owner=member))

    def in_use(self) -> Self:
        """What the library shows: neither retired nor merged into another, and nobody's own."""
        return self.library().filter(retired_at__isnull=True)

    def pickable(self) -> Self:
        """What can be added to a session or a program."""
        return self.in_use().filter(kind="exercise")

    def pickable_by(self, member: User) -> Self:
        """What can be added to a session of this member: the library's, and what is their own."""
        return self.known_to(member).filter(retired_at__isnull=True, kind="exercise")

    def own_first(self) -> Self:
        """A name that the library has too means one's own exercise: who made it meant it so."""
        return self.order_by(F("owner").asc(nulls_last=True), "name")

    def named(self, text: str) -> Self:
        """With every word of `text` in its name and aliases, whatever case, accents and order."""
        from exercises.models import Plain

        found = self
        for word in text.split():
            found = found.filter(words__contains=Plain(Value(singular(word))))
        return found

    def called(self, text: str) -> Self:
        """Whose name or alias is `text`, whatever its case, accents and outer spaces."""
        return self.filter(is_called(text))

    def nearest(self, text: str, count: int) -> list[Exercise]:
        """The `count` exercises whose name or alias is most like `text`, best first, of equals the
        staples. Fewer where too little is like it, or much less than the best."""
        from exercises.models import Plain

        distance = TrigramWordDistance(Plain(Value(" ".join(text.split()))), "words")  # type: ignore[arg-type]
        near: list[Any] = list(self.annotate(distance=distance).order_by("distance")[:AMONG])
        near = [each for each in near if each.distance <= farthest(near[0].distance)]
        near.sort(key=lambda each: (each.distance, each.kind, not each.staple, len(each.name)))
        return near[:count]

    def like(self, exercise: int, member: User | None = None) -> Self:
        """The others that share a primary muscle with `exercise` (an id): first those that
        share the most and train the least besides, of these what is called most like it.

        Of the library, and of what is the `member`'s own."""
        from exercises.models import MuscleWork

        wanted = MuscleWork.objects.filter(share=1, exercise=exercise).values("muscle")
        name = self.model.objects.filter(pk=exercise).values("name")
        among = self.pickable_by(member) if member else self.pickable()
        others = among.exclude(pk=exercise)
        sharing = others.filter(muscle_work__share=1, muscle_work__muscle__in=wanted)
        most = sharing.annotate(n=Count("pk")).order_by("-n")[:COMPARED].values("pk")
        return (
            others.filter(pk__in=most, muscle_work__share=1)
            .annotate(
                shared=Count("muscle_work", filter=Q(muscle_work__muscle__in=wanted)),
                trained=Count("muscle_work"),
                likeness=TrigramSimilarity("name", Subquery(name)),  # type: ignore[arg-type]
            )
            .order_by("-shared", "trained", "-likeness", "-staple", "name")
        )

    # --- In which order, with what ---

    def best_first(self, text: str) -> Self:
        """What is called so, then what most people mean by it, then the shortest names."""
        exact = Case(When(is_called(text), then=0), default=1)
        return self.order_by(exact, "kind", "-staple", Length("name"), "name")

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
