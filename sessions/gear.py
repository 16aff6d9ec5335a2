"""What an exercise is loaded with: its step, its bar and plates, and the warm-ups on the way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from exercises.models import Exercise, Load
from legtraining.domain.plates import DEFAULT_RACKS, Rack, closest, round_down, step, write_plates
from legtraining.domain.refusal import Refusal
from legtraining.domain.units import MAX_WEIGHT, Unit, format_weight, parse_decimal
from legtraining.domain.warmup import ramp
from programs.models import SetKind
from sessions.models import Block, ExerciseSetup
from sessions.rows import BLANK, Row

# What is loaded with plates by its nature; a machine is once its member says what its sled weighs.
BARS = {"barbell", "trap_bar", "smith_machine"}
HELD = {"dumbbell", "kettlebell"}

type Racks = Mapping[Unit, Rack]


class Gear:
    """How one exercise is loaded, by the member's racks and what they noted for it."""

    def __init__(self, exercise: Exercise, setup: ExerciseSetup | None, racks: Racks) -> None:
        self.exercise, self.setup, self.racks = exercise, setup, racks
        self.pieces = {piece.slug for piece in exercise.equipment.all()}

    def bar(self, unit: Unit) -> Decimal | None:
        """What is there before the first plate; None where nothing is loaded with plates."""
        if self.exercise.load != Load.EXTERNAL:
            return None
        if self.setup and self.setup.bar is not None:
            return self.setup.bar if self.setup.unit == unit else None
        return self.racks[unit].bars[0] if self.pieces & BARS else None

    @property
    def takes_plates(self) -> bool:
        """In either unit, also where `bar` knows only what it weighs in the other one."""
        return any(self.bar(unit) is not None for unit in self.racks)

    def step(self, unit: Unit) -> Decimal:
        """The smallest change of the weight, in `unit`."""
        rack = self.racks[unit]
        if self.setup and self.setup.step is not None and self.setup.unit == unit:
            return self.setup.step
        if self.takes_plates:
            return step(rack.plates)
        return rack.dumbbell_step if self.pieces & HELD else rack.machine_step

    def round_down(self, weight: Decimal, unit: Unit) -> Decimal | None:
        """The heaviest that can be loaded and is not above `weight`."""
        bar = self.bar(unit)
        if bar is not None:
            return round_down(weight, bar, self.racks[unit].plates)
        return weight // self.step(unit) * self.step(unit)

    def nearest(self, weight: Decimal, unit: Unit, wanted: Decimal | None = None) -> Decimal:
        """The nearest weight that can be loaded, the lower of two that are as near.

        `wanted` is the step of a rule: where nothing is known of a stack or of dumbbells but the
        usual steps, the trainer's word is taken for what is there.
        """
        bar = self.bar(unit)
        if bar is not None:
            return closest(weight, bar, self.racks[unit].plates)
        grid = self.step(unit)
        own = self.setup and self.setup.step is not None and self.setup.unit == unit
        if wanted and not own and self.racks[unit] == DEFAULT_RACKS[unit]:
            grid = min(grid, wanted)
        below = weight // grid * grid
        return below if weight - below <= grid / 2 else below + grid

    def data(self) -> dict[str, str]:
        """For the script: steps, and bars with their plates where there are any."""
        if self.exercise.load in (Load.REPS_ONLY, Load.TIME):
            return {}
        found: dict[str, str] = {}
        for unit, rack in self.racks.items():
            found[f"step-{unit}"] = format_weight(self.step(unit))
            bar = self.bar(unit)
            if bar is not None:
                found[f"bar-{unit}"] = format_weight(bar)
                found[f"plates-{unit}"] = write_plates(rack.plates)
        return found

    def offers(self, block: Block, rows: list[Row]) -> list[Row]:
        """Warm-ups on the way to the first working weight, until a working set is logged.

        From the bar, or from half the weight where there is no bar. They are sets that do not
        count; one that was logged is not proposed again. None where the plan has its own.
        """
        working = [row for row in rows if not row.is_warmup]
        if self.exercise.load != Load.EXTERNAL or not working or any(row.log for row in working):
            return []
        first = working[0].values
        unit, weight = cast("Unit", first["unit"]), _number(first["weight"])
        if not weight or unit not in self.racks or first["kind"] == SetKind.WARMUP:
            return []
        start = self.bar(unit)
        if not start:
            start = weight / 2
        taken = {row.client_key for row in rows}
        offers = []
        for number, (light, reps) in enumerate(
            ramp(weight, start, lambda each: self.round_down(each, unit)), 1
        ):
            values = BLANK | {"kind": SetKind.WARMUP, "weight": format_weight(light)}
            key = block.key_of(f"w{number}")
            if light and key not in taken:
                offers.append(Row(block, 0, key, values | {"unit": unit, "reps": reps}, offer=True))
        return offers


def _number(typed: str) -> Decimal | None:
    """What stands in a weight's field, None where it cannot be one: it may be what was refused."""
    try:
        weight = parse_decimal(typed)
    except Refusal:
        return None
    return weight if 0 <= weight <= MAX_WEIGHT else None
