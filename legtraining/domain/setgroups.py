"""How a trainer writes sets, repetitions and loads: `3x5, 1x5+ @75%`, `3x8-12 @60kg RIR2`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from legtraining.domain.reading import NUMBER, UNIT, Reader, number, unit_of
from legtraining.domain.refusal import gettext_noop
from legtraining.domain.units import (
    MAX_REPS,
    MAX_RIR,
    MAX_SECONDS,
    MAX_WEIGHT,
    RIR_STEP,
    Unit,
    format_weight,
)

MAX_SETS = 20
MAX_GROUPS = 12
MAX_PERCENT = Decimal(200)


class Basis(StrEnum):
    """What a load is measured by."""

    OPEN = ""  # the member decides
    WEIGHT = "weight"
    EXACT = "exact"  # this weight on this day, whatever a rule says
    TRAINING_MAX = "tm"  # percent of it
    TOP = "top"  # percent of the heaviest set of the exercise


class Kind(StrEnum):
    WORK = "work"
    WARMUP = "warmup"
    DROP = "drop"


@dataclass(frozen=True)
class Load:
    """`amount` is a weight in `unit`, or a percentage; `offset` is added to the weight."""

    basis: Basis = Basis.OPEN
    amount: Decimal | None = None
    unit: Unit = "kg"
    offset: Decimal = Decimal(0)


@dataclass(frozen=True)
class SetGroup:
    """`count` equal sets of `reps_min` to `reps_max` repetitions, or of `seconds`.

    With `amrap` the repetitions are the fewest that count, and as many as possible are done.
    Seconds go from `seconds` to `seconds_max`, which is the same where it is not given.
    `rir` is repetitions in reserve, None where nothing is said.
    """

    count: int
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    amrap: bool = False
    seconds_max: int | None = None
    kind: Kind = Kind.WORK
    load: Load = Load()
    rir: Decimal | None = None

    def __post_init__(self) -> None:
        if self.seconds_max is None:
            object.__setattr__(self, "seconds_max", self.seconds)

    @property
    def is_bare(self) -> bool:
        """Whether neither a load nor an effort is said."""
        return self.load == Load() and self.rir is None

    @property
    def counts(self) -> bool:
        """Whether the sets are what progression looks at."""
        return self.kind == Kind.WORK


_KINDS = {"w": Kind.WARMUP, "d": Kind.DROP}
GROUP = re.compile(
    r"(?:(?P<kind>warm-?up|w|drop|d)\s+)?"
    r"(?P<count>\d{1,4})\s*[x×*]\s*"
    r"(?:(?P<amrap>AMRAP\b)|"
    r"(?P<low>\d{1,5})\s*(?:[-–]\s*(?P<high>\d{1,5})\s*)?(?P<end>\+|s(?:ec)?)?)"
    r"(?=[\s,;@/\"]|$)",
    re.IGNORECASE | re.ASCII,
)
# A comma before the rest, the tempo, the note or the progression belongs to nothing.
_COMMA = re.compile(r",(?!\s*(?:rest\s*\d|tempo\s|[\"“;]))", re.IGNORECASE)
_AT = re.compile("@")
_EFFORT = re.compile(
    rf"@?\s*(?P<scale>RIR|RPE)\s*(?P<number>{NUMBER})(?![\w%])", re.IGNORECASE | re.ASCII
)
_OPEN = re.compile(r"open\b", re.IGNORECASE)
_WEIGHT = re.compile(rf"(?P<exact>=\s*)?(?P<number>{NUMBER})\s*{UNIT}", re.IGNORECASE | re.ASCII)
_PERCENT = re.compile(rf"(?P<number>{NUMBER})\s*%\s*(?P<of>TM\b|top\b)?", re.IGNORECASE | re.ASCII)
_OFFSET = re.compile(rf"(?P<sign>[+−-])\s*(?P<number>{NUMBER})\s*{UNIT}", re.IGNORECASE | re.ASCII)

EXAMPLES = gettext_noop("“%(part)s” is not sets × reps. Examples: 3x8-12, 3x5, 1x5+, 3x30s.")
LOADS = gettext_noop(
    "“%(part)s” is not a load. Examples: @60kg, @135lb, @75%% of the training max, @90%% top, "
    "@RIR2, @RPE8, @open."
)


def parse_sets(text: str) -> list[SetGroup]:
    """The groups of a text such as `3x5, 1x5+ @75%`, separated by commas.

    1 to 20 sets a group, 1 to 200 repetitions or 1 to 7200 seconds, 1 to 12 groups. A load or an
    effort belongs to the group before it, and to those before that which have none of their own,
    unless it is a share of the top set (warm-ups and drop sets only ever have their own). Raises
    Unreadable, which names the part that cannot be read and its column.
    """
    reader = Reader(text)
    if reader.ended():
        raise reader.refuse(gettext_noop("Write the sets and repetitions, for example 3x8-12."))
    groups = read_groups(reader)
    if not reader.ended():
        raise reader.refuse(EXAMPLES, part=_rest_of(reader))
    return groups


def _rest_of(reader: Reader) -> str:
    return reader.text[reader.at :].lstrip(" ,").split(",")[0].strip()[:40]


def read_groups(reader: Reader) -> list[SetGroup]:
    """Groups, as long as a comma follows. What stands behind them is the caller's."""
    groups: list[SetGroup] = []
    said: set[int] = set()  # the groups with a load or an effort of their own
    while True:
        groups.append(_read_group(reader))
        if _read_target(reader, groups):
            said.add(len(groups) - 1)
            _hand_back(groups, said)
        if len(groups) > MAX_GROUPS:
            raise reader.refuse(gettext_noop("Write at most %(most)s groups."), most=MAX_GROUPS)
        if not reader.take(_COMMA):
            return groups


