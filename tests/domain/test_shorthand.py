"""legtraining.domain.shorthand and lines: a whole program as one text"""

import contextlib
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legtraining.domain.lines import Line, read_line, write_line
from legtraining.domain.reading import Reader
from legtraining.domain.rules import Double, Step
from legtraining.domain.setgroups import Basis, Load, SetGroup
from legtraining.domain.shorthand import Day, Mistakes, Plan, parse_plan, write_plan
from tests.domain.strategies import plans, written_lines

THREE = (SetGroup(3, 5, 5),)
TM75 = Load(Basis.TRAINING_MAX, Decimal(75))

EXAMPLE = """Week 1-3
Day 1 Squat
  Back Squat  3x5, 1x5+ @75% rest 3:00
  A1 Seated Leg Curl 3x8-12 @RIR2 tempo 3-1-1-0 ; double +2.5kg
  A2 Standing Calf Raise 3x10-15
"""
EXAMPLE_LINES = (
    Line(
        "Back Squat",
        (SetGroup(3, 5, 5, load=TM75), SetGroup(1, 5, 5, amrap=True, load=TM75)),
        rest_seconds=180,
    ),
    Line(
        "Seated Leg Curl",
        (SetGroup(3, 8, 12, rir=Decimal(2)),),
        superset="A",
        tempo="3-1-1-0",
        rule=Double(Step(Decimal("2.5"), "kg")),
    ),
    Line("Standing Calf Raise", (SetGroup(3, 10, 15),), superset="A"),
)


def mistakes(text):
    with pytest.raises(Mistakes) as raised:
        parse_plan(text)
    return raised.value.found


def first_line(text):
    ((day,),) = parse_plan(f"Day 1\n{text}").weeks
    return day.lines[0]


def test_the_example():
    day = Day(1, "Squat", EXAMPLE_LINES)
    assert parse_plan(EXAMPLE) == Plan(((day,), (day,), (day,)))


def test_the_example_knows_where_its_exercises_stand():
    lines = parse_plan(EXAMPLE).weeks[0][0].lines
    assert [(line.row, line.column) for line in lines] == [(3, 3), (4, 6), (5, 6)]


def test_the_example_is_written_as_it_was_read():
    assert write_plan(parse_plan(EXAMPLE)) == EXAMPLE.replace("Squat  3x5", "Squat 3x5")


# --- Round trips ----------------------------------------------------------------------------------


@given(plans())
def test_what_is_written_is_read_back(plan):
    assert parse_plan(write_plan(plan)) == plan


@given(written_lines)
def test_a_line_that_is_written_is_read_back(line):
    assert read_line(Reader(write_line(line)), 1) == replace(line, superset="")


