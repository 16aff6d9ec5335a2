"""GET / and the pages for what went wrong"""

import pytest
from django.db.utils import InterfaceError, OperationalError
from django.test import Client

from exercises.services import load_library
from legtraining.views import server_error


def test_anybody_reads_what_this_is(db):
    load_library()
    page = Client().get("/").text
    assert "Leg day, logged in one tap" in page
    assert "86 leg exercises" in page
    for url in ("/accounts/signup/", "/accounts/login/", "/exercises/"):
        assert f'href="{url}"' in page


@pytest.mark.parametrize(
    ("who", "title"), [("member", "Today"), ("trainer", "Roster"), ("admin", "Today")]
)
def test_everybody_has_their_own(who, title, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get("/").text
    assert f"<h1>{title}</h1>" in page
    assert ('href="/admin/"' in page) == (who == "admin")


def test_wrong_method(member, signed_in):
    assert Client().post("/").status_code == 405
    assert signed_in(member).post("/").status_code == 405


def test_nothing_here(db, member, signed_in):
    for client in (Client(), signed_in(member)):
        page = client.get("/no/such/page/")
        assert page.status_code == 404
        assert "There is nothing here" in page.text


def test_not_yours(member, signed_in):
    page = signed_in(member).get("/programs/")
    assert page.status_code == 403
    assert "This is not yours to change" in page.text


@pytest.mark.parametrize(
    ("problem", "status", "says"),
    [
        (OperationalError, 503, "We cannot reach our records"),
        (InterfaceError, 503, "We cannot reach our records"),
        (ValueError, 500, "Something went wrong here"),
    ],
)
def test_our_fault(rf, problem, status, says):
    """Without the database's fixture: the page may ask it for nothing."""

    def broken():
        raise problem

    try:
        broken()
    except problem:
        page = server_error(rf.get("/"))
    assert page.status_code == status
    assert says in page.text
