"""legtraining.domain.warmup: the sets before a working weight"""

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.plates import DEFAULT_RACKS, per_side, round_down
from legtraining.domain.warmup import even_jumps, ramp

BAR = Decimal(20)
PLATES = DEFAULT_RACKS["kg"].plates
loadable = partial(round_down, bar=BAR, plates=PLATES)


def test_even_jumps():
    expected = [Decimal(20), Decimal("27.5"), Decimal(35)]
    assert even_jumps(BAR, Decimal("42.5"), 3) == expected
    assert even_jumps(BAR, Decimal(100), 1) == [20]
    assert even_jumps(BAR, Decimal(100), 0) == []


@pytest.mark.parametrize(
    ("work", "sets"),
    [
        ("0", []),
        ("20", []),
        ("25.999", []),
        ("26", [(20, 8)]),
        ("39.999", [(20, 8)]),
        ("40", [(20, 8), (30, 5)]),
        ("59", [(20, 8), (37.5, 5)]),
        ("60", [(20, 8), (32.5, 5), (45, 3)]),
        ("80", [(20, 8), (40, 5), (60, 3)]),
        ("82.5", [(20, 8), (35, 5), (50, 3), (65, 2)]),
        ("140", [(20, 8), (50, 5), (80, 3), (110, 2)]),
    ],
)
def test_ramp(work, sets):
    assert ramp(Decimal(work), BAR, loadable) == sets


def test_what_falls_together_is_done_once():
    only_twenties = partial(round_down, bar=BAR, plates=((Decimal(20), 3),))
    assert ramp(Decimal(100), BAR, only_twenties) == [(20, 8), (60, 5)]


def test_what_cannot_be_loaded_is_left_out():
    heavier_bar = partial(round_down, bar=Decimal(50), plates=PLATES)
    assert ramp(Decimal(140), BAR, heavier_bar) == [(50, 8), (80, 5), (110, 3)]
    assert ramp(Decimal(140), BAR, lambda _weight: None) == []


def test_from_nothing_on():
    assert ramp(Decimal(40), Decimal(0), lambda weight: weight) == [
        (0, 8),
        (10, 5),
        (20, 3),
        (30, 2),
    ]
    assert ramp(Decimal(0), Decimal(0), lambda weight: weight) == []


@pytest.mark.parametrize(("work", "start"), [(-1, 20), (20, -1)])
def test_refuses_a_negative_weight(work, start):
    with pytest.raises(ValueError, match="zero or more"):
        ramp(Decimal(work), Decimal(start), loadable)


@given(st.decimals(0, 2000, places=3), st.decimals(0, 100, places=3))
def test_loadable_ascending_and_below_the_work(work, start):
    sets = ramp(work, start, loadable)
    weights = [weight for weight, _reps in sets]
    reps = [each for _weight, each in sets]
    assert all(weight < work for weight in weights)
    assert all(per_side(weight, BAR, PLATES) is not None for weight in weights)
    assert weights == sorted(set(weights))
    assert reps == sorted(set(reps), reverse=True)