NAMES = [
    *("Back Squat", "45-Degree Leg Press", "Standing Calf Raise (barbell on block)", "T-Bar, wide"),
    *("Week", "Weeks of pain", "Day of squats", "Program: x", "goal : x", "Programmed Squat"),
    *("A1", "A1 Squat", "B2) Squat", "c3: Squat", "A1squat", "Squat A1", "#1 Squat", "Squat #1"),
    *('"', '""', 'The "real" squat', '"Squat"', 'Squat"', "“Squat”", "Squat; slow", "Squat @ home"),
    *("Squat w", "Squat d", "Squat drop", "Squat warm-up", "w", "drop", "rest 2:00", "tempo 3010"),
    *("3x5", "Squat 3x5", "3x5 Squat", "Squat 3 x 5 kg", "Squat 5 x", "5", "Squat 5", "Squat 3x"),
    *("Squat  twice", "Squat,", ",", ";", "@60kg", "×", "Übung", "スクワット", "٣x٨", "x" * 80),
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_read_back(name):
    lines = tuple(
        Line(name, THREE, superset=superset, label=label)
        for superset in ("", "A")
        for label in ("", "w", "3x5")
    )
    plan = Plan(((Day(1, "", lines),),))
    assert parse_plan(write_plan(plan)) == plan


@pytest.mark.parametrize(
    "name", ["Back Squat", "45-Degree Leg Press", "T-Bar, wide", "Squat; slow", "Programmed Squat"]
)
def test_an_ordinary_name_needs_no_quotation_marks(name):
    assert write_line(Line(name, THREE)) == f"{name} 3x5"


@pytest.mark.parametrize("title", ["", "Legs", ": x", "- x", "—", ".5", "1", "Day 2", "3x5", '"'])
def test_any_title_is_read_back(title):
    plan = Plan(((Day(7, title, (Line("Squat", THREE),)), ),), title, title)  # fmt: skip
    assert parse_plan(write_plan(plan)) == plan


def test_the_same_weeks_stand_together():
    day = Day(1, "Legs", (Line("Squat", THREE),))
    other = Day(2, "", ())
    plan = Plan(((day,), (day,), (), (day, other), (day,)), "Title", "One.\n\nTwo.")
    text = (
        "Program: Title\nGoal: One.\nGoal:\nGoal: Two.\n\nWeek 1-2\nDay 1 Legs\n  Squat 3x5\n"
        "\nWeek 3\n\nWeek 4\nDay 1 Legs\n  Squat 3x5\nDay 2\n\nWeek 5\nDay 1 Legs\n  Squat 3x5\n"
    )
    assert write_plan(plan) == text
    assert parse_plan(text) == plan


PARTS = [
    *("Week 1", "Week 1-3", "week 2, 4:", "Weeks 1-2, 1", "Day 1", "day 2: Legs", "Day 1 – x"),
    *("Program: x", "Goal: y", "Goal:", "\n", "\n", "\n", "\n", "\r", "\t", "\u2028", "\u00a0"),
    *("Squat", "A1", "#top", "3x5", "1x5+ @75%", "w 2x5", ",", "@RIR2", "rest 2:00", "rest 90"),
    *("tempo 3010", '"note"', "“note”", '"', '""', ";", "; linear +5kg", "; reps +1 to 20", "kg"),
]


@given(st.text() | st.lists(st.sampled_from(PARTS), max_size=16).map(" ".join))
@example("Week 1, 1\nDay 1")
@example("Day 1\nGoal: a\u2028b\nGoal:\nGoal: c\nGoal:")
@example("Day 1\nA1 3x5 3x5")
@example("Day 1\n" + '"' * 51 + " 3x5")
@example("Day 1\nSquat 3x5 rest 2:00,")
def test_any_text_is_read_back_or_refused_with_its_places(text):
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        plan = parse_plan(text)
    except Mistakes as raised:
        found = raised.found
    else:
        assert parse_plan(write_plan(plan)) == plan
        return
    assert found
    for mistake in found:
        assert 1 <= mistake.row <= len(rows)
        assert 1 <= mistake.column <= len(rows[mistake.row - 1]) + 1


@pytest.mark.parametrize("start", ["", "Day 1\n", "Day 1\nSquat 3x5 ", 'Day 1\n"', "Week 1"])
@pytest.mark.parametrize(
    "part",
    [
        *("3x", "3x5 ", "3x5, ", "week ", "day 1 ", '"', '""', "“", "a #a ", " ", "@", "; ", "1-"),
        *("\n", "3x\n", "Day 1\n", "rest 2:00 ", '"" ', "Program: ", "w ", "A1 ", "-", "1, "),
    ],
)
def test_a_long_text_takes_no_time(start, part):
    text = start + part * (20_000 // len(part))
    began = time.process_time()
    with contextlib.suppress(Mistakes):
        write_plan(parse_plan(text))
    assert time.process_time() - began < 1


# --- Forms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Squat 3x5", Line("Squat", THREE)),
        ("  Back   Squat\t3x5  ", Line("Back Squat", THREE)),
        ("Back\u00a0Squat\u00a03x5", Line("Back Squat", THREE)),
        ('"A1 Squat" 3x5', Line("A1 Squat", THREE)),
        ("“A1 Squat” 3x5", Line("A1 Squat", THREE)),
        ('"The ""real"" one" 3x5', Line('The "real" one', THREE)),
        ("a1 Squat 3x5", Line("Squat", THREE, superset="A")),
        ("B12) Squat 3x5", Line("Squat", THREE, superset="B")),
        ("A1: Squat 3x5", Line("Squat", THREE, superset="A")),
        ("Squat #heavy 3x5", Line("Squat", THREE, label="heavy")),
        ('"Squat" #heavy 3x5', Line("Squat", THREE, label="heavy")),
        ("Squat 3x5 rest 3:00", Line("Squat", THREE, rest_seconds=180)),
        ("Squat 3x5, rest 90", Line("Squat", THREE, rest_seconds=90)),
        ("Squat 3x5 rest 90s", Line("Squat", THREE, rest_seconds=90)),
        ("Squat 3x5 rest 2 min", Line("Squat", THREE, rest_seconds=120)),
        ("Squat 3x5 rest 0", Line("Squat", THREE, rest_seconds=0)),
        ("Squat 3x5 Rest 0:05", Line("Squat", THREE, rest_seconds=5)),
        ("Squat 3x5 tempo 30x1", Line("Squat", THREE, tempo="30X1")),
        ('Squat 3x5 "low bar"', Line("Squat", THREE, note="low bar")),
        ("Squat 3x5, “low bar”,", Line("Squat", THREE, note="low bar")),
        ("Squat 3x5 „tief“", Line("Squat", THREE, note="tief")),
        ('Squat 3x5 "say ""up"""', Line("Squat", THREE, note='say "up"')),
        ('Squat 3x5 "note", tempo 3010, rest 1:00',
         Line("Squat", THREE, note="note", tempo="3010", rest_seconds=60)),
        ('Squat 3x5 "a; b" ; double +2.5kg',
         Line("Squat", THREE, note="a; b", rule=Double(Step(Decimal("2.5"), "kg")))),
    ],
)  # fmt: skip
def test_reads_a_line(text, line):
    assert first_line(text) == line


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("Day 1", ""),
        ("Day 1 Squat", "Squat"),
        ("day 1: Squat", "Squat"),
        ("DAY 1 – Squat", "Squat"),
        ("Day 1. Squat", "Squat"),
        ("Day 1 — Squat", "Squat"),
        ("Day 1: - Squat", "- Squat"),
    ],
)
def test_reads_the_header_of_a_day(header, title):
    assert parse_plan(header) == Plan(((Day(1, title),),))


