"""Nothing that was logged is lost or doubled: without signal, with a reload in the middle, a killed
tab, a killed server, an expired session, somebody else on the phone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from legtraining.management.commands.serve import ADDRESS, stop, wait_until_healthy
from tests.browser.conftest import Server, Visit, sign_in
from tests.browser.test_twice import start

MEMBER, OTHER = "member@example.com", "solo@example.com"
OPEN = ".set.is-open:not(.is-extra)"
KEPT, ACKNOWLEDGED = ".set.is-kept", ".set.is-done:not(.is-kept)"


@pytest.fixture
def session(visit: Visit, server: Server) -> Page:
    """A planned workout, just begun, on a phone that has the pages it needs."""
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")
    return begin(visit(MEMBER))


def begin(page: Page) -> Page:
    start(page)
    controlled(page)
    return page


def controlled(page: Page) -> None:
    """Until the service worker has taken over and kept the page."""
    ready = "navigator.serviceWorker.controller && caches.match(location.pathname).then(Boolean)"
    for _attempt in range(150):
        if page.evaluate(ready):
            return
        page.wait_for_timeout(100)
    pytest.fail("The service worker did not take over.")


def logged(server: Server, uuid: str) -> list[Any]:
    """Block, position, weight, reps of every set of the session."""
    return server.rows(
        """
        SELECT block.order, log.position, log.weight::float, log.reps FROM workouts_setlog log
        JOIN workouts_block block ON block.id = log.block_id
        JOIN workouts_workoutsession session ON session.id = log.session_id
        WHERE session.uuid = %s AND log.deleted_at IS NULL ORDER BY 1, 2
        """,
        uuid,
    )


def uuid_of(page: Page) -> str:
    return page.url.split("/")[4]


def log_next(page: Page) -> None:
    page.locator(".is-next .btn-log").click()


def test_a_whole_workout_without_signal(session: Page, server: Server) -> None:
    uuid, planned = uuid_of(session), session.locator(OPEN).count()
    session.context.set_offline(True)
    for number in range(planned):
        if number == 1:
            session.locator(".is-next").get_by_label("Weight").fill("62,5")
        log_next(session)
        expect(session.locator(KEPT)).to_have_count(number + 1)
        if number == 2:
            session.reload()  # opens without signal, with what was kept
            expect(session.locator(KEPT)).to_have_count(number + 1)
    expect(session.locator(KEPT).first).to_contain_text("kept on this phone")
    expect(session.locator("#outbox")).to_contain_text(f"{planned} entries are kept on this phone")
    block = session.locator(".block").last
    block.locator(".add-set > summary").click()
    block.locator(".is-extra .btn-log").click()
    expect(session.locator(KEPT)).to_have_count(planned + 1)
    expect(block.locator(".is-extra")).to_have_count(1)
    session.get_by_label("How hard was it").fill("7")
    session.get_by_role("button", name="Finish session").click()
    expect(session.get_by_text("Finished. Without signal this is kept")).to_be_visible()
    assert logged(server, uuid) == []

    session.context.set_offline(False)
    expect(session.get_by_role("heading", name="What was done")).to_be_visible()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(planned + 1)
    expect(session.locator("#outbox")).to_be_hidden()
    rows = logged(server, uuid)
    assert len(rows) == len({row[:2] for row in rows}) == planned + 1
    assert rows[1][2] == 62.5
    assert server.rows(
        "SELECT rpe FROM workouts_workoutsession WHERE uuid = %s AND finished_at IS NOT NULL", uuid
    ) == [7]


def test_an_edit_without_signal_is_the_state_that_is_sent(session: Page, server: Server) -> None:
    session.context.set_offline(True)
    log_next(session)
    row = session.locator(KEPT)
    expect(row).to_have_count(1)
    row.locator("summary").first.click()
    row.get_by_label("Reps").fill("3")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".words")).to_contain_text("× 3")
    log_next(session)
    expect(session.locator(KEPT)).to_have_count(2)
    session.locator(KEPT).last.locator("summary").first.click()
    session.locator(KEPT).last.get_by_role("button", name="Delete set").click()
    expect(session.locator(KEPT)).to_have_count(1)
    session.context.set_offline(False)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    assert [reps for *_place, reps in logged(server, uuid_of(session))] == [3]


def test_what_was_sent_is_a_line_on_the_page_that_was_kept(session: Page, server: Server) -> None:
    session.locator(".is-next").get_by_label("Reps").fill("3")
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.context.set_offline(True)
    session.reload()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    expect(session.locator(ACKNOWLEDGED).locator(".words")).to_contain_text("× 3")
    expect(session.locator(f"{ACKNOWLEDGED} .btn-log")).to_have_count(1)
    expect(session.locator(f"{ACKNOWLEDGED} .btn-log")).to_be_hidden()


def test_a_killed_tab(session: Page, server: Server) -> None:
    address, context = session.url, session.context
    session.context.set_offline(True)
    log_next(session)
    expect(session.locator(KEPT)).to_have_count(1)
    session.close(run_before_unload=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(KEPT)).to_have_count(1)
    log_next(page)
    expect(page.locator(KEPT)).to_have_count(2)
    context.set_offline(False)
    expect(page.locator(ACKNOWLEDGED)).to_have_count(2)
    assert len(logged(server, uuid_of(page))) == 2


def test_a_session_goes_on_on_another_device(session: Page, visit: Visit, server: Server) -> None:
    for number in range(1, 6):
        log_next(session)
        expect(session.locator(ACKNOWLEDGED)).to_have_count(number)
    other = visit(MEMBER)
    other.goto("/")
    other.get_by_role("link", name="Go on").click()
    expect(other.locator(ACKNOWLEDGED)).to_have_count(5)
    expect(other.locator(".is-next .btn-log")).to_be_in_viewport(ratio=1)
    log_next(other)
    expect(other.locator(ACKNOWLEDGED)).to_have_count(6)
    assert len(logged(server, uuid_of(session))) == 6


@contextmanager
def writes_wait(server: Server) -> Iterator[None]:
    """Nobody writes a set until this is over; reading goes on."""
    with psycopg.connect(server.database_url) as database:
        database.execute("LOCK TABLE workouts_setlog IN SHARE MODE")
        yield
        database.rollback()


def test_a_reload_in_the_middle_of_a_post(session: Page, server: Server) -> None:
    with writes_wait(server):
        log_next(session)
        expect(session.locator(KEPT)).to_contain_text("sending")
        session.reload()
        expect(session.locator(KEPT)).to_have_count(1)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    assert len(logged(server, uuid_of(session))) == 1


def test_impatient_thumbs(session: Page, server: Server) -> None:
    """The same button over and over while the network is slow: one set."""
    button = session.locator(".is-next .btn-log")
    with writes_wait(server):
        button.dblclick()
        expect(session.locator(KEPT)).not_to_have_count(0)
        session.get_by_role("button", name="Save").first.or_(button).first.wait_for()
    expect(session.locator(KEPT)).to_have_count(0)
    rows = logged(server, uuid_of(session))
    assert len(rows) == len({row[:2] for row in rows}) == session.locator(ACKNOWLEDGED).count()


def test_a_refused_set_comes_back_to_its_row(session: Page, server: Server) -> None:
    session.context.set_offline(True)
    row = session.locator(".is-next")
    row.get_by_label("Weight").fill("5000")
    log_next(session)
    expect(session.locator(KEPT)).to_have_count(1)
    session.context.set_offline(False)
    refused = session.locator(".set:has(.invalid)")
    expect(refused.locator(".invalid")).to_have_text("Enter a number from 0 to 2000.")
    expect(refused.get_by_label("Weight")).to_have_value("5000")
    expect(session.locator("#outbox")).to_contain_text("1 could not be logged:")
    assert logged(server, uuid_of(session)) == []
    session.reload()  # it is still there, with the reason
    expect(refused.get_by_label("Weight")).to_have_value("5000")
    refused.get_by_label("Weight").fill("50")
    refused.locator(".btn-log").click()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    expect(session.locator("#outbox")).to_be_hidden()


def test_what_cannot_be_a_set_stays_in_its_open_row(session: Page, server: Server) -> None:
    row = session.locator(".is-next")
    session.context.set_offline(True)
    row.get_by_label("Weight").fill("heavy")
    log_next(session)
    expect(row.locator(".invalid")).to_have_text("Check the numbers of this set.")
    expect(session.locator(KEPT)).to_have_count(0)
    session.context.set_offline(False)
    log_next(session)
    expect(row.locator(".invalid")).to_have_text("Enter a number in digits, such as 12.")
    row.get_by_label("Weight").fill("50")
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)


def test_a_refused_row_to_add_is_that_row_again(session: Page, server: Server) -> None:
    block = session.locator(".block").first
    extra = block.locator(".is-extra")
    block.locator(".add-set > summary").click()
    extra.get_by_label("Weight").fill("5000")
    extra.locator(".btn-log").click()
    expect(extra.locator(".invalid")).to_have_text("Enter a number from 0 to 2000.")
    expect(extra).to_have_count(1)
    extra.get_by_label("Weight").fill("50")
    extra.locator(".btn-log").click()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    expect(extra).to_have_count(1)


def test_a_discarded_session_refuses_and_keeps(session: Page, server: Server) -> None:
    uuid = uuid_of(session)
    session.context.set_offline(True)
    log_next(session)
    expect(session.locator(KEPT)).to_have_count(1)
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE uuid = %s", uuid)
    session.context.set_offline(False)
    outbox = session.locator("#outbox")
    expect(outbox).to_contain_text("1 could not be logged:")
    session.goto("/")
    expect(outbox.get_by_role("listitem")).to_contain_text("There is nothing here")
    outbox.get_by_role("button", name="Let it go").click()
    expect(outbox).to_be_hidden()


def test_an_expired_session_asks_to_sign_in_and_then_sends(session: Page, server: Server) -> None:
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.context.clear_cookies(name="sessionid")
    log_next(session)
    outbox = session.locator("#outbox")
    expect(outbox).to_contain_text("Sign in again, then what is kept on this phone is sent.")
    assert len(logged(server, uuid_of(session))) == 1
    outbox.get_by_role("link", name="Sign in").click()
    session.get_by_label("Email").fill(MEMBER)
    session.get_by_label("Password").fill("legtraining-demo")
    session.get_by_role("button", name="Sign In").click()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(2)
    assert len(logged(server, uuid_of(session))) == 2


def test_a_form_whose_token_has_changed_is_sent_with_the_new_one(
    session: Page, server: Server
) -> None:
    """Signing in again, in another tab, makes a new one."""
    session.context.clear_cookies(name="csrftoken")
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    assert len(logged(server, uuid_of(session))) == 1


def test_signing_out_and_somebody_else(visit: Visit, server: Server) -> None:
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")
    page = visit()
    sign_in(page, MEMBER)
    begin(page)
    address, uuid = page.url, uuid_of(page)
    with unsent(page):
        page.goto("/accounts/settings/")
        page.get_by_role("button", name="Sign out").click()
        outbox = page.locator("#outbox")
        expect(outbox).to_contain_text("what is kept stays on this phone until you sign in here")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Create an account")).to_be_visible()
    sign_in(page, OTHER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.wait_for_timeout(500)
    expect(page.locator("#outbox")).to_be_hidden()
    assert logged(server, uuid) == []
    page.context.set_offline(True)  # what the first one opened is not there for the second
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("No signal")
    page.context.set_offline(False)
    page.goto("/accounts/settings/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Create an account")).to_be_visible()
    sign_in(page, MEMBER)
    expect(page.locator("#outbox")).to_be_hidden()
    page.goto(address)
    expect(page.locator(ACKNOWLEDGED)).to_have_count(1)
    assert len(logged(server, uuid)) == 1


@contextmanager
def unsent(page: Page) -> Iterator[None]:
    """A set that cannot be sent, though pages can be loaded."""
    page.route("**/sets/", lambda route: route.abort())
    log_next(page)
    expect(page.locator(KEPT)).to_have_count(1)
    yield
    page.unroute("**/sets/")


def test_a_killed_server(session: Page, database_url: str, server: Server) -> None:
    """`kill -9` right after the answers: every acknowledged set is there, and the next one too."""
    storage, path = session.context.storage_state(), session.url.removeprefix(server.url)
    assert session.context.browser
    with own_server(database_url) as (url, kill, again):
        for cookie in storage["cookies"]:
            cookie["domain"] = ADDRESS
        context = session.context.browser.new_context(base_url=url, storage_state=storage)
        page = context.new_page()
        page.goto(path)
        controlled(page)
        for number in range(3):
            log_next(page)
            expect(page.locator(ACKNOWLEDGED)).to_have_count(number + 1)
        kill()
        assert len(logged(server, uuid_of(page))) == 3
        log_next(page)
        expect(page.locator(KEPT)).to_have_count(1)
        again()
        page.reload()
        expect(page.locator(ACKNOWLEDGED)).to_have_count(4)
        assert len(logged(server, uuid_of(page))) == 4
        context.close()


@contextmanager
def own_server(database_url: str) -> Iterator[tuple[str, Any, Any]]:
    """A second server on the same database: its address, `kill -9` of all its processes, and its
    start."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "DATABASE_URL": database_url, "VAR_DIR": str(settings.VAR_DIR)}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve", f"--port={port}"]
    running: list[subprocess.Popen[bytes]] = []

    def begin_serving() -> None:
        running.append(subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL))
        wait_until_healthy(running[-1], port)

    def kill() -> None:
        family = [psutil.Process(running[-1].pid)]
        family += family[0].children(recursive=True)
        for process in family:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs(family)

    begin_serving()
    try:
        yield f"http://{ADDRESS}:{port}", kill, begin_serving
    finally:
        stop(running[-1])


def test_it_can_be_installed(session: Page) -> None:
    manifest = session.locator("link[rel=manifest]").get_attribute("href")
    assert manifest
    about = session.request.get(manifest).json()
    assert about["display"] == "standalone"
    for icon in about["icons"]:
        assert session.request.get(icon["src"]).ok
    assert session.evaluate("navigator.serviceWorker.ready.then(r => r.active.state)") in {
        "activating",
        "activated",
    }
    assert re.fullmatch(r"/sessions/[0-9a-f-]{36}/", session.evaluate("location.pathname"))


def test_other_pages_say_what_needs_a_signal(session: Page) -> None:
    context: BrowserContext = session.context
    for _attempt in range(100):  # the first page is kept anew a moment after a session has begun
        if session.evaluate("sessionStorage.getItem('today')"):
            break
        session.wait_for_timeout(100)
    context.set_offline(True)
    session.goto("/programs/mine/")
    expect(session.get_by_role("heading", level=1)).to_have_text("No signal")
    session.get_by_role("link", name="Today").click()
    expect(session.get_by_role("heading", level=1)).to_have_text("Today")
    session.get_by_role("link", name="Go on").click()
    expect(session.locator(OPEN).first).to_be_visible()
