"""Hevy's export. The samples are invented."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.domain.imports.helpers import at, in_short, lines, read, reasons, told

HEADER = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,"
    "set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
)


def row(
    start: str = "28 Mar 2025, 17:29",
    end: str = "28 Mar 2025, 18:52",
    name: str = "Squat (Barbell)",
    superset: str = "",
    index: int = 0,
    kind: str = "normal",
    rest: str = "100,5,,,",
) -> str:
    return f'"Legs","{start}","{end}","easy","{name}",{superset},"slow",{index},"{kind}",{rest}'


def test_a_training() -> None:
    parsed = read(
        lines(
            HEADER,
            row(kind="warmup", rest="40,8,,,"),
            row(index=1, rest="100.5,5,,,8.5"),
            row(index=2, kind="failure", rest="100,6,,0,"),
            row(index=3, kind="dropset", rest="80,9,,,4"),
            row(name="Plank", rest=",0,,90,"),
            row(name="Run", rest=",,2.5,900,"),
        )
    )
    (session,) = parsed.sessions
    assert (parsed.app, parsed.layout) == ("hevy", "weight_kg")
    assert (session.key, session.title, session.note) == ("2025-03-28T17:29:00", "Legs", "easy")
    assert session.duration == timedelta(minutes=83)
    squat, plank, run = session.blocks
    assert squat.note == "slow"
    assert [told(each) for each in squat.sets] == [
        (Decimal(40), "kg", 8, None, "warmup"),
        (Decimal("100.5"), "kg", 5, None, "work"),
        (Decimal(100), "kg", 6, None, "work"),
        (Decimal(80), "kg", 9, None, "drop"),
    ]
    assert [each.rir for each in squat.sets] == [None, Decimal("1.5"), 0, None]
    assert told(plank.sets[0]) == (None, None, None, 90, "work")
    assert run.sets[0].note == "2.5 km"


def test_pounds_and_miles() -> None:
    header = HEADER.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
    parsed = read(lines(header, row(rest="225,5,1.5,,")))
    assert told(parsed.sets()[0]) == (Decimal(225), "lb", 5, None, "work")
    assert parsed.sets()[0].note == "1.5 mi"


def test_supersets_get_letters_in_the_order_they_come() -> None:
    names = [("A", "7"), ("B", ""), ("C", "7"), ("D", "0"), ("E", "0")]
    parsed = read(lines(HEADER, *(row(name=name, superset=group) for name, group in names)))
    letters = [block.superset for block in parsed.sessions[0].blocks]
    assert letters == ["A", "", "A", "B", "B"]


def test_supersets_logged_in_turn_are_joined_and_what_begins_anew_is_not() -> None:
    parsed = read(
        lines(
            HEADER,
            *(row(name=name, superset="0", index=at) for at in (0, 1) for name in ("A", "B")),
            row(name="A", superset="0", index=0),
        )
    )
    assert in_short(parsed)[0][1] == [("A", 2), ("B", 2), ("A", 1)]


@pytest.mark.parametrize(
    "start",
    [
        "28 Mar 2025, 17:29",
        "28 mar. 2025, 17:29",
        "28 März 2025, 17:29",
        "28 mars 2025, 17:29",
        "28 mrt. 2025 17:29",
        "28 марта 2025 г., 17:29",
        "28 de março de 2025, 17:29",
        "28 Mar 2025, 5:29 PM",
        "Mar 28, 2025, 5:29\u202fPM",
        "28 mar 2025, 5:29 p. m.",
        "2025年3月28日 17:29",
        "28 3月 2025, 17:29",
        "2025년 3월 28일 오후 5:29",
        "28. 3. 2025 17:29",
        "28.03.2025, 17:29",
        "28/03/2025 17:29",
        "3/28/2025 17:29",
        "2025-03-28 17:29:00",
        "2025-03-28T17:29",
    ],
)
def test_dates_in_many_languages(start: str) -> None:
    parsed = read(lines(HEADER, row(start=start, end="")))
    assert reasons(parsed) == []
    assert parsed.sessions[0].started == at("2025-03-28 17:29")


def test_a_time_with_a_zone_is_kept_with_it() -> None:
    (session,) = read(lines(HEADER, row(start="2025-03-28T17:29:00+02:00"))).sessions
    assert session.started == datetime(2025, 3, 28, 15, 29, tzinfo=UTC)
    assert session.key == "2025-03-28T15:29:00"
    assert not read(lines(HEADER, row(start="2025-03-28T17:29:00Z"))).needs_zone


@pytest.mark.parametrize("end", ["", "soon", "28 Mar 2025, 16:00", "30 Mar 2025, 16:00"])
def test_an_end_that_cannot_be_is_not_known(end: str) -> None:
    assert read(lines(HEADER, row(end=end))).sessions[0].duration is None


def test_tabs_and_another_order_of_columns() -> None:
    names = HEADER.split(",")
    cells = ["Legs", "28 Mar 2025, 17:29", "", "", "Squat", "", "", "0", "normal", "60", "8",
             "", "", ""]  # fmt: skip
    turned = lines("\t".join(reversed(names)), "\t".join(reversed(cells)))
    assert told(read(turned).sets()[0]) == (Decimal(60), "kg", 8, None, "work")
