"""legtraining.domain.training_load: session-RPE load, monotony, strain"""

from statistics import fmean, pstdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from legtraining.domain.training_load import (
    MOST_MINUTES,
    Effort,
    minutes_of,
    monotony,
    session_load,
    week_load,
)

# Table 5 of Foster et al. 2001, as its loads are printed, a day each from Sunday on.
FOSTER_2001 = [940, 50, 840 + 280, 180, 390, 50, 390 + 280]

loads = st.lists(st.integers(0, 3000), min_size=7, max_size=7)


def effort(rpe, minutes):
    return Effort(rpe, None if minutes is None else 60 * minutes)


def week(*days):
    """The loads of the days with a session each; 0 is a day of rest."""
    return [[effort(load // 60, 60)] if load else [] for load in days]


@pytest.mark.parametrize(
    ("rpe", "minutes", "load"),
    [(7, 60, 420), (10, 45, 450), (0, 50, 0), (None, 60, None), (6, None, None), (6, 0, None)],
)
def test_a_session_is_its_rpe_times_its_minutes(rpe, minutes, load):
    assert session_load(effort(rpe, minutes)) == load


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, None), (29, None), (31, 1), (89, 1), (91, 2), (300 * 60, 300), (301 * 60, None)],
)
def test_minutes_are_whole_and_a_session_left_open_has_none(seconds, minutes):
    assert minutes_of(seconds) == minutes
    assert MOST_MINUTES == 300


def test_monotony_of_a_week_worked_out_by_hand():
    # Mean 1200 / 7 = 171.43. Mean of the squares 500,000 / 7 = 71,428.57, less 171.43² = 29,387.76:
    # 42,040.82, of which the root is 205.04. 171.43 / 205.04 = 0.8361.
    assert monotony([0, 300, 0, 400, 0, 500, 0]) == pytest.approx(0.8361, abs=5e-5)


def test_two_equal_days_have_a_monotony_that_does_not_depend_on_how_hard_they_were():
    # Mean 2L / 7, deviation L√10 / 7: their ratio is 2 / √10.
    for load in (1, 420, 900):
        assert monotony([load, 0, 0, load, 0, 0, 0]) == pytest.approx(2 / 10**0.5)


def test_the_published_week_is_nearer_to_the_deviation_that_we_take():
    assert sum(FOSTER_2001) == 3400
    assert monotony(FOSTER_2001) == pytest.approx(1.21, abs=0.005)  # printed: 1.26


@pytest.mark.parametrize("days", [[0] * 7, [300] * 7, [0, 0, 500, 0, 0, 0, 0]])
def test_no_monotony_without_a_deviation_or_with_one_day_alone(days):
    assert monotony(days) is None


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="7 days"):
        monotony([1, 2])


def test_strain_is_the_load_times_the_monotony():
    done = week_load(week(0, 300, 0, 420, 0, 480, 0))
    # 1200 / 7 = 171.43; (90,000 + 176,400 + 230,400) / 7 = 70,971.43, less 29,387.76: root 203.92.
    assert (done.load, done.sessions, done.unknown) == (1200, 3, 0)
    assert done.monotony == pytest.approx(0.8407, abs=5e-5)
    assert done.strain == pytest.approx(1008.8, abs=0.1)


def test_two_sessions_of_a_day_are_one_day():
    whole, split = (week(0, 300, 0, 420, 0, 480, 0) for _ in range(2))
    split[1] = [effort(2, 90), effort(4, 30)]
    one, two = week_load(whole), week_load(split)
    assert two.sessions == one.sessions + 1
    assert (two.load, two.monotony) == (one.load, one.monotony)


def test_a_session_without_rpe_or_minutes_is_counted_and_not_guessed():
    days = week(0, 300, 0, 420, 0, 480, 0)
    days[6] = [effort(None, 60)]
    days[5] = [effort(8, 60), effort(8, 0)]
    done = week_load(days)
    assert (done.load, done.sessions, done.unknown) == (1200, 5, 2)
    assert done.monotony is done.strain is None


def test_a_week_that_runs_has_a_load_and_no_monotony():
    done = week_load(week(0, 300, 0, 420, 0, 0, 0), is_over=False)
    assert done.load == 720
    assert done.monotony is done.strain is None


@given(loads)
def test_monotony_is_the_mean_over_the_deviation_of_the_population(days):
    expected = fmean(days) / pstdev(days) if pstdev(days) else None
    assert monotony(days) is None or monotony(days) == pytest.approx(expected)
    assert (monotony(days) is None) is (expected is None or sum(map(bool, days)) < 2)


@given(loads, st.integers(2, 9))
def test_monotony_has_no_unit(days, factor):
    assume(monotony(days) is not None)
    assert monotony([load * factor for load in days]) == pytest.approx(monotony(days))


@given(loads, st.randoms())
def test_the_order_of_the_days_does_not_matter(days, random):
    mixed = random.sample(days, 7)
    found, other = monotony(days), monotony(mixed)
    assert (found is None) is (other is None)
    assert found == pytest.approx(other)
