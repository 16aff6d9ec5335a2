"""Reading a rule of progression, `linear +2.5kg, -10% after 3`, and saying what was expected."""

from __future__ import annotations

import re
from decimal import Decimal

from legtraining.domain.reading import NUMBER, Reader, number
from legtraining.domain.refusal import gettext_noop
from legtraining.domain.rules import (
    MAX_WEEKS,
    Amrap,
    Backoff,
    Cycle,
    Double,
    Linear,
    Offset,
    Reps,
    Rule,
    Stages,
    Step,
    Test,
    TwoForTwo,
)
from legtraining.domain.setgroups import SetGroup, read_groups
from legtraining.domain.units import MAX_REPS, MAX_SECONDS, Unit

MAX_LENGTH = 200
MAX_TIMES = 9

_NAME = re.compile(r"(?P<name>2[ -]?for[ -]?2|[A-Za-z]+)(?![\w])", re.IGNORECASE | re.ASCII)
_STEP = re.compile(
    rf"(?P<sign>[+−-])?\s*(?P<number>{NUMBER})\s*(?P<unit>kgs?|lbs?|%)(?![A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
_EVERY = re.compile(r"every\s+(?P<n>\d{1,3})(?:\s+(?P<weeks>weeks?))?\b", re.IGNORECASE)
_AFTER = re.compile(r"after\s+(?P<n>\d{1,3})(?:\s+failures?)?\b", re.IGNORECASE)
_COMMA, _SLASH = re.compile(","), re.compile("/")
_REPS = re.compile(r"(?P<n>\d{1,3})\s*\+?\s*:", re.ASCII)
_TEST = re.compile(r"(?:re)?test\b", re.IGNORECASE)
_RESTART = re.compile(r"restart\b", re.IGNORECASE)
_FIRST = re.compile(r"first\b", re.IGNORECASE)
_PERCENT = re.compile(rf"(?P<number>{NUMBER})\s*%", re.ASCII)
_MORE = re.compile(r"\+?\s*(?P<n>\d{1,3})\s+(?:up\s+)?to\s+(?P<most>\d{1,4})\b", re.IGNORECASE)

CYCLE = gettext_noop("Write how long a cycle is, for example “every 4 weeks”.")
KNOWN = gettext_noop(
    "“%(part)s” is not a progression. There are linear, double, 2for2, cycle, amrap, stages, test, "
    "weekly, daily and reps, for example “linear +2.5kg”."
)


def parse_rule(text: str) -> Rule:
    """The rule that `text` says. Raises Unreadable with the column of what cannot be read."""
    reader = Reader(text)
    rule = read_rule(reader)
    if not reader.ended():
        raise reader.refuse(
            gettext_noop("“%(part)s” does not belong to this progression."), part=reader.word
        )
    if len(str(rule)) > MAX_LENGTH:
        raise reader.refuse(
            gettext_noop("Write a progression in at most %(most)s characters."), 0, most=MAX_LENGTH
        )
    return rule


def read_rule(reader: Reader) -> Rule:
    start, word = reader.at, reader.word
    match = reader.take(_NAME)
    name = match["name"].lower().replace(" ", "").replace("-", "") if match else ""
    read = _READERS.get(name)
    if read is None:
        raise reader.refuse(KNOWN, start, part=word)
    return read(reader)


def parse_step(text: str) -> Step:
    """A step that stands alone, `+2.5kg` or `-10%`. Raises Unreadable."""
    reader = Reader(text)
    step = _step(reader, may_lose=True)
    if not reader.ended():
        raise reader.refuse(
            gettext_noop("“%(part)s” does not belong to this step."), part=reader.word
        )
    return step


def _step(reader: Reader, *, may_lose: bool = False) -> Step:
    start = reader.at
    match = reader.take(_STEP)
    if match is None:
        raise reader.refuse(
            gettext_noop("Write by how much, for example +2.5kg, +5lb or +2%%, not “%(part)s”."),
            part=reader.word,
        )
    amount = number(match["number"])
    written = match["unit"].lower()
    unit: Unit | None = None if written == "%" else "lb" if written.startswith("lb") else "kg"
    if match["sign"] in ("-", "−"):
        amount = -amount
    most = 100 if unit is None else 500
    if abs(amount) > most or amount != round(amount, 3):
        raise reader.refuse(
            gettext_noop("“%(part)s”: a step is at most %(most)s, with at most 3 decimals."),
            start,
            part=match[0].strip(),
            most=most,
        )
    if not may_lose and amount <= 0:
        raise reader.refuse(
            gettext_noop("“%(part)s”: success adds something."), start, part=match[0].strip()
        )
    return Step(amount, unit)


def _backoff(reader: Reader) -> Backoff | None:
    return _backoff_here(reader) if reader.take(_COMMA) else None


def _backoff_here(reader: Reader) -> Backoff:
    start = reader.at
    step = _step(reader, may_lose=True)
    if step.amount >= 0:
        raise reader.refuse(gettext_noop("Failures take weight away: write -10%%."), start)
    start = reader.at
    match = reader.take(_AFTER)
    if match is None or not 1 <= int(match["n"]) <= MAX_TIMES:
        raise reader.refuse(
            gettext_noop("Write after how many failures in a row, for example “after 3”."), start
        )
    return Backoff(step, int(match["n"]))


def _linear(reader: Reader) -> Rule:
    step, every, start = _step(reader), 1, reader.at
    if match := reader.take(_EVERY):
        every = int(match["n"])
        if match["weeks"] or not 1 <= every <= MAX_TIMES:
            raise reader.refuse(
                gettext_noop("Write after how many successes: “every 1” to “every %(most)s”."),
                start,
                most=MAX_TIMES,
            )
    return Linear(step, every, _backoff(reader))


def _double(reader: Reader) -> Rule:
    return Double(_step(reader), _backoff(reader))


def _two_for_two(reader: Reader) -> Rule:
    return TwoForTwo(_step(reader))


def _cycle(reader: Reader) -> Rule:
    step, weeks, start = _step(reader), MAX_WEEKS, reader.at
    if match := reader.take(_EVERY):
        weeks = int(match["n"])
        if not match["weeks"] or not 1 <= weeks <= MAX_WEEKS:
            raise reader.refuse(CYCLE, start)
    elif reader.word.lower() == "every":
        raise reader.refuse(CYCLE)
    return Cycle(step, weeks, _backoff(reader))


def _amrap(reader: Reader) -> Rule:
    table: dict[int, Step] = {}
    while True:
        start = reader.at
        match = reader.take(_REPS)
        if match is None or int(match["n"]) > MAX_REPS:
            raise reader.refuse(
                gettext_noop("Write repetitions and the step, for example “8+: +2.5kg”."), start
            )
        if int(match["n"]) in table:
            raise reader.refuse(
                gettext_noop("%(n)s repetitions are written twice."), start, n=match["n"]
            )
        table[int(match["n"])] = _step(reader, may_lose=True)
        if not reader.take(_COMMA):
            return Amrap(tuple(sorted(table.items())))
        if not reader.sees(_REPS) and reader.sees(_STEP):
            return Amrap(tuple(sorted(table.items())), _backoff_here(reader))


def _stages(reader: Reader) -> Rule:
    step = _step(reader)
    stages: list[tuple[SetGroup, ...]] = []
    test: tuple[SetGroup, ...] | None = None
    while True:
        if not reader.take(_SLASH):
            raise reader.refuse(
                gettext_noop("Write “/” and the next stage, and “restart 85%%” at the end.")
            )
        if reader.take(_RESTART):
            break
        if test is not None:
            raise reader.refuse(gettext_noop("After the test comes “restart 85%%”."))
        if reader.take(_TEST):
            test = _bare_groups(reader)
        else:
            stages.append(_bare_groups(reader))
    if reader.take(_FIRST):
        return Stages(step, tuple(stages), test, first=_step(reader, may_lose=True))
    return Stages(step, tuple(stages), test, percent=_percent(reader))


def _bare_groups(reader: Reader) -> tuple[SetGroup, ...]:
    start = reader.at
    groups = tuple(read_groups(reader))
    if not all(group.counts and group.is_bare for group in groups):
        raise reader.refuse(
            gettext_noop("A stage has sets and repetitions only; the weight is the rule's."), start
        )
    return groups


def _percent(reader: Reader) -> Decimal:
    start = reader.at
    match = reader.take(_PERCENT)
    if match is None or not 1 <= number(match["number"]) <= 150:
        raise reader.refuse(gettext_noop("Write a percentage, for example 85%%."), start)
    return number(match["number"])


def _test(reader: Reader) -> Rule:
    return Test(Decimal(100) if reader.ended() else _percent(reader))


def _weekly(reader: Reader) -> Rule:
    return Offset(_step(reader, may_lose=True), "weekly")


def _daily(reader: Reader) -> Rule:
    return Offset(_step(reader, may_lose=True), "daily")


def _reps(reader: Reader) -> Rule:
    start = reader.at
    match = reader.take(_MORE)
    if match is None or not int(match["n"]) or not 1 <= int(match["most"]) <= MAX_SECONDS:
        raise reader.refuse(
            gettext_noop("Write how many more and the most, for example “+1 to 20”."), start
        )
    return Reps(int(match["n"]), int(match["most"]))


_READERS = {
    "linear": _linear,
    "double": _double,
    "2for2": _two_for_two,
    "cycle": _cycle,
    "amrap": _amrap,
    "stages": _stages,
    "test": _test,
    "weekly": _weekly,
    "daily": _daily,
    "reps": _reps,
}
