"""/api/v1/: who gets in, what is refused, and how it is said"""

import logging
import threading
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache, caches
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import timezone

from exchange.api import log, throttling
from exchange.api.errors import Problem
from exchange.api.throttling import PER_TOKEN, WRONG_PER_ADDRESS, address_of, count, throttle
from exchange.models import AccessToken, Scope
from exchange.tokens import revoke_token
from tests.exchange.reading import Reader, fitting, secret_of
from tests.factories import make_session

SCOPES = {
    "me": "",
    "sessions": "sessions",
    "sessions/{uuid}": "sessions",
    "sets": "sessions",
    "exercises": "sessions",
    "programs": "programs",
    "progress": "progress",
    "progress/weeks": "progress",
}
EACH = pytest.mark.parametrize("path", SCOPES)


@pytest.fixture
def session(member):
    return make_session(member, sets=2, finished=True)


def of(path, session):
    return path.replace("{uuid}", str(session.uuid))


def said(response, status, error):
    """The parts of a refusal, which always has the same ones."""
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    assert response["Cache-Control"] == "private, no-store"
    data = response.json()
    assert set(data) == {"error", "message", "parameter"}
    assert data["error"] == error
    assert data["message"].endswith((".", "?"))
    return data


@EACH
def test_a_token_with_the_scope_reads_ones_own(member, session, path):
    scope = SCOPES[path]
    reader = Reader(secret_of(member, scope or "programs"))
    response = reader.ask(of(path, session))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "Authorization" in response["Vary"]
    assert not response.cookies
    fitting(of(path, session), response)


@EACH
def test_a_token_without_the_scope_is_told_which_one(member, session, path):
    if not SCOPES[path]:
        return
    others = [scope for scope in Scope.values if scope != SCOPES[path]]
    response = Reader(secret_of(member, *others)).ask(of(path, session))
    data = said(response, 403, "missing_scope")
    assert SCOPES[path] in data["message"]
    assert f'scope="{SCOPES[path]}"' in response["WWW-Authenticate"]
    fitting(of(path, session), response)


