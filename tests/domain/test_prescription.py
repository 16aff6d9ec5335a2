from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.prescription import describe_target, parse_tempo, tempo_seconds


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (
            {"sets": 3, "reps_min": 8, "reps_max": 12, "weight": Decimal(60), "rir": Decimal(2)},
            "3 × 8–12 @ 60 kg, RIR 2",
        ),
        ({"sets": 3, "reps_min": 8}, "3 × 8"),
        ({"sets": 3, "reps_min": 8, "reps_max": 8}, "3 × 8"),
        ({"sets": 3, "reps_max": 12}, "3 × up to 12"),
        ({"sets": 1, "reps_min": 5, "amrap": True}, "1 × 5+"),
        ({"sets": 1, "reps_min": 5, "reps_max": 8, "amrap": True}, "1 × 5+"),
        ({"sets": 2, "amrap": True}, "2 × AMRAP"),
        ({"sets": 3, "seconds": 30}, "3 × 30 s"),
        ({"sets": 3, "seconds": 30, "reps_min": 1, "amrap": True}, "3 × 30 s"),
        ({"sets": 3, "seconds": 30, "weight": Decimal("12.50")}, "3 × 30 s @ 12.5 kg"),
        ({"sets": 1}, "1 set"),
        ({"sets": 4}, "4 sets"),
        ({"sets": 4, "rir": Decimal("0.0")}, "4 sets, RIR 0"),
        ({"sets": 5, "reps_min": 5, "weight": Decimal(135), "unit": "lb"}, "5 × 5 @ 135 lb"),
        ({"sets": 5, "reps_min": 5, "weight": Decimal("1E+2")}, "5 × 5 @ 100 kg"),
        ({"sets": 5, "reps_min": 5, "weight": Decimal("0.000")}, "5 × 5 @ 0 kg"),
        ({"sets": 3, "reps_min": 6, "rir": Decimal("1.50")}, "3 × 6, RIR 1.5"),
    ],
)
def test_describe_target(target: dict[str, Any], words: str) -> None:
    assert describe_target(**target) == words


@pytest.mark.parametrize(
    ("text", "tempo"),
    [
        ("3-1-1-0", (3, 1, 1, 0)),
        ("3010", (3, 0, 1, 0)),
        ("5/0/3/0", (5, 0, 3, 0)),
        ("30X1", (3, 0, 1, 1)),
        ("30x1", (3, 0, 1, 1)),
        ("4-0-X-2", (4, 0, 1, 2)),
        ("10-0-12-0", (10, 0, 12, 0)),
        (" 3010 ", (3, 0, 1, 0)),
        ("0-0-0-0", (0, 0, 0, 0)),
    ],
)
def test_parse_tempo(text: str, tempo: tuple[int, int, int, int]) -> None:
    assert parse_tempo(text) == tempo
    assert tempo_seconds(text) == sum(tempo)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "slow",
        "301",
        "30100",
        "3-1-1",
        "3-1-1-0-0",
        "3-1/1-0",
        "3-1-1/0",
        "3/1-1-0",
        "-3-1-1-0",
        "3--1-0",
        "3.1.1.0",
        "100-0-1-0",
        "X010",
        "3X10",
        "301X",
        "X-0-1-0",
        "3²10",
    ],
)
def test_parse_tempo_refuses(text: str) -> None:
    for read in (parse_tempo, tempo_seconds):
        with pytest.raises(ValueError, match="Write a tempo as four numbers"):
            read(text)


seconds = st.tuples(*[st.integers(0, 99)] * 4)


@given(seconds, st.sampled_from("-/"))
def test_any_tempo_written_with_separators_reads_back(
    tempo: tuple[int, int, int, int], separator: str
) -> None:
    assert parse_tempo(separator.join(map(str, tempo))) == tempo


@given(st.text() | st.text("0123456789xX-/ ", max_size=12))
def test_any_text_is_a_tempo_or_a_sentence(text: str) -> None:
    try:
        tempo = parse_tempo(text)
    except ValueError:
        with pytest.raises(ValueError, match="Write a tempo"):
            parse_tempo(text)
    else:
        assert len(tempo) == 4
        assert all(0 <= part <= 99 for part in tempo)