def _hand_back(groups: list[SetGroup], said: set[int]) -> None:
    """Gives what the last group says to those before it that say nothing."""
    last = groups[-1]
    if not last.counts or last.load.basis == Basis.TOP:
        return
    for place, group in enumerate(groups[:-1]):
        if group.counts and place not in said:
            groups[place] = replace(group, load=last.load, rir=last.rir)
            said.add(place)


def _read_group(reader: Reader) -> SetGroup:
    start = reader.at
    match = reader.take(GROUP)
    if match is None:
        raise reader.refuse(EXAMPLES, part=_rest_of(reader))
    part = match[0].strip()

    def refuse(sentence: str, **values: object) -> Exception:
        return reader.refuse(sentence, start, part=part, **values)

    count = int(match["count"])
    if not 1 <= count <= MAX_SETS:
        raise refuse(gettext_noop("“%(part)s”: write 1 to %(most)s sets."), most=MAX_SETS)
    kind = _KINDS.get((match["kind"] or "")[:1].lower(), Kind.WORK)
    if kind != Kind.WORK and (match["amrap"] or match["end"] == "+"):
        raise refuse(gettext_noop("“%(part)s”: only working sets are as many as possible."))
    if match["amrap"]:
        return SetGroup(count, 1, 1, amrap=True)
    low = int(match["low"])
    high = int(match["high"]) if match["high"] else low
    end = (match["end"] or "")[:1].lower()
    if end == "s":
        if not 1 <= low <= high <= MAX_SECONDS:
            raise refuse(
                gettext_noop("“%(part)s”: write 1 to %(most)s seconds, the smaller number first."),
                most=MAX_SECONDS,
            )
        return SetGroup(count, seconds=low, seconds_max=high, kind=kind)
    if end == "+" and match["high"]:
        raise refuse(gettext_noop("“%(part)s”: a range cannot also be as many as possible."))
    if not 1 <= low <= high <= MAX_REPS:
        raise refuse(
            gettext_noop("“%(part)s”: write 1 to %(most)s repetitions, the smaller number first."),
            most=MAX_REPS,
        )
    return SetGroup(count, low, high, amrap=end == "+", kind=kind)


def _read_target(reader: Reader, groups: list[SetGroup]) -> bool:
    """Reads the load and the effort of the last group; whether anything was said."""
    load: Load | None = None
    rir: Decimal | None = None
    while True:
        start = reader.at
        if effort := reader.take(_EFFORT):
            if rir is not None:
                raise reader.refuse(gettext_noop("The effort is written twice."), start)
            rir = _reserve(reader, effort, start)
        elif reader.take(_AT):
            if load is not None:
                raise reader.refuse(gettext_noop("The load is written twice."), start)
            load = _read_load(reader)
        else:
            break
    if load is None and rir is None:
        return False
    groups[-1] = replace(groups[-1], load=load or Load(), rir=rir)
    return True


def _reserve(reader: Reader, match: re.Match[str], start: int) -> Decimal:
    value = number(match["number"])
    rir = 10 - value if match["scale"].upper() == "RPE" else value
    if not 0 <= rir <= MAX_RIR or rir % RIR_STEP:
        raise reader.refuse(
            gettext_noop("“%(part)s”: RIR and RPE go from 0 to 10 in half steps."),
            start,
            part=match[0].strip(),
        )
    return rir


