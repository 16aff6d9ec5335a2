"""/accounts/delete/ and /accounts/deleted/, and what is left of somebody in the database"""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Invitation, Letter, MailStop, User
from accounts.services import invite
from coaching.models import TrainerNote
from exchange.deleting import LastAdmin, delete_account
from exercises.models import Exercise, InstructionRevision
from programs.models import Assignment, Program
from sessions.models import Comment, ProgressionEvent, SetLog, WorkoutSession
from sessions.services import settle
from tests.exchange.world import World, writes
from tests.factories import PASSWORD, UserFactory, coach, make_assignment, make_session

URL, BYE = "/accounts/delete/", "/accounts/deleted/"
SURE = {"password": PASSWORD, "has_read": "on"}


@pytest.fixture
def world(db):
    return World()


# --- The page -----------------------------------------------------------------------------------


def test_says_what_goes_and_offers_the_file_first(world, signed_in):
    page = signed_in(world.mia).get(URL)
    assert page.status_code == 200
    for words in ("1 session<", "4 sets<", "1 trainer who sees your log<"):
        assert words in page.text
    assert page.text.index("/accounts/export/download/") < page.text.index('name="password"')
    assert "What stays with others" not in page.text


def test_says_to_a_trainer_what_stays_with_others(world, signed_in):
    page = signed_in(world.tara).get(URL).text
    for words in (
        "1 member whom you coach<",
        "1 program that a member of yours follows",
        "1 comment on a member’s session<",
        "1 note about a member",
    ):
        assert words in page


def test_deletes_signs_out_and_says_goodbye(world, signed_in):
    client = signed_in(world.mia)
    answer = client.post(URL, SURE)
    assert (answer.status_code, answer.url) == (302, BYE)
    assert not User.objects.filter(pk=world.mia.pk).exists()
    page = client.get(BYE)
    assert page.status_code == 200
    assert "Goodbye" in page.text
    assert "Marzipan" not in page.text
    assert client.get("/today/").status_code == 302


def test_every_browser_is_signed_out(world, signed_in):
    phone, old = signed_in(world.mia), signed_in(world.mia)
    Session.objects.filter(pk=old.session.session_key).update(
        expire_date=timezone.now() - timedelta(days=1)
    )
    others = signed_in(world.olga)
    signed_in(world.mia).post(URL, SURE)
    assert phone.get("/today/").status_code == 302
    left = [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()]
    assert left == [str(world.olga.pk)]
    assert others.get("/today/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"has_read": "on", "password": "wrong"}, "That is not your password."),
        ({"has_read": "on"}, "This field is required."),
        ({"password": PASSWORD}, "Tick this if you are sure."),
        ({}, "This field is required."),
    ],
)
def test_what_is_wrong_deletes_nothing(member, signed_in, sent, words):
    page = signed_in(member).post(URL, sent)
    assert page.status_code == 422
    assert words in page.text
    assert ("checked" in page.text) == ("has_read" in sent)
    assert User.objects.filter(pk=member.pk).exists()


def test_passwords_cannot_be_tried_without_end(member, signed_in):
    client = signed_in(member)
    for _try in range(10):
        client.post(URL, SURE | {"password": "wrong"})
    page = client.post(URL, SURE)
    assert page.status_code == 422
    assert "tried too often" in page.text
    assert User.objects.filter(pk=member.pk).exists()


def test_who_has_no_password_types_the_address(member, signed_in):
    member.set_unusable_password()
    member.save()
    client = signed_in(member)
    assert 'name="password"' not in client.get(URL).text
    page = client.post(URL, {"has_read": "on", "email": "other@example.com"})
    assert page.status_code == 422
    assert 'value="other@example.com"' in page.text
    assert "not the address of this account" in page.text
    assert client.post(URL, {"has_read": "on", "email": member.email.upper()}).url == BYE


def test_reading_the_page_deletes_nothing(member, signed_in):
    signed_in(member).get(URL, SURE)
    assert User.objects.filter(pk=member.pk).exists()


def test_only_signed_in_and_only_ones_own(world, signed_in):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
    assert Client().post(URL, SURE).status_code == 302
    assert signed_in(world.olga).put(URL).status_code == 405
    assert Client().post(BYE).status_code == 405
    signed_in(world.olga).post(f"{URL}?pk={world.mia.pk}", SURE | {"pk": world.mia.pk})
    assert User.objects.filter(pk=world.mia.pk).exists()
    assert not User.objects.filter(pk=world.olga.pk).exists()


# --- What is left -------------------------------------------------------------------------------

TEXTS = (
    "text",
    "character varying",
    "character",
    "json",
    "jsonb",
    "ARRAY",
    "bytea",
    "USER-DEFINED",
)


def columns():
    """Every column of every table, with its kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        )
        return cursor.fetchall()


def keys_to(table):
    """Every column that refers to a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)"
            " WHERE contype = 'f' AND confrelid = %s::regclass",
            [table],
        )
        return cursor.fetchall()


