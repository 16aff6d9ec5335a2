"""The exercises of a session: add, take out, skip, move, swap, and how each is set up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from exercises.models import Exercise
from sessions.models import Block, ExerciseSetup, WorkoutSession
from sessions.querysets import BlockQuerySet

MAX_BLOCKS = 40


class TooManyExercises(Exception):
    """A session holds at most MAX_BLOCKS exercises."""


def _locked(session: WorkoutSession) -> BlockQuerySet:
    """The session's blocks, with its row locked: of two changes at once one waits."""
    WorkoutSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    return Block.objects.filter(session=session)


@transaction.atomic
def add_exercise(*, session: WorkoutSession, exercise: Exercise, order: int) -> Block:
    """Puts `exercise` at the end. `order` is the place that was free when the page was made.

    Where the exercise stands there or later it was added since: sending it twice adds it once.
    If it was removed from there it comes back. Raises TooManyExercises.
    """
    blocks = _locked(session)
    there = blocks.filter(order__gte=order, exercise=exercise).order_by("order").first()
    if there:
        blocks.filter(pk=there.pk).update(removed_at=None)
        return there
    order, place = _next_numbers(blocks)
    return Block.objects.create(session=session, exercise=exercise, order=order, place=place)


def _next_numbers(blocks: BlockQuerySet) -> tuple[int, int]:
    """The number and the place of one more block. Raises TooManyExercises."""
    last = blocks.aggregate(order=Max("order"), place=Max("place"))
    if (last["order"] or 0) >= MAX_BLOCKS:
        raise TooManyExercises
    return (last["order"] or 0) + 1, (last["place"] or 0) + 1


def remove_exercise(*, block: Block) -> bool:
    """Takes an exercise out of the session, unless sets of it are logged: then returns False."""
    if block.sets.live().exists():
        return False
    Block.objects.filter(pk=block.pk).update(removed_at=timezone.now())
    return True


def skip_exercise(*, block: Block, skipped: bool) -> None:
    """Leaves out what is not done yet of an exercise, or takes it up again."""
    when = Coalesce("skipped_at", timezone.now()) if skipped else None
    Block.objects.filter(pk=block.pk).update(skipped_at=when)


@transaction.atomic
def move_exercise(*, block: Block, place: int) -> None:
    """Shows the exercise as number `place` of those that are there, counted from 1."""
    others = [each for each in _locked(block.session).live() if each.pk != block.pk]
    others.insert(max(place, 1) - 1, block)
    for number, each in enumerate(others, 1):
        each.place = number
    Block.objects.bulk_update(others, ["place"])


@transaction.atomic
def swap_exercise(*, block: Block, exercise: Exercise) -> Block:
    """Puts `exercise` in the place of `block`, for the sets that are not done yet.

    What was logged stays where it was done. The alternative takes the targets without their
    weights, which belong to the other exercise. Sent twice it is swapped once, and swapping back
    before anything was logged leaves no trace. Raises TooManyExercises.
    """
    blocks = _locked(block.session)
    block = blocks.select_related("session", "swapped_from").get(pk=block.pk)
    if exercise.pk == block.exercise_id:
        return block
    done = block.sets.live().aggregate(last=Max("position"))["last"]
    original = block.swapped_from
    if original and original.exercise_id == exercise.pk and done is None:
        blocks.filter(pk=original.pk).update(removed_at=None, kept_sets=None)
        blocks.filter(pk=block.pk).update(removed_at=timezone.now())
        return original
    targets = block.targets[done or 0 :]
    there = blocks.filter(swapped_from=block, exercise=exercise).first()
    if there:
        blocks.filter(pk=there.pk).update(removed_at=None)
    else:
        order, _last = _next_numbers(blocks)
        there = Block.objects.create(
            session=block.session,
            order=order,
            place=block.place,
            exercise=exercise,
            superset=block.superset,
            rest_seconds=block.rest_seconds,
            swapped_from=block,
            targets=[target | {"weight": None} for target in targets],
        )
    blocks.filter(pk=block.pk).update(
        kept_sets=done or 0, removed_at=None if done else timezone.now()
    )
    return there


def set_up_exercise(*, member: User, exercise: Exercise, **values: Any) -> ExerciseSetup:
    """Keeps how `member` sets `exercise` up: note, bar, step and their unit."""
    return ExerciseSetup.objects.update_or_create(
        member=member, exercise=exercise, defaults=values
    )[0]
