"""legtraining.domain.plates: what can be loaded, and how bars and plates are written"""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legtraining.domain.plates import (
    DEFAULT_RACKS,
    MAX_PAIRS,
    MAX_SIZES,
    closest,
    nearest,
    parse_bars,
    parse_plates,
    per_side,
    round_down,
    sides,
    step,
    write_bars,
    write_plates,
)
from legtraining.domain.refusal import Refusal
from legtraining.domain.units import MAX_WEIGHT

KG, LB = DEFAULT_RACKS["kg"], DEFAULT_RACKS["lb"]


def decimals(*numbers):
    return tuple(Decimal(str(number)) for number in numbers)


def racks(sizes, pairs):
    weights = st.integers(1, 800).map(lambda eighths: Decimal(eighths) / 8)
    owned = st.dictionaries(weights, st.integers(1, pairs), min_size=1, max_size=sizes)
    return owned.map(lambda plates: tuple(sorted(plates.items(), reverse=True)))


bars = st.decimals(0, 100, places=3)
weights = st.decimals(0, MAX_WEIGHT, places=3)
small_racks = racks(sizes=4, pairs=3)


def every_side(plates):
    """All that can be put on one side, heaviest plates first, tried one by one."""
    for counts in product(*(range(pairs + 1) for _weight, pairs in plates)):
        yield tuple(
            weight
            for (weight, _pairs), count in zip(plates, counts, strict=True)
            for _plate in range(count)
        )


@pytest.mark.parametrize(
    ("total", "bar", "rack", "side"),
    [
        (20, 20, KG, ()),
        (100, 20, KG, (25, 15)),
        ("22.5", 20, KG, ("1.25",)),
        (120, 20, KG, (25, 25)),
        (60, 15, KG, (20, "2.5")),
        (515, 20, KG, (25,) * 4 + (20,) * 4 + (15, 15, 10, 10, 5, 5, 2.5, 2.5, 1.25, 1.25)),
        (45, 45, LB, ()),
        (225, 45, LB, (45, 45)),
        (50, 45, LB, ("2.5",)),
    ],
)
def test_per_side(total, bar, rack, side):
    assert per_side(*decimals(total, bar), rack.plates) == decimals(*side)


@pytest.mark.parametrize(
    "total", ["0", "19.999", "21", "22.501", "517.5", "1999", "-20", "100.0001"]
)
def test_what_cannot_be_reached(total):
    assert per_side(Decimal(total), Decimal(20), KG.plates) is None


def test_the_largest_plate_first_is_not_always_possible_or_best():
    assert per_side(*decimals(60, 0), parse_plates("25x1 15x2")) == decimals(15, 15)
    assert per_side(*decimals(60, 0), parse_plates("25x1 15x2 2.5x2")) == decimals(15, 15)
    assert per_side(*decimals(80, 0), parse_plates("30x1 25x1 20x2 15x1 10x1")) == decimals(30, 10)


@given(st.data(), small_racks, bars)
def test_the_fewest_plates_and_among_those_the_heavier(data, plates, bar):
    side = data.draw(st.sampled_from(list(every_side(plates))))
    same = [each for each in every_side(plates) if sum(each) == sum(side)]
    fewest = min(len(each) for each in same)
    best = max(each for each in same if len(each) == fewest)
    assert per_side(bar + 2 * sum(side), bar, plates) == best


@given(weights, bars, racks(MAX_SIZES, MAX_PAIRS))
def test_never_more_plates_than_there_are(total, bar, plates):
    for weight in (total, *nearest(total, bar, plates)):
        side = None if weight is None else per_side(weight, bar, plates)
        if side is not None:
            assert bar + 2 * sum(side) == weight
            assert all(side.count(plate) <= dict(plates)[plate] for plate in side)
            assert list(side) == sorted(side, reverse=True)


