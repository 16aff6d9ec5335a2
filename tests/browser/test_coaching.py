"""Invited by link on a phone, accepted, trained, commented, answered; then the door is closed."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Server, Visit

TRAINER, MEMBER, OTHER = "trainer@example.com", "solo@example.com", "member2@example.com"
QUESTION, ANSWER, LATE = "Was that deep enough?", "Deep enough, now slower.", "One more thing."


@pytest.fixture
def alone(server: Server) -> None:
    """As the demo has them, also after a test that failed half way."""
    server.change(
        "DELETE FROM accounts_coaching WHERE member_id = "
        "(SELECT id FROM accounts_user WHERE email = %s)",
        MEMBER,
    )
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_from_the_link_to_its_end(
    visit: Visit, server: Server, alone: None, javascript: bool
) -> None:
    trainer = visit(TRAINER, viewport=DESK, java_script_enabled=javascript)
    member = visit(MEMBER, java_script_enabled=javascript)
    link = invite(trainer)
    accept(member, link)
    session = train(member)
    comment(member, QUESTION, about="set 1")

    trainer.goto("/coaching/?q=ruben")
    expect(trainer.locator("table.roster")).to_contain_text("1 comment waits for an answer")
    trainer.goto(session)
    expect(trainer.locator(".thread")).to_contain_text(QUESTION)
    expect(trainer.locator(".thread a")).to_contain_text("60 kg × 8")
    comment(trainer, ANSWER)
    trainer.goto("/coaching/?q=ruben")
    expect(trainer.locator("table.roster")).not_to_contain_text("waits for an answer")

    member.goto("/today/")
    member.get_by_role("link", name="1 new comment").click()
    member.get_by_role("link", name=re.compile("Leg session")).first.click()
    expect(member.locator(".thread .is-new")).to_contain_text(ANSWER)
    read(member, javascript=javascript)
    member.goto("/today/")
    expect(member.get_by_role("link", name="new comment")).to_have_count(0)

    trainer.goto(session)  # the tab that stays open
    end(member)
    trainer.get_by_label("Comment", exact=True).fill(LATE)
    trainer.get_by_role("button", name="Send").click()
    expect(trainer.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    assert server.rows("SELECT text FROM workouts_comment WHERE text = %s", LATE) == []
    trainer.goto(session)
    expect(trainer.locator("body")).not_to_contain_text(QUESTION)
    trainer.goto("/coaching/?q=ruben")
    expect(trainer.locator("body")).not_to_contain_text("Ruben")
    looks = "SELECT what FROM accounts_accessrecord WHERE member_id = "
    looks += "(SELECT id FROM accounts_user WHERE email = %s)"
    assert "log" in server.rows(looks, MEMBER)
    member.goto(session)
    expect(member.locator(".thread")).to_contain_text(ANSWER)


def invite(trainer: Page) -> str:
    """The link that the trainer is shown; the code beside it says the same."""
    trainer.goto("/coaching/invite/")
    trainer.get_by_label("For whom").fill("Ruben, Tuesdays")
    trainer.get_by_role("button", name="Make a link").click()
    link = trainer.get_by_label("The link to join you").input_value()
    picture = Image.open(io.BytesIO(trainer.locator(".qr").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]
    return link


def accept(member: Page, link: str) -> None:
    member.goto(link)
    expect(member.get_by_role("heading", level=1)).to_have_text("Train with Mia Berger")
    expect(member.get_by_label("They may read my check-ins too")).not_to_be_checked()
    member.get_by_role("button", name="Accept").click()
    expect(member.locator(".alert").first).to_contain_text("Mia Berger")


def train(member: Page) -> str:
    """A free session with one set; the answer is its address."""
    member.goto("/today/")
    member.get_by_role("button", name=re.compile("^Start an empty")).click()
    member.get_by_role("combobox", name="Exercise").fill("leg extension")
    member.get_by_role("button", name="Add", exact=True).click()
    row = member.locator(".set.is-open").first
    row.get_by_label("Weight").fill("60")
    row.get_by_label("Reps").fill("8")
    row.locator(".btn-log").click()
    expect(member.locator(".set.is-done:not(.is-kept)")).to_have_count(1)
    member.get_by_role("button", name="Finish session").click()
    expect(member.locator(".summary")).to_be_visible()
    return re.sub(r"[?#].*", "", member.url)


def comment(page: Page, text: str, *, about: str = "") -> None:
    if about:
        label = page.locator("#comment-about option", has_text=about).first.inner_text()
        page.get_by_label("About").select_option(label=label)
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".thread")).to_contain_text(text)


def read(member: Page, *, javascript: bool) -> None:
    """Looking at it is enough with JavaScript, else there is a button."""
    if javascript:
        member.locator(".thread .is-new").last.scroll_into_view_if_needed()
        expect(member.get_by_role("button", name="Mark as read")).to_have_count(0)
    else:
        member.get_by_role("button", name="Mark as read").click()
        expect(member.locator(".thread .is-new")).to_have_count(0)


def end(member: Page) -> None:
    member.goto("/accounts/sharing/")
    expect(member.locator(".looks")).to_contain_text("Mia Berger")
    member.get_by_role("button", name="End Mia Berger").click()
    expect(member.locator(".alert").first).to_contain_text("no longer sees your log")


def test_a_link_is_for_one_person(visit: Visit, alone: None) -> None:
    link = invite(visit(TRAINER))
    accept(visit(MEMBER), link)
    late = visit(OTHER)
    late.goto(link)
    expect(late.get_by_role("heading", level=1)).to_have_text("This link does not work")
