"""legtraining.domain.charts: published tables. The printed values are in the shared reference"""

from decimal import Decimal
from itertools import pairwise

import pytest

from legtraining.domain.charts import (
    e1rm_nsca,
    load_from_1rm_nsca,
    pct1rm_nsca,
    pct1rm_rpe_rts,
    reps_at_pct1rm,
    reps_at_pct1rm_between_person_sd,
    rm_to_rm_nsca_rounded,
)

RPES = [Decimal(half) / 2 for half in range(13, 21)]


def test_the_rpe_chart_goes_down_with_each_repetition_and_each_half_in_reserve():
    chart = [[pct1rm_rpe_rts(reps, rpe) for rpe in RPES] for reps in range(1, 13)]
    assert all(row == sorted(set(row)) for row in chart)
    assert all(more < fewer for fewer, more in pairwise(chart))


@pytest.mark.parametrize("reps", range(1, 12))
def test_a_repetition_in_reserve_is_a_repetition_more(reps):
    for rpe in RPES[2:]:
        assert pct1rm_rpe_rts(reps, rpe - 1) == pct1rm_rpe_rts(reps + 1, rpe)


@pytest.mark.parametrize(
    ("reps", "rpe", "percent"), [(1, 10, "100"), (1, "6.5", "87.8"), (12, 10, "68"), (5, 9, "83.7")]
)
def test_corners_of_the_rpe_chart(reps, rpe, percent):
    assert pct1rm_rpe_rts(reps, Decimal(rpe)) == Decimal(percent)


@pytest.mark.parametrize(
    ("reps", "rpe"), [(0, 10), (13, 10), (5, 6), (5, "10.5"), (5, "8.2"), (5, "8.25")]
)
def test_beyond_the_rpe_chart_there_is_nothing(reps, rpe):
    assert pct1rm_rpe_rts(reps, Decimal(rpe)) is None


@pytest.mark.parametrize("reps", range(1, 11))
def test_a_repetition_maximum_and_back(reps):
    assert e1rm_nsca(load_from_1rm_nsca(Decimal(120), reps), reps) == 120


@pytest.mark.parametrize("reps", [0, 11, 12, 15])
def test_beyond_the_load_chart_there_is_nothing(reps):
    assert pct1rm_nsca(reps) is None
    assert load_from_1rm_nsca(Decimal(100), reps) is None
    assert e1rm_nsca(Decimal(100), reps) is None
    assert rm_to_rm_nsca_rounded(Decimal(100), reps, 5, Decimal(5)) is None
    assert rm_to_rm_nsca_rounded(Decimal(100), 5, reps, Decimal(5)) is None


@pytest.mark.parametrize(("increment", "load"), [("5", "100"), ("2.5", "97.5"), ("1", "98")])
def test_a_weight_is_rounded_to_the_nearest_that_can_be_loaded(increment, load):
    # 90 for 8 is a 1RM of 112.5, and 87 % of it are 97.875.
    rounded = rm_to_rm_nsca_rounded(Decimal(90), 8, 5, Decimal(increment))
    assert rounded == Decimal(load)


def test_half_an_increment_is_rounded_up():
    assert rm_to_rm_nsca_rounded(Decimal("102.5"), 1, 1, Decimal(5)) == 105


@pytest.mark.parametrize(("exercise", "pct"), [("leg_press", 79), ("leg_press", "80.5"), ("", 80)])
def test_only_printed_repetitions_are_given(exercise, pct):
    assert reps_at_pct1rm(exercise, Decimal(pct)) is None


@pytest.mark.parametrize("pct", [79, "80.5"])
def test_only_the_printed_deviation_is_given(pct):
    assert reps_at_pct1rm_between_person_sd(Decimal(pct)) is None
