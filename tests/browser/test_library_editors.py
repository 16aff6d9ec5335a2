"""An editor changes facts, adds a photo, makes an exercise and merges it into another."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Server, Visit

EDITOR = "admin@example.com"


def test_made_changed_and_merged(visit: Visit, server: Server) -> None:
    page = visit(EDITOR)
    page.goto("/exercises/new/")
    page.get_by_label("Name", exact=False).first.fill("Towel Calf Raise")
    page.get_by_label("Address").fill("towel-calf-raise")
    page.get_by_role("button", name=re.compile("^(Add|Make|Save)")).click()
    problem = page.locator(".invalid-feedback").first
    expect(problem).to_be_visible()  # it trains nothing yet
    expect(page.get_by_label("Address")).to_have_value("towel-calf-raise")
    primary = page.get_by_role("group", name=re.compile("^Primary muscles"))
    primary.get_by_label("Soleus").check()
    page.get_by_label("What a typed weight means").select_option("bodyweight")
    page.get_by_role("group", name="Equipment").get_by_label("No equipment").check()
    page.get_by_role("group", name="Joint").get_by_label("ankle plantarflexion").check()
    page.get_by_role("button", name=re.compile("^(Add|Make|Save)")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write the instructions")

    page.goto("/exercises/towel-calf-raise/facts/")
    page.get_by_label("Also called").fill("Towel Raise")
    page.get_by_role("button", name="Save the facts").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")
    expect(page.locator(".page-head")).to_contain_text("Also called Towel Raise")

    page.get_by_role("link", name="Facts").click()
    page.get_by_role("link", name="Merge it into another").click()
    page.get_by_label("Merge into").fill("Bodyweight Calf Raise")
    page.get_by_role("button", name="Show what would move").click()
    moves = page.get_by_role("region", name="Towel Calf Raise becomes Bodyweight Calf Raise")
    expect(moves).to_contain_text("All at once, this moves:")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bodyweight Calf Raise")
    expect(page.locator(".page-head")).to_contain_text("Towel Raise")
    page.goto("/exercises/towel-calf-raise/")
    expect(page).to_have_url(re.compile("/exercises/bodyweight-calf-raise/$"))
    page.goto("/exercises/?q=towel+raise")
    expect(page.locator(".exercise-list > li")).to_have_count(1)
    assert server.rows(
        "SELECT count(*) FROM exercises_exercise WHERE merged_into_id IS NOT NULL"
    ) == [1]


def test_retired_and_brought_back(visit: Visit) -> None:
    page = visit(EDITOR)
    page.goto("/exercises/sissy-squat/facts/")
    page.get_by_role("button", name="Retire it").click()
    expect(page.get_by_role("status").first).to_contain_text("Retired.")
    page.goto("/exercises/?q=sissy+squat")
    expect(page.get_by_role("link", name=re.compile("^Sissy Squat"))).to_have_count(0)
    page.goto("/exercises/sissy-squat/")
    expect(page.get_by_text("This exercise is retired")).to_be_visible()
    page.get_by_role("link", name="Facts").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("It is in the library again.")).to_be_visible()


def test_a_photo(visit: Visit) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "#b93f0a").save(picture, "JPEG")
    page = visit(EDITOR)
    page.goto("/exercises/wall-sit/photos/")
    page.locator("input[type=file]").set_input_files(
        {"name": "sit.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.get_by_label("What the picture shows").fill("Somebody sits against a wall")
    page.get_by_role("button", name="Add the photo").click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()  # who took it, and the licence
    page.locator("input[type=file]").set_input_files(
        {"name": "sit.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.get_by_label("Author").fill("Mia Berger")
    page.get_by_label("Licence").select_option(index=1)
    page.get_by_role("button", name="Add the photo").click()
    expect(page.get_by_text("There is no photo of this exercise yet.")).to_have_count(0)

    public = visit()
    public.goto("/exercises/wall-sit/")
    photo = public.get_by_role("img", name="Somebody sits against a wall")
    photo.scroll_into_view_if_needed()
    expect(photo).to_be_visible()
    expect(public.get_by_text("Mia Berger")).to_be_visible()
    assert (
        photo.evaluate("async image => { await image.decode(); return image.naturalWidth }") == 640
    )

    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_text("was removed")).to_be_visible()
    public.reload()
    expect(photo).to_have_count(0)
