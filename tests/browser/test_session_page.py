"""The session page under the thumb and on the line: targets to hit, bytes to wait for."""

from __future__ import annotations

import re
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_pages import open_session, refuse_a_weight

MEMBER = "dave.kowalski@example.com"
THUMB = 44  # CSS pixels
KB = 1024


@pytest.fixture
def session(visit: Visit) -> Page:
    page = visit(MEMBER)
    page.goto("/")
    open_session(page)
    return page


def test_targets_are_as_big_as_a_thumb(session: Page) -> None:
    refuse_a_weight(session)
    session.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    targets = "main :is(button, input, select, textarea, summary), nav a, header a"
    small = session.locator(targets).evaluate_all(
        """(targets, thumb) => targets
            .map(each => each.type === "checkbox" ? each.closest("label") : each)
            .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < thumb)
            .map(each => `${each.getBoundingClientRect().height} px: ${each.outerHTML}`)""",
        THUMB,
    )
    assert session.locator(targets).count() > 50
    assert small == []


def test_back_shows_what_was_logged_meanwhile(session: Page) -> None:
    """And not the page as it was when it was opened."""
    before = session.locator(".set.is-done").count()
    session.locator(".set.is-open .btn-log").first.click()
    expect(session.locator(".set.is-done:not(.is-kept)")).to_have_count(before + 1)
    session.locator(".block h2 a").first.click()
    expect(session).to_have_url(re.compile("/exercises/"))
    session.go_back()
    expect(session).to_have_url(re.compile("/sessions/"))
    expect(session.locator(".set.is-done")).to_have_count(before + 1)


def test_transfer(session: Page, visit: Visit, capsys: pytest.CaptureFixture[str]) -> None:
    page = visit(MEMBER)  # another phone, so that nothing is kept from before
    loaded = count_transfer(page)
    first = load(page, loaded, session.url)
    later = load(page, loaded, "/sessions/")
    again = load(page, loaded, session.url)
    with capsys.disabled():
        sys.stdout.write(
            f"\nsession page: {first[0] / KB:.1f} KB in {first[1]} requests, again "
            f"{again[0] / KB:.1f} KB in {again[1]}; log page after it: {later[0] / KB:.1f} KB "
            f"in {later[1]}\n"
        )
    assert first[0] <= 60 * KB
    assert first[1] <= 8
    assert later[0] <= 10 * KB
    assert again[0] <= 10 * KB


def count_transfer(page: Page) -> list[float]:
    """The bytes of each answer that came over the line, headers included, as they come."""
    loaded: list[float] = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    return loaded


def load(page: Page, loaded: list[float], address: str) -> tuple[float, int]:
    """The bytes of a page with all it needs, and the number of requests."""
    loaded.clear()
    page.goto(address, wait_until="networkidle")
    over_the_line = [size for size in loaded if size]
    return sum(over_the_line), len(over_the_line)
