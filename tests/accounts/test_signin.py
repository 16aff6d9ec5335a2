"""/accounts/login/ and /accounts/logout/"""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client

from tests.factories import PASSWORD


@pytest.fixture
def person(member):
    """The member, who confirmed their address."""
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title, "  {} ".format])
def test_any_spelling_of_the_address_signs_in(person, spelling):
    client = Client()
    assert sign_in(client, spelling(person.email)).url == "/"
    assert get_user(client) == person


def test_a_wrong_password_is_refused_and_the_address_kept(person):
    client = Client()
    page = sign_in(client, person.email, "wrong")
    assert page.status_code == 422
    assert f'value="{person.email}"' in page.text
    assert "wrong" not in page.text
    assert not get_user(client).is_authenticated


def test_is_throttled_after_repeated_wrong_passwords(person):
    for _time in range(5):
        assert "Too many" not in sign_in(Client(), person.email, "wrong").text
    client = Client()
    page = sign_in(client, person.email)
    assert page.status_code == 422
    assert "Too many failed login attempts" in page.text
    assert not get_user(client).is_authenticated


def test_the_throttle_counts_for_all_spellings_together(person):
    for _time in range(5):
        sign_in(Client(), person.email.upper(), "wrong")
    assert "Too many failed login attempts" in sign_in(Client(), person.email).text


def test_a_blocked_account_does_not_sign_in(person):
    person.is_active = False
    person.save()
    client = Client()
    sign_in(client, person.email)
    assert not get_user(client).is_authenticated


def test_leads_back_to_the_page_that_asked(person):
    asked = Client().get("/sessions/").url
    assert asked == "/accounts/login/?next=/sessions/"
    assert 'name="next" value="/sessions/"' in Client().get(asked).text
    assert sign_in(Client(), person.email, next="/sessions/").url == "/sessions/"


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_leads_to_no_other_site(person, away):
    assert sign_in(Client(), person.email, next=away).url == "/"
    answer = Client().post(
        "/accounts/login/",
        {"login": person.email, "password": PASSWORD},
        query_params={"next": away},
    )
    assert answer.url == "/"


def test_signing_out_takes_a_post(person, signed_in):
    client = signed_in(person)
    client.get("/accounts/logout/")
    assert get_user(client) == person
    client.post("/accounts/logout/")
    assert not get_user(client).is_authenticated
