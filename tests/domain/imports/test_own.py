"""Our own export as it is read: strictly, and cheaply whatever it is."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.imports import own
from legtraining.domain.refusal import Refusal

KEY, OTHER = "3837b895-222a-58c7-ba0e-970ef5ec9837", "d261df98-d208-5778-a866-ea00ef8f4d2b"
TARGET = {
    "kind": "work", "reps_min": 5, "reps_max": 8, "seconds": None, "weight": "60", "unit": "kg",
    "rir": None,
}  # fmt: skip
SET = {
    "key": KEY, "position": 1, "kind": "work", "weight": 62.125, "unit": "kg", "reps": 5,
    "rir": 1.5, "note": "=1", "target": TARGET, "done_at": "2026-05-01T18:05:00+02:00",
    "written_at": "2026-05-01T18:05:00.123456+02:00",
}  # fmt: skip
BLOCK = {
    "order": 1, "place": 1, "exercise": "back-squat", "exercise_name": "Back Squat",
    "superset": "A", "targets": [TARGET], "rule": "linear +5kg", "lane": "2x5", "sets": [SET],
}  # fmt: skip
SESSION = {
    "uuid": "b90f8422-974e-4fc1-9bea-c1806c461c67", "day": "2026-05-01",
    "started_at": "2026-05-01T18:00:00+02:00", "finished_at": "2026-05-01T19:01:00+02:00",
    "title": "Legs", "rpe": 8, "note": "a\nb", "ticked": ["bike"], "program": 1, "week": 1,
    "workout_day": 1, "blocks": [BLOCK],
}  # fmt: skip
PROGRAM = {
    "number": 1, "title": "Strong", "weeks": 1, "text": "Week 1\nDay 1\n  Back Squat 3x5\n",
    "start_date": "2026-05-01", "weekdays": [0], "status": "active",
    "created_at": "2026-05-01T08:00:00+02:00",
    "events": [
        {
            "exercise": "back-squat", "exercise_name": "Back Squat", "lane": "2x5", "unit": "kg",
            "at": "2026-05-01T19:01:00+02:00", "before": 60, "after": 62.5,
            "sentence": "Up from %(before)s, 100%%", "values": {"before": "60"},
        }
    ],
}  # fmt: skip
FILE = {"format": "legtraining-export", "version": 1, "sessions": [SESSION], "programs": [PROGRAM]}


def read(said):
    return own.parse_json(json.dumps(said).encode())


def changed(path, value):
    """The file with something else at `path`."""
    said = copy.deepcopy(FILE)
    *way, last = path
    place = said
    for step in way:
        place = place[step]
    place[last] = value
    return said


IN_SESSION = ("sessions", 0)
IN_BLOCK = (*IN_SESSION, "blocks", 0)
IN_SET = (*IN_BLOCK, "sets", 0)
IN_PROGRAM = ("programs", 0)
IN_EVENT = (*IN_PROGRAM, "events", 0)


# --- export.json --------------------------------------------------------------------------------


def test_all_that_it_says():
    parsed = read(FILE)
    (session,) = parsed.sessions
    (block,) = session.blocks
    (each,) = block.sets
    assert (parsed.app, parsed.layout, parsed.lines, parsed.problems) == ("own", "json", 1, ())
    assert (session.key, session.title, session.note, session.rpe) == (
        SESSION["uuid"], "Legs", "a\nb", 8,
    )  # fmt: skip
    assert session.duration == timedelta(minutes=61)
    assert session.started.isoformat() == SESSION["started_at"]
    assert session.own["uuid"] == UUID(SESSION["uuid"])
    assert (block.name, block.superset, block.own["rule"]) == ("Back Squat", "A", "linear +5kg")
    assert (each.weight, each.unit, each.reps, each.rir, each.note) == (
        Decimal("62.125"), "kg", 5, Decimal("1.5"), "=1",
    )  # fmt: skip
    assert (each.own["key"], each.own["target"]) == (UUID(KEY), TARGET)
    assert parsed.own["programs"][0]["events"][0]["after"] == Decimal("62.5")
    assert not parsed.needs_unit
    assert not parsed.needs_zone


def test_sessions_are_in_their_order():
    later = SESSION | {"uuid": OTHER, "started_at": "2026-05-01T15:30:00+00:00"}
    parsed = read(FILE | {"sessions": [SESSION, later]})
    assert [session.key for session in parsed.sessions] == [OTHER, SESSION["uuid"]]


def test_what_is_not_known_is_left_out():
    parsed = read(changed((*IN_SET, "mood"), {"a": [1]}) | {"more": [1]})
    assert parsed.sessions == read(FILE).sessions


def test_a_file_of_nothing_is_none():
    assert read({"format": "legtraining-export", "version": 1}).sessions == ()


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ((*IN_SESSION, "uuid"), "1", "sessions[0].uuid"),
        ((*IN_SESSION, "day"), "2026-13-01", "sessions[0].day"),
        ((*IN_SESSION, "day"), "1850-01-01", "sessions[0].day"),
        ((*IN_SESSION, "started_at"), "2026-05-01T18:00:00", "sessions[0].started_at"),
        ((*IN_SESSION, "started_at"), "9999-12-31T23:59:59+00:00", "sessions[0].started_at"),
        ((*IN_SESSION, "finished_at"), "2026-05-01T17:59:00+02:00", "sessions[0].finished_at"),
        ((*IN_SESSION, "title"), "x" * 101, "sessions[0].title"),
        ((*IN_SESSION, "title"), "a\x00b", "sessions[0].title"),
        ((*IN_SESSION, "title"), "\ud800", "sessions[0].title"),
        ((*IN_SESSION, "title"), None, "sessions[0].title"),
        ((*IN_SESSION, "rpe"), 11, "sessions[0].rpe"),
        ((*IN_SESSION, "rpe"), True, "sessions[0].rpe"),
        ((*IN_SESSION, "program"), 2, "sessions[0].program"),
        ((*IN_SESSION, "blocks"), {}, "sessions[0].blocks"),
        (IN_BLOCK, [], "sessions[0].blocks[0]"),
        ((*IN_BLOCK, "swapped_from"), 1, "sessions[0].blocks[0].order"),
        ((*IN_BLOCK, "rule"), "conquer +5kg", "sessions[0].blocks[0].rule"),
        ((*IN_BLOCK, "targets"), [{"kind": "work"}], "sessions[0].blocks[0].targets[0].unit"),
        ((*IN_BLOCK, "targets"), ["x"], "sessions[0].blocks[0].targets[0]"),
        ((*IN_SET, "weight"), 2000.5, "sessions[0].blocks[0].sets[0].weight"),
        ((*IN_SET, "weight"), -1, "sessions[0].blocks[0].sets[0].weight"),
        ((*IN_SET, "weight"), 0.0001, "sessions[0].blocks[0].sets[0].weight"),
        ((*IN_SET, "weight"), "60", "sessions[0].blocks[0].sets[0].weight"),
        ((*IN_SET, "unit"), "st", "sessions[0].blocks[0].sets[0].unit"),
        ((*IN_SET, "reps"), 201, "sessions[0].blocks[0].sets[0].reps"),
        ((*IN_SET, "reps"), 1.5, "sessions[0].blocks[0].sets[0].reps"),
        ((*IN_SET, "kind"), "warm", "sessions[0].blocks[0].sets[0].kind"),
        ((*IN_SET, "target"), {"kind": "work", "unit": "kg", "weight": "1e9"},
         "sessions[0].blocks[0].sets[0].target.weight"),
        ((*IN_PROGRAM, "weekdays"), [7], "programs[0].weekdays[0]"),
        ((*IN_EVENT, "sentence"), "%(other)s", "programs[0].events[0].sentence"),
        ((*IN_EVENT, "sentence"), "%(before)999999999s", "programs[0].events[0].sentence"),
        ((*IN_EVENT, "sentence"), "%s", "programs[0].events[0].sentence"),
        ((*IN_EVENT, "sentence"), "100%", "programs[0].events[0].sentence"),
        ((*IN_EVENT, "sentence"), "%(before)d", "programs[0].events[0].values"),
        ((*IN_EVENT, "values"), {"before": [1]}, "programs[0].events[0].values.before"),
    ],
)  # fmt: skip
def test_what_is_not_as_we_write_it_is_refused_with_its_place(path, value, where):
    with pytest.raises(Refusal) as refused:
        read(changed(path, value))
    assert refused.value.values == {"where": where}


@pytest.mark.parametrize("missing", [
    (*IN_SESSION, "uuid"), (*IN_SESSION, "started_at"), (*IN_BLOCK, "exercise"), (*IN_SET, "key"),
    (*IN_SET, "done_at"), (*IN_PROGRAM, "text"),
])  # fmt: skip
def test_what_has_to_be_there(missing):
    said = copy.deepcopy(FILE)
    *way, last = missing
    place = said
    for step in way:
        place = place[step]
    del place[last]
    with pytest.raises(Refusal, match="is missing") as refused:
        read(said)
    assert str(refused.value.values["where"]).endswith(f".{last}")


def test_a_set_of_neither_repetitions_nor_seconds_is_refused():
    said = copy.deepcopy(FILE)
    del said["sessions"][0]["blocks"][0]["sets"][0]["reps"]
    with pytest.raises(Refusal):
        read(said)


def test_an_id_twice_is_refused():
    with pytest.raises(Refusal) as refused:
        read(FILE | {"sessions": [SESSION, SESSION]})
    assert refused.value.values == {"where": "sessions[1].uuid"}


def test_programs_of_too_much_text_are_refused():
    many = [PROGRAM | {"number": n, "text": "x" * 190_000} for n in range(1, 12)]
    with pytest.raises(Refusal) as refused:
        read(FILE | {"programs": many})
    assert refused.value.values == {"where": "programs"}


@pytest.mark.parametrize("said", [[], {}, {"format": "other"}, "x", 1, None])
def test_another_json_is_not_ours(said):
    with pytest.raises(Refusal, match="not an export of this app"):
        read(said)


@pytest.mark.parametrize("version", [0, 2, "1", None, 1.0, True])
def test_another_version_is_said_to_be_one(version):
    with pytest.raises(Refusal, match="another version"):
        read(FILE | {"version": version})


HEAD = b'{"format": "legtraining-export", "version": 1, "sessions": '


HOSTILE = {
    "nothing": b"",
    "half": b"{",
    "cut off": HEAD,
    "no number": HEAD + b"[NaN]}",
    "infinite": HEAD + b"[Infinity]}",
    "huge exponent": HEAD + b"[1e99999999999]}",
    "huge integer": HEAD + b"[" + b"9" * 100_000 + b"]}",
    "long fraction": HEAD + b"0." + b"9" * 100_000 + b"}",
    "deep lists": HEAD + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": HEAD + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
    "many values": HEAD + b"[" + b"[]," * 3_000_000 + b"[]]}",
    "no UTF-8": HEAD + b'["' + b"\xff\xfe" + b'"]}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_get_a_sentence(name):
    with pytest.raises(Refusal):
        own.parse_json(HOSTILE[name])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
PLACES = st.sampled_from(
    [
        (*where, name)
        for where, row in (
            (("sessions", 0), SESSION), (IN_BLOCK, BLOCK), (IN_SET, SET),
            (("programs", 0), PROGRAM), (IN_EVENT, PROGRAM["events"][0]),
            ((*IN_SET, "target"), TARGET),
        )
        for name in row
    ]
    + [(name,) for name in FILE]
    + [(name,) for name in ("racks", "setups", "exercises", "bands", "check_ins", "name_choices")]
)  # fmt: skip


@given(path=PLACES, value=JSON)
def test_anything_anywhere_is_read_or_refused(path, value):
    with suppress(Refusal):
        read(changed(path, value))


@given(st.binary(max_size=200) | st.binary(max_size=50).map(lambda data: HEAD + data))
def test_any_bytes_are_read_or_refused(data):
    with suppress(Refusal):
        own.parse_json(data)


# --- sets.csv -----------------------------------------------------------------------------------

HEADER = [
    "session", "day", "started_at", "finished_at", "title", "order", "exercise", "exercise_slug",
    "superset", "set", "kind", "weight", "unit", "reps", "seconds", "rir", "note", "done_at",
    "deleted_at", "session_deleted_at", "key",
]  # fmt: skip
ROW = {
    "session": SESSION["uuid"], "day": "2026-05-01", "started_at": "2026-05-01T18:00:00+02:00",
    "finished_at": "", "title": "'=Legs", "order": "1", "exercise": "Back Squat",
    "exercise_slug": "back-squat", "superset": "A", "set": "1", "kind": "work", "weight": "62.125",
    "unit": "kg", "reps": "5", "seconds": "", "rir": "1.5", "note": "''-x",
    "done_at": "2026-05-01T18:05:00+02:00", "deleted_at": "", "session_deleted_at": "", "key": KEY,
}  # fmt: skip


def table(*rows, header=HEADER):
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    return own.parse_csv(enumerate(lines, 1))


def test_the_sets_of_a_table():
    parsed = table(ROW, ROW | {"set": "2", "key": OTHER, "weight": "", "unit": "lb"})
    (session,) = parsed.sessions
    (block,) = session.blocks
    first, second = block.sets
    assert (parsed.app, parsed.layout, parsed.lines) == ("own", "csv", 2)
    assert (session.title, first.note) == ("=Legs", "'-x")
    assert (first.line, first.weight, first.rir) == (2, Decimal("62.125"), Decimal("1.5"))
    assert (second.line, second.weight, second.unit) == (3, None, "lb")
    assert first.own["key"] == UUID(KEY)


def test_columns_in_another_order_and_more_of_them():
    header = [*reversed(HEADER), "mood"]
    assert table(ROW | {"mood": "x"}, header=header).sessions == table(ROW).sessions


def test_a_comma_that_a_spreadsheet_made():
    (each,) = table(ROW | {"weight": "62,125"}).sets()
    assert each.weight == Decimal("62.125")


def test_what_is_a_table_of_ours():
    assert own.is_own(HEADER)
    assert own.is_own([name.upper() for name in reversed(HEADER)])
    for needed in ("session", "key", "exercise_slug", "done_at", "unit"):
        assert not own.is_own([name for name in HEADER if name != needed])
    assert not own.is_own([])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("session", "x"), ("key", ""), ("day", "1.5.2026"), ("started_at", "2026-05-01 18:00"),
        ("started_at", ""), ("finished_at", "2026-05-01T17:00:00+02:00"), ("order", "-1"),
        ("order", ""), ("set", "x"), ("kind", "Work"), ("weight", "2001"), ("weight", "1,5,0"),
        ("weight", "0.0001"), ("weight", "-5"), ("unit", ""), ("reps", "201"), ("reps", "1.5"),
        ("rir", "11"), ("note", "x" * 201), ("done_at", "today"), ("exercise", ""),
        ("title", "x" * 101),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_a_problem_with_its_line_and_column(column, value):
    parsed = table(ROW, ROW | {"key": OTHER, "session": OTHER, column: value})
    assert len(parsed.sets()) == 1
    (problem,) = parsed.problems
    assert problem.line == 3
    assert problem.reason.values == {"column": column}


def test_a_row_without_repetitions_and_time_is_a_problem():
    (problem,) = table(ROW, ROW | {"reps": ""}).problems
    assert "no repetitions and no time" in str(problem.reason)


def test_a_table_without_a_set_is_refused():
    for rows in ((), (ROW | {"reps": "x"},)):
        with pytest.raises(Refusal, match="no sets"):
            table(*rows)
    with pytest.raises(Refusal, match=r"not the sets\.csv"):
        own.parse_csv(iter([(1, ["a", "b"])]))


@given(st.lists(st.lists(st.text(max_size=8), max_size=25), max_size=4))
def test_any_cells_are_read_or_refused(rows):
    try:
        parsed = own.parse_csv(enumerate([HEADER, list(ROW.values()), *rows], 1))
    except Refusal:
        return
    assert len(parsed.sets()) + len(parsed.problems) == parsed.lines
