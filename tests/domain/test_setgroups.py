"""legtraining.domain.setgroups: how a trainer writes sets, repetitions and loads"""

import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legtraining.domain.reading import Unreadable
from legtraining.domain.setgroups import Basis, Kind, Load, SetGroup, parse_sets, write_sets
from tests.domain.strategies import groups, same_groups

KG60 = Load(Basis.WEIGHT, Decimal(60))
TM75 = Load(Basis.TRAINING_MAX, Decimal(75))


@given(st.lists(groups() | same_groups, min_size=1, max_size=12))
def test_what_is_written_is_read_back(written):
    assert parse_sets(write_sets(written)) == written


@given(st.lists(same_groups, min_size=2, max_size=6))
def test_what_is_written_of_sets_with_the_same_load_is_read_back(written):
    assert parse_sets(write_sets(written)) == written


PARTS = [
    *("3x5", "1x5+", "3x8-12", "3x30s", "2x20-40s", "1xAMRAP", "w", "d", "warm-up", ",", "@"),
    *("@60kg", "@=60kg", "@135lb", "@75%", "@75%TM", "@90%", "top", "+2.5kg", "-5lb", "@RIR2"),
    *("@RPE8", "RIR", "@open", "@0kg", "%", "kg", "x", "-", "rest", "tempo", ";", '"', "/", "60"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join))
@example("3x5 @")
@example("3x5 @, 3x5")
@example("d 1xAMRAP")
@example("3x5, 3x5 @open, d 1x12 @60kg, 3x5 @RIR2")
def test_any_order_of_the_parts_is_read_back_or_refused_with_its_column(text):
    try:
        found = parse_sets(text)
    except Unreadable as refusal:
        column = refusal.column
    else:
        assert parse_sets(write_sets(found)) == found
        return
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize(
    "text",
    [
        "3x" * 10_000,
        "3" + " " * 20_000,
        "3x5" + " " * 20_000 + "y",
        "3x5, " * 4_000,
        "3x5 " + "@" * 20_000,
        "3x5 @" + "9" * 20_000,
        "w" + " " * 20_000,
        "3x5 @75% +" + " " * 20_000,
    ],
    ids=range(8),
)
def test_a_long_text_is_refused_at_once(text):
    began = time.process_time()
    with pytest.raises(Unreadable):
        parse_sets(text)
    assert time.process_time() - began < 0.5


