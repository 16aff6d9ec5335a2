"""Every address, asked by everybody: the answer, what stands in it, and what it changes.

A new address needs a row in `table/`, for each method that it takes: its route, the nine answers
in the order of `ROLES`, and names of the world for the places in its route. A new kind of thing
that is private needs a row in `world.py` and a line in `private.py`.

The world is built once a process, in a transaction that is never committed; each request is made
in a savepoint of it that is taken back.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.asking import ask, taken_back
from tests.permissions.private import SECRETS
from tests.permissions.table import ROWS
from tests.permissions.table.rows import REFUSED
from tests.permissions.world import ROLES, World

pytestmark = pytest.mark.django_db  # or pytest-django makes no database
EACH_ROW = pytest.mark.parametrize("row", ROWS, ids=str)
# Views of others that take a method without saying so.
MORE_METHODS = {"GET", "POST"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def routes(patterns=None, prefix=""):
    """Every address there is, as the urls have it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        # The admin's own page of an app has the names of all apps in its pattern.
        route = re.sub(r"\^\(\?P<app_label>.*", "<app_label>/", prefix + str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def none(found, what):
    """Fails with the whole list, a line each."""
    assert not found, "\n".join([what, *sorted(found)])


def test_every_address_has_a_row():
    none(set(routes()) - {row.route for row in ROWS}, "Without a row in tests/permissions/table/:")


def test_every_row_has_an_address():
    none({row.route for row in ROWS} - set(routes()), "Rows of addresses that are gone:")


def test_every_row_is_there_once():
    named = [f"{row} {sorted(row.send.items())}" for row in ROWS]
    none({name for name in named if named.count(name) > 1}, "Twice:")


def test_every_method_has_a_row(world):
    """An address says which methods it takes, whoever asks with another one."""
    there = {(row.route, row.method) for row in ROWS}
    missing = []
    for row in {row.route: row for row in ROWS}.values():
        with taken_back():
            answer = world.client("admin").options(row.address(world.names))
        allowed = re.findall(r"GET|POST", answer.get("Allow", ""))
        missing += [f"{each} /{row.route}" for each in allowed if (row.route, each) not in there]
    none(missing, "Without a row in tests/permissions/table/:")


def leaks(world, row, role, text):
    return [
        f"{role} reads the {secret.name}: {word}"
        for secret in SECRETS
        if not secret.may_stand(role, row.route) and secret.name not in row.tells
        for word in words_of(secret, world)
        if word.casefold() in text
    ]


def words_of(secret, world):
    return [word.format_map(world.names) for word in secret.words]


@EACH_ROW
def test_answers_as_written_and_tells_no_secret(world, row):
    answers = {role: ask(world, row, role) for role in ROLES}
    wrong = [
        f"{role} gets {answer.code} instead of {row.expected[role]}"
        for role, answer in answers.items()
        if answer.code != row.expected[role]
    ]
    for role, answer in answers.items():
        wrong += leaks(world, row, role, answer.text.casefold())
        if answer.changed and row.expected[role] in REFUSED | {"422"} and not row.open:
            wrong.append(f"{role} is refused and changed something")
    did_it = any(answer.changed for answer in answers.values())
    may = [role for role, code in row.expected.items() if code not in REFUSED | {"422"}]
    if row.method == "POST" and may and did_it == row.still:
        wrong.append("it changed something" if did_it else f"it changed nothing for {may}")
    none(wrong, f"{row}:")


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.name)
def test_is_read_where_it_may_be(world, secret):
    """Else nothing would be proved by its absence."""
    for address, roles in secret.seen.items():
        for role in roles:
            with taken_back():
                page = world.client(role).get(address.format_map(world.names))
            text = page.text.casefold()
            found = [word for word in words_of(secret, world) if word.casefold() in text]
            assert found, f"{role} at {address} ({page.status_code})"


# What is a trainer's own, and nobody's secret, whether they are a trainer still or not.
HER_OWN = ("template", "shared", "deleted", "invitation", "leg-extension")
OF_MIA = [secret for secret in SECRETS if "owner" in secret.roles]


def test_a_trainer_who_is_none_any_more_sees_nothing(world):
    """The links are open still, and open no door."""
    wrong = []
    for row in ROWS:
        answer = ask(world, row, "health", after="demoted")
        may_no_longer = row.expected["health"] not in REFUSED and row.expected["member"] in REFUSED
        if may_no_longer and not row.at.startswith(HER_OWN) and answer.code not in {"403", "404"}:
            wrong.append(f"{row}: {answer.code}")
        for secret in OF_MIA:
            found = any(
                word.casefold() in answer.text.casefold() for word in words_of(secret, world)
            )
            if found and secret.name not in row.tells:
                wrong.append(f"{row}: reads the {secret.name}")
    none(wrong, "Open still:")


# What is another one each time.
FLEETING = re.compile(
    r"[0-9A-Za-z]{64}|[0-9A-Za-z]{6}:[\w-]{27,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{12,}|\d{4}-\d\d-\d\dT[\d:.]+|Expires:.*|DTSTAMP.*|Content-Length:.*"
)
ABOUT_PEOPLE = ("accounts/", "admin/accounts/", "calendar/", "coaching/", "programs/", "sessions/")


# Of whom may write notes about health: their own are in their file, and in what would go with them.
OWN_NOTES = ("accounts/export/download/", "accounts/delete/")


def pages_of(role):
    return [
        row
        for row in ROWS
        if row.method == "GET"
        and row.expected[role] == "200"
        and not (role == "plain" and row.route in OWN_NOTES)
        and (row.route in {"", "today/"} or row.route.startswith(ABOUT_PEOPLE))
    ]


def differs(world, row, role):
    """Whether the page says that there is a check-in, in whatever words."""
    there, gone = (ask(world, row, role, after=after).text for after in ("", "no_check_in"))
    return FLEETING.sub("", there) != FLEETING.sub("", gone)


@pytest.mark.parametrize("role", ["plain", "other", "admin"])
def test_nothing_hints_at_a_check_in(world, role):
    none([str(row) for row in pages_of(role) if differs(world, row, role)], "Another page:")


def test_whom_it_is_shared_with_is_told_at_first_sight(world):
    """Else the test above could not fail."""
    assert differs(world, next(row for row in pages_of("health") if row.route == ""), "health")
