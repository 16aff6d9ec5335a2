"""The evidence on a phone: filtered by thumb, and from a claim to its references and back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit

THUMB = 44  # px


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
