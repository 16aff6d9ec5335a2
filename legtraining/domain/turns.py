"""In which order the sets of a session are done."""

from collections.abc import Sequence
from itertools import zip_longest


def in_turn[T](groups: Sequence[tuple[str, Sequence[T]]]) -> list[T]:
    """Every item once, in the order in which it is done.

    A group is an exercise: the letter of its superset, or "" when it stands alone, and its sets.
    Exercises of one letter alternate (A1, A2, A1, A2, ...) where the first of them stands; what
    one has more than the others follows at the end.
    """
    order: list[T] = []
    seen: set[str] = set()
    for letter, items in groups:
        if not letter:
            order += items
        elif letter not in seen:
            seen.add(letter)
            together = [each for other, each in groups if other == letter]
            missing = object()
            for turn in zip_longest(*together, fillvalue=missing):
                order += [each for each in turn if each is not missing]  # type: ignore[misc]
    return order
