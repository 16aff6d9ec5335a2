"""legtraining.domain.trends: the slope of a lift, its verdict, and the edges of a plateau."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.trends import (
    Point,
    is_plateau,
    last_easier_week,
    line_of,
    slopes_interval,
    theil_sen,
    thinned,
    verdict,
)

TODAY = date(2026, 3, 30)


def ago(days, value):
    return Point(TODAY - timedelta(days=days), Decimal(value))


def weekly(*values):
    """One session a week, the last one today."""
    return [ago(7 * back, value) for back, value in enumerate(reversed(values))]


days = st.integers(0, 80).map(lambda n: TODAY - timedelta(days=n))
values = st.decimals(20, 300, places=1)
many = st.lists(st.builds(Point, days, values), max_size=14)


def test_sens_own_example():
    # Sen 1968, JASA 63:1379-1389, with the interval of 93 % that is printed there.
    xs, ys = [1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]
    slope, low, high = slopes_interval(xs, ys, alpha=0.07)
    assert (slope, round(low, 2), round(high, 2)) == (4, 3.71, 4.38)


def test_an_interval_by_hand_with_equal_values():
    # Three values of one day, and two of another: 24 slopes.
    xs, ys = [1, 1, 1, 2, 3, 3, 4, 5], [10, 22, 21, 30, 22, 30, 40, 40]
    # V(S) = (8*7*21 - 3*2*11 - 2*1*9 - 3 * 2*1*9) / 18 = 57.67, C = 1.96 * 7.59 = 14.88:
    # ranks 4.56 and 20.44, outwards the 4th and the 21st.
    slopes = sorted(
        (y2 - y1) / (x2 - x1)
        for i, (x1, y1) in enumerate(zip(xs, ys, strict=True))
        for x2, y2 in list(zip(xs, ys, strict=True))[i + 1 :]
        if x1 != x2
    )
    assert len(slopes) == 24
    assert slopes_interval(xs, ys) == ((slopes[11] + slopes[12]) / 2, slopes[3], slopes[20])


def test_equal_values_narrow_the_interval():
    # V(S) = (6*5*17 - 4*3*13) / 18 = 19.67, C = 8.69: of 15 slopes the 3rd and the 13th. Without
    # the correction V(S) = 28.33, and it would be the 2nd and the 14th, which is 2/3.
    slope, low, high = slopes_interval([0, 1, 2, 3, 4, 6], [1, 1, 1, 1, 2, 3])
    assert (slope, low, high) == (pytest.approx(1 / 3), 0, 0.5)


def test_a_steady_gain_is_its_own_slope():
    trend = theil_sen(weekly(100, 102, 104, 106))
    assert (trend.slope_per_week, trend.low, trend.high, trend.n) == (2, 2, 2, 4)


def test_one_very_bad_day_does_not_move_it():
    assert theil_sen(weekly(100, 102, 20, 106, 108)).slope_per_week == 2


@pytest.mark.parametrize("points", [[], [ago(0, 100)], [ago(0, 100), ago(0, 120)]])
def test_one_day_alone_has_no_slope(points):
    assert theil_sen(points) is None
    assert verdict(points) == "not_enough"


@given(many)
def test_the_slope_lies_within_its_interval_and_the_order_does_not_matter(points):
    trend = theil_sen(points)
    assert trend == theil_sen(points[::-1])
    if trend:
        assert trend.low <= trend.slope_per_week <= trend.high
    else:
        assert len({point.day for point in points}) < 2


@given(many, st.decimals(1, 50, places=1))
def test_it_scales_and_shifts_with_the_weights(points, by):
    if trend := theil_sen(points):
        moved = theil_sen([Point(p.day, p.value * 2 + by) for p in points])
        assert moved.slope_per_week == pytest.approx(2 * trend.slope_per_week, abs=1e-9)
        turned = theil_sen([Point(p.day, -p.value) for p in points])
        assert (turned.low, turned.high) == pytest.approx((-trend.high, -trend.low))


@pytest.mark.parametrize(
    ("points", "word"),
    [
        (weekly(100, 101, 102, 103), "progressing"),
        (weekly(103, 102, 101, 100), "declining"),
        (weekly(100, 100, 100, 100), "holding"),
        (weekly(100, 101, 100, 101), "holding"),
        (weekly(100, 101, 102), "not_enough"),  # three sessions
        (weekly(100, 130, 90, 120), "not_enough"),  # the interval is far too wide
        ([ago(13, 100), ago(9, 101), ago(4, 102), ago(0, 103)], "not_enough"),  # 13 days
        ([ago(14, 100), ago(9, 101), ago(4, 102), ago(0, 103)], "progressing"),
    ],
)
def test_verdicts(points, word):
    assert verdict(points) == word


def test_holding_is_at_most_one_per_cent_a_week_to_either_side():
    # With four points the interval is all slopes: here from -x to x a week.
    assert verdict(weekly(100, 101, 100, 101)) == "holding"
    assert verdict(weekly(100, Decimal("101.1"), 100, Decimal("101.1"))) == "not_enough"


FLAT = [ago(days, 100) for days in (35, 28, 21, 14, 7, 0)]


def test_six_equal_sessions_over_five_weeks_are_a_plateau():
    assert is_plateau(FLAT, TODAY)
    assert is_plateau(FLAT[::-1], TODAY)


def test_getting_worse_is_one_too():
    assert is_plateau(weekly(106, 105, 104, 103, 102, 101), TODAY)


def test_five_sessions_are_too_few():
    assert not is_plateau(FLAT[1:], TODAY)
    assert not is_plateau([*FLAT[1:], ago(56, 100)], TODAY)  # older than eight weeks
    assert is_plateau([*FLAT[1:], ago(55, 100)], TODAY)


def test_less_than_four_weeks_are_too_short():
    assert is_plateau([ago(d, 100) for d in (28, 20, 15, 10, 5, 0)], TODAY)
    assert not is_plateau([ago(d, 100) for d in (27, 20, 15, 10, 5, 0)], TODAY)


def test_what_is_not_trained_any_more_is_none():
    assert is_plateau([ago(d + 14, 100) for d in (35, 28, 21, 14, 7, 0)], TODAY)
    assert not is_plateau([ago(d + 15, 100) for d in (35, 28, 21, 14, 7, 0)], TODAY)


def test_one_better_session_in_the_last_four_weeks_ends_it():
    assert not is_plateau([*FLAT, ago(27, "100.1")], TODAY)
    assert is_plateau([*FLAT, ago(28, "100.1")], TODAY)


def test_getting_better_is_none():
    assert not is_plateau(weekly(100, 101, 102, 103, 104, 105), TODAY)


def test_up_and_down_by_a_lot_says_nothing():
    assert not is_plateau(weekly(130, 90, 125, 80, 120, 90), TODAY)


def test_a_session_after_today_does_not_count():
    assert is_plateau([*FLAT, ago(-1, 200)], TODAY)


@given(many)
def test_a_plateau_is_never_progressing(points):
    if is_plateau(points, TODAY):
        seen = [p for p in points if p.day > TODAY - timedelta(days=56)]
        assert verdict(seen) in {"holding", "declining"}


def test_points_of_anything_have_a_verdict_also_below_zero():
    """Assistance is negative: less of it is more."""
    assert verdict(weekly(-30, -28, -26, -24)) == "progressing"
    assert verdict(weekly(-30, -30, -30, -30)) == "holding"
    assert verdict(weekly(-100, -101, -100, -101)) == "holding"


def test_a_trend_that_is_known_is_not_worked_out_again():
    points = weekly(100, 101, 102, 103)
    assert verdict(points, theil_sen(weekly(103, 102, 101, 100))) == "declining"


# --- The line -------------------------------------------------------------------------------------


def test_the_line_has_as_many_points_above_as_below():
    points = weekly(100, 102, 20, 106, 108)
    assert line_of(points, theil_sen(points)) == (100, 108)


@given(many)
def test_the_line_rises_by_its_slope(points):
    points = sorted(points)
    if trend := theil_sen(points):
        first, last = line_of(points, trend)
        weeks = (points[-1].day - points[0].day).days / 7
        assert last - first == pytest.approx(trend.slope_per_week * weeks)
        line = [first + trend.slope_per_week * (p.day - points[0].day).days / 7 for p in points]
        above = sum(float(p.value) > at + 1e-6 for p, at in zip(points, line, strict=True))
        below = sum(float(p.value) < at - 1e-6 for p, at in zip(points, line, strict=True))
        assert max(above, below) <= len(points) / 2


# --- Ten years of points --------------------------------------------------------------------------


def daily(count, value=lambda n: 100 + n % 3):
    """The oldest first, the last one today."""
    return [ago(count - 1 - n, value(n)) for n in range(count)]


def test_few_points_are_all_drawn():
    assert thinned(daily(150)) == (daily(150), "session")
    assert thinned([]) == ([], "session")


@pytest.mark.parametrize(
    ("days", "every"),
    [(151, "week"), (150 * 7 - 6, "week"), (1100, "month"), (365 * 14, "quarter")],
)
def test_many_are_the_best_of_each_week_month_or_quarter(days, every):
    points = daily(days)
    drawn, said = thinned(points)
    assert said == every
    assert len(drawn) <= 150
    assert drawn == sorted(drawn, key=lambda point: point.day)
    assert set(drawn) <= set(points)
    assert max(p.value for p in drawn) == max(p.value for p in points)


def test_a_week_goes_from_monday_to_sunday_and_its_first_best_day_counts():
    monday = date(2026, 3, 23)
    values = (90, 95, 100, 100, 80, 70, 60, 50)
    points = [Point(monday + timedelta(days=n), Decimal(v)) for n, v in enumerate(values)]
    drawn, every = thinned(points, most=7)
    assert (every, drawn) == ("week", [points[2], points[7]])


def test_however_many_years_there_are_no_more_is_drawn():
    points = [Point(date(1800 + n, 1, 1), Decimal(100)) for n in range(200)]
    drawn, every = thinned(points)
    assert (every, drawn) == ("year", points[-150:])


# --- An easier week -------------------------------------------------------------------------------

MONDAY = TODAY  # of the running week, which is not over


def weeks_ago(n):
    return MONDAY - timedelta(weeks=n)


def sets_of(*counts):
    """Hard sets of the whole weeks, the last one last."""
    return {weeks_ago(n): count for n, count in enumerate(reversed(counts), 1) if count}


@pytest.mark.parametrize(
    ("counts", "easier"),
    [
        ((), None),
        ((10, 10, 10, 5), None),  # not four weeks before it
        ((10, 10, 10, 10, 7), 1),
        ((10, 10, 10, 10, 8), None),
        ((10, 10, 10, 10, 0), 1),
        ((10, 10, 10, 10, 6, 10, 10), 3),
        ((10, 10, 10, 10, 6, 10, 5), 1),  # the latest
        ((20, 2, 2, 2, 2), None),  # of the median
        ((10, 0, 0, 0, 0), None),  # nothing to be easier than
    ],
)
def test_the_last_easier_week(counts, easier):
    assert last_easier_week(sets_of(*counts), TODAY) == (easier and weeks_ago(easier))


def test_the_running_week_is_none():
    counts = sets_of(10, 10, 10, 10) | {MONDAY: 1}
    assert last_easier_week(counts, TODAY + timedelta(days=3)) is None
    assert last_easier_week(counts, TODAY + timedelta(days=7)) == MONDAY
