"""GET /accounts/export/ and /accounts/export/download/"""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import (
    AccessRecord,
    Invitation,
    Letter,
    MailStop,
    Rack,
    User,
)
from exchange.exporting import programs, rest, sessions
from exchange.models import AccessToken, ImportBatch, NameChoice
from exercises.models import Exercise, InstructionRevision, MuscleWork
from legtraining.csv_cells import cell, uncell
from legtraining.domain.shorthand import parse_plan
from programs.models import Assignment, DayChange, LiftState, Pause, Program, Reminder, Workout
from progress.models import WeeklyBand
from sessions.models import (
    Block,
    CheckIn,
    ExerciseSetup,
    ProgressionEvent,
    SetLog,
    WorkoutSession,
)
from tests.exchange.archives import files_of, json_of, rows_of, zip_of
from tests.exchange.world import World, writes
from tests.factories import make_program, make_session, make_set

PAGE, FILE = "/accounts/export/", "/accounts/export/download/"


@pytest.fixture
def world(db):
    return World()


# --- The page and the file ----------------------------------------------------------------------


def test_the_page_says_what_is_in_it(world, signed_in):
    page = signed_in(world.mia).get(PAGE)
    assert page.status_code == 200
    for words in ("1 session<", "4 sets<", "1 check-in<", "1 program that you follow or followed"):
        assert words in page.text
    assert f'href="{FILE}"' in page.text
    assert "roster" not in page.text


def test_the_page_of_who_has_nothing(outsider, signed_in):
    assert "You have not logged anything yet" in signed_in(outsider).get(PAGE).text


def test_one_click_is_a_zip(world, signed_in):
    answer = signed_in(world.mia).get(FILE)
    day = world.mia.today()
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == f'attachment; filename="legtraining-{day}.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert list(files_of(answer.getvalue())) == [
        "README.txt",
        "export.json",
        "sessions.csv",
        "sets.csv",
        "check_ins.csv",
        "programs/strong-legs.txt",
    ]


@pytest.mark.parametrize("url", [PAGE, FILE])
def test_only_by_get_and_signed_in(member, signed_in, url):
    assert signed_in(member).post(url).status_code == 405
    assert Client().get(url).url == f"/accounts/login/?next={url}"


def test_everybody_gets_their_own(world, signed_in):
    """Nothing in an address says whose it is."""
    text = "".join(
        files_of(signed_in(world.olga).get(f"{FILE}?member={world.mia.pk}").getvalue()).values()
    )
    assert "Olga said" in text
    assert "Marzipan" not in text
    assert "Heavy" not in text


def test_nothing_of_others(world):
    text = "".join(files_of(zip_of(world.mia)).values())
    assert "Olga" not in text
    assert world.tara.email not in text


def test_reading_is_all_that_it_does(member, signed_in):
    client = signed_in(member)
    client.get(FILE)
    assert not AccessRecord.objects.exists()


# --- A trainer's --------------------------------------------------------------------------------


def test_a_trainer_has_the_roster_and_what_they_wrote(world, signed_in):
    writes(world.tara)
    files = files_of(signed_in(world.tara).get(FILE).getvalue())
    assert world.mia.email in files["roster.csv"]
    assert "Reported pain" not in files["roster.csv"]
    assert {"programs/strong-legs.txt", "programs/strong-legs-2.txt"} < set(files)
    assert len(parse_plan(files["programs/strong-legs-2.txt"]).weeks) == 1
    said = json.loads(files["export.json"])
    assert [each["title"] for each in said["templates"]] == ["Strong legs"] * 2
    assert said["texts"][0]["movement"] == "Squat."
    assert "somebody@example.com" in [each.get("email") for each in said["invitations"]]
    assert said["sessions"] == []


def test_each_member_in_it_finds_it_in_their_record(world, signed_in):
    signed_in(world.tara).get(FILE)
    record = AccessRecord.objects.get(member=world.mia, what="export")
    assert record.viewer == world.tara
    assert not AccessRecord.objects.filter(member=world.olga).exists()


# --- Whether all of it is there -----------------------------------------------------------------

