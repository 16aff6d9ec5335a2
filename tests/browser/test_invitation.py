"""A trainer invites by link, a member accepts it and later ends it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import DESK, Visit

TRAINER = "trainer2@example.com"
MEMBER, NAME = "solo@example.com", "Ruben de Vries"


def test_invite_accept_and_end(visit: Visit) -> None:
    trainer = visit(TRAINER, viewport=DESK)
    trainer.goto("/")
    trainer.get_by_role("link", name="Invite a member").click()
    trainer.get_by_label("For whom").fill("Ruben from the gym")
    trainer.get_by_role("button", name="Make a link").click()
    link = trainer.locator("#link").input_value()

    member = visit(MEMBER)
    member.goto(link)
    expect(member.get_by_role("heading", level=1)).to_have_text("Train with Marcus Reid")
    member.get_by_role("button", name="Accept").click()
    expect(member.locator(".alert")).to_have_text("Marcus Reid now sees your log.")

    trainer.goto("/")
    trainer.get_by_role("link", name=NAME).click()
    expect(trainer.get_by_role("heading", level=1)).to_have_text(NAME)
    trainer.locator(".session-list a").first.click()
    expect(trainer).to_have_url(re.compile("/sessions/"))
    session = trainer.url
    expect(trainer.locator("form[action*='/sets/']")).to_have_count(0)

    member.goto("/accounts/sharing/")
    member.get_by_role("button", name="End Marcus Reid").click()
    expect(member.locator(".alert")).to_have_text("Marcus Reid no longer sees your log.")
    trainer.go_back()
    for hidden in (trainer.url, session):
        answer = trainer.goto(hidden)
        assert answer
        assert answer.status == 404
    trainer.goto("/")
    expect(trainer.get_by_role("link", name="Ethan Brooks")).to_be_visible()
    expect(trainer.get_by_role("link", name=NAME)).to_have_count(0)


def test_withdrawn_link(visit: Visit) -> None:
    trainer = visit(TRAINER)
    trainer.goto("/coaching/invite/")
    trainer.get_by_label("For whom").fill("Whoever is first")
    trainer.get_by_role("button", name="Make a link").click()
    link = trainer.locator("#link").input_value()
    trainer.get_by_role("button", name="Withdraw Whoever is first").click()
    expect(trainer.locator(".alert")).to_have_text("The link no longer works.")

    member = visit(MEMBER)
    member.goto(link)
    expect(member.get_by_role("heading", level=1)).to_have_text("This link does not work")
