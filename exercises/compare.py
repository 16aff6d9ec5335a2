"""What differs between two texts, step by step and word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, cast

from django.utils.translation import gettext as _

from exercises.models import InstructionRevision, lines


@dataclass(frozen=True)
class Piece:
    """Some words of a step, and whether the other side has them."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Pair:
    """A step beside what became of it; None where one side has no such step."""

    old: list[Piece] | None
    new: list[Piece] | None

    @property
    def differs(self) -> bool:
        sides = (self.old, self.new)
        return None in sides or any(piece.differs for side in sides for piece in side or ())


@dataclass(frozen=True)
class Part:
    """One field of the instructions, both texts side by side."""

    label: str
    pairs: list[Pair]

    @property
    def differs(self) -> bool:
        return any(pair.differs for pair in self.pairs)


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Part]:
    """The texts of two revisions, as `InstructionRevision.texts` has them; either may be empty."""
    return [
        Part(label_of(name), side_by_side(steps(name, old), steps(name, new)))
        for name in InstructionRevision.FIELDS
        if steps(name, old) or steps(name, new)
    ]


def label_of(name: str) -> str:
    return str(InstructionRevision._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


def steps(name: str, texts: dict[str, Any]) -> list[str]:
    """What is compared of one field: its lines, or its only value in words."""
    value = texts.get(name)
    if name == "rest_seconds":
        if value is None:
            return []
        return [_("%(clock)s minutes") % {"clock": f"{value // 60}:{value % 60:02d}"}]
    return lines(cast("str", value or ""))


def side_by_side(old: list[str], new: list[str]) -> list[Pair]:
    """The steps of both, equal ones beside each other, changed ones word by word."""
    pairs = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [Pair([Piece(step)], [Piece(step)]) for step in old[a:b]]
        else:
            pairs += [
                word_by_word(before, after) for before, after in zip_longest(old[a:b], new[c:d])
            ]
    return pairs


def word_by_word(old: str | None, new: str | None) -> Pair:
    """Both steps, cut where their words differ. Steps with little in common differ as a whole."""
    if old is None or new is None:
        return Pair(whole(old), whole(new))
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:
        return Pair(whole(old), whole(new))
    left, right = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        differs = tag != "equal"
        if a < b:
            left.append(Piece(" ".join(before[a:b]), differs))
        if c < d:
            right.append(Piece(" ".join(after[c:d]), differs))
    return Pair(left, right)


def whole(step: str | None) -> list[Piece] | None:
    return None if step is None else [Piece(step, differs=True)]