@EACH
def test_without_a_token_nothing_is_read(session, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Reader(None).ask(of(path, session))
    said(response, 401, "missing_token")
    assert response["WWW-Authenticate"] == 'Bearer realm="Legtraining"'
    fitting(of(path, session), response)


@EACH
def test_the_cookie_of_a_session_opens_nothing(member, session, signed_in, path):
    response = signed_in(member).get(f"/api/v1/{of(path, session)}")
    said(response, 401, "missing_token")


@EACH
@pytest.mark.parametrize("case", ["wrong", "revoked", "expired", "inactive", "basic", "empty"])
def test_a_token_that_does_not_work_reads_nothing(member, session, path, case):
    secret = secret_of(member, days=30)
    header = f"Bearer {secret}"
    if case == "wrong":
        header = f"Bearer {secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}"
    if case == "revoked":
        revoke_token(token=AccessToken.objects.get())
    if case == "expired":
        AccessToken.objects.update(expires_at=timezone.now())
    if case == "inactive":
        member.is_active = False
        member.save()
    if case == "basic":
        header = f"Basic {secret}"
    if case == "empty":
        header = "Bearer"
    response = Client().get(f"/api/v1/{of(path, session)}", headers={"Authorization": header})
    said(response, 401, "missing_token" if case == "basic" else "invalid_token")
    assert secret not in response.text


@EACH
def test_what_is_somebody_elses_is_not_there(member, outsider, trainer, session, path):
    for person in (outsider, trainer):
        reader = Reader(secret_of(person))
        response = reader.ask(of(path, session))
        if "{uuid}" in path:
            said(response, 404, "not_found")
        else:
            text = response.text
            assert session.title not in text
            assert str(session.uuid) not in text


def test_the_word_bearer_is_read_in_any_case(member):
    secret = secret_of(member)
    for header in (f"bearer {secret}", f"BEARER  {secret} "):
        assert Client().get("/api/v1/me", headers={"Authorization": header}).status_code == 200


def test_a_token_in_the_address_is_no_token(member):
    secret = secret_of(member)
    said(Client().get(f"/api/v1/me?access_token={secret}"), 401, "missing_token")


@EACH
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_it_only_reads(member, session, path, method):
    response = Reader(secret_of(member)).ask(of(path, session), method)
    said(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD"


@EACH
def test_head_answers_as_get_without_the_body(member, session, path):
    response = Reader(secret_of(member)).ask(of(path, session), "HEAD")
    assert response.status_code == 200
    assert response.content == b""


@pytest.mark.parametrize(
    "path",
    ["", "nonsense", "sessions/", "sessions/1", "sessions/%00", "me.json", "docs", "x/y/z?a=1"],
)
def test_what_is_no_address_is_json_too(member, path):
    for reader in (Reader(None), Reader(secret_of(member, "sessions"))):
        said(reader.ask(path), 404, "not_found")
        AccessToken.objects.all().delete()
    said(Client().get("/api/v1/nonsense"), 404, "not_found")


@EACH
@pytest.mark.parametrize("name", ["form", "access_token", "offset"])
def test_an_unknown_parameter_is_refused(member, session, path, name):
    response = Reader(secret_of(member)).ask(of(path, session), **{name: "1"})
    data = said(response, 422, "bad_parameter")
    assert data["parameter"] == name
    assert data["message"].startswith("This address ")
    fitting(of(path, session), response)


BAD = {
    "sessions": [("from", "yesterday"), ("from", "20260101"), ("from", "2026-02-30"),
                 ("to", "1767225600"), ("to", "２０２６-01-01"), ("limit", "0"), ("limit", "501"),
                 ("limit", "many"), ("limit", "1e2"), ("limit", "9" * 5000), ("cursor", "x"),
                 ("cursor", "WzEsMl0:1:2"), ("cursor", "\x00")],
    "sets": [("exercise", "\x00"), ("exercise", "no such"), ("exercise", "no-such"),
             ("limit", "-1"), ("cursor", "é")],
    "programs": [("limit", "51"), ("cursor", ":")],
    "progress": [("weeks", "0"), ("weeks", "105"), ("exercise", "nobodys")],
    "progress/weeks": [("weeks", "x")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "name", "value"), [(path, *each) for path, bad in BAD.items() for each in bad]
)
def test_a_parameter_that_cannot_be_read_gets_a_sentence(member, path, name, value):
    response = Reader(secret_of(member)).ask(path, **{name: value})
    data = said(response, 422, "bad_parameter")
    assert data["parameter"] == name
    assert "See its description" not in data["message"]
    fitting(path, response)


def test_days_in_the_wrong_order_are_refused(member):
    response = Reader(secret_of(member)).ask("sets", from_="2026-02-01", to="2026-01-01")
    assert said(response, 422, "bad_parameter")["parameter"] == "from"


# --- What goes wrong on our side ------------------------------------------------------------------


def test_a_fault_of_ours_is_told_without_a_word_about_it(member, monkeypatch, caplog, settings):
    def explode(*_args):
        raise RuntimeError("the inside of the machine")

    secret = secret_of(member)
    monkeypatch.setattr(log, "between", explode)
    for settings.DEBUG in (False, True):
        with caplog.at_level(logging.ERROR):
            response = Reader(secret).ask("sessions")
        said(response, 500, "server_error")
        assert "inside" not in response.text
        assert "the inside of the machine" in caplog.text
        assert secret not in caplog.text
        caplog.clear()


def test_a_database_that_is_away_is_a_503(member, monkeypatch):
    def away(*_args):
        raise OperationalError("connection refused")

    secret = secret_of(member)
    monkeypatch.setattr(log, "between", away)
    response = Reader(secret).ask("sessions")
    said(response, 503, "unavailable")
    assert response["Retry-After"] == "10"


# --- How often ------------------------------------------------------------------------------------


@pytest.fixture
def fresh(db):
    cache.clear()


def test_a_token_asks_120_times_a_minute(member, fresh):
    reader = Reader(secret_of(member))
    other = Reader(secret_of(member, "programs"))
    for _each in range(PER_TOKEN - 1):
        count(f"token:{AccessToken.objects.earliest('pk').pk}")
    assert reader.ask("me").status_code == 200
    response = reader.ask("me")
    said(response, 429, "too_many_requests")
    assert 1 <= int(response["Retry-After"]) <= 60
    fitting("me", response)
    assert other.ask("me").status_code == 200


def test_wrong_tokens_are_counted_by_address_and_keep_nobody_else_out(member, fresh):
    wrong = Reader("legs_" + "x" * 43)
    for _each in range(WRONG_PER_ADDRESS):
        said(wrong.ask("me"), 401, "invalid_token")
    said(wrong.ask("me"), 429, "too_many_requests")
    assert Reader(secret_of(member)).ask("me").status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    headers = wrong.headers
    said(elsewhere.get("/api/v1/me", headers=headers), 401, "invalid_token")


def test_another_address_cannot_be_pretended(fresh):
    wrong = Reader("legs_" + "x" * 43)
    for number in range(WRONG_PER_ADDRESS):
        wrong.headers["X-Forwarded-For"] = f"192.0.2.{number}"
        wrong.ask("me")
    wrong.headers["X-Forwarded-For"] = "192.0.2.99"
    said(wrong.ask("me"), 429, "too_many_requests")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", "unknown"),
    ],
)
def test_by_which_address_is_counted(address, counted):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_a_minute_begins_with_its_first_request(fresh):
    now = datetime(2026, 3, 1, 12, 0, 10, tzinfo=timezone.get_current_timezone())
    assert count("x", now).requests == 1
    later = count("x", now + timedelta(seconds=59))
    assert (later.requests, later.ends) == (2, now + timedelta(minutes=1))
    again = count("x", now + timedelta(seconds=60))
    assert (again.requests, again.ends) == (1, now + timedelta(minutes=2))
    assert count("y", now).requests == 1


def test_what_is_too_much_waits_for_the_end_of_the_minute(fresh):
    now = timezone.now()
    throttle("x", 1, now)
    with pytest.raises(Problem) as refused:
        throttle("x", 1, now + timedelta(seconds=20.5))
    assert refused.value.headers == {"Retry-After": "40"}
    throttle("x", 1, now + timedelta(seconds=60))


def kept_keys():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM legtraining_cache")
        return [key for (key,) in cursor.fetchall()]


def test_an_address_is_not_kept(fresh):
    count("wrong:192.0.2.7")
    [key] = kept_keys()
    assert "api:" in key
    assert "192" not in key


def test_djangos_cache_clears_our_counts_away_with_its_own(fresh, monkeypatch):
    count("x", timezone.now() - timedelta(minutes=2))
    monkeypatch.setattr(caches["default"], "_max_entries", 0)  # not the proxy's
    cache.set("another", 1)
    assert not [key for key in kept_keys() if "api:" in key]


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_are_all_counted():
    """Two processes do what two threads with a connection each do."""
    cache.clear()
    start, each, most = threading.Barrier(4), 50, []

    def ask():
        try:
            start.wait()
            most.append(max(throttling.count("race").requests for _ in range(each)))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 4 * each
    assert throttling.count("race").requests == 4 * each + 1
