"""The exercises of a session: add, take out, skip, move, swap, and how each is set up."""

from __future__ import annotations

from itertools import chain, groupby
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
    If it was removed from there it comes back; an alternative that was given up does not.
    Raises TooManyExercises.
    """
    blocks = _locked(session)
    added = blocks.filter(order__gte=order, exercise=exercise, swapped_from__isnull=True)
    there = added.order_by("order").first()
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


def restore_exercise(*, block: Block) -> None:
    """Undoes `remove_exercise`. What was swapped for another one stays there."""
    Block.objects.filter(pk=block.pk, kept_sets=None).update(removed_at=None)


def skip_exercise(*, block: Block, skipped: bool) -> None:
    """Leaves out what is not done yet of an exercise, or takes it up again."""
    when = Coalesce("skipped_at", timezone.now()) if skipped else None
    Block.objects.filter(pk=block.pk).update(skipped_at=when)


@transaction.atomic
def move_exercise(*, block: Block, place: int) -> None:
    """Shows the exercise as number `place` of those that are there, counted from 1.

    Those of a superset stay together: they move as one past others, which move as one too.
    """
    blocks = list(_locked(block.session).live())
    groups = [list(group) for _key, group in groupby(blocks, lambda each: each.superset or each.pk)]
    if block not in blocks:
        return
    block = blocks[blocks.index(block)]
    there = blocks[min(max(place, 1), len(blocks)) - 1]
    mine, theirs = (next(group for group in groups if each in group) for each in (block, there))
    _shift(mine, block, there) if mine is theirs else _shift(groups, mine, theirs)
    for number, each in enumerate(chain(*groups), 1):
        each.place = number
    Block.objects.bulk_update(blocks, ["place"])


def _shift[T](items: list[T], item: T, other: T) -> None:
    """Moves `item` to where `other` stands."""
    place = items.index(other)
    items.remove(item)
    items.insert(place, item)


@transaction.atomic
def swap_exercise(*, block: Block, exercise: Exercise) -> Block:
    """Puts `exercise` in the place of `block`, for the sets that are not done yet.

    What was logged stays where it was done. The alternative takes the targets without their
    weights, which belong to the other exercise; what went to an alternative before stays there.
    Sent twice it is swapped once, and swapping back before anything was logged leaves no trace.
    Raises TooManyExercises.
    """
    blocks = _locked(block.session)
    block = blocks.select_related("session", "swapped_from").get(pk=block.pk)
    done = block.sets.live().aggregate(last=Max("position"))["last"] or 0
    original = block.swapped_from
    if exercise.pk == block.exercise_id:
        return block
    back = original is not None and original.exercise_id == exercise.pk and not done
    # Not on an old page, where both were swapped already: a third exercise has the sets.
    if original and back and None in (block.kept_sets, original.kept_sets):
        _hand_over(block, to=original, kept=0)
        return original
    there = blocks.filter(swapped_from=block, exercise=exercise).first()
    if there and block.kept_sets is not None:
        if there.kept_sets is None:
            blocks.filter(pk=there.pk).update(removed_at=None)
        return there
    if there is None:
        order, _last = _next_numbers(blocks)
        there = Block(session=block.session, order=order, swapped_from=block, exercise=exercise)
    there.place, there.superset = block.place, block.superset
    there.rest_seconds = block.rest_seconds
    there.targets = [target | {"weight": None} for target in block.plan[done:]]
    there.save()
    _hand_over(block, to=there, kept=done)
    return there


def _hand_over(block: Block, *, to: Block, kept: int) -> None:
    """Leaves `block` the first `kept` of its sets, and shows `to` with all of its own."""
    rows = Block.objects.filter(session=block.session_id)
    rows.filter(pk=to.pk).update(removed_at=None, kept_sets=None)
    rows.filter(pk=block.pk).update(kept_sets=kept, removed_at=None if kept else timezone.now())


def set_up_exercise(*, member: User, exercise: Exercise, **values: Any) -> ExerciseSetup:
    """Keeps how `member` sets `exercise` up: note, bar, step and their unit."""
    return ExerciseSetup.objects.update_or_create(
        member=member, exercise=exercise, defaults=values
    )[0]
