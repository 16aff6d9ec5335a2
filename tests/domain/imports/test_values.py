"""The cells of a row."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.imports import values
from legtraining.domain.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "expected"),
    [("51m", 51), ("1h 5m", 65), ("2h", 120), ("1h5m", 65), ("1 Std. 5 Min.", 65),
     ("1 ч 5 мин", 65),
     ("3900", 65), ("1:05:00", 65), ("65:00", 65), ("90s", 1.5), ("3900.0", 65)],
)  # fmt: skip
def test_durations(text: str, expected: float) -> None:
    assert values.duration(text) == timedelta(minutes=expected)


@pytest.mark.parametrize("text", ["", "0", "0m", "long", "-5", "25h", "1h and more", "99:99:99"])
def test_durations_that_say_nothing(text: str) -> None:
    assert values.duration(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", None), ("0", 0), ("90", 90), ("1:30", 90), ("0:01:30", 90), ("42.5", 43), ("7200", 7200)],
)
def test_seconds(text: str, expected: int | None) -> None:
    assert values.seconds(text) == expected


@given(st.decimals(0, 2000, places=3), st.sampled_from(".,"))
def test_weights_come_back_as_they_were(weight: Decimal, point: str) -> None:
    assert values.weight(f" {weight} ".replace(".", point)) == weight


@given(st.text(max_size=50))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    for read in (values.weight, values.reps, values.seconds):
        try:
            found = read(text)
        except Refusal:
            continue
        assert found is None or found >= 0
    assert values.rir(text) is None or 0 <= values.rir(text) <= 5  # type: ignore[operator]
    assert values.reserve(text) is None or 0 <= values.reserve(text) <= 10  # type: ignore[operator]
    assert values.duration(text) is None or values.duration(text) > timedelta()  # type: ignore[operator]
    assert values.distance(text, "km") == "" or values.distance(text, "km").endswith(" km")


@given(st.text(max_size=300), st.booleans())
def test_a_clean_text_can_be_kept(text: str, lines: bool) -> None:
    found = values.clean(text, 100, lines=lines)
    assert len(found) <= 100
    assert found == found.strip()
    assert values.clean(found, 100, lines=lines) == found
    assert not set(found) & {chr(code) for code in (*range(9), *range(11, 32), 127)}
    assert lines or "\n" not in found


def test_a_joined_emoji_stays_whole() -> None:
    assert values.clean("👩\u200d🦰 \u202egnirts", 100) == "👩\u200d🦰 gnirts"
