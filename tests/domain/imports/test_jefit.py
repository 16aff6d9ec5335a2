"""JEFIT's file of many tables. The samples are invented."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from legtraining.domain.refusal import Refusal
from tests.domain.imports.helpers import in_short, lines, read, reasons, told

START = 1_700_000_000  # 2023-11-14 22:13:20 UTC
END = "######################################################"


def export(*logs: str, mass: str = " kg", trainings: tuple[str, ...] = ()) -> str:
    return lines(
        "### SETTING ##########################################",
        "",
        "row_id,USERID,gender,mass",
        f"1,1,M,{mass}",
        "",
        END,
        "",
        "### ROUTINES #########################################",
        "_id,name,description",
        '1,"Five by five","Three days,\n\nheavy"',
        END,
        "### WORKOUT SESSIONS #################################",
        "rowid,_id,USERID,total_time,starttime,endtime",
        *trainings,
        "",
        "### EXERCISE LOGS ####################################",
        "",
        "USERID,TIMESTAMP,logs,_id,record,mydate,eid,ename,belongsession,logTime",
        *logs,
        "",
        END,
        "### EXERCISE SET LOGS ################################",
        "_id,exercise_log_id,set_index,weight_lbs,reps",
        "1,1,0,132.28,10",
    )


def log(sets: str, name: str = "Barbell Squat", session: int = 0) -> str:
    return f'1,"2026-01-01 00:00:00","{sets}",1,86.67,2023-11-15,21,"{name}",{session},1'


def test_sets_and_the_training_they_belong_to() -> None:
    parsed = read(
        export(
            log("60x10,62.5x8,0x12", session=5),
            log("100x5", name="Deadlift", session=5),
            trainings=(f"1,5,1,3000,{START},{START + 3600}",),
        )
    )
    (session,) = parsed.sessions
    assert (parsed.app, parsed.layout, parsed.lines) == ("jefit", "sections", 2)
    assert session.started == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (session.key, session.has_time) == ("2023-11-14T22:13:20", True)
    assert session.duration == timedelta(hours=1)
    assert in_short(parsed)[0][1] == [("Barbell Squat", 3), ("Deadlift", 1)]
    assert [told(each) for each in session.blocks[0].sets] == [
        (Decimal(60), "kg", 10, None, "work"),
        (Decimal("62.5"), "kg", 8, None, "work"),
        (Decimal(0), "kg", 12, None, "work"),
    ]
    assert not parsed.needs_unit
    assert not parsed.needs_zone


def test_a_training_may_be_numbered_by_its_beginning() -> None:
    parsed = read(export(log("60x10", session=START)))
    assert parsed.sessions[0].started == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_without_a_training_only_the_day_is_known() -> None:
    parsed = read(export(log("60x10"), log("60x8")))
    (session,) = parsed.sessions
    assert (session.key, session.has_time) == ("2023-11-15", False)


@pytest.mark.parametrize(("mass", "unit"), [(" lbs", "lb"), ("kg", "kg"), ("stone", None)])
def test_the_unit_is_that_of_the_settings(mass: str, unit: str | None) -> None:
    parsed = read(export(log("60x10"), mass=mass))
    assert parsed.sets()[0].unit == unit
    assert parsed.needs_unit == (unit is None)


def test_dust_of_conversions_is_wiped_off() -> None:
    assert read(export(log("64.99996x5"))).sets()[0].weight == 65


def test_planned_sets_that_were_left_out_are_not_sets() -> None:
    parsed = read(export(log("60x10,60x0")))
    assert (len(parsed.sets()), parsed.problems) == (1, ())


@pytest.mark.parametrize("sets", ["0x0,0x0,0x0,0x10,0x60", "0x0", "", "60x0,60x0"])
def test_a_line_of_other_work_is_told(sets: str) -> None:
    line = next(at for at, text in enumerate(export(log("?")).split("\n"), 1) if "?" in text)
    parsed = read(export(log(sets), log("60x10")))
    assert reasons(parsed) == [(line, "The line has no repetitions and no time.")]
    assert len(parsed.sets()) == 1


def test_one_set_that_cannot_be_read_leaves_the_others() -> None:
    parsed = read(export(log("60x10,many,60x7.5,60x8")))
    assert [reason for _, reason in reasons(parsed)] == [
        "A set of this line cannot be read.",
        "The repetitions are not a whole number.",
    ]
    assert [each.reps for each in parsed.sets()] == [10, 8]


def test_an_exercise_that_was_logged_twice_is_two_blocks() -> None:
    parsed = read(export(log("60x10"), log("20x10", name="Lunge"), log("50x10")))
    assert in_short(parsed)[0][1] == [("Barbell Squat", 1), ("Lunge", 1), ("Barbell Squat", 1)]


def test_the_logs_may_come_alone() -> None:
    banner = read(
        lines("### EXERCISE LOGS ###", "_id,mydate,ename,logs", '1,2020-02-01,Squat,"60x5"')
    )
    alone = read(lines("_id,mydate,ename,logs", '1,2020-02-01,Squat,"60x5,60x5"'))
    assert in_short(banner) == [("2020-02-01", [("Squat", 1)])]
    assert (alone.layout, in_short(alone)) == ("logs only", [("2020-02-01", [("Squat", 2)])])


def test_a_file_without_logs_is_refused() -> None:
    with pytest.raises(Refusal, match="There are no sets in this file"):
        read(export())
    with pytest.raises(Refusal, match="other columns than known"):
        read(lines("### EXERCISE LOGS ###", "a,b", "1,2"))
