"""One exercise of a program, as a trainer writes it in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from legtraining.domain.prescription import parse_tempo
from legtraining.domain.reading import ANY_SPACE, Reader, Unreadable
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.rules import Rule
from legtraining.domain.setgroups import GROUP, SetGroup, read_groups, write_sets

MAX_NOTE = 200
MAX_NAME = 80
MAX_LABEL = 20
MAX_REST = 900


@dataclass(frozen=True)
class Line:
    """One exercise of a day. `row` and `column` say where its name stands, counted from 1."""

    exercise: str
    groups: tuple[SetGroup, ...]
    superset: str = ""
    label: str = ""
    tempo: str = ""
    rest_seconds: int | None = None
    note: str = ""
    rule: Rule | None = None
    row: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


_SUPERSET = re.compile(r"(?P<letter>[A-Za-z])\d{1,2}[.):]?\s+", re.ASCII)
# Phones turn straight quotation marks into curly ones.
_QUOTED = re.compile(r'"(?P<text>(?:[^"]|"")*)"(?!")|[“„](?P<curly>[^“”]*)[“”]')
_QUOTES = re.compile(r"[\"“„]")
_SETS_BEGIN = re.compile(rf"(?:^|(?<=\s))(?={GROUP.pattern})", re.IGNORECASE | re.ASCII)
_LOOKS_LIKE_SETS = re.compile(r"(?:^|\s)(?=\d{1,4}\s*[x×*])", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"#(?P<label>[\w-]+)(?=\s|$)")
_LABEL_END = re.compile(r"\s#(?P<label>[\w-]+)\s*$")
_REST = re.compile(
    r"rest\s*(?:(?P<minutes>\d{1,2}):(?P<rest>[0-5]\d)|(?P<number>\d{1,4})\s*(?P<unit>min|m|s|sec)?)"
    r"(?=[\s;,\"“]|$)",
    re.IGNORECASE | re.ASCII,
)
_TEMPO = re.compile(r"tempo\s+(?P<tempo>[^\s;\"“,]+)", re.IGNORECASE)
_RULE = re.compile(";")
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
# What a line begins with that is no exercise, see `shorthand`.
_NO_EXERCISE = re.compile(r"(?:weeks?|day)\b|(?:program|goal)\s*:", re.IGNORECASE)
_COMMA = re.compile(",")


def short(reader: Reader, text: str, most: int, at: int = 0) -> str:
    if len(text) > most:
        raise reader.refuse(gettext_noop("Write at most %(most)s characters here."), at, most=most)
    return text


def read_line(reader: Reader, row: int) -> Line:
    superset = ""
    if match := reader.take(_SUPERSET):
        superset = match["letter"].upper()
    column = reader.at + 1
    name, label = _read_name(reader)
    groups = tuple(read_groups(reader))
    line = Line(name, groups, superset, label, row=row, column=column)
    return _read_rest(reader, line)


def _read_name(reader: Reader) -> tuple[str, str]:
    start, label = reader.at, ""
    if (quoted := _read_quoted(reader)) is not None:
        name = quoted
        if given := reader.take(_LABEL):
            label = given["label"]
    else:
        match = _SETS_BEGIN.search(reader.text, reader.at) or _LOOKS_LIKE_SETS.search(
            reader.text, reader.at
        )
        if match is None and _WEEKDAY.match(reader.text, reader.at):
            raise reader.refuse(
                gettext_noop("Write “Day 1 %(part)s”: days have numbers, the title stands behind."),
                part=reader.text[reader.at :].strip()[:40],
            )
        if match is None:
            raise Unreadable(
                gettext_noop("After the exercise come its sets × reps, for example 3x8-12."),
                len(reader.text.rstrip()) + 1,
            )
        name = reader.text[reader.at : match.start()]
        if given := _LABEL_END.search(name):
            name, label = name[: given.start()], given["label"]
        name = " ".join(name.split())
        reader.at = match.start()
        reader.skip()
    if not name:
        raise reader.refuse(gettext_noop("Write the exercise before its sets."), start)
    if len(name) > MAX_NAME or len(label) > MAX_LABEL:
        raise reader.refuse(gettext_noop("This name is too long."), start)
    return name, label


def _read_quoted(reader: Reader) -> str | None:
    """What stands in quotation marks, in which a doubled one is one; None where none begin."""
    if match := reader.take(_QUOTED):
        return (match["curly"] or (match["text"] or "").replace('""', '"')).strip()
    if reader.sees(_QUOTES):
        raise reader.refuse(gettext_noop("This quotation mark has no second one that closes it."))
    return None


def _read_rest(reader: Reader, line: Line) -> Line:
    """Rest, tempo and note in any order, each once, and the progression at the end."""
    while not reader.ended():
        start = reader.at
        if reader.take(_COMMA) and reader.ended():
            break
        if reader.take(_RULE):
            return replace(line, rule=_read_rule(reader))
        if match := reader.take(_REST):
            if line.rest_seconds is not None:
                raise reader.refuse(gettext_noop("The rest is written twice."), start)
            line = replace(line, rest_seconds=_rest(reader, match, start))
        elif match := reader.take(_TEMPO):
            if line.tempo:
                raise reader.refuse(gettext_noop("The tempo is written twice."), start)
            line = replace(line, tempo=_tempo(match))
        elif (note := _read_quoted(reader)) is not None:
            if line.note:
                raise reader.refuse(gettext_noop("The note is written twice."), start)
            line = replace(line, note=short(reader, note, MAX_NOTE, start))
        else:
            raise reader.refuse(
                gettext_noop(
                    "“%(part)s” cannot be read here. After the sets come a load (@60kg, @75%%, "
                    "@RIR2), “rest 2:00”, “tempo 3-1-1-0”, a note in quotation marks, and behind a "
                    "semicolon the progression."
                ),
                part=reader.word,
            )
    return line


def _read_rule(reader: Reader) -> Rule:
    try:
        rule = parse_rule(reader.text[reader.at :])
    except Unreadable as refusal:
        refusal.column += reader.at
        raise
    reader.at = len(reader.text)
    return rule


def _rest(reader: Reader, match: re.Match[str], start: int) -> int:
    if match["minutes"]:
        seconds = int(match["minutes"]) * 60 + int(match["rest"])
    else:
        seconds = int(match["number"])
        if 0 < seconds < 10 and not match["unit"]:
            raise reader.refuse(
                gettext_noop("“%(part)s”: write the unit, “rest 2 min” or “rest 90 s”."),
                start,
                part=match[0].strip(),
            )
        seconds *= 60 if (match["unit"] or "").lower().startswith("m") else 1
    if seconds > MAX_REST:
        raise reader.refuse(gettext_noop("Rest is at most %(most)s seconds."), start, most=MAX_REST)
    return seconds


def _tempo(match: re.Match[str]) -> str:
    try:
        parse_tempo(match["tempo"])
    except Refusal as refusal:
        raise Unreadable(refusal.sentence, match.start("tempo") + 1, **refusal.values) from None
    return match["tempo"].upper()


def write_line(line: Line) -> str:
    """One exercise without the letter of its superset."""
    parts = [_write_name(line.exercise)]
    if line.label:
        parts.append(f"#{line.label}")
    parts.append(write_sets(line.groups))
    if line.rest_seconds is not None:
        parts.append(f"rest {line.rest_seconds // 60}:{line.rest_seconds % 60:02d}")
    if line.tempo:
        parts.append(f"tempo {line.tempo}")
    if line.note:
        parts.append(_quote(line.note))
    if line.rule is not None:
        parts.append(f"; {line.rule}")
    return " ".join(parts)


def _write_name(name: str) -> str:
    """`name` as it is where it is read back so, otherwise in quotation marks."""
    if _NO_EXERCISE.match(name) or _SUPERSET.match(f"{name} "):
        return _quote(name)
    try:
        read = _read_name(Reader(f"{name} 1x1"))
    except Unreadable:
        return _quote(name)
    return name if read == (name, "") else _quote(name)


def _quote(text: str) -> str:
    return '"{}"'.format(ANY_SPACE.sub(" ", text).replace('"', '""'))
