"""A member moves and skips training days on a phone, and gives the calendar's address away."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Server, Visit

MEMBER = "liam.oconnor@example.com"  # trains on two days a week


def planned_days(page: Page) -> list[date]:
    """The training days that are still to come, read from the links of two months."""
    found = []
    for _month in range(2):
        links = page.locator(".entry.is-planned a").evaluate_all("all => all.map(a => a.href)")
        found += [date.fromisoformat(link.rstrip("/").rsplit("/", 1)[1]) for link in links]
        page.get_by_role("link", name="The month after").click()
        page.wait_for_load_state()
    return found


def changes(server: Server) -> list[tuple[date, date | None]]:
    return server.rows(
        "SELECT day, moved_to FROM programs_daychange c"
        " JOIN programs_assignment a ON a.id = c.assignment_id"
        " JOIN accounts_user u ON u.id = a.member_id WHERE u.email = %s ORDER BY day",
        MEMBER,
    )


def test_moving_and_skipping_a_day(visit: Visit, server: Server) -> None:
    page = visit(MEMBER)
    page.goto("/accounts/settings/")
    page.get_by_role("link", name="To the calendar").click()
    days = planned_days(page)
    day, other = days[1], days[1] + timedelta(days=1)

    page.goto(f"/calendar/days/{day}/")
    page.get_by_label("Move it to").fill(str(days[2]))
    page.get_by_role("button", name="Move this day").click()
    expect(page.locator(".invalid-feedback")).to_contain_text("is a training day already")
    expect(page.get_by_label("Move it to")).to_have_value(str(days[2]))
    page.get_by_label("Move it to").fill(str(other))
    page.get_by_role("button", name="Move this day").click()
    expect(page.get_by_role("status").first).to_contain_text("is now on")
    expect(page.locator(".entry", has_text="moved from")).to_have_count(1)
    assert changes(server) == [(day, other)]

    page.locator(".entry", has_text="moved from").get_by_role("link").click()
    page.get_by_role("button", name="Back to").click()
    expect(page.get_by_role("status").first).to_contain_text("is a training day as before")
    assert changes(server) == []

    page.goto(f"/calendar/days/{day}/")
    page.get_by_role("button", name="Skip this day").click()
    expect(page.locator(".entry.is-skipped")).to_have_count(1)
    assert changes(server) == [(day, None)]
    page.locator(".entry.is-skipped a").click()
    page.get_by_role("button", name="Train on this day after all").click()
    expect(page.get_by_role("status").first).to_contain_text("is a training day as before")
    assert changes(server) == []


def test_the_address_for_another_calendar(visit: Visit) -> None:
    page = visit(MEMBER, viewport=DESK)
    page.goto("/calendar/")
    page.get_by_role("link", name="Time, reminders, other calendars").click()
    page.get_by_label("Time of your training days").fill("18:30")
    page.get_by_role("button", name="Save the time").click()
    page.get_by_role("button", name="Make a calendar address").click()
    first = page.get_by_label("Secret address").input_value()
    with urllib.request.urlopen(first) as answer:
        events = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert events
    assert {(event["DTSTART"].dt.hour, event["DTSTART"].dt.minute) for event in events} == {
        (18, 30)
    }
    page.get_by_role("button", name="New address").click()
    expect(page.get_by_role("status").first).to_contain_text("This is the new address")
    assert page.get_by_label("Secret address").input_value() != first
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(first)
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("button", name="Make a calendar address")).to_be_visible()


def test_the_month_without_scrolling_sideways(visit: Visit) -> None:
    """A list on a phone, seven columns at a desk."""
    page = visit(MEMBER, viewport={"width": 360, "height": 740})
    page.goto("/calendar/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    days = page.locator(".month > .day")
    expect(days.filter(has_text="today")).to_be_visible()
    left = "all => [...new Set(all.filter(d => d.checkVisibility()).map(d => d.offsetLeft))].length"
    assert days.evaluate_all(left) == 1
    page.set_viewport_size(DESK)
    assert days.evaluate_all(left) == 7