# What the parts of the file are read from.
COLUMNS = {
    User: rest.PERSON,
    EmailAddress: rest.ADDRESS,
    MailStop: rest.MAIL_STOP,
    Rack: rest.RACK,
    ExerciseSetup: rest.SETUP,
    Exercise: rest.EXERCISE,
    MuscleWork: rest.MUSCLE,
    NameChoice: rest.NAME_CHOICE,
    WeeklyBand: rest.BAND,
    CheckIn: rest.CHECK_IN,
    ImportBatch: rest.IMPORT,
    AccessToken: rest.TOKEN,
    Letter: rest.LETTER,
    Invitation: rest.INVITATION,
    InstructionRevision: rest.TEXT,
    WorkoutSession: sessions.SESSION,
    Block: sessions.BLOCK,
    SetLog: sessions.SET,
    Assignment: programs.ASSIGNMENT,
    Program: programs.TEMPLATE,
    Workout: programs.WORKOUT,
    Pause: programs.PAUSE,
    DayChange: programs.MOVE,
    Reminder: programs.REMINDER,
    LiftState: programs.LIFT,
    ProgressionEvent: programs.EVENT,
}
# Columns that are in no part, and why.
NOT_READ = {
    "User.password": "a hash, and a secret",
    "User.calendar_key": "a secret: who has it reads the calendar",
    "Rack.member": "whose file it is", "ExerciseSetup.member": "whose file it is",
    "NameChoice.member": "whose file it is", "WeeklyBand.member": "whose file it is",
    "CheckIn.member": "whose file it is", "ImportBatch.member": "whose file it is",
    "AccessToken.member": "whose file it is", "Letter.member": "whose file it is",
    "WorkoutSession.member": "whose file it is", "SetLog.member": "whose file it is",
    "Assignment.member": "whose file it is", "EmailAddress.user": "whose file it is",
    "Exercise.owner": "whose file it is", "Program.owner": "whose file it is",
    "Invitation.trainer": "whose file it is", "InstructionRevision.author": "whose file it is",
    "Letter.uuid": "of the sending machine", "Letter.about": "of the sending machine",
    "Exercise.words": "made of the names", "Exercise.figure": "own exercises have none",
    "Exercise.staple": "of the library", "Exercise.erratum": "of the library",
    "MuscleWork.exercise": "it stands inside its exercise",
    "ImportBatch.content": "the member's own file, which they have",
    "AccessToken.token_hash": "a secret",
    "Invitation.nonce": "a secret", "Invitation.token_hash": "a secret",
    "InstructionRevision.based_on": "of the library",
    "InstructionRevision.reviewer": "somebody else",
    "WorkoutSession.assignment": "its number stands in program",
    "Block.session": "it stands inside its session", "SetLog.session": "it stands inside it",
    "SetLog.block": "it stands inside its block",
    "SetLog.exercise": "that of its block", "SetLog.weight_kg": "worked out",
    "Program.key": "of the gym's own programs",
    "Workout.program": "it stands inside its program",
    "Pause.assignment": "inside", "DayChange.assignment": "inside", "Reminder.assignment": "inside",
    "LiftState.assignment": "inside", "ProgressionEvent.assignment": "inside",
}  # fmt: skip
# Tables that are in the file in another way, or not at all, and why.
OTHERWISE = {
    "accounts.Coaching": "about.links; of a trainer's members the roster",
    "accounts.Handover": "about.handovers",
    "accounts.AccessRecord": "about.looked",
    "workouts.Comment": "about.comments",
    "workouts.CommentRead": "that a comment was read, not what anybody said",
    "coaching.TrainerNote": "about.notes; a trainer's own are about others",
    "programs.Prescription": "the text of the program",
    "programs.PrescribedSet": "the text of the program",
    "exercises.ExerciseAlias": "aliases of the exercise",
    "exercises.Exercise_equipment": "equipment of the exercise",
    "exercises.FactsRevision": "the library's history, and the library's",
    "exercises.ExercisePhoto": "the library's pictures, with their author's name there",
    "exchange.ImportedSession": "import of the session",
    "exchange.ImportedSet": "its session says from which import it is",
    "account.EmailConfirmation": "secrets that are valid for some days",
    "admin.LogEntry": "what an admin did to others",
    "accounts.User_groups": "rights in the admin",
    "accounts.User_user_permissions": "rights in the admin",
}


def theirs():
    """Every model that leads to a person, by its own foreign key or through other rows."""
    found, before = {User}, 0
    while before != len(found):
        before = len(found)
        found |= {
            model
            for model in apps.get_models(include_auto_created=True)
            if any(field.related_model in found for field in keys_of(model))
        }
    return found


def keys_of(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey | models.OneToOneField)
    ]


def test_every_table_that_leads_to_a_person_is_in_the_file_or_has_a_reason():
    missing = {model._meta.label for model in theirs() if model not in COLUMNS} - OTHERWISE.keys()
    assert missing == set()
    assert OTHERWISE.keys() <= {model._meta.label for model in theirs()}


def test_every_column_of_them_is_in_the_file_or_has_a_reason():
    missing, known = [], set()
    for model, columns in COLUMNS.items():
        read = {path.split("__")[0] for path in columns.values()}
        for field in model._meta.concrete_fields:
            name = f"{model.__name__}.{field.name}"
            known.add(name)
            if field.name not in read and not field.primary_key and name not in NOT_READ:
                missing.append(name)
    assert missing == []
    assert NOT_READ.keys() <= known


