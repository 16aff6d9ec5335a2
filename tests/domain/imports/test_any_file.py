"""Whatever is sent in is a log or refused, and a log comes back as it was."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.imports.reading import read_file
from legtraining.domain.refusal import Refusal
from tests.domain.imports import test_fitnotes, test_hevy, test_strong
from tests.domain.imports.helpers import at

HEADERS = [
    test_strong.NUMBERED, test_strong.UNITS, test_strong.PLAIN, test_hevy.HEADER, test_fitnotes.NEW,
    test_fitnotes.IOS, test_fitnotes.TIMED,
    "### EXERCISE LOGS ###\nmydate,ename,logs,belongsession",
    "Date (yyyy/mm/dd),Workout,Exercise,Start Time,Set 1 (Reps),Set 1 (KG)",
    "Date,Note,Exercise 1,Weight (KG),Set 1,Set 2,Exercise 2,Weight (LB),Set 1",
]  # fmt: skip
PIECES = st.sampled_from(
    [",", ";", "\n", "\r", '"', "\t", "0", "1", "2024-05-06", "28 Mar 2025, 17:29", "7:00 PM", "8",
     "62,5", "Squat", "W", "x", "60x5", "kg", "-", " ", "é", "Note", "#", "### A ###", "="]
)  # fmt: skip


def check(data: bytes) -> Parsed | None:
    try:
        parsed = read_file(data, "log.csv", today=date(2026, 1, 1))
    except Refusal:
        return None
    for session in parsed.sessions:
        assert session.blocks
        for block in session.blocks:
            assert block.name
            assert block.sets
    for each in parsed.sets():
        assert each.reps or each.seconds
        assert each.weight is None or 0 <= each.weight <= 2000
        assert each.reps is None or 1 <= each.reps <= 200
        assert each.seconds is None or 1 <= each.seconds <= 7200
        assert each.kind in {"warmup", "work", "drop", "amrap", "failed"}
    keys = [session.key for session in parsed.sessions]
    assert len(keys) == len(set(keys))
    for problem in parsed.problems:
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert len(problem.text) <= 80
    return parsed


@given(st.binary(max_size=300))
def test_any_bytes_are_a_log_or_refused(data: bytes) -> None:
    check(data)
    check(b"PK\x03\x04" + data)
    check(b"{" + data)


@given(st.sampled_from(HEADERS), st.lists(PIECES, max_size=60))
def test_any_text_under_a_known_header_is_a_log_or_refused(header: str, text: list[str]) -> None:
    check((header + "\n" + "".join(text)).encode())


@given(st.sampled_from(HEADERS), st.lists(st.lists(PIECES, max_size=3), max_size=40))
def test_any_cells_under_a_known_header_are_a_log_or_refused(
    header: str, cells: list[list[str]]
) -> None:
    separator = ";" if ";" in header.rsplit("\n", maxsplit=1)[-1] else ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    width = header.rsplit("\n", maxsplit=1)[-1].count(separator) + 1
    for first in range(0, len(cells), width):
        writer.writerow("".join(cell) for cell in cells[first : first + width])
    check((header + "\n" + out.getvalue()).encode())


@dataclass(frozen=True)
class Made:
    """A set as it was made up: when, of what, and what."""

    start: datetime
    name: str
    number: int
    weight: Decimal
    reps: int


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)


@st.composite
def logs(draw: st.DrawFn) -> list[Made]:
    """Trainings on different days, of exercises with different names, newest first."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        start = at("2020-01-01 07:30") + timedelta(days=number)
        for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
            for order in range(1, draw(st.integers(1, 3)) + 1):
                weight = draw(st.decimals(0, 500, places=1))
                made.append(Made(start, name, order, weight, draw(st.integers(1, 200))))
    return made


type Cells = dict[str, str]


def strong(each: Made) -> Cells:
    return {
        "Date": f"{each.start}", "Workout Name": "A", "Exercise Name": each.name,
        "Set Order": f"{each.number}", "Weight (kg)": f"{each.weight}", "Reps": f"{each.reps}",
        "Notes": "", "RPE": "",
    }  # fmt: skip


def hevy(each: Made) -> Cells:
    return {
        "title": "A", "start_time": f"{each.start:%d %b %Y, %H:%M}", "exercise_title": each.name,
        "set_index": f"{each.number - 1}", "set_type": "normal", "weight_kg": f"{each.weight}",
        "reps": f"{each.reps}", "rpe": "",
    }  # fmt: skip


def fitnotes(each: Made) -> Cells:
    return {
        "Date": f"{each.start:%Y-%m-%d}", "Exercise": each.name, "Category": "Legs",
        "Weight": f"{each.weight}", "Weight Unit": "kgs", "Reps": f"{each.reps}", "Time": "",
    }  # fmt: skip


def stronglifts(each: Made) -> Cells:
    return {
        "Date (yyyy/mm/dd)": f"{each.start:%Y/%m/%d}", "Exercise": each.name,
        "Start Time (h:mm)": f"{each.start:%I:%M %p}", "Set 1 (Reps)": f"{each.reps}",
        "Set 1 (KG)": f"{each.weight}",
    }  # fmt: skip


def written(  # every way in which a table may be written
    rows: list[Cells], *, separator: str, quoting: int, end: str, encoding: str, order: int
) -> bytes:
    names = list(rows[0])
    random.Random(order).shuffle(names)
    out = io.StringIO()
    writer = csv.DictWriter(
        out,
        names,
        delimiter=separator,
        quoting=quoting,
        lineterminator=end,  # type: ignore[arg-type]
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("app", [strong, hevy, fitnotes, stronglifts])
@given(
    made=logs(),
    separator=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    order=st.integers(0, 99),
)
def test_a_log_comes_back_as_it_was_however_its_table_is_written(
    app: Callable[[Made], Cells],
    made: list[Made],
    separator: str,
    quoting: int,
    end: str,
    encoding: str,
    order: int,
) -> None:
    data = written(
        [app(each) for each in made],
        separator=separator, quoting=quoting, end=end, encoding=encoding, order=order,
    )  # fmt: skip
    parsed = check(data)
    assert parsed is not None
    assert parsed.app == app.__name__
    assert parsed.problems == ()
    found = [
        (session.started.date(), block.name, each.weight, each.reps, each.unit)
        for session in parsed.sessions
        for block in session.blocks
        for each in block.sets
    ]
    assert found == [(each.start.date(), each.name, each.weight, each.reps, "kg") for each in made]
