"""A real browser, the production server, and a database of their own with the demo in it.

What the server shows must be committed, and the other tests need an empty database: so it has one
of its own. It is read with psycopg, because the ORM refuses to work beside the event loop of
playwright. For the same reason everything has the scope of this package: the loop has ended when
the next package's tests run.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright
from psycopg.conninfo import make_conninfo

from demo.cast import PASSWORD
from legtraining.management.commands.serve import ADDRESS, stop, wait_until_healthy

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SETTINGS_OF_OURS = ("DEBUG", "ALLOWED_HOSTS", "BEHIND_PROXY", "EMAIL_URL", "PORT", "SECRET_KEY")

TIMEOUT = 15_000  # ms, for a machine that is busy with other things
expect.set_options(timeout=TIMEOUT)


@dataclass(frozen=True)
class Server:
    url: str
    database_url: str
    log: Path

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """What stands in the browser's database; single columns without their tuples."""
        with psycopg.connect(self.database_url) as database:
            rows = database.execute(sql, values).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    def change(self, sql: str, *values: Any) -> None:
        with psycopg.connect(self.database_url) as database:
            database.execute(sql, values)

    def mailed_link(self, email: str) -> str:
        """The link in the newest mail to `email`; without EMAIL_URL the server prints its mail."""
        printed = re.split(r"\n-{70,}\n", self.log.read_text())
        mail = next(mail for mail in reversed(printed) if f"To: {email}" in mail)
        found = re.search(rf"{self.url}/\S+", mail)
        assert found, mail
        return found[0]


# Debian's names; the shell is the same browser in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)


def pytest_runtest_setup() -> None:
    """Here, and not in a fixture, pytest reports all the tests that are skipped in one line."""
    if not CHROMIUM:
        lacking = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        lacking("Chromium is not installed, so nothing was tried in a browser.")


@pytest.fixture(scope="package")
def database_url() -> Iterator[str]:
    """An empty database, on the server that the other tests use."""
    params = connection.get_connection_params()
    params = {key: params[key] for key in ("host", "port", "user", "password") if params.get(key)}
    name = "test_browser_" + os.environ.get("PYTEST_XDIST_WORKER", "0")
    with psycopg.connect(dbname="postgres", autocommit=True, **params) as maintenance:
        maintenance.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        maintenance.execute(f"CREATE DATABASE {name}")
        yield make_conninfo(dbname=name, **params)
        maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="package")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`manage.py serve` with DEBUG off, as in production, and the demo in its database."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    env = {key: value for key, value in os.environ.items() if key not in SETTINGS_OF_OURS}
    env |= {"DATABASE_URL": database_url, "VAR_DIR": str(settings.VAR_DIR)}
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*manage, "serve", f"--port={port}"], env=env, stdout=output, stderr=output
        )
    try:
        # It makes its database first, and two others do so on the same processors.
        wait_until_healthy(process, port, seconds=120)
        subprocess.run([*manage, "load_demo", "--force", "-v0"], env=env, check=True)
        yield Server(f"http://{ADDRESS}:{port}", database_url, log)
    finally:
        stop(process)
    written = log.read_text()
    assert "Internal Server Error" not in written, written


@pytest.fixture(scope="package")
def browser(server: Server) -> Iterator[Browser]:
    """Started after the server and stopped before it: see the loop above."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def cookies() -> dict[str, Any]:
    """Who signed in already, because hashing a password takes its time."""
    return {}


Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def device(browser: Browser, server: Server, cookies: dict[str, Any]) -> Visit:
    """A page of its own device, a phone unless told otherwise, of a person or of nobody."""

    def open_device(person: str | None = None, **options: Any) -> Page:
        options = {"base_url": server.url, "viewport": PHONE, "reduced_motion": "reduce"} | options
        if person and person not in cookies:
            signing_in = browser.new_context(base_url=server.url)
            signing_in.set_default_timeout(TIMEOUT)
            sign_in(signing_in.new_page(), person)
            cookies[person] = signing_in.storage_state()
            signing_in.close()
        context = browser.new_context(storage_state=cookies.get(person), **options)
        context.set_default_timeout(TIMEOUT)
        return context.new_page()

    return open_device


@pytest.fixture
def visit(device: Visit) -> Iterator[Visit]:
    """Opens devices that nobody used before, and closes them after the test."""
    pages: list[Page] = []

    def open_device(person: str | None = None, **options: Any) -> Page:
        pages.append(device(person, **options))
        return pages[-1]

    yield open_device
    for page in pages:
        page.context.close()


def sign_in(page: Page, person: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(person)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    expect(page).to_have_url(re.compile(r"/$"))