@pytest.mark.parametrize(
    ("header", "weeks"),
    [
        ("Week 1", [1]),
        ("Week 1:", [1]),
        ("weeks 1-3", [1, 2, 3]),
        ("Week 1 – 3", [1, 2, 3]),
        ("Week 1, 3", [1, 3]),
        ("Week 1-2, 4", [1, 2, 4]),
        ("Week 1-2, 1, 2-3", [1, 2, 3]),
    ],
)
def test_reads_the_header_of_weeks(header, weeks):
    plan = parse_plan(f"Week 1-4\n{header}\nDay 1 Legs")
    assert [week for week, days in enumerate(plan.weeks, 1) if days] == weeks
    assert all(len(days) <= 1 for days in plan.weeks)


def test_a_week_may_be_written_in_parts_and_its_days_in_any_order():
    plan = parse_plan("Week 1-2\nDay 3 C\nDay 1 A\nWeek 2\nDay 2 B")
    assert [[day.title for day in week] for week in plan.weeks] == [["A", "C"], ["A", "B", "C"]]


def test_titles_and_goals_may_stand_anywhere():
    plan = parse_plan("Goal: One.\nDay 1\nProgram: Legs\nGoal: Two.")
    assert (plan.title, plan.goal) == ("Legs", "One.\nTwo.")