@given(st.decimals(0, 1000, places=3), bars, small_racks)
def test_nearest_and_round_down_are_the_nearest_of_all(total, bar, plates):
    loadable = {bar + 2 * sum(side) for side in every_side(plates)}
    loadable = {each for each in loadable if each <= MAX_WEIGHT}
    below = max((each for each in loadable if each < total), default=None)
    above = min((each for each in loadable if each > total), default=None)
    assert nearest(total, bar, plates) == (below, above)
    assert round_down(total, bar, plates) == (total if total in loadable else below)


@given(st.decimals(-100, 3000, places=3), bars, small_racks)
def test_closest_is_the_closest_of_all(weight, bar, plates):
    loadable = {bar + 2 * sum(side) for side in every_side(plates)}
    loadable = {each for each in loadable if each <= MAX_WEIGHT}
    least = min(abs(each - weight) for each in loadable)
    assert closest(weight, bar, plates) == min(
        each for each in loadable if abs(each - weight) == least
    )


@given(weights, weights, bars, racks(MAX_SIZES, MAX_PAIRS))
def test_more_weight_is_never_rounded_to_less(one, other, bar, plates):
    lighter, heavier = sorted((one, other))
    assert closest(lighter, bar, plates) <= closest(heavier, bar, plates)


@pytest.mark.parametrize(
    ("weight", "bar", "rack", "loaded"),
    [
        (100, 20, KG, 100),
        ("101.2", 20, KG, 100),
        ("101.25", 20, KG, 100),  # half-way: the lighter
        ("101.2501", 20, KG, "102.5"),
        ("101.3", 20, KG, "102.5"),
        (0, 20, KG, 20),
        (-5, 20, KG, 20),
        ("16.3", 15, KG, "17.5"),
        (2000, 20, KG, 515),
        ("232.5", 45, LB, 230),
        ("232.6", 45, LB, 235),
        (61, 20, "20x2 5x1", 60),
    ],
)
def test_closest(weight, bar, rack, loaded):
    plates = parse_plates(rack) if isinstance(rack, str) else rack.plates
    assert closest(*decimals(weight, bar), plates) == Decimal(str(loaded))


@pytest.mark.parametrize(
    ("total", "below", "above", "rounded"),
    [
        (101, 100, "102.5", 100),
        (100, "97.5", "102.5", 100),
        (20, None, "22.5", 20),
        (10, None, 20, None),
        (515, "512.5", None, 515),
        (1000, 515, None, 515),
    ],
)
def test_nearest_of_the_usual_bar(total, below, above, rounded):
    total, below, above, rounded = (
        None if each is None else Decimal(str(each)) for each in (total, below, above, rounded)
    )
    assert nearest(total, Decimal(20), KG.plates) == (below, above)
    assert round_down(total, Decimal(20), KG.plates) == rounded


def test_nothing_beyond_the_heaviest_weight_of_a_set():
    plates = parse_plates("100x10")
    assert nearest(Decimal(1900), Decimal(20), plates) == (Decimal(1820), None)
    assert round_down(Decimal(3000), Decimal(0), plates) == MAX_WEIGHT
    assert max(sides(parse_plates("100x10 99x10"))) * 2 <= MAX_WEIGHT * 1000


