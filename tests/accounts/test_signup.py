"""/accounts/signup/ and the link in the mail that follows"""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, UserFactory
from tests.mailserver import smtp

FORM = {"name": "Nina New", "email": "Nina@Example.com", "password1": PASSWORD}


def sign_up(client, **changes):
    return client.post("/accounts/signup/", FORM | changes)


def link_in_mail():
    return re.search(r"https?://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]


def test_makes_a_member_whose_mail_link_confirms_and_signs_in(db):
    client = Client()
    assert sign_up(client).url == "/accounts/confirm-email/"

    person = User.objects.get()
    assert (person.name, person.email) == ("Nina New", "nina@example.com")
    assert not person.is_trainer
    assert not person.is_staff
    assert mail.outbox[0].to == ["nina@example.com"]
    assert not get_user(client).is_authenticated
    assert not EmailAddress.objects.get().verified

    assert client.get(link_in_mail()).status_code == 200
    assert not EmailAddress.objects.get().verified, (
        "a mail scanner that follows it must not confirm"
    )
    assert client.post(link_in_mail()).url == "/"
    assert EmailAddress.objects.get().verified
    assert get_user(client) == person


def test_nobody_signs_in_before_the_address_is_confirmed(db):
    sign_up(Client())
    client = Client()
    answer = client.post("/accounts/login/", {"login": FORM["email"], "password": PASSWORD})
    assert answer.url == "/accounts/confirm-email/"
    assert not get_user(client).is_authenticated


def test_a_refused_form_keeps_what_was_typed(db):
    page = sign_up(Client(), email="not-an-address")
    assert page.status_code == 422
    assert 'value="Nina New"' in page.text
    assert 'value="not-an-address"' in page.text
    assert PASSWORD not in page.text
    assert not User.objects.exists()


def test_a_name_is_needed(db):
    page = sign_up(Client(), name="  ")
    assert page.status_code == 422
    assert "name" in page.context["form"].errors
    assert not User.objects.exists()


def test_a_common_password_is_refused(db):
    page = sign_up(Client(), password1="password123")
    assert page.status_code == 422
    assert "password1" in page.context["form"].errors
    assert not User.objects.exists()


def test_never_says_who_has_an_account(db):
    known = UserFactory(email="nina@example.com", name="Nina Known")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    answer = sign_up(Client())
    assert answer.url == "/accounts/confirm-email/"
    assert User.objects.get().name == "Nina Known"
    assert "confirm-email" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("sent", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), ("Mars/Olympus", "UTC"), ("", "UTC")]
)
def test_the_browsers_time_zone_is_taken_if_there_is_one(db, sent, zone):
    sign_up(Client(), time_zone=sent)
    assert User.objects.get().time_zone == zone


def test_without_a_mail_server_the_account_is_kept_and_the_person_told(db, settings):
    settings.MAILERS = smtp(1)  # nothing listens there
    client = Client()
    answer = client.post("/accounts/signup/", FORM, follow=True)
    assert answer.status_code == 200
    assert "The mail could not be sent just now." in answer.text
    assert "Confirmation email sent" not in answer.text
    assert User.objects.get().email == "nina@example.com"
    assert not get_user(client).is_authenticated
