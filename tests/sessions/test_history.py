"""GET /sessions/"""

from django.test import Client

from tests.factories import make_session


def test_shows_own_finished_sessions_only(member, outsider, signed_in):
    make_session(member, finished=True, sets=2, note="mine")
    make_session(outsider, finished=True, sets=1, note="not mine")
    page = signed_in(member).get("/sessions/")
    assert page.status_code == 200
    assert page.content.decode().count("Leg session") == 1


def test_anonymous_signs_in_first(db):
    assert Client().get("/sessions/").status_code == 302


def test_wrong_method(member, signed_in):
    assert signed_in(member).post("/sessions/").status_code == 405
