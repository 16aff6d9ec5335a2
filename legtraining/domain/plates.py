"""Bars and plates: which weights can be loaded, and with which plates.

Everything inside is a whole number of thousandths of the unit (grams for kg), so that no answer
is a rounded one. Plates are `(weight, pairs)`, heaviest first, each weight once, within the
limits below; a pair is one plate for each side. Nothing above `MAX_WEIGHT` is ever loaded.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import MAX_WEIGHT, Unit, format_weight, parse_decimal

type Plates = tuple[tuple[Decimal, int], ...]

# These limits also keep the search of `sides` small.
MAX_SIZES = 12
MAX_PAIRS = 10
MAX_PLATE = Decimal(100)
PLATE_STEP = Decimal("0.125")
MAX_BARS = 6
MAX_BAR = Decimal(100)

THOUSANDTH = Decimal("0.001")
_MOST_A_SIDE = int(MAX_WEIGHT / THOUSANDTH) // 2
_DIGIT = MAX_PAIRS + 1
_ONE_PLATE = _DIGIT**MAX_SIZES
_NEVER = _ONE_PLATE * MAX_SIZES * _DIGIT

_TIMES = re.compile(r"\s*[x×*]\s*", re.IGNORECASE)
_COMMA_AFTER_PAIRS = re.compile(r"(?<=x)(\d+),")
_BETWEEN = re.compile(r"[\s;]+|,(?!\d)|(?<!\d),")
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,6})?)"
_BAR = re.compile(_NUMBER)
_PLATE = re.compile(rf"{_NUMBER}(?:x(\d{{1,3}}))?")
_ONE_OR_TWO = re.compile(r"\d{2,},\d+(x\d*)?")


@dataclass(frozen=True)
class Rack:
    """What somebody trains with, in one unit. The first bar is the usual one.

    `dumbbell_step` lies between one pair of dumbbells and the next, `machine_step` between one
    hole of a machine's stack and the next.
    """

    bars: tuple[Decimal, ...]
    plates: Plates
    dumbbell_step: Decimal
    machine_step: Decimal


@lru_cache(maxsize=32)
def sides(plates: Plates) -> Mapping[int, int]:
    """Every weight that one side can hold, with what its best plates cost; `_unpack` reads that.

    The fewest plates are best and, of equally many, the heavier ones first. So one plate costs
    `_ONE_PLATE` less a digit of its size's own, a higher digit the heavier it is, and the least
    sum wins. The plates can be read off the sum, because no size has more pairs than a digit.
    """
    best = {0: 0}
    for place, (weight, pairs) in enumerate(plates, start=1):
        cost = _ONE_PLATE - _DIGIT ** (MAX_SIZES - place)
        for lot in _lots(pairs):
            more, dearer = int(weight / THOUSANDTH) * lot, cost * lot
            for side, so_far in list(best.items()):
                heavier, price = side + more, so_far + dearer
                if heavier <= _MOST_A_SIDE and price < best.get(heavier, _NEVER):
                    best[heavier] = price
    return best


def _lots(pairs: int) -> Iterator[int]:
    """1, 2, 4 and so on, and what is left: each taken or not, they make all of 0 to `pairs`."""
    lot = 1
    while pairs:
        lot = min(lot, pairs)
        yield lot
        pairs -= lot
        lot *= 2


def _unpack(cost: int, plates: Plates) -> Iterator[Decimal]:
    digits = -cost % _ONE_PLATE
    for place, (weight, _pairs) in enumerate(plates, start=1):
        count = digits // _DIGIT ** (MAX_SIZES - place) % _DIGIT
        yield from [weight] * count


def per_side(total: Decimal, bar: Decimal, plates: Plates) -> tuple[Decimal, ...] | None:
    """The plates of one side that make `total` with this bar, heaviest first.

    All in one unit. The fewest plates, never more than there are; () for the bar alone. None
    where `total` cannot be reached exactly.
    """
    rest = (total - bar) / THOUSANDTH / 2
    cost = sides(plates).get(int(rest)) if rest == int(rest) else None
    return None if cost is None else tuple(_unpack(cost, plates))


def nearest(total: Decimal, bar: Decimal, plates: Plates) -> tuple[Decimal | None, Decimal | None]:
    """The nearest weights that can be loaded, strictly below and strictly above `total`.

    None where there is none: the bar is the least, all the plates on it the most.
    """
    loadable = _loadable(bar, plates)
    below = max((each for each in loadable if each < total), default=None)
    above = min((each for each in loadable if each > total), default=None)
    return below, above


def round_down(weight: Decimal, bar: Decimal, plates: Plates) -> Decimal | None:
    """The heaviest that can be loaded and is not above `weight`; None below the bar."""
    return max((each for each in _loadable(bar, plates) if each <= weight), default=None)


def closest(weight: Decimal, bar: Decimal, plates: Plates) -> Decimal:
    """What can be loaded nearest to `weight`, of two equally near the lighter one.

    Below the bar it is the bar, beyond all the plates all of them.
    """
    loadable = _loadable(bar, plates)
    place = bisect_left(loadable, weight)
    return min(loadable[max(place - 1, 0) : place + 1], key=lambda each: (abs(each - weight), each))


def step(plates: Plates) -> Decimal:
    """The smallest change of a loaded bar: two of the smallest plate; 0 without plates."""
    return 2 * min((weight for weight, _pairs in plates), default=Decimal(0))


@lru_cache(maxsize=64)
def _loadable(bar: Decimal, plates: Plates) -> tuple[Decimal, ...]:
    """In their order; a whole program asks for it hundreds of times."""
    totals = (bar + 2 * side * THOUSANDTH for side in sides(plates))
    return tuple(sorted(total for total in totals if total <= MAX_WEIGHT))


def parse_plates(text: str) -> Plates:
    """Plates as somebody writes them: `25x4 20x4 2.5x1` are four pairs of 25, four of 20, ...

    The sign between weight and pairs is x, × or *; a number alone is one pair, and the same
    weight twice adds up. Spaces, new lines, semicolons and commas separate, but a comma between
    two digits is a decimal one unless it follows the pairs: `2,5x1,20x2` are 2.5 and 20. After
    two or more digits it may be meant either way (`25,20`), so that is refused.
    1 to 12 sizes of 0.125 to 100 in steps of 0.125, 1 to 10 pairs each. Raises Refusal.
    """
    owned: dict[Decimal, int] = {}
    for part in _parts(text):
        match = _PLATE.fullmatch(part)
        if match is None:
            raise Refusal(
                gettext_noop(
                    "“%(part)s” is not a plate. Write 25x4 for four pairs of 25, and a space "
                    "between the plates."
                ),
                part=part,
            )
        weight = parse_decimal(match[1])
        if not 0 < weight <= MAX_PLATE or weight % PLATE_STEP:
            raise Refusal(
                gettext_noop(
                    "“%(part)s”: a plate weighs %(step)s to %(most)s, in steps of %(step)s."
                ),
                part=part,
                step=PLATE_STEP,
                most=MAX_PLATE,
            )
        owned[weight] = owned.get(weight, 0) + int(match[2] or 1)
    return _checked(owned)


def _checked(owned: dict[Decimal, int]) -> Plates:
    if not owned:
        raise Refusal(gettext_noop("Write your plates, for example 25x4 20x2 10x1."))
    if len(owned) > MAX_SIZES:
        raise Refusal(gettext_noop("Write at most %(most)s different plates."), most=MAX_SIZES)
    for weight, pairs in owned.items():
        if not 1 <= pairs <= MAX_PAIRS:
            raise Refusal(
                gettext_noop("Write 1 to %(most)s pairs of a plate, such as %(weight)sx2."),
                most=MAX_PAIRS,
                weight=format_weight(weight),
            )
    return tuple(sorted(owned.items(), reverse=True))


def write_plates(plates: Plates) -> str:
    """The text that `parse_plates` reads back as `plates`: `25x4, 2.5x1`."""
    return ", ".join(f"{format_weight(weight)}x{pairs}" for weight, pairs in plates)


def parse_bars(text: str) -> tuple[Decimal, ...]:
    """Bars as somebody writes them, in their order: `20, 15` or `20 7,5`.

    Separators and decimals as in `parse_plates`; the same bar twice counts once.
    1 to 6 bars of 0 to 100, with at most 3 decimals. Raises Refusal.
    """
    bars: list[Decimal] = []
    for part in _parts(text):
        if _BAR.fullmatch(part) is None:
            raise Refusal(
                gettext_noop(
                    "“%(part)s” is not a bar. Write what each one weighs, with a space between "
                    "them, such as 20 15."
                ),
                part=part,
            )
        bar = parse_decimal(part)
        if bar > MAX_BAR or bar % THOUSANDTH:
            raise Refusal(
                gettext_noop("“%(part)s”: a bar weighs 0 to %(most)s, with at most 3 decimals."),
                part=part,
                most=MAX_BAR,
            )
        bars.append(bar)
    if not bars:
        raise Refusal(gettext_noop("Write at least one bar, for example 20."))
    different = tuple(dict.fromkeys(bars))
    if len(different) > MAX_BARS:
        raise Refusal(gettext_noop("Write at most %(most)s bars."), most=MAX_BARS)
    return different


def write_bars(bars: tuple[Decimal, ...]) -> str:
    """The text that `parse_bars` reads back as `bars`: `20, 15`."""
    return ", ".join(map(format_weight, bars))


def _parts(text: str) -> list[str]:
    typed = _COMMA_AFTER_PAIRS.sub(r"\1 ", _TIMES.sub("x", text))
    parts = [part for part in _BETWEEN.split(typed) if part]
    for part in parts:
        if _ONE_OR_TWO.fullmatch(part):
            raise Refusal(
                gettext_noop(
                    "“%(part)s” may be one number or two. Write a point for decimals, or a space "
                    "after the comma."
                ),
                part=part,
            )
    return parts


DEFAULT_RACKS: Mapping[Unit, Rack] = {
    "kg": Rack(
        bars=parse_bars("20, 15"),
        plates=parse_plates("25x4, 20x4, 15x2, 10x2, 5x2, 2.5x2, 1.25x2"),
        dumbbell_step=Decimal(2),
        machine_step=Decimal(5),
    ),
    "lb": Rack(
        bars=parse_bars("45, 35"),
        plates=parse_plates("45x4, 35x2, 25x2, 10x4, 5x2, 2.5x2"),
        dumbbell_step=Decimal(5),
        machine_step=Decimal(10),
    ),
}
