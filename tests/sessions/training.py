"""A member trains what their program asks, day by day, through the services that the pages use."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from programs.models import Assignment, Workout
from sessions import services
from sessions.models import Block, WorkoutSession
from sessions.plan import next_workout


def start(assignment: Assignment, workout: Workout | None = None) -> WorkoutSession:
    """The next workout of the program, or that one, with its targets."""
    session, _new = services.start_session(
        member=assignment.member,
        uuid=uuid4(),
        assignment=assignment,
        workout=workout or next_workout(assignment),
        at=timezone.now(),
    )
    return session


def log(block: Block, position: int, **done: object) -> None:
    """One set as its target says, with what was done otherwise; 50 where it needs some weight."""
    target = block.targets[position - 1]
    weight = None if target["weight"] is None else Decimal(target["weight"])
    if weight is None and block.exercise.load == "external":
        weight = Decimal(50)
    values = {
        "position": position,
        "kind": target["kind"],
        "weight": weight,
        "unit": target["unit"],
        "reps": target["reps_min"],
        "seconds": target["seconds"],
        "rir": None,
        "note": "",
    } | done
    logged = services.log_set(
        member=block.session.member,
        session=block.session.uuid,
        order=block.order,
        exercise=block.exercise.slug,
        client_key=block.key_of(position),
        **values,
    )
    assert logged is not None


def train(
    assignment: Assignment,
    *,
    reps: list[int | None] | None = None,
    weight: str | None = None,
    unit: str | None = None,
    workout: Workout | None = None,
    finish: bool = True,
) -> WorkoutSession:
    """Starts the next workout, logs each set of each exercise, and finishes.

    `reps` are those of the sets of every exercise, None where a set is left out; without them each
    has its least. `weight` is lifted instead of what is planned.
    """
    session = start(assignment, workout)
    for block in session.blocks.select_related("exercise", "session__member"):
        for position, target in enumerate(block.targets, 1):
            done: dict[str, object] = {}
            if reps is not None:
                if position > len(reps) or reps[position - 1] is None:
                    continue
                done["seconds" if target["seconds"] else "reps"] = reps[position - 1]
            if weight is not None:
                done["weight"] = Decimal(weight)
            if unit is not None:
                done["unit"] = unit
            log(block, position, **done)
    if finish:
        services.finish_session(session=session, rpe=None, note="")
    return session


def targets(assignment: Assignment, exercise: str) -> list[str | None]:
    """The weights of the next workout's sets of one exercise; nothing is kept of asking."""
    session = start(assignment)
    block = session.blocks.get(exercise__name=exercise)
    weights = [target["weight"] for target in block.targets]
    session.delete()
    return weights


def later(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
