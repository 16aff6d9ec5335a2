"""FitNotes' exports. The samples are invented."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.domain.imports.helpers import at, in_short, lines, read, reasons, told

OLD = "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time"
OLD_LBS = "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time,Comment"
NEW = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"
IOS = "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind"
TIMED = (
    "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,Status,"
    "IsWarmup,RPE,RIR,Categories,Note"
)


def test_the_old_layout_has_its_unit_in_the_heading() -> None:
    parsed = read(
        lines(OLD, "2018-01-14,Squat,Legs,100.0,5,,,", "2018-01-14,Plank,Abs,,,,,0:01:30")
    )
    (session,) = parsed.sessions
    assert (parsed.app, parsed.layout) == ("fitnotes", "unit in heading")
    assert (session.key, session.has_time) == ("2018-01-14", False)
    assert session.started == at("2018-01-14 12:00")
    assert [told(each) for each in parsed.sets()] == [
        (Decimal(100), "kg", 5, None, "work"),
        (None, None, None, 90, "work"),
    ]
    assert [block.category for block in session.blocks] == ["Legs", "Abs"]
    assert read(lines(OLD_LBS, "2018-01-14,Squat,Legs,225,5,,,,")).sets()[0].unit == "lb"


def test_the_new_layout_has_a_column_of_units_and_comments() -> None:
    parsed = read(
        lines(
            NEW,
            '2023-11-21,Squat,Legs,100.0,kgs,5,,,,"deep, slow"',
            "2023-11-21,Squat,Legs,225.0,lbs,5,,,,",
            '2023-11-21,Run,Cardio,,,,2.5,km,0:20:00,""',
        )
    )
    assert parsed.layout == "unit column"
    assert [(each.unit, each.note) for each in parsed.sets()] == [
        ("kg", "deep, slow"), ("lb", ""), (None, "2.5 km"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name", "note"),
    [
        ("2023-11-21,Squat, Low Bar,Legs,100,kgs,5,,,,", "Squat, Low Bar", ""),
        ("2023-11-21,Squat, Low Bar, Wide,Legs,100,kgs,5,,,,ok", "Squat, Low Bar, Wide", "ok"),
        ("2023-11-21,Squat,Legs,100,kgs,5,,,,good, but late", "Squat", "good, but late"),
        ("2023-11-21,Squat, Low,Legs,100,kgs,5,,,,a, b", "Squat, Low", "a, b"),
        ("2023-11-21,Plank, Side,Abs,,,,,,0:01:00,", "Plank, Side", ""),
        ("2023-11-21,Plank,Abs,,,,,,60,1,5", "Plank", "1,5"),
    ],
)
def test_commas_without_quotes_are_put_back_where_they_belong(
    line: str, name: str, note: str
) -> None:
    parsed = read(lines(NEW, line))
    assert reasons(parsed) == []
    assert (parsed.sessions[0].blocks[0].name, parsed.sets()[0].note) == (name, note)


def test_commas_in_the_comments_of_the_old_layout() -> None:
    parsed = read(lines(OLD_LBS, "2020-10-04,Squat,Legs,225.0,5,,,,1,5"))
    assert parsed.sessions[0].blocks[0].name == "Squat"
    assert (told(parsed.sets()[0])[:3], parsed.sets()[0].note) == ((225, "lb", 5), "1,5")


def test_commas_that_fit_nowhere_are_told() -> None:
    line = "2023-11-21,Squat,Legs,heavy,kgs,five,,,,x,y"
    assert reasons(read(lines(NEW, line))) == [
        (2, "The line has more columns than the file's first line.")
    ]


def test_an_exercise_of_a_day_is_one_block() -> None:
    names = ("Squat", "Lunge", "Squat", "Lunge")
    rows = (f"2023-11-21,{name},Legs,60,kgs,8,,,," for name in names)
    assert in_short(read(lines(NEW, *rows))) == [("2023-11-21", [("Squat", 2), ("Lunge", 2)])]


@pytest.mark.parametrize(
    ("kg", "lbs", "expected"),
    [
        ("40.00", "88.18", (Decimal(40), "kg")),
        ("39.92", "88.00", (Decimal(88), "lb")),
        ("42.50", "93.70", (Decimal("42.5"), "kg")),
        ("", "135", (Decimal(135), "lb")),
        ("60", "", (Decimal(60), "kg")),
    ],
)
def test_of_two_weights_the_one_that_was_typed_is_kept(
    kg: str, lbs: str, expected: tuple[Decimal, str]
) -> None:
    parsed = read(lines(IOS, f"2021-05-20,Squat,Legs,{kg},{lbs},8,,,,fine,wr"))
    assert parsed.layout == "two weights"
    assert told(parsed.sets()[0])[:2] == expected
    assert parsed.sets()[0].note == "fine"


def test_the_layout_with_times() -> None:
    start = 'Legs,2025-02-23T10:13:53Z,2025-02-23T11:08:47Z,"94,0",Squat,Barbell,'
    parsed = read(
        lines(
            TIMED,
            start + '8,"60,0",,,Done,true,,,"Quads,Glutes",',
            start + '5,"102,5",,,Done,false,"8,5",,"Quads,Glutes",deep',
            start + '3,"110,0",,,Failed,false,8,1,"Quads,Glutes",',
            start + '5,"110,0",,,NotStarted,false,,,"Quads,Glutes",',
        )
    )
    (session,) = parsed.sessions
    (block,) = session.blocks
    assert (parsed.layout, parsed.problems) == ("with times", ())
    assert session.started == datetime(2025, 2, 23, 10, 13, 53, tzinfo=UTC)
    assert (session.title, session.duration) == ("Legs", timedelta(minutes=54, seconds=54))
    assert (block.name, block.category) == ("Squat (Barbell)", "Quads,Glutes")
    assert [told(each) for each in block.sets] == [
        (Decimal(60), None, 8, None, "warmup"),
        (Decimal("102.5"), None, 5, None, "work"),
        (Decimal(110), None, 3, None, "failed"),
    ]
    assert [each.rir for each in block.sets] == [None, Decimal("1.5"), 1]
    assert parsed.needs_unit


def test_days_in_the_phones_way_of_writing() -> None:
    days = ["05/12/2025", "23/12/2025"]
    rows = (f"{day},Squat,Legs,60,kgs,8,,,," for day in days)
    assert [key for key, _ in in_short(read(lines(NEW, *rows)))] == ["2025-12-05", "2025-12-23"]
    rows = (f"{day},Squat,Legs,60,kgs,8,,,," for day in ["12/05/2025", "12/23/2025"])
    assert [key for key, _ in in_short(read(lines(NEW, *rows)))] == ["2025-12-05", "2025-12-23"]
