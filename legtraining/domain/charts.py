"""Published tables that join repetitions, effort and percentages of the 1RM.

They are averages of many people: at 80 % of the 1RM one person does 7 repetitions of an exercise
and another 15. Whatever is shown of them is an estimate. Nothing is invented between or beyond the
printed points: where a table says nothing, the answer is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from legtraining.domain.strength import Number

_HUNDRED = Decimal(100)

# --- Repetitions and RPE --------------------------------------------------------------------------

# One sequence, from 1 repetition at RPE 10 on: half a repetition in reserve is one step down, and a
# repetition more is two.
_RTS = tuple(
    Decimal(tenths) / 10
    for tenths in (
        1000, 978, 955, 939, 922, 907, 892, 878, 863, 850, 837, 824, 811, 799, 786,
        774, 762, 751, 739, 723, 707, 694, 680, 667, 653, 640, 626, 613, 599, 586,
    )
)  # fmt: skip
MAX_CHART_REPS = 12
MIN_CHART_RPE = Decimal("6.5")


def pct1rm_rpe_rts(reps: int, rpe: Number) -> Decimal | None:
    """Percent of the 1RM for 1 to 12 `reps` at an `rpe` of 6.5 to 10 in half steps; else None.

    Tuchscherer's chart, Reactive Training Systems, Beginning RTS (2015).
    """
    if not (1 <= reps <= MAX_CHART_REPS and MIN_CHART_RPE <= rpe <= 10) or rpe * 2 % 1:
        return None
    return _RTS[2 * (reps - 1) + int(2 * (10 - rpe))]


# --- Repetition maxima ----------------------------------------------------------------------------

# Beyond 10 repetitions the printed copies do not agree (12 are 67 or 70 %).
_NSCA: Mapping[int, Decimal] = {
    reps: Decimal(percent)
    for reps, percent in enumerate((100, 95, 93, 90, 87, 85, 83, 80, 77, 75), start=1)
}


def pct1rm_nsca(reps: int) -> Decimal | None:
    """Percent of the 1RM with which 1 to 10 repetitions can just be done; None for others.

    The training load chart of Baechle and Earle, NSCA Essentials of Strength Training.
    """
    return _NSCA.get(reps)


def load_from_1rm_nsca(one_rm: Decimal, reps: int) -> Decimal | None:
    """The weight for `reps` to failure, in the unit of `one_rm`, not rounded; see `pct1rm_nsca`."""
    percent = pct1rm_nsca(reps)
    return None if percent is None else one_rm * percent / _HUNDRED


def e1rm_nsca(weight: Decimal, reps: int) -> Decimal | None:
    """The 1RM of which `weight` is the percentage of `reps`, not rounded; see `pct1rm_nsca`."""
    percent = pct1rm_nsca(reps)
    return None if percent is None else weight * _HUNDRED / percent


def rm_to_rm_nsca_rounded(
    weight: Decimal, reps: int, target_reps: int, increment: Decimal
) -> Decimal | None:
    """The weight for `target_reps` of somebody who just does `reps` with `weight`.

    Rounded to the nearest multiple of `increment` (above 0), half up. See `pct1rm_nsca`.
    """
    one_rm = e1rm_nsca(weight, reps)
    load = None if one_rm is None else load_from_1rm_nsca(one_rm, target_reps)
    if load is None:
        return None
    return (load / increment).quantize(Decimal(1), ROUND_HALF_UP) * increment


# --- Repetitions at a percentage ------------------------------------------------------------------

_REPS_AT: Mapping[tuple[str, int], Decimal] = {
    ("leg_press", 80): Decimal("13.1"),
    ("bench_press", 80): Decimal("8.8"),
}
_SD_BETWEEN_PEOPLE: Mapping[int, Decimal] = {80: Decimal("2.51")}


def reps_at_pct1rm(exercise: str, pct: Number) -> Decimal | None:
    """The mean repetitions to failure at `pct` percent of the 1RM; None where none are printed.

    Nuzzo et al., Sports Med 54:303-321 (2024), doi 10.1007/s40279-023-01937-7: the leg press and
    the bench press at 80 % (95 % CI 9.8-17.5 and 7.7-10.1).
    """
    return _REPS_AT.get((exercise, int(pct))) if pct == int(pct) else None


def reps_at_pct1rm_between_person_sd(pct: Number) -> Decimal | None:
    """How far people differ in those repetitions: the standard deviation of the general model of
    Nuzzo et al. (2024) at 80 %; None for other percentages."""
    return _SD_BETWEEN_PEOPLE.get(int(pct)) if pct == int(pct) else None