def _read_load(reader: Reader) -> Load:
    start = reader.at
    if reader.take(_OPEN):
        return Load()
    if match := reader.take(_WEIGHT):
        weight = number(match["number"])
        if weight > MAX_WEIGHT or weight != round(weight, 3):
            raise reader.refuse(
                gettext_noop("“%(part)s”: a weight is 0 to %(most)s, with at most 3 decimals."),
                start,
                part=match[0].strip(),
                most=MAX_WEIGHT,
            )
        return Load(Basis.EXACT if match["exact"] else Basis.WEIGHT, weight, unit_of(match))
    if match := reader.take(_PERCENT):
        percent = number(match["number"])
        if not 1 <= percent <= MAX_PERCENT or percent != round(percent, 3):
            raise reader.refuse(
                gettext_noop("“%(part)s”: a percentage is 1 to %(most)s."),
                start,
                part=match[0].strip(),
                most=MAX_PERCENT,
            )
        basis = Basis.TOP if (match["of"] or "").lower() == "top" else Basis.TRAINING_MAX
        unit, offset = _read_offset(reader)
        return Load(basis, percent, unit, offset)
    part = reader.word.partition(",")[0]
    if part[:1].isdigit():
        raise reader.refuse(
            gettext_noop("“%(part)s”: write the unit behind it: kg, lb or %%."), start, part=part
        )
    raise reader.refuse(LOADS, start, part=f"@{part}")


def _read_offset(reader: Reader) -> tuple[Unit, Decimal]:
    start = reader.at
    match = reader.take(_OFFSET)
    if match is None:
        return "kg", Decimal(0)
    amount = number(match["number"])
    if amount > MAX_WEIGHT or amount != round(amount, 3):
        raise reader.refuse(
            gettext_noop("“%(part)s”: a weight is 0 to %(most)s, with at most 3 decimals."),
            start,
            part=match[0].strip(),
            most=MAX_WEIGHT,
        )
    if not amount:
        return "kg", Decimal(0)
    return unit_of(match), amount if match["sign"] == "+" else -amount


def write_sets(groups: Sequence[SetGroup]) -> str:
    """The text that `parse_sets` reads back as `groups`."""
    return ", ".join(
        _write_group(group) + _write_target(group, _next_counting(groups, place))
        for place, group in enumerate(groups)
    )


def _next_counting(groups: Sequence[SetGroup], place: int) -> list[SetGroup]:
    return [group for group in groups[place + 1 :] if group.counts]


def _write_group(group: SetGroup) -> str:
    kind = {Kind.WARMUP: "w ", Kind.DROP: "d ", Kind.WORK: ""}[group.kind]
    if group.seconds is not None:
        many = "" if group.seconds_max == group.seconds else f"-{group.seconds_max}"
        return f"{kind}{group.count}x{group.seconds}{many}s"
    many = "" if group.reps_max == group.reps_min else f"-{group.reps_max}"
    return f"{kind}{group.count}x{group.reps_min}{many}{'+' if group.amrap else ''}"


def _write_target(group: SetGroup, later: Sequence[SetGroup]) -> str:
    """What is said of the load; nothing where it follows from the group behind."""
    if group.counts and later:
        following = later[0]
        handed_back = following.load.basis != Basis.TOP
        if group.is_bare:
            handed = any(not each.is_bare and each.load.basis != Basis.TOP for each in later)
            return " @open" if handed else ""
        if handed_back and (group.load, group.rir) == (following.load, following.rir):
            return ""
    return write_target(group.load, group.rir)


def write_target(load: Load, rir: Decimal | None) -> str:
    """` @75% @RIR2`, with a space before each; nothing for nothing."""
    effort = "" if rir is None else f" @RIR{format_weight(rir)}"
    if load.basis == Basis.OPEN or load.amount is None:
        return effort
    amount = format_weight(load.amount)
    if load.basis in (Basis.WEIGHT, Basis.EXACT):
        exact = "=" if load.basis == Basis.EXACT else ""
        return f" @{exact}{amount}{load.unit}{effort}"
    top = " top" if load.basis == Basis.TOP else ""
    offset = f"{format_weight(load.offset)}{load.unit}" if load.offset else ""
    sign = "+" if load.offset > 0 else ""
    return f" @{amount}%{top}{' ' if top and offset else ''}{sign}{offset}{effort}"