# --- Mistakes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row", "column", "because"),
    [
        ("", 1, 1, "Write at least one day, for example “Day 1 Squat”."),
        ("Week 1-3\n\n", 3, 1, "Write at least one day"),
        ("Squat 3x5", 1, 1, "Write “Day 1” before the first exercise."),
        ("Day 1\nSquat 3x5\nWeek 2\n A1 Squat 3x5", 4, 5, "Write “Day 1” before the first"),
        ("Day 0", 1, 1, "A week has days 1 to 7."),
        ("Day 8", 1, 1, "A week has days 1 to 7."),
        ("Day one", 1, 1, "“Day one” is neither a week nor a day."),
        ("  Week", 1, 3, "“Week” is neither a week nor a day."),
        ("Day 1\nWeek two\nDay 1", 2, 1, "“Week two” is neither a week nor a day."),
        ("Day 1 " + "x" * 61, 1, 7, "Write a title in at most 60 characters."),
        ("Week 0\nDay 1", 1, 6, "Weeks go from 1 to 52, the smaller number first."),
        ("Week 53\nDay 1", 1, 6, "Weeks go from 1 to 52"),
        ("Week 1, 3-2\nDay 1", 1, 9, "Weeks go from 1 to 52"),
        ("Week 1 and 3\nDay 1", 1, 8, "“and 3” is not a week. Write “Week 1”, “Week 1-3”"),
        ("Week 1: Heavy\nDay 1", 1, 7, "“: Heavy” is not a week."),
        ("Week 1\nDay 1\n\nWeek 3\nDay 1", 4, 1, "Week 3 is written, week 2 is missing."),
        ("Day 1\nDay 2\nDay 1", 3, 1, "Week 1 has a day 1 already, in line 1."),
        ("Week 1-3\nDay 1\nWeek 2\nDay 1", 4, 1, "Week 2 has a day 1 already, in line 2."),
        ("Program: a\nProgram: b\nDay 1", 2, 1, "The name of the program is written twice."),
        ("Program: " + "x" * 101 + "\nDay 1", 1, 1, "Write at most 100 characters here."),
        ("Goal: " + "x" * 1001 + "\nDay 1", 1, 1, "Write at most 1000 characters here."),
        ("Day 1\nSquat", 2, 6, "After the exercise come its sets × reps, for example 3x8-12."),
        ("Day 1\n  A1 Squat  ", 2, 11, "After the exercise come its sets × reps"),
        ("Day 1\n3x5", 2, 1, "Write the exercise before its sets."),
        ("Day 1\nA1 3x5", 2, 4, "Write the exercise before its sets."),
        ('Day 1\n"" 3x5', 2, 1, "Write the exercise before its sets."),
        ('Day 1\n"Squat 3x5', 2, 1, "This quotation mark has no second one that closes it."),
        ("Day 1\n" + "x" * 81 + " 3x5", 2, 1, "This name is too long."),
        ("Day 1\nSquat #" + "x" * 21 + " 3x5", 2, 1, "This name is too long."),
        ("Day 1\nSquat 3x12-8", 2, 7, "“3x12-8”: write 1 to 200 repetitions"),
        ("Day 1\nSquat 3x8/leg", 2, 10, "“/leg” cannot be read here. After the sets come a load"),
        ("Day 1\nSquat 3x8 @60", 2, 12, "“60”: write the unit behind it: kg, lb or %."),
        ("Day 1\nSquat 3x8 60kg", 2, 11, "“60kg” cannot be read here."),
        ("Day 1\nSquat 3x5 rest 1:00 rest 2:00", 2, 21, "The rest is written twice."),
        ("Day 1\nSquat 3x5 rest 15:01", 2, 11, "Rest is at most 900 seconds."),
        ("Day 1\nSquat 3x5 rest 3", 2, 11, "“rest 3”: write the unit, “rest 2 min” or"),
        ("Day 1\nSquat 3x5 rest", 2, 11, "“rest” cannot be read here."),
        ("Day 1\nSquat 3x5 tempo 3", 2, 17, "Write a tempo as four numbers"),
        ("Day 1\nSquat 3x5 tempo 3010 tempo 3010", 2, 22, "The tempo is written twice."),
        ('Day 1\nSquat 3x5 "a" "b"', 2, 15, "The note is written twice."),
        ('Day 1\nSquat 3x5 "a', 2, 11, "This quotation mark has no second one that closes it."),
        ('Day 1\nSquat 3x5 "' + "x" * 201 + '"', 2, 11, "Write at most 200 characters here."),
        ("Day 1\nSquat 3x5 ; faster", 2, 13, "“faster” is not a progression."),
        ("Day 1\nSquat 3x5 ; linear +5", 2, 20, "Write by how much, for example +2.5kg"),
        ("Day 1\nSquat 3x5 ; linear +5kg rest 2:00", 2, 25, "“rest” does not belong to this"),
        ("Day 1" + "\nSquat 3x5" * 21, 22, 1, "A day has at most 20 exercises."),
    ],
)  # fmt: skip
def test_says_what_cannot_be_read_and_where(text, row, column, because):
    (mistake,) = mistakes(text)
    assert (mistake.row, mistake.column) == (row, column)
    assert str(mistake.refusal).startswith(because)


def test_all_mistakes_are_found_and_none_follows_from_another():
    found = mistakes(
        "Week one\nDay 1\nSquat 3x5\nWeek 2\nDay 9 Legs\nSquat 3x5\nSquat\nDay 1\nSquat 3x5 @60"
    )
    assert [(mistake.row, mistake.column) for mistake in found] == [(1, 1), (5, 1), (7, 6), (9, 12)]


def test_after_a_hundred_mistakes_nobody_reads_on():
    assert len(mistakes("Day 1\n" + "Squat\n" * 100_000)) == 100


def test_the_error_itself_names_every_place():
    with pytest.raises(Mistakes, match=r"^2:6 After the exercise .*; 3:6 After the exercise"):
        parse_plan("Day 1\nSquat\nSquat")


def test_a_percent_sign_in_what_was_typed_is_shown_as_it_is():
    (mistake,) = mistakes("Day 1\nSquat 3x5 100%(part)s")
    assert "“100%(part)s” cannot be read here." in str(mistake.refusal)