def test_all_of_it_is_there(world):
    """One row of each kind, by words that stand nowhere else."""
    said = json_of(world.mia)
    assert said["person"]["email"] == "marzipan@example.com"
    assert said["person"]["mail_not_wanted"][0]["kind"] == "reminder"
    assert [each["email"] for each in said["person"]["addresses"]][1] == (
        "second-marzipan@example.com"
    )
    assert said["racks"][0]["machine_step"] == 7.5
    assert said["setups"][0] | {"note": "", "step": 0} == {
        "exercise": "back-squat", "exercise_name": "Back Squat", "note": "", "unit": "lb",
        "bar": 45, "step": 0,
    }  # fmt: skip
    (own,) = said["exercises"]
    assert (own["name"], own["muscles"], own["equipment"]) == (
        "Grandma’s Press",
        [{"muscle": "vastus_lateralis", "share": 0.5}],
        ["grandma"],
    )
    assert {each["name"]: each.get("exercise") for each in said["name_choices"]} == {
        "squat barbell": "back-squat",
        "bench press": None,
    }
    assert said["bands"][0]["set_by"] == "Tara Tangerine"
    assert said["check_ins"][0]["body_weight"] == 150.5
    assert said["imports"][0]["file_name"] == "strong.csv"
    assert said["tokens"][0]["name"] == "My chart"
    assert "e" * 64 not in json.dumps(said)
    assert {each["kind"] for each in said["letters"]} == {"comment", "program"}
    about = said["about"]
    assert about["notes"][0]["text"] == "Sleeps badly"
    assert {each["text"] for each in about["comments"]} == {"Well done", "Thanks"}
    assert {each["trainer"] for each in about["links"]} == {"Tara Tangerine", "Otto Orange"}
    assert about["handovers"][0]["to"] == "Otto Orange"
    assert {each["what"] for each in about["looked"]} == {"sessions and plans", "check-ins"}


def test_the_log_is_there_with_its_plan_and_what_was_deleted(world):
    done, gone = json_of(world.mia)["sessions"]
    assert (done["title"], done["rpe"], done["ticked"], done["program"]) == (
        "=Heavy", 8, ["bike"], 1,
    )  # fmt: skip
    assert (done["week"], done["workout_day"]) == (1, 1)
    assert done["import"] == json_of(world.mia)["imports"][0]["uuid"]
    assert gone["deleted_at"]
    squat, own, skipped, removed = done["blocks"]
    assert (squat["rule"], squat["lane"], squat["kept_sets"]) == ("linear +5kg", "2x5", 2)
    assert [each.get("kind") for each in squat["sets"]] == ["work", "failed", "work"]
    assert ["deleted_at" in each for each in squat["sets"]] == [False, False, True]
    assert squat["sets"][0] | {"key": "", "done_at": "", "written_at": ""} == {
        "key": "", "position": 1, "kind": "work", "weight": 132.5, "unit": "lb", "reps": 5,
        "rir": 1.5, "note": "@home", "done_at": "", "written_at": "",
    }  # fmt: skip
    assert own["swapped_from"] == 1
    assert own["sets"][0]["seconds"] == 40
    assert skipped["skipped_at"]
    assert removed["removed_at"]


def test_programs_are_there_with_where_each_lift_stands(world):
    (given,) = json_of(world.mia)["programs"]
    assert given["given_by"] == "Tara Tangerine"
    assert given["time_of_day"] == "07:30:00"
    assert parse_plan(given["text"]) == parse_plan(parse_text(world))
    assert [day.get("skipped_at") is None for day in given["workouts"]] == [True, False, True, True]
    for part in ("pauses", "moves", "reminders"):
        assert len(given[part]) == 1
    assert {each["lane"]: each["weight"] for each in given["lifts"]} == {
        "tm": 220.5,
        "2x5": 140.25,
    }
    assert given["events"][-1]["values"] == {"name": "Tara Tangerine", "reason": "You slept"}


def parse_text(world):
    text = files_of(zip_of(world.mia))["programs/strong-legs.txt"]
    return text.split("\n", 1)[1]


def test_numbers_stay_exact(world):
    exact = Decimal("123.45678912")
    LiftState.objects.filter(lane="2x5").update(weight=exact)
    weights = [Decimal("0.125"), Decimal("1999.999"), Decimal(0), Decimal("0.001")]
    block = world.done.blocks.get(order=1)
    for position, weight in enumerate(weights, 10):
        make_set(block, position=position, weight=weight)
    text = files_of(zip_of(world.mia))["export.json"]
    said = json.loads(text, parse_float=Decimal)
    assert exact in [lift["weight"] for lift in said["programs"][0]["lifts"]]
    sets = said["sessions"][0]["blocks"][0]["sets"]
    assert [each["weight"] for each in sets if each["position"] >= 10] == weights


