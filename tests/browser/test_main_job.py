"""The main job on a phone: sign in, log all of today's workout, finish, find it in the log."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, Visit, sign_in

MEMBER = "member@example.com"
OPEN_PLANNED = ".set.is-open:not(.is-extra)"


@pytest.fixture
def nothing_open(server: Server) -> None:
    """A session that a failed test left open would be in the way."""
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_log_todays_workout(
    visit: Visit, server: Server, nothing_open: None, javascript: bool
) -> None:
    page = visit(java_script_enabled=javascript)
    sign_in(page, MEMBER)
    page.get_by_role("button", name=re.compile(r"^Start (?!an empty)")).click()
    expect(page).to_have_url(re.compile(r"/sessions/[0-9a-f-]{36}/"))
    uuid = page.url.split("/")[4]

    page.wait_for_load_state()
    planned = page.locator(OPEN_PLANNED).count()
    assert planned >= 10
    for number in range(planned):
        row = page.locator(OPEN_PLANNED).first
        if number == 1:
            row.get_by_label("Weight").fill("62,5")
        if number == 2:
            refuse(row)
        row.locator(".btn-log").click()
        expect(page.locator(".set.is-done")).to_have_count(number + 1)

    expect(page.locator(".is-next")).to_have_count(0)
    finishing = page.get_by_role("button", name="Finish session")
    expect(finishing).to_have_class(re.compile("btn-primary"))
    if javascript:
        expect(finishing).to_be_focused()

    edit_reps(page.locator(".set.is-done").first, "7")
    delete_and_undo(page, planned)
    add_in_pounds(page, planned)
    finish(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Log").click()
    newest = page.locator(".session-list > li").first
    expect(newest).to_contain_text(f"{planned + 1} of {planned} sets")
    expect(newest).to_contain_text("RPE 8")
    expect(newest.get_by_role("link")).to_have_attribute("href", f"/sessions/{uuid}/")
    check_rows(server, uuid, planned)


def refuse(row: Locator) -> None:
    """What cannot be is answered with a sentence beside the field and stays as typed."""
    weight = row.get_by_label("Weight")
    planned = weight.input_value()
    weight.fill("-5")
    row.locator(".btn-log").click()
    expect(row.locator(".invalid")).to_have_text(re.compile(r"^Enter a number from 0 to \d+\.$"))
    expect(weight).to_have_value("-5")
    expect(weight).to_have_attribute("aria-invalid", "true")
    weight.fill(planned)


def edit_reps(row: Locator, reps: str) -> None:
    row.locator("summary").first.click()
    row.get_by_label("Reps").fill(reps)
    row.locator(".btn-log").click()
    expect(row.locator(".words")).to_have_text(re.compile(rf"× {reps}$"))
    expect(row.get_by_label("Reps")).to_be_hidden()


def delete_and_undo(page: Page, done: int) -> None:
    last = page.locator(".set.is-done").last
    last.locator("summary").first.click()
    last.get_by_role("button", name=re.compile("^Delete set")).click()
    expect(page.locator(".set.is-done")).to_have_count(done - 1)
    page.locator(".undo").get_by_role("button", name="Undo").click()
    expect(page.locator(".set.is-done")).to_have_count(done)


def add_in_pounds(page: Page, done: int) -> None:
    page.get_by_role("combobox", name="Exercise").fill("machine")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Which one do you mean?")).to_be_in_viewport()
    page.get_by_role("combobox", name="Exercise").fill("machine hack squat")
    page.get_by_role("button", name="Add", exact=True).click()
    block = page.locator(".block", has=page.get_by_role("heading", name="Machine Hack Squat"))
    block.get_by_label("Weight").fill("225")
    block.get_by_label("Unit").select_option("lb")
    block.get_by_label("Reps").fill("10")
    block.locator(".btn-log").click()
    expect(block.locator(".words")).to_have_text("225 lb × 10")
    expect(page.locator(".set.is-done")).to_have_count(done + 1)


def finish(page: Page) -> None:
    hard = page.get_by_label("How hard was it")
    hard.fill("11")
    page.get_by_role("button", name="Finish session").click()
    expect(page.locator(".invalid-feedback")).to_have_text("Enter a number from 0 to 10.")
    expect(page.locator(".invalid-feedback")).to_be_in_viewport()
    expect(hard).to_have_value("11")
    hard.fill("8")
    page.get_by_role("textbox", name="Note").last.fill("Knees felt good.")
    page.get_by_role("button", name="Finish session").click()
    summary = page.locator(".summary")
    expect(summary).to_be_in_viewport()
    expect(summary).to_contain_text("Knees felt good.")
    expect(summary.locator("dl")).to_contain_text(re.compile(r"Session RPE\s*8"))


def check_rows(server: Server, uuid: str, planned: int) -> None:
    rows = server.rows(
        """
        SELECT block.order, log.position, log.weight, log.unit, log.reps, log.deleted_at
        FROM workouts_setlog log
        JOIN workouts_block block ON block.id = log.block_id
        JOIN workouts_workoutsession session ON session.id = log.session_id
        WHERE session.uuid = %s ORDER BY 1, 2
        """,
        uuid,
    )
    assert len(rows) == len({row[:2] for row in rows}) == planned + 1
    assert {deleted_at for *_, deleted_at in rows} == {None}
    assert rows[0][4] == 7
    assert rows[1][2:4] == (Decimal("62.5"), "kg")
    assert rows[2][2] > 0
    assert rows[-1][2:5] == (225, "lb", 10)
