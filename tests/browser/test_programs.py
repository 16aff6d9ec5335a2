"""A trainer writes a program with the forms, gives it to a member, and changes it later."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Server, Visit

TRAINER = "trainer@example.com"
MEMBER = "priya.raman@example.com"  # coached by the trainer, follows no program
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def test_write_assign_and_change(visit: Visit, server: Server) -> None:
    trainer = visit(TRAINER, viewport=DESK)
    write_program(trainer)
    trainer.get_by_role("link", name="Give to members").click()
    trainer.get_by_label("Priya Raman").check()
    for weekday in WEEKDAYS:
        trainer.get_by_label(weekday).check()
    trainer.get_by_role("button", name="Look at each member").click()
    trainer.get_by_role("button", name="Give to 1 member").click()
    expect(trainer.locator(".alert").first).to_contain_text("Priya Raman")

    member = visit(MEMBER)
    member.goto("/")
    expect(member.get_by_role("button", name="Start Quads")).to_be_visible()
    plan = member.locator(".plan > li")
    expect(plan).to_have_count(2)
    expect(plan.nth(0)).to_contain_text("Leg Extension")
    expect(plan.nth(0)).to_contain_text("3 × 10–12 @ 42.5 kg")
    expect(plan.nth(0)).to_contain_text("Rest 1:30")
    expect(plan.nth(1)).to_contain_text("Wall Sit")
    expect(plan.nth(1)).to_contain_text("2 × 40 s")

    trainer.get_by_role("link", name="Calves and quads", exact=True).click()
    trainer.get_by_role("link", name=re.compile("Edit Quads, week 1")).click()
    row(trainer, 1, sets="4x8 @42.5kg")
    trainer.get_by_label("Write it into this day of all later weeks too").uncheck()
    trainer.get_by_role("button", name="Save this day").click()
    expect(trainer.locator(".alert")).to_have_text("Quads is saved.")
    member.reload()
    expect(plan.nth(0)).to_contain_text("4 × 8 @ 42.5 kg")
    assert sets_of_each_copy(server) == [
        # the template, as it was written; the member's copy, changed in the first week only
        (1, "3 × 10–12"), (2, "3 × 10–12"), (1, "4 × 8–8"), (2, "3 × 10–12"),
    ]  # fmt: skip


def write_program(page: Page) -> None:
    page.goto("/programs/")
    page.get_by_role("link", name="New program").click()
    page.get_by_label("Title").fill("Calves and quads")
    page.get_by_text("Or begin with empty days").click()
    page.get_by_label("Weeks", exact=True).fill("2")
    page.get_by_label("Leg days a week").fill("2")
    page.get_by_role("button", name="Create").click()
    page.get_by_label("Title of the day").fill("Quads")
    row(page, 1, exercise="Leg Extension", sets="3x10-12 @42,5kg", rest_seconds="90")
    row(page, 2, exercise="Wall Sit", sets="2x40s")
    page.get_by_role("button", name="Save this day").click()
    expect(page.locator(".alert")).to_have_text("Quads is saved.")
    page.get_by_role("link", name=re.compile(r"Edit .*2, week 1")).click()
    page.get_by_label("Title of the day").fill("Calves")
    row(page, 1, exercise="no such thing", sets="3x8")
    page.get_by_role("button", name="Save this day").click()
    expect(page.locator(".invalid-feedback")).to_have_text(
        "There is no exercise called “no such thing” in the library."
    )
    expect(page.get_by_label("Title of the day")).to_have_value("Calves")
    row(page, 1, exercise="Seated Calf Raise")
    page.get_by_role("button", name="Save this day").click()
    expect(page.locator(".alert")).to_have_text("Calves is saved.")


def row(page: Page, number: int, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"[name=rows-{number - 1}-{name}]").fill(value)


def sets_of_each_copy(server: Server) -> list[tuple[int, str]]:
    return server.rows(
        """
        SELECT workout.week, sets.count || ' × ' || sets.reps_min || '–' || sets.reps_max
        FROM programs_prescribedset sets
        JOIN programs_prescription prescription ON prescription.id = sets.prescription_id
        JOIN programs_workout workout ON workout.id = prescription.workout_id
        JOIN programs_program program ON program.id = workout.program_id
        WHERE program.title = 'Calves and quads' AND workout.day = 1 AND prescription.order = 1
        ORDER BY program.id, workout.week
        """
    )