def test_step():
    assert step(KG.plates) == Decimal("2.5")
    assert step(LB.plates) == 5
    assert step(()) == 0


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("25x4 20×2, 2,5x1", "25x4, 20x2, 2.5x1"),
        ("25x4,20x4,2,5x1", "25x4, 20x4, 2.5x1"),
        ("25X4;20*4\n1.25 x 2", "25x4, 20x4, 1.25x2"),
        ("1,25 5 20", "20x1, 5x1, 1.25x1"),
        ("25 25 20 25x2", "25x4, 20x1"),
        ("  ; 5x2 ,, ", "5x2"),
        ("025x04", "25x4"),
        ("25.0x1 25x1", "25x2"),
        ("0.125x10 100x10", "100x10, 0.125x10"),
        ("٢٥x٤", "25x4"),
        (" ".join(map(str, range(1, 13))), ", ".join(f"{n}x1" for n in range(12, 0, -1))),
    ],
)
def test_reads_plates(text, written):
    assert write_plates(parse_plates(text)) == written


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "Write your plates, for example 25x4 20x2 10x1."),
        (" , ;\n", "Write your plates, for example 25x4 20x2 10x1."),
        ("25x4 plates", "“plates” is not a plate."),
        ("25kg", "“25kg” is not a plate."),
        ("20,15,10", "“20,15,10” is not a plate."),
        ("-5", "“-5” is not a plate."),
        ("25x2x2", "“25x2x2” is not a plate."),
        ("25x", "“25x” is not a plate."),
        ("25x1.5", "“25x1.5” is not a plate."),
        ("1e1", "“1e1” is not a plate."),
        ("25x4 25,20", "“25,20” may be one number or two."),
        ("10,5", "“10,5” may be one number or two."),
        ("25,20x4", "“25,20x4” may be one number or two."),
        ("0x2", "“0x2”: a plate weighs 0.125 to 100, in steps of 0.125."),
        ("100.125", "“100.125”: a plate weighs 0.125 to 100, in steps of 0.125."),
        ("12.1", "“12.1”: a plate weighs 0.125 to 100, in steps of 0.125."),
        ("25x0", "Write 1 to 10 pairs of a plate, such as 25x2."),
        ("25x11", "Write 1 to 10 pairs of a plate, such as 25x2."),
        ("25x6 25x5", "Write 1 to 10 pairs of a plate, such as 25x2."),
        ("4x25", "Write 1 to 10 pairs of a plate, such as 4x2."),
        (" ".join(map(str, range(1, 14))), "Write at most 12 different plates."),
    ],
)
def test_refuses_plates(text, because):
    with pytest.raises(Refusal) as refusal:
        parse_plates(text)
    assert str(refusal.value).startswith(because)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("20, 15", "20, 15"),
        ("15 20 15", "15, 20"),
        ("20,\n7,5; 27.2", "20, 7.5, 27.2"),
        ("0", "0"),
        ("100.000 0.001", "100, 0.001"),
        ("1 2 3 4 5 6 6.0", "1, 2, 3, 4, 5, 6"),
    ],
)
def test_reads_bars(text, written):
    assert write_bars(parse_bars(text)) == written


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "Write at least one bar, for example 20."),
        ("20x2", "“20x2” is not a bar."),
        ("20 kg", "“kg” is not a bar."),
        ("-20", "“-20” is not a bar."),
        ("20,15", "“20,15” may be one number or two."),
        ("100.001", "“100.001”: a bar weighs 0 to 100, with at most 3 decimals."),
        ("6.8001", "“6.8001”: a bar weighs 0 to 100, with at most 3 decimals."),
        ("1 2 3 4 5 6 7", "Write at most 6 bars."),
    ],
)
def test_refuses_bars(text, because):
    with pytest.raises(Refusal) as refusal:
        parse_bars(text)
    assert str(refusal.value).startswith(because)


@given(racks(MAX_SIZES, MAX_PAIRS))
def test_plates_that_are_written_are_read_back(plates):
    assert parse_plates(write_plates(plates)) == plates


@given(st.lists(bars, min_size=1, max_size=6, unique=True).map(tuple))
def test_bars_that_are_written_are_read_back(owned):
    assert parse_bars(write_bars(owned)) == owned


@given(st.one_of(st.text(), st.text("0123456789xX×*.,; \n", max_size=30)))
@example("9" * 5000)
@example("25x" + "9" * 5000)
@example("0")
@example("25x4\0")
def test_any_text_is_read_or_refused(text):
    for parse, write in ((parse_plates, write_plates), (parse_bars, write_bars)):
        try:
            read = parse(text)
        except Refusal:
            continue
        assert parse(write(read)) == read


def test_the_defaults_are_written_as_they_are_read():
    assert write_plates(KG.plates) == "25x4, 20x4, 15x2, 10x2, 5x2, 2.5x2, 1.25x2"
    assert write_plates(LB.plates) == "45x4, 35x2, 25x2, 10x4, 5x2, 2.5x2"
    assert (KG.bars, LB.bars) == (decimals(20, 15), decimals(45, 35))
