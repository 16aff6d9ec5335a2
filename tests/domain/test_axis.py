"""legtraining/domain/axis.py: the scale of a chart"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.axis import axis, month_ticks, nice_step

numbers = st.floats(0, 100_000, allow_nan=False).map(lambda number: round(number, 3))


@given(numbers, numbers, st.integers(2, 8), st.booleans())
def test_an_axis_covers_its_values_with_round_lines(one, other, lines, from_zero):
    scale = axis(one, other, lines, from_zero=from_zero)
    assert scale.low <= min(one, other) + 1e-6
    assert scale.high >= max(one, other) - 1e-6
    assert scale.low < scale.high
    assert 2 <= len(scale.ticks) <= lines + 2
    assert list(scale.ticks) == sorted(scale.ticks)
    assert scale.at(one) + 1e-6 >= 0
    assert scale.at(other) <= 1 + 1e-6
    if from_zero:
        assert scale.low == 0


def test_an_axis_by_example():
    assert list(axis(81, 118).ticks) == [80, 90, 100, 110, 120]
    assert next(iter(axis(0, 0, from_zero=True).ticks)) == 0
    assert axis(100, 100).low < 100 < axis(100, 100).high


def test_steps_are_1_2_25_and_5():
    assert [nice_step(each) for each in (0.3, 1, 1.1, 2.2, 3, 7, 30)] == [
        0.5, 1, 2, 2.5, 5, 10, 50,
    ]  # fmt: skip


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_months_are_few_and_within(first, days):
    last = first + timedelta(days=days)
    ticks = month_ticks(first, last)
    assert all(first <= tick <= last and tick.day == 1 for tick in ticks)
    assert len(ticks) <= 8
    assert ticks == sorted(set(ticks))
