"""/import/ in a real browser: a file, its names, the bar, and its undoing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_pages import check

SOLO = "solo@example.com"
HEADER = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
NAMES = ("Squat (Barbell)", "Leg Press", "Hip Wiggler 3000", "Bench Press (Barbell)")


def strong(days: int, *, first: date = date(2011, 3, 1)) -> bytes:
    """Trainings on every other day, of three sets of each of NAMES."""
    rows = [
        f"{first + timedelta(days=2 * day)} 18:00:00,Legs,55m,{name},{number},{40 + number},8,0,0,"
        for day in range(days)
        for name in NAMES
        for number in (1, 2, 3)
    ]
    wrong = f"{first} 18:00:00,Legs,55m,Leg Press,4,5000,8,0,0,"
    return "\n".join((HEADER, *rows, wrong, "")).encode()


def sets_of(server: Server) -> int:
    """How many sets of the file are in the log: the demo's are younger."""
    (count,) = server.rows(
        "SELECT count(*) FROM workouts_setlog log JOIN accounts_user person"
        " ON person.id = log.member_id WHERE person.email = %s AND log.done_at < '2020-01-01'",
        SOLO,
    )
    return int(count)


@contextmanager
def held_up(server: Server) -> Iterator[None]:
    """An import waits at its first sets, so that its page can be looked at however quick it is."""
    with psycopg.connect(server.database_url) as database:
        database.execute("LOCK TABLE exchange_importedset IN SHARE MODE")
        yield


def choose_file(page: Page, data: bytes) -> None:
    page.goto("/import/")
    file = {"name": "strong.csv", "mimeType": "text/csv", "buffer": data}
    page.get_by_label("Your file").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is in this file of Strong")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_file_comes_in_with_a_bar_and_goes_out_again(
    visit: Visit, server: Server, scripts: bool
) -> None:
    page = visit(SOLO, java_script_enabled=scripts)
    days = 700
    choose_file(page, strong(days))
    expect(page.get_by_text("Line 8402")).to_be_visible()
    wiggler = page.get_by_label("Hip Wiggler 3000", exact=True)
    expect(wiggler).to_have_value("")
    wiggler.locator("..").locator("summary").click()
    page.get_by_label("Another exercise for Hip Wiggler 3000").fill("hip thrast")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.get_by_text("There is no exercise of this name.")).to_be_visible()
    page.get_by_label("Another exercise for Hip Wiggler 3000").fill("barbell hip thrust")
    page.get_by_label("Leg work only").check()
    page.get_by_role("button", name="Update the preview").click()
    expect(page.get_by_text("2,100: no leg work")).to_be_visible()
    with held_up(server):
        page.get_by_role("button", name=f"Import {9 * days:,} sets").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.locator("#import-words")).to_have_text(re.compile(f"of {9 * days:,}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("6,300 sets are in your log")
    assert sets_of(server) == 9 * days
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This import was undone")
    assert sets_of(server) == 0
    page.get_by_role("button", name="Take it off the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring your history along")


def test_everybody_can_use_each_of_its_pages(visit: Visit) -> None:
    page = visit(SOLO)
    page.goto("/import/")
    check(page, "Bring your history along")
    choose_file(page, strong(2))
    check(page, "What is in this file of Strong")
    page.reload()
    page.get_by_role("button", name=re.compile("^Import")).click()
    check(page, "24 sets are in your log")
    page.reload()
    page.get_by_role("button", name="Undo this import").click()
    check(page, "This import was undone")
