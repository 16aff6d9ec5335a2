"""legtraining.domain.setgroups: how a trainer writes sets and repetitions"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legtraining.domain.setgroups import MAX_SETS, SetGroup, parse_sets, write_sets
from legtraining.domain.units import MAX_REPS, MAX_SECONDS

counts = st.integers(1, MAX_SETS)
reps = st.integers(1, MAX_REPS)
groups = st.one_of(
    st.builds(
        lambda count, ends: SetGroup(count, min(ends), max(ends)), counts, st.tuples(reps, reps)
    ),
    st.builds(lambda count, least: SetGroup(count, least, least, amrap=True), counts, reps),
    st.builds(SetGroup, counts, seconds=st.integers(1, MAX_SECONDS)),
)


@given(st.lists(groups, min_size=1, max_size=8))
def test_what_is_written_is_read_back(written):
    assert parse_sets(write_sets(written)) == written


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
    ],
)
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
        ("3x20-30s", "write one time, 1 to 7200 seconds."),
        ("3x0s", "write one time, 1 to 7200 seconds."),
        ("3x7201s", "write one time, 1 to 7200 seconds."),
    ],
)
def test_refuses(text, because):
    with pytest.raises(ValueError, match=r"^(“|Write)") as refusal:
        parse_sets(text)
    assert because in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ([SetGroup(3, 8, 12)], "3x8-12"),
        ([SetGroup(3, 5, 5), SetGroup(1, 5, 5, amrap=True)], "3x5, 1x5+"),
        ([SetGroup(3, seconds=30)], "3x30s"),
        ([], ""),
    ],
)
def test_writes(read, text):
    assert write_sets(read) == text
