from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.strength import (
    FORMULAS,
    brzycki,
    estimate_1rm,
    rir_from_rpe,
    volume_load,
)

weights = st.decimals(0, 2000, places=3)
names = st.sampled_from(sorted(FORMULAS))
halves = st.integers(0, 20).map(lambda n: Decimal(n) / 2)


def test_the_formulas_by_name() -> None:
    assert set(FORMULAS) == {"epley", "brzycki", "lombardi", "mayhew", "wathan", "oconner"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 100 x 10 to failure, worked in floats from the formula as printed
        ("epley", "133.333"),
        ("brzycki", "133.333"),
        ("lombardi", "125.893"),
        ("mayhew", "130.934"),
        ("wathan", "134.747"),
        ("oconner", "125.000"),
    ],
)
def test_formula_is_unrounded(name: str, expected: str) -> None:
    result = FORMULAS[name](Decimal(100), 10)
    assert abs(result - Decimal(expected)) < Decimal("0.001")


@given(names, weights, st.integers(1, 36))
def test_formula_takes_reps_of_either_type(name: str, weight: Decimal, reps: int) -> None:
    assert FORMULAS[name](weight, reps) == FORMULAS[name](weight, Decimal(reps))


@pytest.mark.parametrize("reps", [37, 40])
def test_brzycki_ends_below_37(reps: int) -> None:
    assert brzycki(Decimal(10), 36) == 360
    with pytest.raises(ValueError, match="below 37"):
        brzycki(Decimal(10), reps)


def test_epley_is_the_default() -> None:
    assert estimate_1rm(Decimal(100), 5) == Decimal("116.7")
    assert estimate_1rm(Decimal(100), 5, "brzycki") == Decimal("112.5")


def test_rounding_is_half_up_to_one_decimal() -> None:
    # 1.5 x (1 + 3/30) = 1.65: half to even would say 1.6
    assert str(estimate_1rm(Decimal("1.5"), 3)) == "1.7"
    # 4.5 x (1 + 3/30) = 4.95
    assert str(estimate_1rm(Decimal("4.5"), 3)) == "5.0"
    assert str(estimate_1rm(Decimal("62.5"), 7)) == "77.1"


@given(names, weights)
def test_one_rep_is_the_weight_itself(name: str, weight: Decimal) -> None:
    assert estimate_1rm(weight, 1, name) == weight


def test_one_rep_with_some_in_reserve_is_estimated() -> None:
    assert estimate_1rm(Decimal(100), 1, rir=2) == Decimal("110.0")


@given(names, weights, st.integers(1, 10), st.integers(0, 9))
def test_reps_in_reserve_count_as_reps(name: str, weight: Decimal, reps: int, rir: int) -> None:
    assert estimate_1rm(weight, reps, name, rir=rir) == estimate_1rm(weight, reps + rir, name)


@given(names, st.integers(1, 200), halves)
def test_no_estimate_above_ten(name: str, reps: int, rir: Decimal) -> None:
    assert (estimate_1rm(Decimal(100), reps, name, rir) is None) == (reps + rir > 10)


def test_ten_is_still_estimated() -> None:
    assert estimate_1rm(Decimal(60), 10) == Decimal("80.0")
    assert estimate_1rm(Decimal(60), 8, rir=2) == Decimal("80.0")
    assert estimate_1rm(Decimal(60), 8, rir=Decimal("2.5")) is None


@given(names, weights, weights, st.integers(1, 10))
def test_more_weight_is_never_a_lower_estimate(
    name: str, a: Decimal, b: Decimal, reps: int
) -> None:
    lighter, heavier = (estimate_1rm(w, reps, name) for w in sorted([a, b]))
    assert lighter is not None
    assert heavier is not None
    assert lighter <= heavier


@given(names, weights, st.integers(1, 9), halves)
def test_more_reps_are_never_a_lower_estimate(
    name: str, weight: Decimal, reps: int, rir: Decimal
) -> None:
    fewer = estimate_1rm(weight, reps, name, rir)
    more = estimate_1rm(weight, reps + 1, name, rir)
    assert more is None or (fewer is not None and weight <= fewer <= more)


@given(names, st.integers(1, 19).map(lambda n: Decimal(n) / 2 + Decimal("0.5")))
def test_formula_grows_with_reps(name: str, reps: Decimal) -> None:
    formula = FORMULAS[name]
    assert formula(Decimal(100), reps) < formula(Decimal(100), reps + Decimal("0.5"))


def test_a_tiny_weight_is_not_rounded_below_itself() -> None:
    assert estimate_1rm(Decimal("0.043"), 2) == Decimal("0.043")


@pytest.mark.parametrize(
    ("weight", "reps", "rir", "sentence"),
    [
        (60, 0, 0, "at least one rep"),
        (60, -3, 0, "at least one rep"),
        (-1, 5, 0, "weight of zero or more"),
        (60, 5, -1, "in reserve are zero or more"),
        (60, 0, 40, "at least one rep"),
        (-1, 50, 0, "weight of zero or more"),
    ],
)
def test_impossible_sets_are_refused(weight: int, reps: int, rir: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        estimate_1rm(Decimal(weight), reps, rir=rir)


@pytest.mark.parametrize("reps", [1, 5, 50])
def test_unknown_formula(reps: int) -> None:
    with pytest.raises(KeyError):
        estimate_1rm(Decimal(60), reps, "guess")


@pytest.mark.parametrize(
    ("rpe", "rir"),
    [
        ("10", "0"),
        ("9.5", "0.5"),
        ("8", "2"),
        ("7.5", "2.5"),
        ("5", "5"),
        ("4.5", None),
        ("1", None),
    ],
)
def test_rir_from_rpe(rpe: str, rir: str | None) -> None:
    assert rir_from_rpe(Decimal(rpe)) == (None if rir is None else Decimal(rir))


@pytest.mark.parametrize("rpe", ["0", "0.5", "10.5", "-1"])
def test_no_such_rpe(rpe: str) -> None:
    with pytest.raises(ValueError, match="from 1 to 10"):
        rir_from_rpe(Decimal(rpe))


def test_volume_load() -> None:
    assert volume_load([]) == 0
    assert isinstance(volume_load([]), Decimal)
    assert volume_load([(Decimal("62.5"), 8), (Decimal(60), 10), (Decimal(80), 0)]) == 1100


@given(st.lists(st.tuples(weights, st.integers(0, 200))))
def test_volume_load_does_not_depend_on_the_order(sets: list[tuple[Decimal, int]]) -> None:
    whole = volume_load(sets)
    assert whole == volume_load(reversed(sets)) == volume_load(sets[:2]) + volume_load(sets[2:])
