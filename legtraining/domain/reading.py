"""Reading a line from left to right, and saying where it could not be read."""

from __future__ import annotations

import re
from decimal import Decimal

from legtraining.domain.refusal import Refusal
from legtraining.domain.units import Unit, parse_decimal

NUMBER = r"\d{1,5}(?:[.,]\d{1,4})?"
UNIT = r"(?P<unit>kgs?|lbs?)(?![A-Za-z])"
ANY_SPACE = re.compile(r"\s")  # each stands for one character, so that columns stay what they are


class Unreadable(Refusal):
    """A refusal that knows its place: `column` counts from 1 in the text that was read."""

    def __init__(self, sentence: str, column: int = 1, **values: object) -> None:
        self.column = column
        super().__init__(sentence, **values)


class Reader:
    """A text and how far it is read. Spaces before what is looked for do not matter.

    A tab, or the no-break space of a copied text, is a space.
    """

    def __init__(self, text: str, at: int = 0) -> None:
        self.text, self.at = ANY_SPACE.sub(" ", text), at
        self.skip()

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def ended(self) -> bool:
        return self.at >= len(self.text)

    @property
    def word(self) -> str:
        """What stands here, up to the next space, for a sentence about it."""
        return self.text[self.at :].split(maxsplit=1)[0][:40] if not self.ended() else ""

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What `pattern` matches here; afterwards the reader stands behind it."""
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
            self.skip()
        return match

    def sees(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.text, self.at) is not None

    def refuse(self, sentence: str, at: int | None = None, **values: object) -> Unreadable:
        place = self.at if at is None else at
        return Unreadable(sentence, place + 1, **values)


def unit_of(match: re.Match[str]) -> Unit:
    return "lb" if match["unit"].lower().startswith("lb") else "kg"


def number(text: str) -> Decimal:
    return parse_decimal(text)
