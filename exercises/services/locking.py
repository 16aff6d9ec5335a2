"""How two editors of one exercise come one after the other."""

from __future__ import annotations

from django.db import connection

from exercises.models import Exercise, FactsRevision, InstructionRevision


class Outdated(Exception):
    """Somebody else wrote since `base`, what this was written over; `current` is theirs."""

    def __init__(self, current: InstructionRevision | FactsRevision | None) -> None:
        self.current = current
        super().__init__("Written over an older text.")


class AlreadyDecided(Exception):
    """The proposal was published, rejected, taken back or written anew meanwhile; or, where one is
    to be written, another one of the author waits."""


def locked(exercise: Exercise) -> Exercise:
    """The exercise, which nobody else changes until the transaction ends."""
    return Exercise.objects.select_for_update().get(pk=exercise.pk)


def lock_names() -> None:
    """Nobody else gives a name until the transaction ends: two who check at once that a name is
    free would both find it so. Comes before `locked`, so that no two wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE exercises_exercisealias IN SHARE ROW EXCLUSIVE MODE")


def refuse_outdated(current: InstructionRevision | FactsRevision | None, base: int | None) -> None:
    """`base` is the id of what the editor saw, 0 for nothing, None for whatever there is."""
    if base is not None and base != (current.pk if current else 0):
        raise Outdated(current)
