"""Out as a file, and back in: the same, in another account and in one's own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Rack, User
from exchange.importing import keep_upload
from exchange.models import ImportBatch, NameChoice
from exchange.running import run
from exchange.undoing import undo_import
from exercises.models import Exercise
from exercises.services import own_exercise
from programs.models import Assignment, Pause, Program, SetKind
from progress.models import WeeklyBand
from sessions.models import Block, CheckIn, ExerciseSetup, ProgressionEvent, SetLog, WorkoutSession
from tests.exchange.archives import bring, files_of, json_of, zip_of
from tests.exchange.world import World
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    agree,
    make_check_in,
    make_session,
    make_set,
)

# What does not come back: docs/export.md.
NOT_BACK = ("written_at", "person", "imports", "tokens", "letters", "invitations", "texts", "about")


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def fresh(db):
    """Somebody new, who keeps check-ins, in the same time zone."""
    return agree(UserFactory(name="Nina New", unit="kg"))


def came_back(said: dict[str, Any]) -> dict[str, Any]:
    """What of an export comes back, with ids that are another account's as numbers."""
    said = {name: part for name, part in said.items() if name not in NOT_BACK}
    ids = {row["uuid"]: number for number, row in enumerate(said["sessions"])}
    names = {row["slug"]: row["name"] for row in said["exercises"]}
    for row in said["sessions"]:
        row["uuid"] = ids[row["uuid"]]
        row.pop("import", None)
        for block in row["blocks"]:
            block["exercise"] = names.get(block["exercise"], block["exercise"])
    for row in said["exercises"]:
        del row["slug"]
    for row in said["programs"]:
        for name in ("given_by", "written_from", "status", "ended_at"):
            row.pop(name, None)
        for event in row.get("events", ()):
            event.pop("by", None)
            if "session" in event:
                event["session"] = ids[event["session"]]
    for row in said["bands"]:
        row.pop("set_by", None)
    return said


# --- All of a world -----------------------------------------------------------------------------


def test_into_another_account_and_out_again_is_the_same(world, fresh):
    bring(fresh, zip_of(world.mia))
    before, after = came_back(json_of(world.mia)), came_back(json_of(fresh))
    for name in before:
        assert after[name] == before[name], name


def test_into_the_account_again_after_it_was_deleted(world):
    """Then the sessions have the ids that they had."""
    data, before = zip_of(world.mia), json_of(world.mia)
    SetLog.objects.filter(member=world.mia).delete()
    Block.objects.filter(session__member=world.mia, swapped_from__isnull=False).delete()
    WorkoutSession.objects.filter(member=world.mia).delete()
    bring(world.mia, data)
    after = json_of(world.mia)
    for row in (*before["sessions"], *after["sessions"]):
        row.pop("import", None)
    assert after["sessions"] == before["sessions"]


def test_into_ones_own_account_adds_nothing(world):
    data, before = zip_of(world.mia), json_of(world.mia)
    for name in ("legtraining.zip", "again.zip"):
        stored = bring(world.mia, data, name)
        assert (stored.sessions, stored.sets, stored.programs, stored.rest) == (0, 0, [], {})
        assert stored.exercises == []
    after = json_of(world.mia)
    for name in set(before) - {"written_at", "imports", "about"}:
        assert after[name] == before[name], name


def test_twice_into_another_account_is_once(world, fresh):
    bring(fresh, zip_of(world.mia))
    before = json_of(fresh)
    stored = bring(fresh, zip_of(world.mia), "later.zip")
    assert (stored.sessions, stored.sets, stored.programs, stored.rest) == (0, 0, [], {})
    after = json_of(fresh)
    for name in set(before) - {"written_at", "imports", "about"}:
        assert after[name] == before[name], name


def test_the_export_of_an_import_can_be_imported(world, fresh):
    bring(fresh, zip_of(world.mia))
    third = agree(UserFactory(unit="lb"))
    bring(third, zip_of(fresh))
    assert came_back(json_of(third)) == came_back(json_of(fresh))