# --- The tables ---------------------------------------------------------------------------------


def test_the_tables_have_a_row_a_session_a_set_and_a_check_in(world):
    files = files_of(zip_of(world.mia))
    session, gone = rows_of(files["sessions.csv"])
    assert (session["program"], session["week"], session["sets"]) == ("Strong legs", "1", "3")
    # 2 sets of 132.5 lb x 5; nothing of the one that was deleted.
    assert session["weight_reps_kg"] == str(
        round(2 * Decimal("132.5") * 5 * Decimal("0.45359237"), 2)
    )
    assert gone["deleted_at"]
    sets = rows_of(files["sets.csv"])
    assert [(each["exercise"], each["set"], each["weight"], each["unit"]) for each in sets] == [
        ("Back Squat", "1", "132.5", "lb"),
        ("Back Squat", "2", "132.5", "lb"),
        ("Back Squat", "3", "132.5", "lb"),
        ("Grandma’s Press", "1", "", "kg"),
        ("Leg Curl", "1", "60", "kg"),
    ]
    (check_in,) = rows_of(files["check_ins.csv"])
    assert (check_in["soreness_quadriceps"], check_in["pain"], check_in["signs"]) == (
        "4",
        "4",
        "pop",
    )


def test_no_cell_is_a_formula(world):
    world.set.note = '=HYPERLINK("http://x")'
    world.set.save()
    files = files_of(zip_of(world.mia))
    assert rows_of(files["sets.csv"])[0]["note"] == '\'=HYPERLINK("http://x")'
    for name in ("sessions.csv", "sets.csv", "check_ins.csv"):
        for row in rows_of(files[name]):
            assert not [value for value in row.values() if value.startswith(tuple("=+-@\t\r"))]


@given(
    st.text(st.characters(codec="utf-8"), max_size=8)
    | st.from_regex(r"'*[=+\-@\t\r]", fullmatch=True)
)
def test_a_cell_comes_back_as_it_was_and_never_as_a_formula(text):
    assert uncell(cell(text)) == text
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_of_ours_stay_numbers():
    assert [cell(each) for each in (-5, Decimal("-2.5"), 0.5, None)] == ["-5", "-2.5", "0.5", ""]


# --- The description ----------------------------------------------------------------------------


def fields_in(value):
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            if name not in ("soreness", "values", "choices", "counts"):
                yield from fields_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from fields_in(each)


def test_every_file_column_and_field_is_described(world):
    writes(world.mia)
    User.objects.filter(pk=world.mia.pk).update(is_trainer=True, is_staff=True, remind_minutes=60)
    world.mia.refresh_from_db()
    files = files_of(zip_of(world.mia))
    readme = files.pop("README.txt")
    words = set(re.findall(r"[a-z_]+", readme))
    for name, text in files.items():
        assert name.split("/")[0] in readme
        if name.endswith(".csv") and name != "roster.csv":
            assert set(rows_of(text)[0]) <= words
    assert set(fields_in(json.loads(files["export.json"]))) - words == set()
    assert max(map(len, readme.splitlines())) <= 90


# --- How much it costs --------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow(world, signed_in, query_count, no_lazy_queries):
    client = signed_in(world.mia)
    query_count(client, FILE)
    few = query_count(client, FILE)
    for n in range(20):
        made = make_session(
            world.mia, exercise=world.squat, sets=3, finished=True,
            started_at=timezone.now() - timedelta(days=n),
        )  # fmt: skip
        assert made.pk
        program = make_program(world.mia, exercises=[world.squat], weeks=1, days=1)
        Exercise.objects.create(
            owner=world.mia, slug=f"own-{n}", name=f"Own {n}", mechanics="compound"
        )
        Assignment.objects.create(
            member=world.mia, program=program, start_date=world.mia.today(), weekdays=[0],
            status="ended", ended_at=timezone.now(),
        )  # fmt: skip
    assert query_count(client, FILE) == few


def test_names_of_files_are_all_different(world):
    for title in ("Beine & Po", "Beine  Po", "腿", "../../etc/passwd", "x" * 100):
        program = make_program(world.tara, exercises=[world.squat], weeks=1, days=1)
        Program.objects.filter(pk=program.pk).update(title=title)
    names = [name for name in files_of(zip_of(world.tara)) if name.startswith("programs/")]
    assert names == [
        "programs/strong-legs.txt",
        "programs/beine-po.txt",
        "programs/beine-po-2.txt",
        "programs/program.txt",
        "programs/etcpasswd.txt",
        f"programs/{'x' * 60}.txt",
    ]
