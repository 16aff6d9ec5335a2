"""Cells of a CSV that a spreadsheet takes for text, never for a formula."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """`value` as text; nothing for None. Names and titles are typed by others: one that begins as
    a formula does gets an apostrophe (OWASP, CSV Injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
