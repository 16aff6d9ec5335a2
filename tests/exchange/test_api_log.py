"""/api/v1/me, sessions, sets, exercises"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from exchange.api.errors import Problem
from exchange.api.paging import read_cursor, write_cursor
from sessions.models import SetLog, WorkoutSession
from tests.exchange.reading import Reader, secret_of
from tests.factories import ExerciseFactory, make_assignment, make_session, make_set

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def reader(member):
    return Reader(secret_of(member))


def at(days):
    return NOON + timedelta(days=days)


def test_says_whose_token_it_is(member):
    member.unit, member.formula = "lb", "brzycki"
    member.save()
    assert Reader(secret_of(member, "programs")).get("me") == {
        "name": "Mia Member",
        "unit": "lb",
        "time_zone": "Europe/Berlin",
        "formula": "brzycki",
        "scopes": ["programs"],
    }


def test_nothing_private_but_the_log_is_told(member, reader):
    make_session(member, sets=1, finished=True)
    for path in ("me", "sessions", "sets", "exercises", "programs", "progress", "progress/weeks"):
        text = reader.ask(path).text
        assert member.email not in text
        assert "Tara Trainer" not in text


# --- Sessions -------------------------------------------------------------------------------------


def test_a_session_of_the_list(trainer, member, reader):
    assignment = make_assignment(trainer, member)
    session = make_session(
        member,
        sets=2,
        started_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
        title="Squats",
        note="=1+1 😀",
        rpe=8,
        assignment=assignment,
    )
    make_set(session.blocks.get(), position=3, kind="warmup")
    session.finished_at = session.started_at + timedelta(minutes=50)
    session.save()
    assert reader.get("sessions") == {
        "items": [
            {
                "uuid": str(session.uuid),
                "title": "Squats",
                "day": "2026-07-02",
                "started_at": "2026-07-02T00:30:00+02:00",
                "finished_at": "2026-07-02T01:20:00+02:00",
                "rpe": 8,
                "note": "=1+1 😀",
                "program": assignment.pk,
                "sets": 2,
                "volume_kg": 960.0,
            }
        ],
        "next": None,
    }


def test_the_open_session_is_there_and_what_was_discarded_is_not(member, reader):
    gone = make_session(member, sets=1, finished=True, deleted_at=timezone.now())
    still_open = make_session(member)
    [row] = reader.get("sessions")["items"]
    assert row["uuid"] == str(still_open.uuid)
    assert row["finished_at"] is None
    assert row["volume_kg"] is None
    assert reader.ask(f"sessions/{gone.uuid}").status_code == 404
    assert reader.get("sets")["items"] == []


def test_sessions_of_some_days(member, reader):
    for number in range(5):
        make_session(member, finished=True, started_at=at(number))
    rows = reader.get("sessions", from_="2026-03-02", to="2026-03-04")["items"]
    assert [row["day"] for row in rows] == ["2026-03-04", "2026-03-03", "2026-03-02"]
    assert len(reader.get("sessions", from_="2026-03-04")["items"]) == 2
    assert len(reader.get("sessions", to="2026-03-01")["items"]) == 1


def test_one_session_with_its_exercises_and_sets(member, reader):
    squat = ExerciseFactory(slug="squat", name="Squat")
    curl = ExerciseFactory(slug="curl", name="Curl")
    session = make_session(member, exercise=squat, finished=True, started_at=NOON)
    first = session.blocks.get()
    first.superset, first.tempo, first.rest_seconds, first.note = "A", "3-1-1-0", 90, "Deep"
    first.save()
    second = session.blocks.create(order=2, place=0, exercise=curl, skipped_at=NOON)
    session.blocks.create(order=3, place=3, exercise=curl, removed_at=NOON)
    logged = make_set(
        first, position=1, kind="amrap", weight=Decimal("100.125"), unit="lb", reps=7,
        rir=Decimal("1.5"), note="Fine", done_at=datetime(2026, 3, 1, 12, 5, tzinfo=UTC),
    )  # fmt: skip
    make_set(first, position=2, weight=None, reps=None, seconds=45)
    make_set(first, position=3, deleted_at=NOON)
    found = reader.get(f"sessions/{session.uuid}")
    assert [block["order"] for block in found["blocks"]] == [2, 1]
    assert found["blocks"][0]["skipped"]
    block = found["blocks"][1]
    [done, held] = block.pop("sets")
    assert block == {
        "order": 1, "place": 1, "exercise": "squat", "name": "Squat", "superset": "A",
        "tempo": "3-1-1-0", "rest_seconds": 90, "note": "Deep", "skipped": False,
    }  # fmt: skip
    assert done == {
        "client_key": str(logged.client_key), "position": 1, "kind": "amrap", "weight": 100.125,
        "unit": "lb", "weight_kg": 45.41593604625, "reps": 7, "seconds": None, "rir": 1.5,
        "note": "Fine", "done_at": "2026-03-01T13:05:00+01:00",
    }  # fmt: skip
    assert (held["weight"], held["weight_kg"], held["seconds"]) == (None, None, 45)
    assert second.pk


@pytest.mark.parametrize("uuid", ["6f9619ff-8b86-4011-b42d-00c04fc964ff", "1", "not-a-uuid"])
def test_an_unknown_session_is_not_there(reader, uuid):
    assert reader.ask(f"sessions/{uuid}").status_code == 404


# --- Sets -----------------------------------------------------------------------------------------


def test_sets_of_an_exercise_and_of_some_days(member, outsider, reader):
    squat = ExerciseFactory(slug="squat")
    for number in range(3):
        make_session(member, exercise=squat, sets=2, finished=True, started_at=at(number))
        make_session(member, sets=1, finished=True, started_at=at(number))
        make_session(outsider, exercise=squat, sets=1, finished=True, started_at=at(number))
    rows = reader.get("sets", exercise="squat", from_="2026-03-02")["items"]
    assert [(row["exercise"], row["day"]) for row in rows] == [
        ("squat", "2026-03-03"), ("squat", "2026-03-03"),
        ("squat", "2026-03-02"), ("squat", "2026-03-02"),
    ]  # fmt: skip
    mine = {
        str(uuid)
        for uuid in WorkoutSession.objects.filter(member=member).values_list("uuid", flat=True)
    }
    assert {row["session"] for row in rows} <= mine
    assert len(reader.get("sets")["items"]) == 9


def test_the_address_of_a_merged_exercise_is_understood(member, reader):
    squat = ExerciseFactory(slug="squat")
    ExerciseFactory(slug="old-squat", merged_into=squat, retired_at=NOON)
    make_session(member, exercise=squat, sets=1, finished=True)
    assert len(reader.get("sets", exercise="old-squat")["items"]) == 1


def test_an_exercise_of_somebody_else_is_as_unknown_as_none(member, outsider, reader):
    ExerciseFactory(slug="olgas-own", owner=outsider)
    answers = [reader.ask("sets", exercise=slug) for slug in ("olgas-own", "nobodys")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].content == answers[1].content


# --- Pages ----------------------------------------------------------------------------------------


def fill(member, n, *, same=False):
    """`n` sessions of two sets each, in pairs at the same moment, or all at one."""
    return [
        make_session(member, sets=2, finished=True, started_at=NOON if same else at(number // 2))
        for number in range(n)
    ]


@pytest.mark.parametrize("path", ["sessions", "sets"])
@pytest.mark.parametrize("same", [False, True])
def test_pages_are_complete_and_repeat_nothing(member, reader, path, same):
    fill(member, 7, same=same)
    key = "uuid" if path == "sessions" else "client_key"
    whole = reader.get(path)["items"]
    assert len(whole) == (7 if path == "sessions" else 14)
    for limit in (1, 2, 3, 7, 14, 500):
        rows = reader.all(path, limit=limit)
        assert [row[key] for row in rows] == [row[key] for row in whole]


@pytest.mark.parametrize("path", ["sessions", "sets"])
def test_what_is_logged_meanwhile_repeats_and_hides_nothing(member, reader, path):
    fill(member, 6)
    key = "uuid" if path == "sessions" else "client_key"
    before = [row[key] for row in reader.get(path)["items"]]
    page = reader.get(path, limit=2)
    seen = [row[key] for row in page["items"]]
    number = 0
    while page["next"]:
        number += 1
        make_session(member, sets=1, finished=True, started_at=at(100 + number))
        page = reader.get(page["next"])
        seen += [row[key] for row in page["items"]]
    assert seen == before


def test_the_next_page_keeps_what_was_asked(member, reader):
    fill(member, 6)
    page = reader.get("sessions", from_="2026-03-02", limit=1)
    assert page["next"].startswith(
        "http://testserver/api/v1/sessions?from=2026-03-02&limit=1&cursor="
    )
    rows = reader.all("sessions", from_="2026-03-02", limit=1)
    assert len(rows) == 4


def test_a_full_last_page_has_no_next_one(member, reader):
    fill(member, 4)
    assert reader.get("sessions", limit=4)["next"] is None
    assert reader.get("sessions", limit=3)["next"]


def test_a_cursor_shows_no_more_than_ones_own(member, outsider, reader):
    fill(member, 2)
    fill(outsider, 4)
    theirs = Reader(secret_of(outsider)).get("sessions", limit=1)["next"]
    own = {
        str(uuid)
        for uuid in WorkoutSession.objects.filter(member=member).values_list("uuid", flat=True)
    }
    assert {row["uuid"] for row in reader.get(theirs)["items"]} <= own


@given(st.datetimes(timezones=st.just(UTC)), st.integers(1, 2**63 - 1))
def test_a_cursor_comes_back_as_it_was(when, pk):
    assert read_cursor("sets", write_cursor("sets", (when, pk))) == (when, pk)


@given(st.data())
def test_a_changed_cursor_is_refused(data):
    cursor = write_cursor("sets", (NOON, 7))
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda each: each != cursor[place]))
    changed = cursor[:place] + letter + cursor[place + 1 :]
    # The last letter of base64 has bits that say nothing.
    if place == len(cursor) - 1:
        changed = cursor + letter
    with pytest.raises(Problem):
        read_cursor("sets", changed)


def test_a_cursor_of_sessions_is_none_of_sets(member, reader):
    fill(member, 2)
    cursor = reader.get("sessions", limit=1)["next"].rsplit("cursor=", 1)[1]
    assert reader.ask(f"sets?cursor={cursor}").status_code == 422


# --- Exercises ------------------------------------------------------------------------------------


def test_the_exercises_that_were_logged_and_ones_own(member, outsider, reader):
    squat = ExerciseFactory(slug="squat", name="Squat", load="external", unilateral=True)
    ExerciseFactory(slug="mine", name="Mine", owner=member, load="time")
    ExerciseFactory(slug="olgas", owner=outsider)
    ExerciseFactory(slug="never")
    for number in (0, 4):
        session = make_session(member, exercise=squat, sets=2, finished=True, started_at=at(number))
        make_set(session.blocks.get(), position=3, kind="warmup")
    make_session(member, exercise=ExerciseFactory(slug="gone"), sets=1, deleted_at=NOON)
    make_session(outsider, exercise=squat, sets=1, finished=True, started_at=at(9))
    [own, logged] = reader.get("exercises")["items"]
    assert logged == {
        "slug": "squat", "name": "Squat", "own": False, "load": "external", "unilateral": True,
        "muscles": [{"muscle": "Vastus lateralis", "group": "quadriceps", "share": 1.0}],
        "sets": 4, "first_day": "2026-03-01", "last_day": "2026-03-05",
    }  # fmt: skip
    assert own["slug"] == "mine"
    assert own["own"]
    assert (own["sets"], own["first_day"], own["last_day"]) == (0, None, None)


# --- Queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"), [("sessions", 3), ("sets", 3), ("exercises", 5), ("sessions/{uuid}", 5)]
)
def test_the_queries_are_as_many_for_many_rows(
    member, reader, path, most, django_assert_max_num_queries, no_lazy_queries
):
    [session] = fill(member, 1)
    path = path.replace("{uuid}", str(session.uuid))
    reader.get(path)  # that the token was used is written down once a day
    with django_assert_max_num_queries(most) as few:
        reader.get(path)
    fill(member, 20)
    for number in range(2, 20):
        block = session.blocks.create(order=number, place=number, exercise=ExerciseFactory())
        make_set(block)
    with django_assert_max_num_queries(len(few)) as many:
        reader.get(path, **({"limit": 500} if path in ("sessions", "sets") else {}))
    assert len(many) == len(few)
    assert SetLog.objects.count() > 50


def test_days_are_those_of_the_member(member, reader):
    late = datetime(2026, 1, 1, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    make_session(member, sets=1, finished=True, started_at=late)
    [row] = reader.get("sets", from_="2026-01-02", to="2026-01-02")["items"]
    assert row["day"] == "2026-01-02"
    assert date.fromisoformat(row["day"]) == late.date() + timedelta(days=1)
