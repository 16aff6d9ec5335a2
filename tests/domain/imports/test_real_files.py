"""Real exports that the project shares: what is in them, counted without our parser.

The numbers were counted with awk and are counted here a second time with a few lines of their own.
"""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from legtraining.domain.imports.reading import read_file
from tests.domain.imports.helpers import reasons, volume

FILES = Path(__file__).parents[3].parent / "shared/data/imports"
NOTHING = "The line has no repetitions and no time."


@dataclass(frozen=True)
class Known:
    app: str
    layout: str
    sessions: int
    sets: int
    volume: Decimal
    first: date
    last: date
    problems: tuple[int, ...]  # lines
    unit: str | None
    blocks: int


KNOWN = {
    "fitnotes/kgs_9col_2023_2025.csv": Known(
        "fitnotes", "unit column", 124, 2492, Decimal("814748.2"),
        date(2023, 11, 21), date(2025, 6, 22), (38, 39, 40), "kg", 799,
    ),
    "hevy/kg_supersets.csv": Known(
        "hevy", "weight_kg", 17, 330, Decimal(165952),
        date(2025, 5, 13), date(2025, 6, 30), (), "kg", 90,
    ),
    "strong/android_semicolon_2025.csv": Known(
        "strong", "numbered", 10, 159, Decimal("26834.2"),
        date(2024, 11, 28), date(2025, 9, 15), (15, 27, 82, 96, 123, 124, 126), "kg", 56,
    ),
    "strong/comma_10col_2026.csv": Known(
        "strong", "plain", 37, 666, Decimal("168413.8"),
        date(2026, 4, 24), date(2026, 7, 22), (), None, 165,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_a_real_file_comes_in_whole(name: str) -> None:
    known = KNOWN[name]
    parsed = read_file((FILES / name).read_bytes(), name, today=date(2026, 12, 31))
    assert (parsed.app, parsed.layout) == (known.app, known.layout)
    assert len(parsed.sessions) == known.sessions
    assert len(parsed.sets()) == known.sets
    assert volume(parsed) == known.volume
    assert parsed.sessions[0].started.date() == known.first
    assert parsed.sessions[-1].started.date() == known.last
    assert reasons(parsed) == [(line, NOTHING) for line in known.problems]
    assert {each.unit for each in parsed.sets() if each.weight} == {known.unit}
    assert sum(len(session.blocks) for session in parsed.sessions) == known.blocks
    assert parsed.lines == known.sets + len(known.problems)


def test_every_real_file_has_its_numbers() -> None:
    there = {f"{path.parent.name}/{path.name}" for path in FILES.glob("*/*")}
    assert there == set(KNOWN)


def _thousandths(text: str) -> Decimal:
    """What can be stored of a number: one weight is written as 12.900000000000034."""
    return Decimal(text or 0).quantize(Decimal("0.001"))


def _cells(app: str, row: dict[str, str]) -> tuple[str, str, str, str]:
    """Weight, repetitions, seconds and when, by hand for each app."""
    if app == "fitnotes":
        return row["Weight"], row["Reps"], row["Time"], row["Date"]
    if app == "hevy":
        return row["weight_kg"], row["reps"], row["duration_seconds"], row["start_time"]
    return row.get("Weight (kg)") or row.get("Weight", ""), row["Reps"], row["Seconds"], row["Date"]


@pytest.mark.parametrize("name", KNOWN)
def test_the_numbers_are_those_of_a_plain_count(name: str) -> None:
    known = KNOWN[name]
    with (FILES / name).open(newline="", encoding="utf-8") as file:
        separator = ";" if "semicolon" in name else ","
        rows = list(csv.DictReader(file, delimiter=separator))
    sets, total, starts, empty = 0, Decimal(0), set(), []
    number = _thousandths
    for line, row in enumerate(rows, 2):
        weight, reps, seconds, when = _cells(known.app, row)
        if number(reps) or seconds not in {"", "0", "0.0"}:
            sets += 1
            total += number(weight) * number(reps)
            starts.add(when)
        else:
            empty.append(line)
    assert (sets, total, len(starts)) == (known.sets, known.volume, known.sessions)
    assert tuple(empty) == known.problems


@pytest.mark.parametrize("name", KNOWN)
def test_every_set_is_the_line_it_says(name: str) -> None:
    known = KNOWN[name]
    text = (FILES / name).read_text(encoding="utf-8").split("\n")
    separator = ";" if "semicolon" in name else ","
    header = next(csv.reader(text[:1], delimiter=separator))
    parsed = read_file((FILES / name).read_bytes(), name)
    for session in parsed.sessions:
        for block in session.blocks:
            for each in block.sets:
                cells = next(csv.reader([text[each.line - 1]], delimiter=separator))
                row = dict(zip(header, cells, strict=True))
                weight, reps, _, when = _cells(known.app, row)
                assert (each.weight or 0) == _thousandths(weight)
                assert (each.reps or 0) == Decimal(reps or 0)
                assert block.name in row.values()
                if known.app != "hevy":
                    assert session.key.replace("T", " ") == when


def test_a_set_of_the_supersets_is_where_the_file_has_it() -> None:
    parsed = read_file((FILES / "hevy/kg_supersets.csv").read_bytes(), "hevy.csv")
    letters = [block.superset for session in parsed.sessions for block in session.blocks]
    assert set(letters) == {"", "A", "B"}
    for session in parsed.sessions:
        for letter in {block.superset for block in session.blocks} - {""}:
            assert sum(block.superset == letter for block in session.blocks) > 1
