"""exercises/compare.py: what differs between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exercises.compare import compare, side_by_side, word_by_word

STEP = st.text("abc d", min_size=1, max_size=24).map(str.strip).filter(bool)
STEPS = st.lists(STEP, max_size=6)
TEXTS = st.fixed_dictionaries(
    {name: STEPS.map("\n".join) for name in ("setup", "movement", "cues", "mistakes", "safety")}
    | {
        "tempo": st.sampled_from(["", "3110", "30X1"]),
        "rest_seconds": st.sampled_from([None, 0, 90]),
    }
)


def joined(side):
    """A step from its pieces, one space between words."""
    return None if side is None else " ".join(" ".join(piece.text for piece in side).split())


def marked(side):
    return [piece.text for piece in side if piece.differs]


def plain(steps):
    return [" ".join(step.split()) for step in steps]


@given(STEPS, STEPS)
def test_both_sides_can_be_put_together_again(old, new):
    pairs = side_by_side(old, new)
    assert [joined(pair.old) for pair in pairs if pair.old is not None] == plain(old)
    assert [joined(pair.new) for pair in pairs if pair.new is not None] == plain(new)
    assert all(pair.old is not None or pair.new is not None for pair in pairs)


@given(STEPS, STEPS)
def test_a_pair_is_marked_if_and_only_if_its_words_differ(old, new):
    for pair in side_by_side(old, new):
        assert pair.differs == (joined(pair.old) != joined(pair.new))
        if pair.differs:
            assert marked(pair.old or []) or marked(pair.new or [])


@given(STEPS)
def test_equal_steps_do_not_differ(steps):
    pairs = side_by_side(steps, list(steps))
    assert len(pairs) == len(steps)
    assert not any(pair.differs for pair in pairs)


@given(STEP, STEP)
def test_the_words_that_are_not_marked_are_on_both_sides(old, new):
    pair = word_by_word(old, new)
    same = [[piece.text for piece in side if not piece.differs] for side in (pair.old, pair.new)]
    assert same[0] == same[1]


@given(TEXTS, TEXTS)
def test_whole_texts(old, new):
    parts = compare(old, new)
    differ = {
        name
        for name in old
        if plain(str(old[name]).split("\n")) != plain(str(new[name]).split("\n"))
    }
    assert sum(part.differs for part in parts) == len(differ)
    assert not any(part.differs for part in compare(new, dict(new)))


def test_changed_words_are_marked_alone():
    pair = word_by_word("Lower slowly to a box.", "Lower slowly to the floor.")
    assert [(piece.text, piece.differs) for piece in pair.old] == [
        ("Lower slowly to", False),
        ("a box.", True),
    ]
    assert marked(pair.new) == ["the floor."]


def test_steps_with_little_in_common_differ_as_a_whole():
    pair = word_by_word("Stand on one leg.", "Grip the bar with both hands on it.")
    assert marked(pair.old) == ["Stand on one leg."]
    assert len(pair.new) == 1


def test_a_step_more_moves_no_other():
    pairs = side_by_side(["One.", "Three."], ["One.", "Two.", "Three."])
    assert [(joined(pair.old), joined(pair.new)) for pair in pairs] == [
        ("One.", "One."),
        (None, "Two."),
        ("Three.", "Three."),
    ]
    assert [pair.differs for pair in pairs] == [False, True, False]


def test_what_neither_side_has_is_left_out():
    assert compare({}, {}) == []
    (part,) = compare({}, {"setup": "Stand."})
    assert (part.label, part.differs) == ("Set-up", True)


def test_a_rest_is_read_as_minutes_and_no_rest_is_not_none():
    (part,) = compare({"rest_seconds": None}, {"rest_seconds": 0})
    assert part.differs
    assert joined(part.pairs[0].new) == "0:00 minutes"
    (part,) = compare({"rest_seconds": 90}, {"rest_seconds": 90})
    assert not part.differs
    assert joined(part.pairs[0].old) == "1:30 minutes"