@given(st.one_of(st.text(), st.text("0123456789xX×*-–+sS, \t\n", max_size=20)))
@example("")
@example("," * 50)
@example("٣x٨")
@example("3x8\0")
@example("9" * 5000 + "x1")
def test_any_other_text_raises_value_error_only(text):
    try:
        found = parse_sets(text)
    except ValueError:
        return
    assert parse_sets(write_sets(found)) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3x8-12", [SetGroup(3, 8, 12)]),
        ("3x8", [SetGroup(3, 8, 8)]),
        ("3x5, 1x5+", [SetGroup(3, 5, 5), SetGroup(1, 5, 5, amrap=True)]),
        ("3x30s", [SetGroup(3, seconds=30)]),
        ("3X30S", [SetGroup(3, seconds=30)]),
        ("  3 × 8 – 12 ", [SetGroup(3, 8, 12)]),
        ("3*8,2*6", [SetGroup(3, 8, 8), SetGroup(2, 6, 6)]),
        ("03x08", [SetGroup(3, 8, 8)]),
        ("20x200", [SetGroup(20, 200, 200)]),
        ("1x1-1", [SetGroup(1, 1, 1)]),
        ("1x7200s", [SetGroup(1, seconds=7200)]),
        ("3x20-30s", [SetGroup(3, seconds=20, seconds_max=30)]),
        ("3x30 sec", [SetGroup(3, seconds=30)]),
        ("3x8\u00a0@60kg", [SetGroup(3, 8, 8, load=KG60)]),
        ("1xAMRAP", [SetGroup(1, 1, 1, amrap=True)]),
        ("3x5 @60kg", [SetGroup(3, 5, 5, load=KG60)]),
        ("3x5 @ 60,5 KG", [SetGroup(3, 5, 5, load=Load(Basis.WEIGHT, Decimal("60.5")))]),
        ("3x5 @135lbs", [SetGroup(3, 5, 5, load=Load(Basis.WEIGHT, Decimal(135), "lb"))]),
        ("3x5 @=60kg", [SetGroup(3, 5, 5, load=Load(Basis.EXACT, Decimal(60)))]),
        ("3x5 @75%", [SetGroup(3, 5, 5, load=TM75)]),
        ("3x5 @75% TM", [SetGroup(3, 5, 5, load=TM75)]),
        ("3x5 @75%+2.5kg", [
            SetGroup(3, 5, 5, load=Load(Basis.TRAINING_MAX, Decimal(75), "kg", Decimal("2.5")))
        ]),
        ("3x5 @90% top -5lb", [
            SetGroup(3, 5, 5, load=Load(Basis.TOP, Decimal(90), "lb", Decimal(-5)))
        ]),
        ("3x8 @RIR2", [SetGroup(3, 8, 8, rir=Decimal(2))]),
        ("3x8 RIR 1.5", [SetGroup(3, 8, 8, rir=Decimal("1.5"))]),
        ("3x8 @RPE8.5", [SetGroup(3, 8, 8, rir=Decimal("1.5"))]),
        ("3x8 @RIR2 @60kg", [SetGroup(3, 8, 8, load=KG60, rir=Decimal(2))]),
        ("3x8 @open", [SetGroup(3, 8, 8)]),
        ("w 2x5", [SetGroup(2, 5, 5, kind=Kind.WARMUP)]),
        ("Warm-up 2x5, drop 1x12", [
            SetGroup(2, 5, 5, kind=Kind.WARMUP), SetGroup(1, 12, 12, kind=Kind.DROP)
        ]),
        # The load of the last group goes to the working groups before it that have none.
        ("3x5, 1x5+ @75%", [
            SetGroup(3, 5, 5, load=TM75), SetGroup(1, 5, 5, amrap=True, load=TM75)
        ]),
        ("w 2x5, 1x5, 1x3 @60kg", [
            SetGroup(2, 5, 5, kind=Kind.WARMUP),
            SetGroup(1, 5, 5, load=KG60),
            SetGroup(1, 3, 3, load=KG60),
        ]),
        ("1x5 @open, 1x3 @60kg", [SetGroup(1, 5, 5), SetGroup(1, 3, 3, load=KG60)]),
        ("1x5 @75%, 1x3 @60kg", [SetGroup(1, 5, 5, load=TM75), SetGroup(1, 3, 3, load=KG60)]),
        ("1x5 @60kg, 1x3", [SetGroup(1, 5, 5, load=KG60), SetGroup(1, 3, 3)]),
        ("1x5, d 1x9 @60kg", [SetGroup(1, 5, 5), SetGroup(1, 9, 9, kind=Kind.DROP, load=KG60)]),
    ],
)  # fmt: skip
def test_reads(text, read):
    assert parse_sets(text) == read


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "Write the sets and repetitions, for example 3x8-12."),
        ("   ", "Write the sets and repetitions, for example 3x8-12."),
        ("3x8,", "“” is not sets × reps."),
        ("3 by 8", "“3 by 8” is not sets × reps."),
        ("3x5, nonsense", "“nonsense” is not sets × reps."),
        ("3x-8", "“3x-8” is not sets × reps."),
        ("3x8.5", "“3x8.5” is not sets × reps."),
        ("8", "“8” is not sets × reps."),
        ("0x8", "write 1 to 20 sets."),
        ("21x8", "write 1 to 20 sets."),
        ("3x0", "write 1 to 200 repetitions, the smaller number first."),
        ("3x201", "write 1 to 200 repetitions, the smaller number first."),
        ("3x8-201", "write 1 to 200 repetitions, the smaller number first."),
        ("3x12-8", "write 1 to 200 repetitions, the smaller number first."),
        ("3x8-12+", "a range cannot also be as many as possible."),
        ("3x0s", "write 1 to 7200 seconds, the smaller number first."),
        ("3x7201s", "write 1 to 7200 seconds, the smaller number first."),
    ],
)
def test_refuses(text, because):
    with pytest.raises(ValueError, match=r"^(“|Write)") as refusal:
        parse_sets(text)
    assert because in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "column", "because"),
    [
        ("3x5, rest 2:00", 4, "“rest 2:00” is not sets × reps."),
        ("3x5, 3 by 8", 6, "“3 by 8” is not sets × reps."),
        ("3x5, 3x0", 6, "“3x0”: write 1 to 200 repetitions"),
        ("3x5 @", 6, "“@” is not a load."),
        ("3x5 @, 3x5", 6, "“@” is not a load."),
        ("3x5 @heavy", 6, "“@heavy” is not a load."),
        ("3x5 @60, 3x5", 6, "“60”: write the unit behind it: kg, lb or %."),
        ("3x5 @2001kg", 6, "“2001kg”: a weight is 0 to 2000, with at most 3 decimals."),
        ("3x5 @1.0001kg", 6, "“1.0001kg”: a weight is 0 to 2000"),
        ("3x5 @0%", 6, "“0%”: a percentage is 1 to 200."),
        ("3x5 @201% top", 6, "“201% top”: a percentage is 1 to 200."),
        ("3x5 @75% +2001kg", 10, "“+2001kg”: a weight is 0 to 2000"),
        ("3x5 @RIR11", 5, "“@RIR11”: RIR and RPE go from 0 to 10 in half steps."),
        ("3x5 @RIR1.2", 5, "“@RIR1.2”: RIR and RPE go from 0 to 10 in half steps."),
        ("3x5 @RIR2 RPE8", 11, "The effort is written twice."),
        ("3x5 @60kg @75%", 11, "The load is written twice."),
        ("d 1x5+", 1, "“d 1x5+”: only working sets are as many as possible."),
        ("w 1xAMRAP", 1, "“w 1xAMRAP”: only working sets are as many as possible."),
        ("1x1, " * 12 + "1x1", 64, "Write at most 12 groups."),
    ],
)
def test_says_what_cannot_be_read_and_where(text, column, because):
    with pytest.raises(Unreadable) as refusal:
        parse_sets(text)
    assert str(refusal.value).startswith(because)
    assert refusal.value.column == column


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ([SetGroup(3, 8, 12)], "3x8-12"),
        ([SetGroup(3, 5, 5), SetGroup(1, 5, 5, amrap=True)], "3x5, 1x5+"),
        ([SetGroup(3, seconds=30)], "3x30s"),
        ([SetGroup(3, seconds=30, seconds_max=45)], "3x30-45s"),
        ([SetGroup(3, 5, 5, load=TM75), SetGroup(1, 3, 3, load=TM75)], "3x5, 1x3 @75%"),
        ([SetGroup(3, 5, 5), SetGroup(1, 3, 3, load=KG60)], "3x5 @open, 1x3 @60kg"),
        ([SetGroup(3, 5, 5, load=KG60), SetGroup(1, 3, 3)], "3x5 @60kg, 1x3"),
        ([SetGroup(2, 5, 5, kind=Kind.WARMUP), SetGroup(1, 8, 8, rir=Decimal("1.50"))],
         "w 2x5, 1x8 @RIR1.5"),
        ([], ""),
    ],
)  # fmt: skip
def test_writes(read, text):
    assert write_sets(read) == text
