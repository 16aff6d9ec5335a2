"""GET /sessions/outbox/"""

from django.test import Client

from sessions.models import SetLog
from tests.sessions.conftest import from_phone

URL = "/sessions/outbox/"


def test_says_who_is_signed_in(member, trainer, signed_in):
    for person in (member, trainer):
        answer = signed_in(person).get(URL)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        assert answer.json().keys() == {"member", "token"}
        assert answer.json()["member"] == str(person.pk)


def test_its_token_sends_what_a_phone_has_kept(member, session, typed):
    """The page that made the form may be days old, or from before signing in again."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    url = f"/sessions/{session.uuid}/sets/"
    old = typed(session) | {"csrfmiddlewaretoken": "x" * 64}
    assert client.post(url, old, headers=from_phone(member)).status_code == 403
    assert not SetLog.objects.exists()
    token = client.get(URL).json()["token"]
    data = typed(session) | {"csrfmiddlewaretoken": token}
    assert client.post(url, data, headers=from_phone(member)).status_code == 200
    assert SetLog.objects.get().reps == 8


def test_no_phone_keeps_it(member, signed_in):
    assert "no-store" in signed_in(member).get(URL)["Cache-Control"]


def test_anonymous_signs_in_first(db):
    answer = Client().get(URL)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert "csrftoken" not in answer.cookies


def test_reads_only(member, signed_in):
    client = signed_in(member)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(URL).status_code == 405
