"""Warm-up sets on the way to a working weight."""

from collections.abc import Callable
from decimal import Decimal

# From how many times the start on there are so many warm-ups: none below the first.
_FROM = (Decimal("1.3"), Decimal(2), Decimal(3))
_REPS = (8, 5, 3, 2)


def even_jumps(start: Decimal, target: Decimal, count: int) -> list[Decimal]:
    """`count` weights from `start` on, in even jumps that would reach `target` after the last.

    start + i (target - start) / count for i from 0 to count - 1, not rounded.
    """
    return [start + index * (target - start) / count for index in range(count)]


def ramp(
    work: Decimal, start: Decimal, round_down: Callable[[Decimal], Decimal | None]
) -> list[tuple[Decimal, int]]:
    """Warm-ups before sets with `work`, as `(weight, reps)`, ascending, each below `work`.

    They begin with `start`, the bar or the lightest dumbbell, and are even jumps made loadable by
    `round_down`, which answers a weight not above the one it is given, or None where there is
    none; what falls together is done once. None below 1.3 times the start, one below 2 times, two
    below 3 times, three up to 4 times, four above, of 8, 5, 3 and 2 repetitions: a custom of
    gyms, not a finding. The same unit everywhere; raises ValueError for a negative weight.
    """
    if work < 0 or start < 0:
        raise ValueError("A warm-up needs weights of zero or more.")
    count = sum(work >= start * ratio for ratio in _FROM) + (work > start * 4) if work else 0
    rounded = (round_down(weight) for weight in even_jumps(start, work, count))
    different = dict.fromkeys(weight for weight in rounded if weight is not None)
    return list(zip(different, _REPS, strict=False))
