"""A whole program as one text, as a trainer writes it on a whiteboard.

    Week 1-3
    Day 1 Squat
      Back Squat  3x5, 1x5+ @75% rest 3:00
      A1 Seated Leg Curl 3x8-12 @RIR2 tempo 3-1-1-0 ; double +2.5kg
      A2 Standing Calf Raise 3x10-15

The grammar is in docs/shorthand.md. Names of exercises are only words here; whoever knows the
library looks them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from legtraining.domain.lines import Line, read_line, short, write_line
from legtraining.domain.reading import Reader, Unreadable
from legtraining.domain.refusal import Refusal, gettext_noop

MAX_WEEKS = 52
MAX_DAYS = 7
MAX_LINES = 20
MAX_TITLE = 60
MAX_NAME = 100
MAX_GOAL = 1000
MAX_MISTAKES = 100


@dataclass(frozen=True)
class Day:
    number: int
    title: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A program: for every week from 1 its days, in their order. A week may have none."""

    weeks: tuple[tuple[Day, ...], ...]
    title: str = ""
    goal: str = ""


@dataclass(frozen=True)
class Mistake:
    """What could not be read, and where: row and column count from 1."""

    row: int
    column: int
    refusal: Refusal


class Mistakes(ValueError):
    """The lines of a text that could not be read, the first 100 of them, and what could be."""

    def __init__(self, found: Sequence[Mistake], readable: Plan | None = None) -> None:
        self.found, self.readable = list(found), readable or Plan(())
        super().__init__("; ".join(f"{each.row}:{each.column} {each.refusal}" for each in found))


_WEEK = re.compile(r"weeks?\s+(?P<which>\d.*)", re.IGNORECASE | re.ASCII)
_SPAN = re.compile(r"(?P<first>\d{1,4})(?:\s*[-–]\s*(?P<last>\d{1,4}))?", re.ASCII)
_DAY = re.compile(r"day\s+(?P<number>\d{1,4})(?:\s*[:.–—-])?(?:\s+(?P<title>.*))?$", re.IGNORECASE)
_TITLE = re.compile(r"program\s*:(?P<text>.*)", re.IGNORECASE)
_GOAL = re.compile(r"goal\s*:(?P<text>.*)", re.IGNORECASE)
_HEADER = re.compile(r"(?:weeks?|day)\b", re.IGNORECASE)
_COMMA = re.compile(",")
_LINES = re.compile(r"\r\n|\r|\n")
_TITLE_LIKE_A_SIGN = re.compile(r"[:.–—-]")

NOT_A_WEEK = gettext_noop("“%(part)s” is not a week. Write “Week 1”, “Week 1-3” or “Week 1, 5”.")


def parse_plan(text: str) -> Plan:
    """The program that `text` says. Raises Mistakes with every line that cannot be read.

    Without a week line the days belong to week 1. Weeks are 1 to 52 and follow each other without
    a gap, days 1 to 7, at most 20 exercises a day.
    """
    return _Parser().parse(text)


@dataclass
class _OpenDay:
    number: int
    title: str
    weeks: list[int]
    lines: list[Line] = field(default_factory=list)


