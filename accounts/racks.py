"""The bars and plates that somebody trains with."""

from __future__ import annotations

from typing import cast

from accounts.models import Rack, User
from legtraining.domain import plates as domain
from legtraining.domain.units import Unit


def racks_of(user: User) -> dict[Unit, domain.Rack]:
    """The person's own rack in each unit, the usual one where they have none; one query.

    The unit they prefer comes first.
    """
    own = {cast("Unit", row.unit): row.as_rack() for row in Rack.objects.filter(member=user)}
    racks = {**domain.DEFAULT_RACKS, **own}
    return {unit: racks[unit] for unit in sorted(racks, key=lambda unit: unit != user.unit)}


def keep_rack(*, member: User, unit: Unit, rack: domain.Rack) -> None:
    """Makes `rack` the member's own in this unit; a second call changes nothing."""
    Rack.objects.update_or_create(
        member=member,
        unit=unit,
        defaults={
            "bars": domain.write_bars(rack.bars),
            "plates": domain.write_plates(rack.plates),
            "dumbbell_step": rack.dumbbell_step,
            "machine_step": rack.machine_step,
        },
    )


def forget_rack(*, member: User, unit: Unit) -> domain.Rack | None:
    """Back to the usual rack. The answer is the one that was there, None if there was none."""
    row = Rack.objects.filter(member=member, unit=unit).first()
    if row is None:
        return None
    row.delete()
    return row.as_rack()