def test_json_alone_is_enough(world, fresh):
    bring(fresh, files_of(zip_of(world.mia))["export.json"].encode(), "export.json")
    assert came_back(json_of(fresh)) == came_back(json_of(world.mia))


def test_through_the_page_s_own_run(world, fresh):
    """As a browser starts it, in one transaction."""
    batch = keep_upload(member=fresh, name="x.zip", data=zip_of(world.mia), app="own")
    ImportBatch.objects.filter(pk=batch.pk).update(status="running")
    run(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.counts["sets"], batch.counts["sessions"]) == ("done", 5, 2)
    assert undo_import(batch=batch)
    left = json_of(fresh)
    parts = ("sessions", "programs", "racks", "setups", "exercises", "bands", "check_ins")
    assert [left[name] for name in parts] == [[]] * len(parts)
    assert left["name_choices"] == []


# --- What stays out -----------------------------------------------------------------------------


def test_nothing_that_is_there_is_overwritten(world, fresh):
    Rack.objects.create(
        member=fresh, unit="lb", bars="44", plates="10x1", dumbbell_step=1, machine_step=1
    )
    ExerciseSetup.objects.create(member=fresh, exercise=world.squat, note="Mine")
    WeeklyBand.objects.create(member=fresh, group="quadriceps", low=1, high=2)
    NameChoice.objects.create(member=fresh, name="squat barbell", exercise=None)
    make_check_in(fresh, soreness={"calves": 1})
    own_exercise(member=fresh, name="grandma’s press", load="time")
    bring(fresh, zip_of(world.mia))
    said = json_of(fresh)
    assert [each["bars"] for each in said["racks"]] == ["44"]
    assert [each["note"] for each in said["setups"]] == ["Mine"]
    assert [each["high"] for each in said["bands"]] == [2]
    assert [each["soreness"] for each in said["check_ins"]] == [{"calves": 1}]
    assert [each["load"] for each in said["exercises"]] == ["time"]
    assert "exercise" not in next(
        each for each in said["name_choices"] if each["name"] == "squat barbell"
    )


def test_check_ins_only_for_who_agreed_to_keep_them(world, outsider):
    bring(outsider, zip_of(world.mia))
    assert not CheckIn.objects.filter(member=outsider).exists()
    assert WorkoutSession.objects.filter(member=outsider).exists()


def test_a_check_in_that_was_deleted_stays_so(world, fresh):
    CheckIn.objects.filter(member=world.mia).update(deleted_at=timezone.now())
    bring(fresh, zip_of(world.mia))
    assert not CheckIn.objects.filter(member=fresh).exists()


def test_a_program_comes_back_ended_and_nobody_s(world, fresh):
    bring(fresh, zip_of(world.mia))
    back = Assignment.objects.get(member=fresh)
    assert (back.status, back.assigned_by, back.program.owner) == ("ended", None, None)
    assert timezone.now() - back.ended_at < timedelta(minutes=1)
    session = WorkoutSession.objects.get(member=fresh, title="=Heavy")
    assert session.assignment == back
    assert (session.workout.week, session.workout.day) == (1, 1)
    assert Program.objects.visible_to(world.tara).filter(pk=back.program_id).count() == 0
    assert ProgressionEvent.objects.filter(assignment=back, by__isnull=True).count() == 2


def test_what_ended_keeps_its_end(world, fresh):
    ended = timezone.now() - timedelta(days=90)
    Assignment.objects.filter(pk=world.assignment.pk).update(status="ended", ended_at=ended)
    bring(fresh, zip_of(world.mia))
    assert Assignment.objects.get(member=fresh).ended_at == ended


def test_a_program_of_which_an_exercise_is_not_known_stays_out(world, fresh):
    data = json.loads(files_of(zip_of(world.mia))["export.json"])
    data["programs"][0]["text"] = data["programs"][0]["text"].replace("Leg Curl", "Zzyzx")
    bring(fresh, json.dumps(data).encode(), "export.json")
    assert not Assignment.objects.filter(member=fresh).exists()
    assert WorkoutSession.objects.get(member=fresh, title="=Heavy").assignment is None


