import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.bodyweight import MODELS, STANDS_STILL, load, share

LIBRARY = Path(__file__).parents[2] / "exercises/library/facts.toml"

movements = st.sampled_from(sorted(STANDS_STILL))
models = st.sampled_from(sorted(MODELS))
masses = st.decimals(20, 300, places=1)
weights = st.decimals(0, 300, places=3)


@pytest.mark.parametrize(
    ("movement", "male", "female"),
    [
        ("bodyweight-squat", "0.8860", "0.8780"),
        ("spanish-squat", "0.8860", "0.8780"),
        ("pistol-squat", "0.9430", "0.9390"),
        ("step-down", "0.9430", "0.9390"),
        ("bodyweight-reverse-lunge", "0.9430", "0.9390"),
        ("bodyweight-calf-raise", "0.9726", "0.9742"),
        ("single-leg-calf-raise", "0.9863", "0.9871"),
    ],
)
def test_share(movement: str, male: str, female: str) -> None:
    assert share(movement) == share(movement, "de_leva_male") == Decimal(male)
    assert share(movement, "de_leva_female") == Decimal(female)


def test_every_movement_is_an_exercise_of_the_library_that_moves_the_body() -> None:
    exercises = tomllib.loads(LIBRARY.read_text(encoding="utf-8"))["exercises"]
    assert {exercises[slug]["load"] for slug in STANDS_STILL} == {"bodyweight"}


@given(movements, models)
def test_a_part_of_the_body_moves(movement: str, model: str) -> None:
    assert 0 < share(movement, model) < 1


@given(models)
def test_one_leg_moves_more_than_two(model: str) -> None:
    assert share("pistol-squat", model) > share("bodyweight-squat", model)
    assert share("single-leg-calf-raise", model) > share("bodyweight-calf-raise", model)


def test_what_is_added_counts_whole() -> None:
    assert load(Decimal(80), "bodyweight-squat") == Decimal("70.88")
    assert load(Decimal(80), "bodyweight-squat", 20) == Decimal("90.88")
    assert load(Decimal(80), "bodyweight-squat", Decimal("2.5"), "de_leva_female") == Decimal(
        "72.74"
    )


def test_assistance_is_taken_off_and_leaves_nothing_below_zero() -> None:
    assert load(Decimal(80), "bodyweight-squat", -20) == Decimal("50.88")
    assert load(Decimal(80), "bodyweight-squat", Decimal("-70.88")) == 0
    assert load(Decimal(80), "bodyweight-squat", -90) == 0


@given(masses, movements, weights, models)
def test_assisted_is_less_than_plain_and_added_is_more(
    mass: Decimal, movement: str, weight: Decimal, model: str
) -> None:
    plain = load(mass, movement, model=model)
    assert plain == mass * share(movement, model)
    assert load(mass, movement, weight, model) == plain + weight
    assert 0 <= load(mass, movement, -weight, model) <= plain


@pytest.mark.parametrize("mass", [0, -80])
def test_a_body_has_a_mass(mass: int) -> None:
    with pytest.raises(ValueError, match="more than zero"):
        load(Decimal(mass), "bodyweight-squat")


def test_unknown_movement_or_model() -> None:
    with pytest.raises(KeyError):
        share("nordic-curl")
    with pytest.raises(KeyError):
        share("bodyweight-squat", "guess")
    with pytest.raises(KeyError):
        load(Decimal(80), "nordic-curl")
