"""legtraining.domain.turns"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.turns import in_turn

letters = st.sampled_from(["", "A", "B", "C"])


@st.composite
def exercises(draw):
    """Up to eight exercises; every set says which exercise it is of and its number there."""
    groups = draw(st.lists(st.tuples(letters, st.integers(0, 6)), max_size=8))
    return [
        (letter, [(exercise, number) for number in range(sets)])
        for exercise, (letter, sets) in enumerate(groups)
    ]


@pytest.mark.parametrize(
    ("groups", "order"),
    [
        ([], ""),
        ([("", "abc"), ("", "de")], "abcde"),
        ([("A", "ace"), ("A", "bdf")], "abcdef"),
        ([("A", "adf"), ("A", "be"), ("A", "c")], "abcdef"),
        ([("A", "ac"), ("A", "bdef")], "abcdef"),
        ([("A", ""), ("A", "ab")], "ab"),
        ([("", "a"), ("A", "bd"), ("A", "ce"), ("", "f")], "abcdef"),
        ([("A", "ac"), ("", "ef"), ("A", "bd")], "abcdef"),  # where the first of them stands
        ([("A", "ac"), ("B", "eg"), ("A", "bd"), ("B", "fh")], "abcdefgh"),
        ([("A", "abc")], "abc"),
    ],
)
def test_in_which_order(groups, order):
    assert "".join(in_turn(groups)) == order


def test_a_set_that_is_none_is_not_left_out():
    assert in_turn([("A", [None, 1]), ("A", [0])]) == [None, 0, 1]


@given(exercises())
def test_every_set_is_done_once_and_in_its_exercises_order(groups):
    order = in_turn(groups)
    assert sorted(order) == [each for _letter, sets in groups for each in sets]
    for exercise, (_letter, sets) in enumerate(groups):
        assert [each for each in order if each[0] == exercise] == sets


@given(exercises())
def test_without_letters_it_is_the_order_of_the_page(groups):
    alone = [("", sets) for _letter, sets in groups]
    assert in_turn(alone) == [each for _letter, sets in groups for each in sets]


@given(exercises())
def test_of_one_letter_nobody_is_ahead_by_more_than_a_set(groups):
    """While both have sets left; and nothing of another letter comes between."""
    order = in_turn(groups)
    letter_of = [letter for letter, _sets in groups]
    for letter in set(letter_of) - {""}:
        places = [place for place, each in enumerate(order) if letter_of[each[0]] == letter]
        assert places == list(range(places[0], places[0] + len(places))) if places else True
        numbers = [order[place][1] for place in places]
        assert numbers == sorted(numbers)
