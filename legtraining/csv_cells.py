"""Cells of a CSV that a spreadsheet takes for text, never for a formula, and the way back.

A text that begins as a formula does gets an apostrophe in front (OWASP, CSV Injection). One that
begins so behind apostrophes gets one more, so that taking one away again gives what was typed.
"""

from __future__ import annotations

import re
from decimal import Decimal

# What spreadsheets begin a formula by: also as full-width letters, and behind a line's end.
_STARTS = "=+\\-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
_STARTS += "\N{FULLWIDTH COMMERCIAL AT}"
_LIKE_A_FORMULA = re.compile(f"'*[{_STARTS}]")
_GUARDED = re.compile(f"'+[{_STARTS}]")


def cell(value: object) -> str:
    """`value` as the text of a cell; nothing for None. Numbers stay numbers, a negative one too."""
    if value is None:
        return ""
    text = str(value)
    is_number = not isinstance(value, str) and isinstance(value, int | float | Decimal)
    return f"'{text}" if not is_number and _LIKE_A_FORMULA.match(text) else text


def uncell(text: str) -> str:
    """What `cell` was given: `uncell(cell(text)) == text` for every text."""
    return text[1:] if _GUARDED.match(text) else text
