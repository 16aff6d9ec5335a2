"""The evidence on a phone: filtered by thumb, and from a claim to its references and back."""

from __future__ import annotations

import re

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit

THUMB = 44  # px
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)
    return [
        f"{problem['id']}: {node['html'][:200]}"
        for problem in found["violations"]
        for node in problem["nodes"]
    ]


def test_filter_by_thumb(visit: Visit) -> None:
    page = visit(has_touch=True, java_script_enabled=False)
    page.goto("/why/")
    claims = page.get_by_role("article")
    expect(claims).to_have_count(24)
    verdicts = page.get_by_role("navigation", name="Filter by verdict").get_by_role("link")
    for each in verdicts.all():
        box = each.bounding_box()
        assert box
        assert box["height"] >= THUMB
        assert box["x"] + box["width"] <= PHONE["width"]

    verdicts.filter(has_text="Contradicted").tap()
    expect(page).to_have_url(re.compile(r"/why/\?verdict=contradicted#claims$"))
    expect(claims).to_have_count(6)
    expect(verdicts.filter(has_text="Contradicted")).to_have_attribute("aria-current", "true")
    expect(verdicts.filter(has_text="Contradicted")).to_be_in_viewport()
    expect(claims.first).to_be_in_viewport()

    verdicts.filter(has_text="All").tap()
    expect(claims).to_have_count(24)


def test_from_a_claim_to_its_reference_and_exercise(visit: Visit) -> None:
    page = visit(has_touch=True)
    page.goto("/why/#movement-1-name")
    claim = page.locator("#movement-1-name")
    expect(claim).to_be_in_viewport()
    claim.get_by_role("link", name="[23]").tap()
    expect(page.locator("#r23")).to_be_in_viewport()
    page.go_back()
    claim.get_by_role("link", name="Seated Leg Curl").tap()
    expect(page).to_have_url(re.compile(r"/exercises/seated-leg-curl/$"))


def test_axe_finds_nothing(visit: Visit) -> None:
    for person, address in ((None, "/why/"), ("member@example.com", "/why/?verdict=mixed")):
        page = visit(person)
        for scheme in ("light", "dark"):
            for viewport in (PHONE, DESK):
                page.set_viewport_size(viewport)  # type: ignore[arg-type]
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.goto(address)
                assert violations(page) == []
        for width in (360, 640):
            page.set_viewport_size({"width": width, "height": 740})
            screen = "document.documentElement"
            assert page.evaluate(f"{screen}.scrollWidth <= {screen}.clientWidth")
