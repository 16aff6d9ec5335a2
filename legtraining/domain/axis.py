"""The scale of a chart: where its lines stand, and how far along a value is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

STEPS = (1, 2, 2.5, 5, 10)
DAYS_A_MONTH = 31


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, with a line at each of `ticks`. `at` places a value between 0 and 1."""

    low: float
    high: float
    ticks: Sequence[float]

    def at(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)


def axis(low: float, high: float, lines: int = 4, *, from_zero: bool = False) -> Axis:
    """An axis with about `lines` lines at round numbers that covers `low` to `high`, in any order.

    Where all values are the same it reaches a bit to either side, and never below 0 for them.
    """
    low, high = min(low, high), max(low, high)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (0.0, high or 1.0) if from_zero else (max(low * 0.95, 0.0), high * 1.05 or 1.0)
    step = nice_step((high - low) / max(lines, 1))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = [round(step * n, 6) for n in range(first, last + 1)]
    return Axis(ticks[0], ticks[-1], ticks)


def nice_step(least: float) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten that is not below `least` (above 0)."""
    power: float = 10 ** floor(log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def month_ticks(first: date, last: date, most: int = 6) -> list[date]:
    """The first days of months between two days, evenly spread, at most about `most`: every month,
    every 2nd, 3rd, 6th, or of every year or some years."""
    months = max((last - first).days // DAYS_A_MONTH, 1)
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n <= most), 120)
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    start += -start % every
    end = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, end + 1, every)]
