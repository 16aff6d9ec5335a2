"""What the plate calculator shows: the plates of one side in words and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from legtraining.domain.plates import Plates, nearest, per_side
from legtraining.domain.units import Unit, format_weight

# The picture's own lengths. The smallest plate is still as high as the number written on it.
SLEEVE, PLATE, GAP, LOWEST, HIGHEST = 44, 24, 3, 48, 144


@dataclass(frozen=True)
class DrawnPlate:
    """A plate seen from the front: `left`, `top`, `height`, the middle for its number."""

    weight: Decimal
    left: int
    height: int

    @property
    def top(self) -> int:
        return (HIGHEST - self.height) // 2

    @property
    def middle(self) -> int:
        return self.left + PLATE // 2


@dataclass(frozen=True)
class Loading:
    """`weight` on `bar`, in `unit`: the plates of `side`, or None where it cannot be reached.

    `below` and `above` are the nearest weights that can be, None where there is none.
    """

    weight: Decimal
    bar: Decimal
    unit: Unit
    side: tuple[Decimal, ...] | None
    below: Decimal | None
    above: Decimal | None
    heaviest: Decimal

    @property
    def sum(self) -> str:
        return " + ".join(map(format_weight, self.side or ()))

    @property
    def drawn(self) -> list[DrawnPlate]:
        return [
            DrawnPlate(
                weight=plate,
                left=SLEEVE + index * (PLATE + GAP),
                height=LOWEST + int((HIGHEST - LOWEST) * plate / self.heaviest),
            )
            for index, plate in enumerate(self.side or ())
        ]

    @property
    def width(self) -> int:
        return SLEEVE + len(self.side or ()) * (PLATE + GAP) + SLEEVE


def load(weight: Decimal, bar: Decimal, unit: Unit, plates: Plates) -> Loading:
    below, above = nearest(weight, bar, plates)
    return Loading(
        weight=weight,
        bar=bar,
        unit=unit,
        side=per_side(weight, bar, plates),
        below=below,
        above=above,
        heaviest=plates[0][0],
    )