def test_a_retired_exercise_comes_back(world, fresh):
    data = zip_of(world.mia)
    Exercise.objects.filter(name="Leg Curl").update(retired_at=timezone.now())
    bring(fresh, data)
    assert Assignment.objects.filter(member=fresh).exists()
    assert Block.objects.filter(session__member=fresh, exercise__name="Leg Curl").count() == 3


def test_an_exercise_that_is_called_otherwise_by_now(world, fresh):
    data = zip_of(world.mia)
    curl = Exercise.objects.get(name="Leg Curl")
    Exercise.objects.filter(pk=curl.pk).update(name="Curl of the Legs")
    curl.aliases.create(name="Leg Curl")
    bring(fresh, data)
    assert Assignment.objects.filter(member=fresh).exists()
    assert Block.objects.filter(session__member=fresh, exercise=curl).count() == 3


def test_a_rest_that_was_taken_back_comes_back_so(world, fresh):
    today = world.mia.today()
    Pause.objects.update(first=today, last=today - timedelta(days=1))
    bring(fresh, zip_of(world.mia))
    back = Pause.objects.get(assignment__member=fresh)
    assert (back.first, back.last) == (today, today - timedelta(days=1))


def test_a_rest_that_goes_on_ends_with_the_program(world, fresh):
    Pause.objects.update(last=None)
    Assignment.objects.filter(pk=world.assignment.pk).update(status="paused")
    bring(fresh, zip_of(world.mia))
    assert Pause.objects.get(assignment__member=fresh).last == fresh.today()


def test_an_open_session_comes_back_finished_with_its_last_set(fresh, member):
    began = timezone.now() - timedelta(hours=2)
    made = make_session(member, started_at=began)
    last = began + timedelta(minutes=50)
    make_set(made.blocks.get(), done_at=last)
    now = make_session(fresh)  # one is open here
    bring(fresh, zip_of(member))
    back = WorkoutSession.objects.exclude(pk=now.pk).get(member=fresh)
    assert back.finished_at == last


def test_somebody_else_s_session_is_never_touched(world, fresh):
    """A file may name any id."""
    data = json.loads(files_of(zip_of(world.mia))["export.json"])
    theirs = WorkoutSession.objects.get(member=world.olga)
    data["sessions"][0]["uuid"] = str(theirs.uuid)
    data["programs"] = []
    data["sessions"][0].pop("program")
    before = json_of(world.olga)["sessions"]
    bring(fresh, json.dumps(data).encode(), "export.json")
    assert json_of(world.olga)["sessions"] == before
    assert WorkoutSession.objects.filter(member=fresh).count() == 2


# --- sets.csv alone -----------------------------------------------------------------------------


def sets_of(said):
    """Every set with what sets.csv has of it, in some order."""
    of_session = ("day", "started_at", "finished_at", "title", "deleted_at")
    of_set = (
        "key", "position", "kind", "weight", "unit", "reps", "seconds", "rir", "note", "done_at",
        "deleted_at",
    )  # fmt: skip
    return sorted(
        repr(
            [
                [row.get(name) for name in of_session],
                [block["exercise_name"], block.get("superset")],
                [each.get(name) for name in of_set],
            ]
        )
        for row in said["sessions"]
        for block in row["blocks"]
        for each in block["sets"]
    )


def test_the_table_of_sets_alone_brings_the_sets(world, fresh):
    own_exercise(member=fresh, name="Grandma’s Press", load="time")
    text = files_of(zip_of(world.mia))["sets.csv"]
    bring(fresh, text.encode(), "sets.csv")
    assert sets_of(json_of(fresh)) == sets_of(json_of(world.mia))


def test_the_table_after_the_zip_adds_nothing(world, fresh):
    data = zip_of(world.mia)
    bring(fresh, data)
    stored = bring(fresh, files_of(data)["sets.csv"].encode(), "sets.csv")
    assert (stored.sessions, stored.sets, stored.there) == (0, 0, 5)


