"""accounts.middleware.whose_page"""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.middleware import whose_page
from sessions.models import (
    Block,
    CheckIn,
    Comment,
    CommentRead,
    ExerciseSetup,
    SetLog,
    WorkoutSession,
)
from sessions.urls import urlpatterns
from tests.factories import ExerciseFactory, agree, make_session, make_set

READS = {"history", "outbox", "plates", "session", "version", "comments"}


@pytest.fixture
def log(member):
    """An open session with a set, and everything that could be sent to change it."""
    agree(member)
    other = ExerciseFactory(name="Leg press")
    session = make_session(member, exercise=ExerciseFactory(slug="back-squat"))
    block = session.blocks.get()
    key = make_set(block).client_key
    said = Comment.objects.create(
        session=session, member=member, author=member, author_name=member.name, text="Deep?"
    )
    typed = {"client_key": block.key_of(2), "exercise": "back-squat", "block": 1, "position": 2}
    typed |= {"kind": "work", "weight": "60", "unit": "kg", "reps": "8"}
    place, checklist = f"/sessions/{session.uuid}/", f"/sessions/{session.uuid}/checklist/"
    return {
        "start": ("/sessions/start/", {"uuid": uuid4()}),
        "check_in": ("/sessions/check-in/", {"pain": "3"}),
        "withdraw_health": ("/sessions/check-in/withdraw/", {}),
        "log_set": (f"{place}sets/", typed),
        "delete_set": (f"{place}sets/{key}/delete/", {}),
        "restore_set": (f"{place}sets/{key}/restore/", {}),
        "add_exercise": (f"{place}exercises/", {"name": "Leg press", "order": 2}),
        "remove_exercise": (f"{place}exercises/1/remove/", {}),
        "restore_exercise": (f"{place}exercises/1/restore/", {}),
        "skip_exercise": (f"{place}exercises/1/skip/", {}),
        "unskip_exercise": (f"{place}exercises/1/unskip/", {}),
        "move_exercise": (f"{place}exercises/1/move/", {"place": 1}),
        "swap_exercise": (f"{place}exercises/1/swap/", {"exercise": other.slug}),
        "set_up": (f"{place}exercises/1/setup/", {"note": "Rack 4", "unit": "kg"}),
        "tick": (f"{checklist}warmup/", {"done": "warmup-easy"}),
        "write_comment": (f"{place}comments/", {"uuid": str(uuid4()), "text": "Hard."}),
        "read_comments": (f"{place}comments/read/", {"newest": said.uuid}),
        "read_all_comments": ("/sessions/comments/read/", {}),
        "delete_comment": (f"{place}comments/{said.uuid}/delete/", {}),
        "restore_comment": (f"{place}comments/{said.uuid}/restore/", {}),
        "finish": (f"{place}finish/", {"rpe": "8"}),
        "reopen": (f"{place}reopen/", {}),
        "discard": (f"{place}discard/", {}),
        "restore": (f"{place}restore/", {}),
    }


def rows():
    models = (WorkoutSession, Block, SetLog, ExerciseSetup, CheckIn, Comment, CommentRead)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_a_page_says_for_whom_it_was_made(member, trainer, signed_in):
    for address in ("/exercises/", "/nowhere/"):
        assert Client().get(address)["X-Member"] == ""
        for person in (member, trainer):
            assert signed_in(person).get(address)["X-Member"] == str(person.pk)
    assert signed_in(member).get("/today/")["X-Member"] == str(member.pk)


def test_only_pages_say_it(member, signed_in):
    client = signed_in(member)
    for address in ("/sessions/outbox/", "/sw.js", "/manifest.webmanifest", "/"):
        answer = client.get(address)
        expected = answer.get("Content-Type", "").startswith("text/html")
        assert ("X-Member" in answer) == expected, address


def test_after_signing_out_it_is_nobodys(member, signed_in):
    client = signed_in(member)
    assert client.get("/exercises/")["X-Member"] == str(member.pk)
    client.post("/accounts/logout/")
    assert client.get("/exercises/")["X-Member"] == ""


def test_who_signed_in_on_the_way_is_named(member):
    def signs_in(request):
        request.user = member
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert whose_page(signs_in)(request)["X-Member"] == str(member.pk)


def test_what_somebody_else_logged_stays_on_the_phone(member, outsider, log, signed_in):
    client, before = signed_in(member), rows()
    for name, (address, data) in log.items():
        for other in (str(outsider.pk), f"0{member.pk}", "", "x" * 400):
            answer = client.post(address, data, headers={"X-Outbox": other})
            assert (answer.status_code, answer.content) == (409, b""), name
    assert rows() == before


def test_ones_own_is_taken(member, log, signed_in):
    client = signed_in(member)
    for name, (address, data) in log.items():
        before = rows()
        answer = client.post(address, data, headers={"X-Outbox": str(member.pk)})
        assert answer.status_code in (200, 204, 302), name
        if name in ("log_set", "delete_set", "add_exercise", "skip_exercise", "set_up", "finish"):
            assert rows() != before, name


def test_signed_out_it_asks_to_sign_in(member, log):
    before = rows()
    for address, data in log.values():
        answer = Client().post(address, data, headers={"X-Outbox": str(member.pk)})
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert rows() == before


def test_every_address_that_writes_to_the_log_was_tried(log):
    """A new one has to be tried too."""
    names = {route.name for route in urlpatterns}
    others = {"delete_check_in", "restore_check_in", "skip", "unskip", "settle_comments"}
    assert names - READS - others == log.keys()
