"""A member looks a movement up: by typing with a thumb, by a muscle on the body map, by a filter;
with and without a script. The figure plays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

THUMB = 44  # CSS pixels
LIST = ".exercise-list > li"


def test_search_by_thumb(visit: Visit) -> None:
    page = visit("member@example.com", has_touch=True)
    page.goto("/exercises/")
    search = page.get_by_role("searchbox", name="Search")
    expect(page.locator(LIST).first).to_be_in_viewport()  # the list begins on the first screen
    search.tap()
    page.keyboard.type("hamstirng")
    expect(page.locator("#results")).to_contain_text("These come nearest:")
    expect(search).to_be_focused()
    search.fill("split squat")
    expect(page.locator(LIST)).to_have_count(2)
    page.get_by_label("Equipment").select_option(label="Dumbbell")
    expect(page.locator(LIST)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=split\+squat&.*equipment=dumbbell"))
    page.reload()
    expect(search).to_have_value("split squat")
    page.locator(LIST).get_by_role("link").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bulgarian Split Squat")
    page.go_back()
    expect(page.locator(LIST)).to_have_count(1)
    expect(search).to_have_value("split squat")


def test_search_without_a_script(visit: Visit) -> None:
    page = visit(has_touch=True, java_script_enabled=False)
    page.goto("/exercises/")
    page.locator("summary", has_text="More filters").tap()
    page.get_by_label("Kind").select_option(label="Stretch")
    page.get_by_role("button", name="Show").tap()
    expect(page.locator("#results")).to_contain_text("12 exercises")
    expect(page.get_by_label("Kind")).to_be_visible()  # what is set is not hidden again
    page.get_by_role("link", name="Show all").tap()
    expect(page.locator(LIST)).to_have_count(25)
    expect(page.locator("#results")).to_contain_text("110 exercises, 1 to 25")
    page.get_by_role("link", name="Next").tap()
    expect(page).to_have_url(re.compile(r"page=2$"))
    expect(page.locator("#results")).to_contain_text("26 to 50")
    page.get_by_role("link", name="Previous").tap()
    expect(page.locator("#results")).to_contain_text("1 to 25")


def muscle_of(page: Page) -> None:
    """The list of a muscle, chosen on the map."""
    expect(page).to_have_url(re.compile(r"\?muscle=soleus$"))
    expect(page.get_by_label("Muscle")).to_have_value("soleus")
    expect(page.locator(LIST).first).to_be_in_viewport()
    trains = page.locator(LIST).first.locator(".muted")
    expect(trains).to_contain_text("Soleus")


@pytest.mark.parametrize("script", [True, False])
def test_a_muscle_by_thumb(visit: Visit, script: bool) -> None:
    page = visit(has_touch=True, java_script_enabled=script)
    page.goto("/exercises/")
    page.get_by_role("link", name="Choose a muscle on the body").tap()
    svg = page.locator(".body-map")
    expect(svg).to_be_in_viewport()
    box = svg.bounding_box()
    assert box
    # A point of the left soleus, seen from behind, in the coordinates of the drawing.
    outline = (
        page.get_by_role("link", name="Soleus", exact=True).first.locator("path").bounding_box()
    )
    assert outline
    x, y = outline["x"] + outline["width"] / 2, outline["y"] + outline["height"] * 0.55
    assert box["x"] < x < box["x"] + box["width"]
    page.touchscreen.tap(x, y)
    muscle_of(page)


def test_a_muscle_by_keyboard(visit: Visit) -> None:
    page = visit()
    page.goto("/exercises/muscles/")
    names: list[str] = []
    for _step in range(60):
        page.keyboard.press("Tab")
        focused = page.locator("*:focus")
        name = focused.get_attribute("aria-label") or focused.inner_text()
        names.append(name)
        if name == "Soleus":
            break
    assert "Skip the picture: muscles by name" in names
    assert len(names) - names.index("Skip the picture: muscles by name") > 2
    seen = "matches(':focus-visible') && getComputedStyle(node).strokeWidth"
    assert page.locator("*:focus").evaluate(f"node => node.{seen}") == "6px"
    page.keyboard.press("Enter")
    muscle_of(page)


def test_the_names_beside_the_map_lead_there_too(visit: Visit) -> None:
    page = visit(has_touch=True)
    page.goto("/exercises/muscles/")
    page.locator("summary", has_text="Muscles by name").tap()
    name = page.locator(".muscle-names").get_by_role("link", name="Soleus")
    box = name.bounding_box()
    assert box
    assert box["height"] >= THUMB
    name.tap()
    muscle_of(page)


def test_an_exercise_marks_its_muscles(visit: Visit) -> None:
    page = visit()
    page.goto("/exercises/seated-calf-raise/")
    on_map = page.locator(".body-map")
    expect(on_map.get_by_role("link", name="Soleus, trains")).to_be_visible()
    expect(page.get_by_role("region", name="What it trains")).to_contain_text("Soleus")
    on_map.get_by_role("link", name="Soleus, trains").press("Enter")
    muscle_of(page)


def test_the_movement_plays_without_a_script(visit: Visit) -> None:
    page = visit(java_script_enabled=False, reduced_motion="no-preference")
    page.goto("/exercises/back-squat/")
    poses, film = page.locator(".figure-pose"), page.locator(".figure-film")
    expect(poses).to_have_count(2)
    expect(film).to_be_hidden()
    page.get_by_label("Play the movement").check()
    expect(film).to_be_visible()
    expect(poses.first).to_be_hidden()
    page.get_by_label("Play the movement").uncheck()
    expect(poses.first).to_be_visible()


def test_nothing_plays_for_who_wants_no_motion(visit: Visit) -> None:
    page = visit(reduced_motion="reduce")
    page.goto("/exercises/back-squat/")
    expect(page.locator(".figure-pose").first).to_be_visible()
    expect(page.get_by_label("Play the movement")).to_be_hidden()