# --- Any log ------------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\t\n"),
    max_size=30,
) | st.sampled_from(["=1+1", "'=1", "-note", "@x", "\tx", "🦵🏽 legs", "a\nb", 'say "5, 6"', "'"])
WEIGHTS = st.none() | st.decimals(0, 2000, places=3)
REPS = st.integers(0, 200)
TIMES = st.integers(0, 10 * 365 * 24 * 3600).map(
    lambda seconds: (
        datetime(2016, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=seconds)
    )
)
SETS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(SetKind.values),
        "weight": WEIGHTS,
        "unit": st.sampled_from(["kg", "lb"]),
        "reps": REPS,
        "seconds": st.none() | st.integers(0, 7200),
        "rir": st.none() | st.sampled_from([Decimal(n) / 2 for n in range(21)]),
        "note": WORDS,
        "gone": st.booleans(),
    }
) | st.fixed_dictionaries(
    {"reps": st.none(), "seconds": st.integers(0, 7200), "weight": WEIGHTS, "note": WORDS}
)
BLOCKS = st.fixed_dictionaries(
    {
        "exercise": st.integers(0, 2),
        "superset": st.sampled_from(["", "A", "B"]),
        "note": WORDS,
        "swaps": st.booleans(),
        "kept_sets": st.none() | st.integers(0, 3),
        "removed": st.booleans(),
        "sets": st.lists(SETS, max_size=4),
    }
)
SESSIONS = st.fixed_dictionaries(
    {
        "started_at": TIMES,
        "minutes": st.integers(0, 300),
        "title": WORDS,
        "note": WORDS,
        "rpe": st.none() | st.integers(0, 10),
        "ticked": st.lists(st.sampled_from(["bike", "leg-swing"]), max_size=2, unique=True),
        "gone": st.booleans(),
        "blocks": st.lists(BLOCKS, max_size=4),
    }
)


def write(member: User, log: list[dict[str, Any]], exercises: list[Exercise]) -> None:
    now = timezone.now()
    for said in log:
        started = said["started_at"]
        row = WorkoutSession.objects.create(
            uuid=uuid4(), member=member, title=said["title"], note=said["note"], rpe=said["rpe"],
            ticked=said["ticked"], started_at=started, day=started.astimezone(member.zone).date(),
            finished_at=started + timedelta(minutes=said["minutes"]),
            deleted_at=now if said["gone"] else None,
        )  # fmt: skip
        before = None
        for order, each in enumerate(said["blocks"], 1):
            block = Block.objects.create(
                session=row, order=order, place=order, exercise=exercises[each["exercise"]],
                superset=each["superset"], note=each["note"],
                swapped_from=before if each["swaps"] else None, kept_sets=each["kept_sets"],
                removed_at=now if each["removed"] else None,
            )  # fmt: skip
            for position, read in enumerate(each["sets"], 1):
                fields = dict(read)
                gone = now if fields.pop("gone", False) else None
                make_set(
                    block, position=position, done_at=started + timedelta(seconds=position),
                    deleted_at=gone, **fields,
                )  # fmt: skip
            before = block


@pytest.fixture
def exercises(db, member):
    press = own_exercise(member=member, name="=Own (press)", load="external")
    return [ExerciseFactory(name="Back Squat"), ExerciseFactory(name="Nordic 5-4"), press]


@given(log=st.lists(SESSIONS, max_size=3, unique_by=lambda row: row["started_at"]))
@settings(
    max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)  # shrinking is slow with a database
def test_any_log_comes_back_as_it_was(db, member, exercises, log):
    with transaction.atomic():
        write(member, log, exercises)
        fresh = UserFactory()
        data = zip_of(member)
        bring(fresh, data)
        before = came_back(json_of(member))
        assert came_back(json_of(fresh)) == before | {"name_choices": []}
        third = UserFactory()
        own_exercise(member=third, name="=Own (press)", load="external")
        if any(each["sets"] for row in log for each in row["blocks"]):
            bring(third, files_of(data)["sets.csv"].encode(), "sets.csv")
        assert sets_of(json_of(third)) == sets_of(json_of(member))
        transaction.set_rollback(True)