def traces(words, pk):
    """Where in the database one of `words` stands, or a reference to the person `pk`."""
    found = []
    with connection.cursor() as cursor:
        for table, column, kind in columns():
            if kind in TEXTS:
                for word in words:
                    cursor.execute(
                        f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',
                        [f"%{word}%"],
                    )
                    if cursor.fetchone()[0]:
                        found.append(f"{table}.{column}: {word}")
        for table, column in keys_to("accounts_user"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [pk])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    sessions = [row.get_decoded().get("_auth_user_id") for row in Session.objects.all()]
    return found + ["django_session"] * sessions.count(str(pk))


HERS = (
    "Marzipan", "Grandma’s", "of jelly", "Rack 2", "You slept", "Sleeps badly", "Well done",
    "My chart", "strong.csv", "squat barbell",
)  # fmt: skip


def test_nothing_of_a_member_is_left(world, signed_in, admin):
    mia = world.mia
    signed_in(mia)
    about = ContentType.objects.get_for_model(User)
    address = EmailAddress.objects.get(email=mia.email)
    for of, row in ((about, mia), (ContentType.objects.get_for_model(EmailAddress), address)):
        LogEntry.objects.create(
            user=admin, content_type=of, object_id=str(row.pk), object_repr=str(row),
            action_flag=CHANGE,
        )  # fmt: skip
    before = traces(HERS, mia.pk)
    assert {each.split(": ")[-1] for each in before} >= set(HERS)  # all of them are seen
    assert len({each for each in before if ":" not in each}) >= 15
    key = mia.pk
    delete_account(member=mia)
    connection.check_constraints()
    assert traces(HERS, key) == []
    assert not Letter.objects.filter(kind="comment").exists()
    assert not Letter.objects.filter(kind="coaching").exists()
    assert not Invitation.objects.exists()
    assert not MailStop.objects.exists()


def test_others_keep_what_is_theirs(world):
    before = {
        "templates": list(Program.objects.filter(owner=world.tara, assignment=None).values()),
        "sets": list(SetLog.objects.filter(member=world.olga).values()),
        "comments": list(Comment.objects.filter(member=world.olga).values()),
        "library": list(Exercise.objects.filter(owner=None).order_by("pk").values()),
        "people": list(User.objects.exclude(pk=world.mia.pk).order_by("pk").values()),
    }
    delete_account(member=world.mia)
    assert before == {
        "templates": list(Program.objects.filter(owner=world.tara, assignment=None).values()),
        "sets": list(SetLog.objects.filter(member=world.olga).values()),
        "comments": list(Comment.objects.filter(member=world.olga).values()),
        "library": list(Exercise.objects.filter(owner=None).order_by("pk").values()),
        "people": list(User.objects.order_by("pk").values()),
    }


def test_the_copy_of_a_program_goes_and_the_template_stays(world):
    copy = world.assignment.program_id
    template = world.assignment.program.copied_from_id
    other = Program.objects.create(owner=world.otto, title="Other", weeks=1, copied_from_id=copy)
    delete_account(member=world.mia)
    assert not Program.objects.filter(pk=copy).exists()
    assert Program.objects.filter(pk=template).exists()
    other.refresh_from_db()
    assert other.copied_from is None


# --- A trainer ----------------------------------------------------------------------------------

FREE = {"Tangerine", "tara@example.com"}


def test_a_trainer_leaves_no_name_behind(world):
    writes(world.tara)
    key = world.tara.pk
    assert traces(FREE, key)
    delete_account(member=world.tara)
    connection.check_constraints()
    assert traces(FREE, key) == []
    assert not Invitation.objects.filter(label="Somebody").exists()


def test_members_keep_what_a_trainer_gave_and_wrote(world):
    delete_account(member=world.tara)
    given = Assignment.objects.select_related("program").get(member=world.mia)
    assert (given.status, given.program.owner, given.assigned_by) == ("active", None, None)
    assert given.program.workouts.count() == 4
    said = Comment.objects.get(text="Well done")
    assert (said.author, said.author_name) == (None, "a former trainer")
    note = TrainerNote.objects.get(member=world.mia)
    assert (note.trainer_name, note.text) == ("a former trainer", "Sleeps badly")
    looked = AccessRecord.objects.filter(member=world.mia).values_list("viewer_name", flat=True)
    assert set(looked) == {"a former trainer", "Otto Orange"}
    event = ProgressionEvent.objects.get(sentence__startswith="Set by")
    assert event.why == "Set by a former trainer: You slept"
    assert not Coaching.objects.filter(trainer=None).exists()
    settle(assignment=given)  # the lift goes on from the trainer's word
    assert given.lifts.get(lane="2x5").weight == pytest.approx(140.25)


def test_the_member_goes_on_training_without_the_trainer(world, signed_in):
    delete_account(member=world.tara)
    client = signed_in(world.mia)
    for url in (
        "/today/",
        "/programs/mine/",
        f"/sessions/{world.done.uuid}/",
        "/accounts/sharing/",
    ):
        assert client.get(url).status_code == 200, url
    assert "a former trainer" in client.get(f"/sessions/{world.done.uuid}/").text
    assert "a former trainer" in client.get("/coaching/about-me/").text


