"""What is read of one exercise of one member, for its page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast

from django.db.models import Q

from accounts.models import User
from exercises.models import Exercise
from legtraining.domain.bests import Logged
from legtraining.domain.bodyweight import STANDS_STILL
from legtraining.domain.units import Unit, to_kg
from sessions.models import SetLog
from sessions.querysets import CheckInQuerySet


def exercises_of(member: User) -> Q:
    """Which exercises there are for a member: the library's, retired ones too, and their own."""
    return Q(owner__isnull=True) | Q(owner=member)


def sets_of(member: User, exercise: Exercise) -> list[Logged]:
    """Of finished sessions, without warm-ups, the oldest first. One query."""
    rows = (
        SetLog.objects.counting()
        .filter(
            member=member,
            exercise=exercise,
            session__finished_at__isnull=False,
            session__deleted_at__isnull=True,
        )
        .order_by("session__day", "session__started_at", "session_id", "done_at", "pk")
        .values_list(
            "weight", "unit", "reps", "seconds", "rir", "kind", "session__uuid", "session__day"
        )
    )
    return [
        Logged(weight, cast("Unit", unit), reps, seconds, rir, kind, str(session), day)
        for weight, unit, reps, seconds, rir, kind, session, day in rows
    ]


def uses_body_mass(exercise: Exercise) -> bool:
    return exercise.slug in STANDS_STILL and exercise.owner_id is None


def masses_of(check_ins: CheckInQuerySet) -> list[tuple[date, Decimal]]:
    """By day, in kg. `check_ins` come through one of their two doors. One query."""
    rows = (
        check_ins.live()
        .filter(body_weight__isnull=False)
        .order_by("day")
        .values_list("day", "body_weight", "body_weight_unit")
    )
    return [
        (day, to_kg(weight, cast("Unit", unit))) for day, weight, unit in rows if weight is not None
    ]
