"""/accounts/tokens/"""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.querysets import hash_token
from exchange.models import AccessToken, Scope
from exchange.tokens import MOST_LIVE, SHAPE, find_token, make_token, note_use, revoke_token
from legtraining.domain.refusal import Refusal
from tests.factories import PASSWORD

URL = "/accounts/tokens/"
FORM = {"name": "Desk chart", "scopes": ["sessions", "progress"], "days": "90"}
FORM |= {"password": PASSWORD}
SECRET = re.compile(SHAPE.pattern)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()  # how often a password was tried is counted there


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def make(member, name="Chart", days=None, at=None):
    return make_token(member=member, name=name, scopes=["sessions"], days=days, at=at)


def test_teaches_and_offers_the_form(client):
    page = client.get(URL)
    assert page.status_code == 200
    assert "Make the token" in page.text
    assert "In use" not in page.text
    assert page["Cache-Control"].count("no-store") == 1


def test_a_token_is_shown_once_and_kept_as_a_hash(client, member):
    page = client.post(URL, FORM)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    secret = SECRET.search(page.text)[0]
    token = AccessToken.objects.get()
    assert token.member == member
    assert token.name == "Desk chart"
    assert token.scopes == ["progress", "sessions"]
    assert token.token_hash == hash_token(secret)
    assert token.starts_with == secret[:12]
    assert timedelta(days=89) < token.expires_at - timezone.now() <= timedelta(days=90)
    assert find_token(secret) == token

    again = client.get(URL).text
    assert "Desk chart" in again
    assert token.starts_with in again
    assert not SECRET.search(again)
    assert secret not in again


def test_the_secret_stands_nowhere_in_the_database(client):
    secret = SECRET.search(client.post(URL, FORM).text)[0]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE strpos(t::text, %s) > 0', [secret]
            )
            assert cursor.fetchone() == (0,), table


def test_sent_again_it_makes_no_second_one(client):
    client.post(URL, FORM)
    page = client.post(URL, FORM | {"name": "desk CHART"})
    assert page.status_code == 422
    assert "You have a token of this name." in page.text
    assert AccessToken.objects.count() == 1
    assert not SECRET.search(page.text)


def test_a_name_is_free_again_once_its_token_is_revoked(client, member):
    client.post(URL, FORM)
    client.post(f"{URL}{AccessToken.objects.get().pk}/revoke/")
    assert SECRET.search(client.post(URL, FORM).text)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"scopes": []}, "Choose at least one."),
        ({"scopes": ["admin"]}, "admin is not one of the available choices"),
        ({"days": "3650"}, "3650 is not one of the available choices"),
        ({"password": "wrong"}, "This is not your password."),
        ({"password": ""}, "This field is required."),
    ],
)
def test_what_is_refused_comes_back_with_a_sentence(client, change, sentence):
    page = client.post(URL, FORM | change)
    assert page.status_code == 422
    assert sentence in page.text
    assert not AccessToken.objects.exists()
    assert PASSWORD not in page.text
    if "name" not in change:
        assert 'value="Desk chart"' in page.text


def test_an_empty_form_is_refused(client):
    assert client.post(URL, {}).status_code == 422


def test_a_password_cannot_be_tried_without_end(client):
    for _each in range(10):
        assert "not your password" in client.post(URL, FORM | {"password": "no"}).text
    page = client.post(URL, FORM)
    assert page.status_code == 422
    assert "Too many tries." in page.text
    assert not AccessToken.objects.exists()


def test_until_revoked_means_without_an_end(client):
    client.post(URL, FORM | {"days": "0"})
    assert AccessToken.objects.get().expires_at is None
    assert "works until revoked" in client.get(URL).text


def test_revoking_works_at_once_and_once(client, member):
    token, secret = make(member)
    page = client.post(f"{URL}{token.pk}/revoke/", follow=True)
    assert page.redirect_chain == [(URL, 302)]
    assert "“Chart” reads nothing any more." in page.text
    assert find_token(secret) is None
    first = AccessToken.objects.get().revoked_at
    client.post(f"{URL}{token.pk}/revoke/")
    assert AccessToken.objects.get().revoked_at == first


def test_nobody_else_sees_or_revokes_it(member, outsider, trainer, signed_in):
    token, _secret = make(member)
    for person in (outsider, trainer):
        client = signed_in(person)
        assert token.starts_with not in client.get(URL).text
        assert client.post(f"{URL}{token.pk}/revoke/").status_code == 404
    assert AccessToken.objects.get().revoked_at is None


def test_methods_and_strangers(client, member):
    token, _secret = make(member)
    assert client.get(f"{URL}{token.pk}/revoke/").status_code == 405
    assert client.put(URL).status_code == 405
    assert client.post(f"{URL}999999/revoke/").status_code == 404
    assert Client().get(URL).status_code == 302


def test_there_is_a_limit_of_those_that_work(member, client):
    now = timezone.now()
    make(member, "Old", days=1, at=now - timedelta(days=2))
    for number in range(MOST_LIVE):
        make(member, f"Number {number}")
    with pytest.raises(Refusal):
        make(member, "One more")
    page = client.post(URL, FORM)
    assert page.status_code == 422
    assert f"You have {MOST_LIVE} tokens." in page.text
    revoke_token(token=AccessToken.objects.get(name="Number 3"))
    make(member, "One more")


def test_what_is_over_is_listed_apart(member, client):
    now = timezone.now()
    make(member, "Expired one", days=1, at=now - timedelta(days=2))
    revoked, _secret = make(member, "Revoked one")
    revoke_token(token=revoked)
    live, _secret = make(member, "Working one")
    page = client.get(URL)
    assert [token for token, _scopes in page.context["tokens"]] == [live]
    assert [token.name for token in page.context["ended"]] == ["Revoked one", "Expired one"]
    assert page.text.count("/revoke/") == 1


def test_the_page_takes_as_many_queries_for_many(member, client, query_count):
    make(member)
    one = query_count(client, URL)
    for number in range(10):
        make(member, f"Number {number}")
    assert query_count(client, URL) == one


# --- Which ones work ------------------------------------------------------------------------------


def test_a_token_works_until_it_expires(member):
    now = timezone.now()
    token, secret = make(member, days=30, at=now)
    assert find_token(secret, now + timedelta(days=30, seconds=-1)) == token
    assert find_token(secret, now + timedelta(days=30)) is None


def test_a_token_of_somebody_who_may_not_sign_in_is_none(member):
    _token, secret = make(member)
    member.is_active = False
    member.save()
    assert find_token(secret) is None


@pytest.mark.parametrize("wrong", ["", "legs_", "legs_" + "a" * 43, "legs_\x00", "Legs_", "é" * 48])
def test_nothing_else_is_a_token(member, wrong, django_assert_max_num_queries):
    make(member)
    with django_assert_max_num_queries(1 if SHAPE.fullmatch(wrong) else 0):
        assert find_token(wrong) is None


def test_the_hash_is_no_token(member):
    token, _secret = make(member)
    assert find_token(token.token_hash) is None
    assert find_token(f"legs_{token.token_hash[:43]}") is None


def test_its_use_is_written_down_once_a_day_by_the_members_calendar(
    member, django_assert_num_queries
):
    member.time_zone = "Pacific/Kiritimati"  # the earliest day there is
    member.save()
    _token, secret = make(member)
    found = find_token(secret)
    note_use(found)
    assert AccessToken.objects.get().used_on == member.today()
    found = find_token(secret)
    with django_assert_num_queries(0):
        note_use(found)


def test_every_scope_has_its_words():
    assert all(str(scope.label) for scope in Scope)
