"""StrongLifts' exports. The samples are invented."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.domain.imports.helpers import at, in_short, lines, read, reasons, told

NOW = (
    "Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,SetsxReps,"
    "SetsxTime,Top Set Reps x KG,e1RM  (KG),Reps,Volume (KG),Workout Volume (KG),Duration (hours),"
    "Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps), Set 1 (KG),Set 2 (Reps), Set 2 (KG),"
    "Set 3 (Reps), Set 3 (KG)"
)
LEAN = "Date (yyyy/mm/dd),Workout,Workout Name,Exercise,Notes,Set 1 (Reps),Set 1 (LB)"
OLD = (
    "Date,Note,Body Weight (KG),Body Weight (LB),"
    "Exercise 1,Weight (KG),Weight (LB),Set 1,Set 2,Set 3,"
    "Exercise 2,Weight (KG),Weight (LB),Set 1,Set 2,Set 3"
)


def test_a_line_an_exercise() -> None:
    start = '"2015/05/25","1","Workout A","","87",'
    rest = '"5x5","","5x20","24.7","25","500","1562.5","1","7:37 PM","8:37 PM","Second week",'
    parsed = read(
        lines(
            NOW,
            start + '"Squat",' + rest + '"5","20","5","22.5","0","22.5"',
            start + '"Bench Press",' + rest + '"5","30","4","30","",""',
        )
    )
    (session,) = parsed.sessions
    assert (parsed.app, parsed.layout) == ("stronglifts", "line an exercise")
    assert session.started == at("2015-05-25 19:37")
    assert (session.title, session.note) == ("Workout A", "Second week")
    assert session.duration == timedelta(hours=1)
    assert in_short(parsed) == [("2015-05-25T19:37:00", [("Squat", 2), ("Bench Press", 2)])]
    assert [told(each) for each in session.blocks[0].sets] == [
        (Decimal(20), "kg", 5, None, "work"),
        (Decimal("22.5"), "kg", 5, None, "work"),
    ]


def test_pounds_and_no_times() -> None:
    (session,) = read(lines(LEAN, '2026/01/02,1,"Workout A",Squat,"",5,135')).sessions
    assert (session.key, session.has_time, session.duration) == ("2026-01-02", False, None)
    assert told(session.blocks[0].sets[0]) == (Decimal(135), "lb", 5, None, "work")


def test_two_trainings_of_a_day_by_their_times() -> None:
    header = "Date,Workout Name,Exercise,Start Time,Set 1 (Reps),Set 1 (KG)"
    rows = [
        f"2026/01/02,{name},Squat,{at},5,60" for name, at in (("B", "9:30 PM"), ("A", "7:00 AM"))
    ]
    parsed = read(lines(header, *rows))
    assert [(each.key, each.title) for each in parsed.sessions] == [
        ("2026-01-02T07:00:00", "A"),
        ("2026-01-02T21:30:00", "B"),
    ]


def test_a_line_a_training() -> None:
    parsed = read(
        lines(
            OLD,
            "05/25/15,felt good,87,,Squat,60,,5,5,5,Overhead Press,,95,5,4,",
            "05/27/15,,,,Deadlift,100,,5,,,,,,,,",
        )
    )
    assert parsed.layout == "line a training"
    assert in_short(parsed) == [
        ("2015-05-25", [("Squat", 3), ("Overhead Press", 2)]),
        ("2015-05-27", [("Deadlift", 1)]),
    ]
    assert parsed.sessions[0].note == "felt good"
    assert told(parsed.sessions[0].blocks[1].sets[1]) == (Decimal(95), "lb", 4, None, "work")
    assert reasons(parsed) == []


def test_the_old_layout_is_american_unless_it_shows_otherwise() -> None:
    row = "{},,,,Squat,60,,5,,,,,,,,"
    assert in_short(read(lines(OLD, row.format("05/06/15"))))[0][0] == "2015-05-06"
    days = in_short(read(lines(OLD, row.format("05/06/15"), row.format("25/06/15"))))
    assert [key for key, _ in days] == ["2015-06-05", "2015-06-25"]


def test_problems_are_told_set_by_set() -> None:
    parsed = read(
        lines(
            LEAN.replace("Set 1 (LB)", "Set 1 (LB),Set 2 (Reps),Set 2 (LB)"),
            "2026/01/02,1,A,Squat,,5,135,999,135",
            "2026/01/02,1,A,Bench Press,,,,0,135",
            "soon,1,A,Row,,5,135,,",
        )
    )
    assert reasons(parsed) == [
        (2, "There are more than 200 repetitions."),
        (3, "The line has no repetitions and no time."),
        (4, "The date cannot be read."),
    ]
    assert in_short(parsed) == [("2026-01-02", [("Squat", 1)])]


@pytest.mark.parametrize(
    ("hours", "expected"), [("0.5", timedelta(minutes=30)), ("", None), ("x", None), ("0", None)]
)
def test_a_duration_in_hours(hours: str, expected: timedelta | None) -> None:
    header = "Date,Exercise,Duration (hours),Start Time,Set 1 (Reps),Set 1 (KG)"
    (session,) = read(lines(header, f"2026/01/02,Squat,{hours},7:00 AM,5,60")).sessions
    assert session.duration == expected
