"""/accounts/mail/stop/<token>/"""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts import stops
from accounts.delivery import deliver_due
from accounts.letters import post
from accounts.models import MailKind, MailStop

KINDS = ["comment", "coaching", "program", "invitation"]


def url(kind="comment", email="mia@example.com"):
    return f"/accounts/mail/stop/{stops.stop_token(kind=kind, email=email)}/"


def stored():
    return sorted(MailStop.objects.values_list("email", "kind"))


@pytest.fixture
def client(db):
    """A stranger's: no cookies, and forms from other sites are looked at."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_link_asks_and_its_button_stops_this_kind_alone(client, kind):
    page = client.get(url(kind))
    assert page.status_code == 200
    assert f"They are about {MailKind(kind).label}." in page.text
    assert stored() == [], "mail programs open links by themselves"
    for _each in range(2):
        page = client.post(url(kind))
        assert page.status_code == 200
        assert "You get no more of these mails" in page.text
        assert stored() == [("mia@example.com", kind)]
    assert "You get no more of these mails" in client.get(url(kind)).text


def test_undo(client):
    client.post(url())
    for _each in range(2):
        page = client.post(url(), {"again": "1"})
        assert "You get these mails again." in page.text
        assert stored() == []
    assert "No more of these mails?" in client.get(url()).text


def test_nobody_elses_and_nothing_else_is_touched(client):
    stops.stop(kind="program", email="mia@example.com")
    stops.stop(kind="comment", email="olga@example.com")
    client.post(url())
    client.post(url(), {"again": "1"})
    assert stored() == [("mia@example.com", "program"), ("olga@example.com", "comment")]


def test_one_click_of_a_mail_program(member, client, settings):
    """RFC 8058: without cookies, without a redirect."""
    settings.LETTERS = {"comment": "tests.accounts.writers.plain"}
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], "tests/accounts/templates"]}, *others]
    post(kind=MailKind.COMMENT, about=1, member=member)
    assert deliver_due() == 1
    (link,) = re.findall(r"<(.+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])
    path = link.removeprefix(settings.SITE_URL)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stored() == [(member.email, "comment")]
    assert post(kind=MailKind.COMMENT, about=2, member=member) is None


def test_the_address_is_not_told(client, member):
    page = client.get(url(email=member.email))
    assert member.email not in page.text
    assert member.email not in url(email=member.email)


@pytest.mark.parametrize(
    "email", ["o'hara/legs+1@example.com", "zoë@exämple.com", "a%2f@b.example"]
)
def test_any_address_can_stand_in_a_link(client, email):
    assert client.post(url(email=email)).status_code == 200
    assert stored() == [(email, "comment")]


def test_a_link_that_was_not_signed_here(client):
    good = url().removesuffix("/").removeprefix("/accounts/mail/stop/")
    body, signature = good.split(".")
    other = stops.stop_token(kind="program", email="mia@example.com").split(".")[0]
    wrong = [good[:-1], body, f"{other}.{signature}", "é", "comment.mia@example.com", "%00"]
    wrong += [stops.SIGNER.sign_object(each) for each in (["spam", "m@example.com"], ["x"])]
    for token in wrong:
        path = f"/accounts/mail/stop/{token}/"
        assert client.get(path).status_code == 404, token
        assert client.post(path).status_code == 404, token
    assert stored() == []


def test_signed_in_as_somebody_else_it_is_still_the_mails_address(member, outsider, signed_in):
    signed_in(outsider).post(url(email=member.email))
    assert stored() == [(member.email, "comment")]


def test_wrong_method(client):
    assert client.delete(url()).status_code == 405
