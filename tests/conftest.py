"""The cast that every endpoint is tried with, and how the tests run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from tests import mailserver as mailservers
from tests.factories import UserFactory, coach

hypothesis_settings.register_profile(
    "suite",
    deadline=None,  # speed is measured by `make bench`, never by a test
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("suite")


def pytest_configure() -> None:
    # A slow hash is right in production and a waste here: every test signs somebody in.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests first, one module after the other: each process then starts its server
    and loads the demo once, and not again after other tests in between."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


@pytest.fixture
def trainer(db: None) -> User:
    return UserFactory(name="Tara Trainer", is_trainer=True)


@pytest.fixture
def other_trainer(db: None) -> User:
    """A trainer who coaches nobody of the cast."""
    return UserFactory(name="Otto Other", is_trainer=True)


@pytest.fixture
def member(trainer: User) -> User:
    """A member whom `trainer` coaches."""
    person = UserFactory(name="Mia Member")
    coach(trainer, person)
    return person


@pytest.fixture
def outsider(db: None) -> User:
    """Another member, with no link to anybody."""
    return UserFactory(name="Olga Outsider")


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory(name="Ada Admin", is_staff=True, is_superuser=True)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client of the given person; `Client()` is the anonymous one."""

    def client_of(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return client_of


@pytest.fixture
def no_lazy_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A related row that the queryset did not ask for is an error, not one query more."""
    monkeypatch.setattr(models.query, "DEFAULT_FETCH_MODE", models.FETCH_RAISE)


@pytest.fixture
def query_count() -> Callable[[Client, str], int]:
    """How many queries a page takes, which must not depend on how many rows it shows."""

    def of_page(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return of_page


@pytest.fixture
def mailserver(settings: Any) -> Iterator[mailservers.Mailserver]:
    """A real mail server, to which mail goes instead of into `mail.outbox`."""
    with mailservers.running() as server:
        settings.MAILERS = mailservers.smtp(server.port)
        yield server
