"""A trainer proposes with a phone, an editor reviews, two write at once, anybody compares."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Server, Visit
from tests.browser.test_pages import check, complaints

TRAINER, EDITOR = "trainer@example.com", "admin@example.com"
SLUG = "goblet-squat"
EXERCISE = f"/exercises/{SLUG}/"
CUE = "Elbows between the knees"
PROPOSED = f"{CUE}, and the chest up"


@pytest.fixture(autouse=True)
def no_open_texts(server: Server) -> Iterator[None]:
    """Whatever a test left open is a draft of nobody, so that the next one begins afresh."""
    yield
    server.change(
        "UPDATE exercises_instructionrevision SET status = 'draft', author_id = NULL"
        " WHERE status IN ('draft', 'submitted')"
    )


def published(server: Server) -> list[str]:
    """The cues that were published, the last first."""
    return server.rows(
        "SELECT cues FROM exercises_instructionrevision revision"
        " JOIN exercises_exercise exercise ON exercise.id = exercise_id"
        " WHERE slug = %s AND status = 'published' ORDER BY decided_at DESC, revision.id DESC",
        SLUG,
    )


def write(page: Page, cues: str, note: str = "") -> None:
    page.goto(f"{EXERCISE}propose/")
    page.get_by_label("Cues").fill(cues)
    page.get_by_label("What was changed").fill(note)


def propose(page: Page, cues: str, note: str = "") -> str:
    write(page, cues, note)
    page.get_by_role("button", name="Send to the editors").click()
    expect(page).to_have_url(re.compile(r"/proposals/\d+/$"))
    return page.url


@pytest.mark.parametrize("script", [True, False])
def test_proposed_with_a_phone_changed_and_published(
    visit: Visit, server: Server, script: bool
) -> None:
    cue = f"{PROPOSED}, {script}"
    trainer = visit(TRAINER, java_script_enabled=script)
    trainer.goto(EXERCISE)
    trainer.get_by_role("link", name="Propose a better text").click()
    trainer.get_by_label("Cues").fill(cue)
    trainer.get_by_role("button", name="Send to the editors").click()
    expect(trainer.get_by_role("status").first).to_contain_text("Sent to the editors")
    expect(trainer.locator(".differs > .new", has_text=cue)).to_be_visible()
    assert cue not in published(server)

    editor = visit(EDITOR, viewport=DESK, java_script_enabled=script)
    editor.goto("/exercises/proposals/")
    editor.get_by_role("link", name=re.compile("Goblet Squat.*Mia Berger")).first.click()
    expect(editor.locator(".differs > .new", has_text=cue)).to_be_visible()
    editor.get_by_text("Change the text first").click()
    editor.get_by_label("Cues").fill(f"{cue}\nSit tall")
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_role("status").first).to_contain_text("Published")

    public = visit()
    public.goto(EXERCISE)
    expect(public.get_by_role("region", name="Cues").get_by_text("Sit tall")).to_be_visible()
    trainer.reload()
    expect(trainer.locator("main")).to_contain_text("published with changes")


def test_the_second_of_two_editors_sees_the_difference_and_loses_nothing(
    visit: Visit, server: Server
) -> None:
    first, second = visit(EDITOR, viewport=DESK), visit(EDITOR)
    write(first, "Look straight ahead")
    write(second, "Look slightly down", note="Neck")
    first.get_by_role("button", name="Publish").click()
    expect(first.get_by_role("status").first).to_contain_text("Published")
    before = published(server)

    second.get_by_role("button", name="Publish").click()
    expect(second.get_by_role("heading", name="Somebody was faster")).to_be_visible()
    assert "straight ahead" in " ".join(second.locator("del").all_inner_texts())
    assert "slightly down" in " ".join(second.locator("ins").all_inner_texts())
    expect(second.get_by_label("Cues")).to_have_value("Look slightly down")
    expect(second.get_by_label("What was changed")).to_have_value("Neck")
    assert published(server) == before

    second.get_by_role("button", name="Publish").click()
    expect(second.get_by_role("status").first).to_contain_text("Published")
    assert published(server) == ["Look slightly down", *before]


def test_what_an_editor_changed_outlives_the_decision_of_another(visit: Visit) -> None:
    url = propose(visit(TRAINER), PROPOSED)
    slow, fast = visit(EDITOR), visit(EDITOR)
    for page in (slow, fast):
        page.goto(url)
    slow.get_by_text("Change the text first").click()
    slow.get_by_label("Cues").fill("Half written, nearly done")
    fast.get_by_label("Why not").fill("Said already")
    fast.get_by_role("button", name="Reject").click()
    expect(fast.get_by_role("status").first).to_contain_text("Rejected")
    slow.get_by_role("button", name="Publish").click()
    expect(slow.get_by_role("alert").first).to_contain_text("decided, taken back or changed")
    expect(slow.get_by_label("Cues")).to_have_value("Half written, nearly done")


def test_an_old_text_is_compared_and_brought_back(visit: Visit, server: Server) -> None:
    editor = visit(EDITOR)
    for cue in ("One cue", "Another cue"):
        write(editor, cue)
        editor.get_by_role("button", name="Publish").click()
        expect(editor.get_by_role("status").first).to_contain_text("Published")
    editor.goto(f"{EXERCISE}history/")
    boxes = editor.locator(".pick").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(boxes) >= 44
    editor.get_by_role("button", name="Compare the two").click()
    expect(editor.locator("del")).to_have_text("One")
    expect(editor.locator("ins")).to_have_text("Another")
    editor.get_by_role("link", name="All texts").click()
    editor.get_by_role("button", name=re.compile("^Publish the text of")).first.click()
    expect(editor.get_by_role("status").first).to_contain_text("published again")
    assert published(server)[:3] == ["One cue", "Another cue", "One cue"]


PAGES = {
    "propose": (TRAINER, "propose/"),
    "propose, refused": (TRAINER, "propose/"),
    "propose, somebody was faster": (EDITOR, "propose/"),
    "proposal": (EDITOR, ""),
    "proposal of one's own": (TRAINER, ""),
    "proposals": (EDITOR, "../proposals/"),
    "history": (EDITOR, "history/"),
    "compare": (EDITOR, "compare/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_page(visit: Visit, server: Server, name: str) -> None:
    person, address = PAGES[name]
    editor = visit(EDITOR)
    write(editor, f"Brace.\nOne for {name}\nLook ahead.")
    editor.get_by_role("button", name="Publish").click()
    url = f"{EXERCISE}{address}"
    if "proposal" in name or name == "history":
        sent = propose(visit(TRAINER), f"Brace hard.\nOne for {name}", "Shorter")
        url = url if address else sent
    page = visit(person)
    with complaints(page, server.url) as found:
        page.goto(url)
        if name == "propose, refused":
            page.get_by_label("Set-up").fill("")
            page.get_by_label("Tempo").fill("fast")
            page.get_by_role("button", name="Send to the editors").click()
            expect(page.locator(".invalid-feedback").first).to_be_visible()
        if name == "propose, somebody was faster":
            page.get_by_label("Cues").fill("Brace.\nMine")
            write(editor, "Brace.\nTheirs")
            editor.get_by_role("button", name="Publish").click()
            expect(editor.get_by_role("status").first).to_contain_text("Published")
            page.get_by_role("button", name="Publish").click()
            expect(page.get_by_role("heading", name="Somebody was faster")).to_be_visible()
        check(page, ".")
    assert found == []


def test_side_by_side_at_a_desk_one_under_the_other_on_a_phone(visit: Visit) -> None:
    page = visit(EDITOR)
    for cue in ("Brace. " + "Long words here. " * 12, "Brace. " + "Long words there. " * 12):
        write(page, cue)
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_role("status").first).to_contain_text("Published")
    page.goto(f"{EXERCISE}compare/")
    row = page.locator(".compare-row.differs").first

    def boxes() -> list[dict[str, float]]:
        return [row.locator(side).bounding_box() for side in (".old", ".new")]  # type: ignore[misc]

    page.set_viewport_size(DESK)
    old, new = boxes()
    assert old["y"] == new["y"]
    assert old["x"] + old["width"] <= new["x"]
    page.set_viewport_size({"width": 360, "height": 740})
    old, new = boxes()
    assert old["x"] == new["x"]
    assert old["y"] + old["height"] <= new["y"] + 1
    signs = row.locator(".sign").all_inner_texts()
    assert signs == ["−", "+"]
