"""Estimates of the one-repetition maximum (1RM), and sums of work done.

Everything is `Decimal`, because weights are stored as `numeric` and Python refuses to mix it
with float: one type from the database to the page. The formulas return unrounded values;
`estimate_1rm`, which pages use, rounds.

A formula takes the weight lifted (kg or lb, the result has the same unit) and the repetitions to
failure (1 or more; halves are meaningful, because reps in reserve come in halves). The formulas
agree within a few per cent up to about 10 repetitions and drift apart beyond. As printed, several
of them (Epley, Mayhew, Wathan, O'Conner) give more than the weight itself for one repetition;
`estimate_1rm` does not.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from legtraining.domain.units import TENTH

type Number = Decimal | int

MAX_ESTIMATE_REPS = 10
DEFAULT_FORMULA = "epley"


def epley(weight: Decimal, reps: Number) -> Decimal:
    """1RM = w (1 + r / 30). Epley, Poundage Chart, Boyd Epley Workout (1985).

    The division comes last, so that a value that ends is exact: half a tenth is rounded up here
    as it is in the database (`sessions.exposures`).
    """
    return weight * (30 + Decimal(reps)) / 30


def brzycki(weight: Decimal, reps: Number) -> Decimal:
    """1RM = 36 w / (37 - r), for fewer than 37 reps. Brzycki, JOPERD 64(1):88-90 (1993).

    Raises ValueError from 37 reps on, where the formula has no value.
    """
    if reps >= 37:
        raise ValueError("Brzycki's formula ends below 37 reps.")
    return 36 * weight / (37 - Decimal(reps))


def lombardi(weight: Decimal, reps: Number) -> Decimal:
    """1RM = w r^0.10. Lombardi, Beginning Weight Training (1989)."""
    return weight * Decimal(reps) ** Decimal("0.10")


def mayhew(weight: Decimal, reps: Number) -> Decimal:
    """1RM = 100 w / (52.2 + 41.9 e^(-0.055 r)). Mayhew et al., J Appl Sport Sci Res 6(4) (1992)."""
    return 100 * weight / (Decimal("52.2") + Decimal("41.9") * (Decimal("-0.055") * reps).exp())


def wathan(weight: Decimal, reps: Number) -> Decimal:
    """1RM = 100 w / (48.8 + 53.8 e^(-0.075 r)). Wathan, in NSCA Essentials, ed. Baechle (1994)."""
    return 100 * weight / (Decimal("48.8") + Decimal("53.8") * (Decimal("-0.075") * reps).exp())


def oconner(weight: Decimal, reps: Number) -> Decimal:
    """1RM = w (1 + r / 40). O'Conner, Simmons and O'Shea, Weight Training Today (1989)."""
    return weight * (1 + Decimal(reps) / 40)


FORMULAS: Mapping[str, Callable[[Decimal, Number], Decimal]] = {
    "epley": epley,
    "brzycki": brzycki,
    "lombardi": lombardi,
    "mayhew": mayhew,
    "wathan": wathan,
    "oconner": oconner,
}


def estimate_1rm(
    weight: Decimal, reps: int, formula: str = DEFAULT_FORMULA, rir: Number = 0
) -> Decimal | None:
    """The estimated 1RM of one set, in the unit of `weight`, rounded half up to one decimal.

    `rir` counts as repetitions that would have followed: 8 reps with 2 in reserve is a set of 10.
    One repetition with none in reserve is no estimate: it returns the weight itself, unrounded.
    Above 10 such repetitions there is no estimate worth showing, and the answer is None.
    The result is never below the weight that was lifted. One decimal is already finer than any
    formula's error, and it keeps a rounding difference from passing for a record.
    Raises ValueError for reps < 1, weight < 0 or rir < 0, KeyError for a name not in FORMULAS.
    """
    if reps < 1:
        raise ValueError("An estimate needs at least one rep.")
    if weight < 0:
        raise ValueError("An estimate needs a weight of zero or more.")
    if rir < 0:
        raise ValueError("Reps in reserve are zero or more.")
    estimate = FORMULAS[formula]
    to_failure = reps + rir
    if to_failure > MAX_ESTIMATE_REPS:
        return None
    if to_failure == 1:
        return weight
    return max(weight, estimate(weight, to_failure).quantize(TENTH, ROUND_HALF_UP))


def leg_press_1rm(five_rm_kg: Decimal) -> Decimal:
    """The 1RM of a leg press from the 5RM, in kg: 1.0970 x 5RM + 14.2546 (SEE 16.16 kg).

    Reynolds, Gordon and Robergs, JSCR 20(3):584-592 (2006). It is an equation of one machine and of
    kilograms, so no page uses it: the formulas above know neither.
    """
    return Decimal("1.0970") * five_rm_kg + Decimal("14.2546")


def least_change(cv: Decimal) -> Decimal:
    """The least change of one person that is more than chance, with 95 % confidence, in per cent,
    for a coefficient of variation of `cv` per cent between two tests: CV x 1.96 x sqrt(2).

    Two tested 1RMs of the same strength differ by 4.2 % in the median study (Grgic et al., Sports
    Med Open 6:31, 2020): 11.64 %.
    """
    return cv * Decimal("1.96") * Decimal(2).sqrt()


def rir_from_rpe(rpe: Number) -> Decimal | None:
    """Reps in reserve for an RPE of a set: 10 - RPE (Zourdos et al., JSCR 30(1):267-275, 2016).

    Below RPE 5 the scale says only "light effort" and names no number: None.
    Raises ValueError outside 1 to 10.
    """
    if not 1 <= rpe <= 10:
        raise ValueError("RPE is a number from 1 to 10.")
    return Decimal(10 - rpe) if rpe >= 5 else None


def volume_load(sets: Iterable[tuple[Decimal, int]]) -> Decimal:
    """Sum of weight x reps over `(weight, reps)` pairs, all in one unit; 0 for no sets."""
    return sum((weight * reps for weight, reps in sets), Decimal(0))
