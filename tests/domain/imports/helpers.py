"""What the tests of the parsers share."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from legtraining.domain.imports.parsed import Parsed, ReadSet
from legtraining.domain.imports.reading import read_file


def at(text: str) -> datetime:
    """A moment on the clock on the wall."""
    return datetime.fromisoformat(text)


def read(text: str, *, today: date | None = None) -> Parsed:
    return read_file(text.encode(), "log.csv", today=today)


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def told(each: ReadSet) -> tuple[Any, ...]:
    """A set in few words: weight, unit, reps, seconds, kind."""
    return each.weight, each.unit, each.reps, each.seconds, each.kind


def in_short(parsed: Parsed) -> list[tuple[str, list[tuple[str, int]]]]:
    """The keys of the sessions with the names of their blocks and how many sets each has."""
    return [
        (session.key, [(block.name, len(block.sets)) for block in session.blocks])
        for session in parsed.sessions
    ]


def reasons(parsed: Parsed) -> list[tuple[int, str]]:
    return [(problem.line, str(problem.reason)) for problem in parsed.problems]


def volume(parsed: Parsed) -> Decimal:
    return sum(((each.weight or 0) * (each.reps or 0) for each in parsed.sets()), Decimal(0))