def test_templates_go_and_other_trainers_keep_their_copies(trainer, other_trainer, member):
    given = make_assignment(trainer, member)
    template = given.program.copied_from
    copied = Program.objects.create(
        owner=other_trainer, title="Copied", weeks=1, copied_from=template
    )
    deleted = Program.objects.create(
        owner=trainer, title="Deleted", weeks=1, deleted_at=timezone.now()
    )
    delete_account(member=trainer)
    assert not Program.objects.filter(pk__in=[template.pk, deleted.pk]).exists()
    copied.refresh_from_db()
    assert copied.copied_from is None
    assert Program.objects.filter(pk=given.program_id, owner=None).exists()


def test_texts_that_were_sent_in_stay_without_a_name_and_drafts_go(world):
    writes(world.tara)
    squat = Exercise.objects.get(slug="leg-curl")
    InstructionRevision.objects.create(
        exercise=squat, status="draft", decided_at=None, setup="x", movement="y", author=world.tara
    )
    delete_account(member=world.tara)
    left = InstructionRevision.objects.get()
    assert (left.status, left.author) == ("submitted", None)


# --- An admin, and the admin --------------------------------------------------------------------


def test_the_only_admin_stays(admin, signed_in):
    page = signed_in(admin).post(URL, SURE)
    assert page.status_code == 422
    assert "You are the only admin" in page.text
    UserFactory(is_staff=True, is_superuser=True, is_active=False)
    UserFactory(is_superuser=True)
    assert signed_in(admin).post(URL, SURE).status_code == 422
    assert User.objects.filter(pk=admin.pk).exists()
    UserFactory(is_staff=True, is_superuser=True)
    assert signed_in(admin).post(URL, SURE).url == BYE


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_admins_who_go_at_once_one_stays():
    first, second = [UserFactory(is_staff=True, is_superuser=True) for _each in range(2)]
    answers = []

    def go():
        try:
            delete_account(member=second)
            answers.append("gone")
        except LastAdmin:
            answers.append("stays")
        finally:
            connections.close_all()

    other = threading.Thread(target=go)
    with transaction.atomic():
        delete_account(member=first)
        other.start()
        other.join(timeout=1)
        assert answers == []  # it waits for what becomes of the first
    other.join()
    assert answers == ["stays"]
    assert User.objects.get() == second


def test_the_admin_deletes_a_person_as_they_would_themselves(world, admin, signed_in):
    client, key = signed_in(admin), world.mia.pk
    url = reverse("admin:accounts_user_delete", args=[key])
    page = client.get(url).text
    assert "Marzipan, with everything they logged" in page
    assert "Grandma" not in page
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert traces(HERS, key) == []
    entry = LogEntry.objects.get()
    assert (entry.action_flag, entry.object_repr, entry.object_id) == (
        DELETION,
        "a deleted person",
        None,
    )


def test_the_admin_deletes_several(world, admin, signed_in):
    people = [world.mia.pk, world.olga.pk]
    url = reverse("admin:accounts_user_changelist")
    data = {"action": "delete_selected", "_selected_action": people, "post": "yes"}
    assert signed_in(admin).post(url, data).status_code == 302
    assert not User.objects.filter(pk__in=people).exists()
    assert not WorkoutSession.objects.exists()


def test_the_admin_cannot_delete_the_last_admin(admin, signed_in):
    url = reverse("admin:accounts_user_delete", args=[admin.pk])
    client = signed_in(admin)
    assert "Nobody would be left who may give roles" in client.get(url).text
    client.post(url, {"post": "yes"})
    assert User.objects.filter(pk=admin.pk).exists()


# --- Edges --------------------------------------------------------------------------------------


def test_twice_is_once(member):
    delete_account(member=member)
    delete_account(member=member)
    assert not User.objects.filter(pk=member.pk).exists()


def test_an_own_exercise_that_became_the_library_s_is_in_nobody_s_way(world):
    Exercise.objects.filter(pk=world.own.pk).update(
        merged_into=world.squat, retired_at=timezone.now()
    )
    SetLog.objects.filter(exercise=world.own).update(exercise=world.squat)
    delete_account(member=world.mia)
    assert not Exercise.objects.filter(name="Grandma’s Press").exists()
    assert Exercise.objects.filter(pk=world.squat.pk).exists()


def test_invitations_of_others_stay(trainer, member, outsider):
    invite(trainer=trainer, label="Olga", email=outsider.email)
    delete_account(member=member)
    assert Invitation.objects.get().label == "Olga"


def test_who_trains_others_and_themselves(trainer, member, other_trainer):
    """A person may be both; what they wrote to themselves goes."""
    coach(other_trainer, trainer)
    mine = make_session(trainer, sets=1, finished=True)
    Comment.objects.create(
        session=mine, member=trainer, author=trainer, author_name=str(trainer), text="Own words"
    )
    delete_account(member=trainer)
    assert not Comment.objects.exists()
    assert not WorkoutSession.objects.exists()
    assert User.objects.filter(pk=member.pk).exists()
