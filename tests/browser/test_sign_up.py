"""A stranger becomes a member: signs up, confirms the address, says who they are, logs a set."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Server, Visit

EMAIL = "Newcomer@example.com"


def test_sign_up_and_settings(visit: Visit, server: Server) -> None:
    page = visit()
    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Nina Newcomer")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill("12345678")
    page.get_by_role("button", name="Sign Up").click()
    expect(page.locator(".invalid-feedback").first).to_contain_text("too common")
    expect(page.get_by_label("Your name")).to_have_value("Nina Newcomer")
    page.get_by_label("Password").fill("thirty lunges at dawn")
    page.get_by_role("button", name="Sign Up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verify Your Email Address")

    page.goto(server.mailed_link(EMAIL.lower()))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="No program yet")).to_be_visible()

    page.get_by_role("link", name="Nina Newcomer").click()
    page.get_by_label("Name").fill("Nina N.")
    page.get_by_label("Unit of weight").select_option("lb")
    page.get_by_label("Time zone").fill("Mars/Olympus")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".invalid-feedback")).to_be_visible()
    expect(page.get_by_label("Time zone")).to_have_value("Mars/Olympus")
    page.get_by_label("Time zone").fill("America/New_York")
    page.get_by_label("Appearance").select_option("dark")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".alert")).to_have_text("Saved.")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert server.rows(
        "SELECT name, unit, time_zone, theme FROM accounts_user WHERE email = %s", EMAIL.lower()
    ) == [("Nina N.", "lb", "America/New_York", "dark")]

    page.goto("/")
    page.get_by_role("button", name="Start an empty session").click()
    page.get_by_role("combobox", name="Exercise").fill("leg extension")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Unit")).to_have_value("lb")
    page.get_by_label("Weight").fill("90")
    page.get_by_label("Reps").fill("12")
    page.get_by_role("button", name="Log 90 lb × 12").click()
    expect(page.locator(".set.is-done .words")).to_have_text("90 lb × 12")