class _Parser:
    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.title, self.goal = "", ""
        self.current = [1]
        self.seen: dict[int, int] = {}  # week -> the row it is first written in
        self.days: list[_OpenDay] = []
        self.day: _OpenDay | None = None  # to which exercises are added
        self.places: dict[tuple[int, int], int] = {}  # week and day -> row

    def parse(self, text: str) -> Plan:
        rows = _LINES.split(text)
        for row, line in enumerate(rows, 1):
            try:
                self._read(row, line)
            except Unreadable as refusal:
                self.mistakes.append(Mistake(row, refusal.column, refusal))
            if len(self.mistakes) == MAX_MISTAKES:
                break
        if not self.mistakes:
            self._check_weeks(len(rows))
        plan = self._plan()
        if self.mistakes:
            raise Mistakes(self.mistakes, plan)
        return plan

    def _plan(self) -> Plan:
        """All that was read, in its order."""
        count = max(self.seen, default=1)
        weeks: list[list[Day]] = [[] for _week in range(count)]
        for day in self.days:
            for week in day.weeks:
                weeks[week - 1].append(Day(day.number, day.title, tuple(day.lines)))
        in_order = (tuple(sorted(days, key=lambda day: day.number)) for days in weeks)
        return Plan(tuple(in_order), self.title, self.goal.strip())

    def _read(self, row: int, text: str) -> None:
        reader = Reader(text)
        if reader.ended():
            return
        if match := reader.take(_TITLE):
            if self.title:
                raise Unreadable(gettext_noop("The name of the program is written twice."))
            self.title = short(reader, match["text"].strip(), MAX_NAME)
        elif match := reader.take(_GOAL):
            goal = match["text"].strip()
            self.goal = short(reader, f"{self.goal}\n{goal}" if self.goal else goal, MAX_GOAL)
        elif reader.sees(_HEADER):
            self._header(row, reader)
        else:
            line = read_line(reader, row)
            if self.day is None:
                raise Unreadable(
                    gettext_noop("Write “Day 1” before the first exercise."), line.column
                )
            if len(self.day.lines) >= MAX_LINES:
                raise Unreadable(
                    gettext_noop("A day has at most %(most)s exercises."),
                    line.column,
                    most=MAX_LINES,
                )
            self.day.lines.append(line)

    def _header(self, row: int, reader: Reader) -> None:
        start = reader.at
        # What follows a header that cannot be read is read all the same, and goes nowhere.
        self.day = _OpenDay(0, "", [])
        if reader.text[start] in "wW":
            self.current = []
        if match := reader.take(_WEEK):
            inner = Reader(reader.text.rstrip().removesuffix(":"), match.start("which"))
            self.current = list(dict.fromkeys(_weeks(inner)))
            self.day = None
            for week in self.current:
                self.seen.setdefault(week, row)
        elif match := reader.take(_DAY):
            self._day(row, reader, match, start)
        else:
            raise reader.refuse(
                gettext_noop(
                    "“%(part)s” is neither a week nor a day. Write “Week 1”, “Week 1-3” or "
                    "“Day 1 Squat”; an exercise called so stands in quotation marks."
                ),
                start,
                part=reader.text.strip()[:40],
            )

    def _day(self, row: int, reader: Reader, match: re.Match[str], start: int) -> None:
        number = int(match["number"])
        if not 1 <= number <= MAX_DAYS:
            raise reader.refuse(
                gettext_noop("A week has days 1 to %(most)s."), start, most=MAX_DAYS
            )
        title = (match["title"] or "").strip()
        if len(title) > MAX_TITLE:
            raise reader.refuse(
                gettext_noop("Write a title in at most %(most)s characters."),
                match.start("title"),
                most=MAX_TITLE,
            )
        for week in self.current:
            self.seen.setdefault(week, row)
            before = self.places.setdefault((week, number), row)
            if before != row:
                raise reader.refuse(
                    gettext_noop("Week %(week)s has a day %(day)s already, in line %(row)s."),
                    start,
                    week=week,
                    day=number,
                    row=before,
                )
        self.day = _OpenDay(number, title, self.current)
        self.days.append(self.day)

    def _check_weeks(self, last_row: int) -> None:
        if not self.days:
            refusal = Refusal(gettext_noop("Write at least one day, for example “Day 1 Squat”."))
            self.mistakes.append(Mistake(last_row, 1, refusal))
        missing = set(range(1, max(self.seen, default=1) + 1)) - self.seen.keys()
        if missing and self.days:
            week = min(missing)
            later = min(each for each in self.seen if each > week)
            refusal = Refusal(
                gettext_noop("Week %(later)s is written, week %(week)s is missing."),
                later=later,
                week=week,
            )
            self.mistakes.append(Mistake(self.seen[later], 1, refusal))


def _weeks(reader: Reader) -> Iterator[int]:
    """The weeks of `1-3, 5`."""
    while True:
        start = reader.at
        match = reader.take(_SPAN)
        if match is None:
            raise reader.refuse(NOT_A_WEEK, part=reader.text[reader.at :].strip()[:40])
        first = int(match["first"])
        last = int(match["last"] or first)
        if not 1 <= first <= last <= MAX_WEEKS:
            raise reader.refuse(
                gettext_noop("Weeks go from 1 to %(most)s, the smaller number first."),
                start,
                most=MAX_WEEKS,
            )
        yield from range(first, last + 1)
        if reader.ended():
            return
        if not reader.take(_COMMA):
            raise reader.refuse(NOT_A_WEEK, part=reader.text[reader.at :].strip()[:40])


def write_plan(plan: Plan) -> str:
    """The text that `parse_plan` reads back as `plan`. Weeks that are the same stand together."""
    parts: list[str] = []
    if plan.title:
        parts.append(f"Program: {plan.title}\n")
    if goal := plan.goal.strip():
        parts += [f"Goal: {part}".rstrip() + "\n" for part in _LINES.split(goal)]
    for days, numbers in groupby(enumerate(plan.weeks, 1), key=lambda week: week[1]):
        these = [number for number, _days in numbers]
        span = f"{these[0]}" if len(these) == 1 else f"{these[0]}-{these[-1]}"
        parts.append("\n" * bool(parts) + f"Week {span}\n")
        parts += [f"{write_day(day)}\n" for day in days]
    return "".join(parts)


def write_day(day: Day) -> str:
    sign = ":" if _TITLE_LIKE_A_SIGN.match(day.title) else ""
    head = f"Day {day.number}{sign} {day.title}".rstrip()
    return "\n".join([head, *(f"  {line}" for line in write_lines(day.lines))])


def write_lines(lines: Sequence[Line]) -> list[str]:
    """The lines of a day, the exercises of each superset numbered in their order."""
    counts: dict[str, int] = {}
    written = []
    for line in lines:
        place = ""
        if line.superset:
            counts[line.superset] = counts.get(line.superset, 0) + 1
            place = f"{line.superset}{counts[line.superset]} "
        written.append(place + write_line(line))
    return written
