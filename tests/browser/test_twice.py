"""The same set sent twice, by an impatient thumb or from a second phone, is one row."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit

FIRST = ".set.is-open:not(.is-extra)"


def start(page: Page) -> str:
    """Starts today's workout; returns its uuid."""
    page.goto("/")
    page.get_by_role("button", name=re.compile(r"^Start (?!an empty)")).click()
    expect(page).to_have_url(re.compile("/sessions/[0-9a-f-]{36}/"))
    return page.url.split("/")[4]


def sets(server: Server, uuid: str) -> list[Any]:
    return server.rows(
        """
        SELECT log.weight FROM workouts_setlog log
        JOIN workouts_workoutsession session ON session.id = log.session_id WHERE uuid = %s
        """,
        uuid,
    )


def test_double_click(visit: Visit, server: Server) -> None:
    page = visit("grace.tanaka@example.com")
    uuid = start(page)
    page.locator(FIRST).first.locator(".btn-log").dblclick()
    expect(page.locator(".set.is-done:not(.is-kept)")).to_have_count(1)
    page.reload()
    expect(page.locator(".set.is-done:not(.is-kept)")).to_have_count(1)
    assert len(sets(server, uuid)) == 1


def test_two_phones(visit: Visit, server: Server) -> None:
    """Both have the page open from before; the later one's weight stays."""
    phone, other = visit("samir.haddad@example.com"), visit("samir.haddad@example.com")
    uuid = start(phone)
    other.goto(phone.url)
    for page, weight in (phone, "60"), (other, "62,5"):
        row = page.locator(FIRST).first
        row.get_by_label("Weight").fill(weight)
        row.locator(".btn-log").click()
        expect(page.locator(".set.is-done:not(.is-kept)")).to_have_count(1)
    assert sets(server, uuid) == [Decimal("62.5")]


def test_two_phones_start_one_session(visit: Visit, server: Server) -> None:
    phone, other = visit("tomas.horvath@example.com"), visit("tomas.horvath@example.com")
    other.goto("/")
    uuid = start(phone)
    other.get_by_role("button", name=re.compile(r"^Start (?!an empty)")).click()
    expect(other).to_have_url(phone.url)
    expect(other.locator(".alert-info")).to_contain_text("This session was still open.")
    assert server.rows(
        "SELECT uuid::text FROM workouts_workoutsession WHERE finished_at IS NULL "
        "AND deleted_at IS NULL AND uuid = %s",
        uuid,
    ) == [uuid]
