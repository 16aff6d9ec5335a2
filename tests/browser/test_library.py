"""An editor changes an instruction in /admin/, and the public page shows it at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import DESK, Visit

CUE = "Toes up, as if a coin lay on them"


def test_edited_instruction_is_shown(visit: Visit) -> None:
    public = visit()
    public.goto("/exercises/leg-extension/")
    expect(public.get_by_text(CUE)).to_have_count(0)

    editor = visit("admin@example.com", viewport=DESK)
    editor.goto("/admin/exercises/exercise/?q=leg+extension")
    editor.get_by_role("link", name="Leg Extension", exact=True).click()
    cues = editor.locator("#id_cues")
    cues.fill(f"{cues.input_value()}\n{CUE}")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator(".messagelist")).to_contain_text("changed successfully")

    public.reload()
    expect(public.get_by_role("region", name="Cues").get_by_text(CUE)).to_be_visible()


def test_filter_without_pressing_the_button(visit: Visit) -> None:
    page = visit()
    page.goto("/exercises/")
    page.get_by_label("Search").press_sequentially("hack squat")
    expect(page.locator(".exercise-list > li")).to_have_count(1)
    expect(page.locator(".exercise-list")).to_contain_text("Machine Hack Squat")
    assert "?q=hack+squat&muscle=&equipment=" in page.url
