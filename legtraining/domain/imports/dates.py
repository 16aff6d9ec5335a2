"""When a training was, as training apps write it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone

from legtraining.domain.imports.months import month, plain
from legtraining.domain.imports.table import Table
from legtraining.domain.refusal import Refusal, gettext_noop

EARLIEST = date(1950, 1, 1)
NOON = time(12)

_LONGEST = 60
_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:[.,]\d+)?"
    r"(?!\d)\s*(?P<zone>z|[+-]\d\d:?\d\d)?"
)
_NUMERIC = re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})\.?")
_YEAR_FIRST = re.compile(r"\d{4}")
_MORNING = ("am", "a.m", "a. m", "오전", "午前", "上午")
_EVENING = ("pm", "p.m", "p. m", "오후", "午後", "下午")
_CJK_DATE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_CJK_MONTH = re.compile(r"(\d{1,2})[月월]")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


@dataclass
class Calendar:
    """Reads the dates of one file.

    `day_first` says how 3/4/2024 is meant. With `today`, what is more than a day after it is
    refused; without, nothing is too late.
    """

    day_first: bool = True
    today: date | None = None
    _known: dict[str, tuple[datetime, bool]] = field(default_factory=dict)

    def read(self, text: str) -> tuple[datetime, bool]:
        """The moment, and whether it has a time; noon of its day where it has none.

        It has a zone only where the text says one. Raises Refusal for what is no date, before
        1950, or in the future.
        """
        found = self._known.get(text)
        if found is None:
            found = self._read(text)
            self._known[text] = found
        return found

    def _read(self, text: str) -> tuple[datetime, bool]:
        if len(text) > _LONGEST:
            raise _no_date()
        try:
            moment, has_time = parse(text, day_first=self.day_first)
        except (ValueError, OverflowError):
            raise _no_date() from None
        if moment.date() < EARLIEST:
            raise Refusal(gettext_noop("The date is before 1950."))
        if self.today is not None and moment.date() > self.today + timedelta(days=1):
            raise Refusal(gettext_noop("The date is in the future."))
        return moment, has_time


def parse(text: str, *, day_first: bool) -> tuple[datetime, bool]:
    """`text` as a moment, and whether it has a time. Raises ValueError for anything else."""
    text = " ".join(text.split())
    if iso := _ISO.fullmatch(text):
        year, number, day, hour, minute, second, zone = iso.groups()
        on = date(int(year), int(number), int(day))
        if hour is None:
            return datetime.combine(on, NOON), False
        at = time(int(hour), int(minute), int(second or 0))
        return _zoned(datetime.combine(on, at), zone), True
    text = plain(text)
    clock = _clock(text)
    if clock is None:
        return datetime.combine(_day(text, day_first=day_first), NOON), False
    found, at = clock
    rest = text[: found.start()] + " " + text[found.end() :]
    return _zoned(datetime.combine(_day(rest, day_first=day_first), at), found["zone"]), True


def _clock(text: str) -> tuple[re.Match[str], time] | None:
    """Where the time stands in `text`, and the time. "28.03.2024" is none."""
    without = _NUMERIC.sub(lambda match: " " * len(match[0]), text)
    found = _TIME.search(without)
    if found is None:
        return None
    hour = int(found["hour"])
    if any(mark in text for mark in _EVENING):
        hour = hour % 12 + 12
    elif any(mark in text for mark in _MORNING):
        hour %= 12
    return found, time(hour, int(found["minute"]), int(found["second"] or 0))


def _zoned(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    if zone in "Zz":
        return moment.replace(tzinfo=UTC)
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    moment = moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
    return moment.astimezone(UTC)


def _day(text: str, *, day_first: bool) -> date:
    if numeric := _NUMERIC.search(text):
        if _NUMBER.search(text[: numeric.start()] + text[numeric.end() :]):
            raise ValueError(text)
        return _from_numbers(*map(int, numeric.groups()), day_first=day_first)
    if east := _CJK_DATE.search(text):
        return date(*map(int, east.groups()))
    number: int | None
    if east := _CJK_MONTH.search(text):
        number, text = int(east[1]), text.replace(east[0], " ")
    else:
        number = next(filter(None, map(month, _WORD.findall(text))), None)
    numbers = [int(each) for each in _NUMBER.findall(text)]
    if number is None or len(numbers) != 2:
        raise ValueError(text)
    day, year = sorted(numbers)
    return date(year, number, day)


def _from_numbers(first: int, second: int, third: int, *, day_first: bool) -> date:
    if first > 31:
        return date(first, second, third)
    day, number = (first, second) if day_first else (second, first)
    year = third + (2000 if third < 70 else 1900) if third < 100 else third
    return date(year, number, day)


def calendar_of(table: Table, column: int, *, today: date | None, default: bool = True) -> Calendar:
    """A calendar for the dates in a column of `table`. Those that begin with the year tell
    nothing, and are the same in every row, so one look is enough."""
    texts = (row[column] for _, row in table.rows() if row and len(row) > column)
    first = next(texts, "")
    if _YEAR_FIRST.match(first.strip()):
        return Calendar(today=today)
    return Calendar(is_day_first((first, *texts), default=default), today)


def noon(moment: datetime) -> datetime:
    """Noon of that day, for apps that know days only."""
    return datetime.combine(moment.date(), NOON)


def is_day_first(texts: Iterable[str], *, default: bool) -> bool:
    """Whether the dates of a file, such as 23/12/2025, have the day before the month.

    A number above 12 can only be a day. `default` is believed where none says, or some say one
    and some the other.
    """
    first = second = False
    for text in texts:
        if numeric := _NUMERIC.match(text.strip()[:_LONGEST]):
            one, two = int(numeric[1]), int(numeric[2])
            first |= 12 < one <= 31
            second |= one <= 31 and two > 12
    return default if first == second else first


def _no_date() -> Refusal:
    return Refusal(gettext_noop("The date cannot be read."))
