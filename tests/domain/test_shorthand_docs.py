"""docs/shorthand.md: what it says can be written can be read"""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.setgroups import parse_sets
from legtraining.domain.shorthand import Mistakes, parse_plan, write_plan
from tests.domain.simulate import nth, play

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/shorthand.md").read_text("utf-8")
PROGRAMS = re.findall(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
FACTS = tomllib.loads((ROOT / "exercises/library/facts.toml").read_text("utf-8"))["exercises"]
NAMES = {name for facts in FACTS.values() for name in (facts["name"], *facts["aliases"])}


def rows(title):
    """The cells of the tables under a heading, without those under the next one."""
    section = re.search(rf"^#+ {title}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)[1]
    cells = [
        [cell.strip() for cell in re.split(r" \| ", line.strip("| "))]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    return [row for row in cells if not set(row[0]) <= set("-|") and row[0] != "You write"]


def written(title):
    found = [re.fullmatch("`(.*)`", row[0])[1] for row in rows(title)]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_whole_program_is_read_and_written(text):
    plan = parse_plan(text)
    assert parse_plan(write_plan(plan)) == plan
    assert {line.exercise for days in plan.weeks for day in days for line in day.lines} <= NAMES


def test_the_known_programs_are_there():
    assert len(PROGRAMS) == 7


@pytest.mark.parametrize("header", written("Programs, weeks and days"))
def test_a_header_can_be_read(header):
    assert parse_plan(f"Week 1-9\nDay 7 Legs\n{header}").weeks


@pytest.mark.parametrize("line", written("An exercise"))
def test_a_line_can_be_read(line):
    assert parse_plan(f"Day 1\n{line}").weeks[0][0].lines


@pytest.mark.parametrize(
    "sets", written("Sets, repetitions and seconds") + written("Load and effort")
)
def test_sets_can_be_read(sets):
    assert parse_sets(sets)


@pytest.mark.parametrize("rule", written("Progression"))
def test_a_rule_can_be_read_and_is_written_like_that(rule):
    assert str(parse_rule(rule)) == rule


@pytest.mark.parametrize(("text", "place", "because"), rows("Mistakes"))
def test_a_mistake_is_answered_like_that(text, place, because):
    with pytest.raises(Mistakes) as raised:
        parse_plan(text.strip("`").replace(" / ", "\n"))
    (mistake,) = raised.value.found
    assert f"{mistake.row}, {mistake.column}" == place
    assert str(mistake.refusal) == because


# Line, what was done, and what is asked next according to the worked examples.
EXAMPLES = [
    (
        "3x5 @60kg ; linear +2.5kg, -10% after 2",
        [[5, 5, 5], [5, 5, 4], [5, 5], [5, 4, 4]],
        ["3x5 @62.5", "3x5 @62.5", "3x5 @62.5", "3x5 @55"],
    ),
    (
        "3x8-12 @40kg ; double +2.5kg",
        [[12, 11, 9], [12, 12, 12]],
        ["3x8-12 @40", "3x8-12 @42.5"],
    ),
    ("3x10 @50kg ; 2for2 +5kg", [[10, 10, 12], [10, 10, 13]], ["3x10 @50", "3x10 @55"]),
    (
        "2x5, 1x5+ @80kg ; amrap 5+: +2.5kg, 10+: +5kg",
        [[5, 5, 11]],
        ["2x5 @85, 1x5+ @85"],
    ),
    (
        "4x3 @100kg ; stages +5kg / 6x2 / restart 85%",
        [[3, 3, 3, 2], [2, 2, 2, 2, 1, 1]],
        ["6x2 @100", "4x3 @85"],
    ),
    ("3x5 @60kg ; weekly +2.5kg", [[1, 1, 1], [5, 5, 5]], ["3x5 @62.5", "3x5 @65"]),
    ("2x30s ; reps +5 to 60", [[30, 34]], ["2x35s"]),
]


@pytest.mark.parametrize(("line", "done", "following"), EXAMPLES)
def test_a_worked_example_goes_like_that(line, done, following):
    assert f"`{line}`" in TEXT
    course = play(
        f"Week 1-{len(done) + 1}\nDay 1\nSquat {line}",
        nth("Squat", dict(enumerate(done, 1)), days=1),
    )
    assert course.asked("Squat")[1:] == following


def test_the_worked_example_of_a_test_goes_like_that():
    course = play("Day 1\nSquat 1x5 @100kg ; test 90%")
    assert course.state("Squat").weight == Decimal("105.03")
    assert "training max 105.03 (1RM 116.7)" in TEXT


def test_the_worked_example_of_a_cycle_goes_like_that():
    text = "Week 1-6\nDay 1\nSquat 1x3+ @90% ; cycle +5kg every 3 weeks"
    assert play(text, maxes={"Squat": 100}).maxes("Squat") == [100, 100, 105, 105, 105, 110]
