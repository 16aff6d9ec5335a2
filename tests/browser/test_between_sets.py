"""Between two sets: where the page goes, what stays typed, what other devices bring."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_outbox import ACKNOWLEDGED, log_next, logged, uuid_of, writes_wait
from tests.browser.test_set_entry import MEMBER, acknowledged, session

__all__ = ["session"]  # the fixture

REST = "section[aria-label='Rest timer']"


def add(page: Page, exercise: str) -> None:
    page.get_by_label("Exercise*", exact=True).fill(exercise)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("region", name=exercise)).to_be_visible()


def is_free(page: Page) -> bool:
    """Whether the button with the focus is on the screen, with nothing before it."""
    return bool(
        page.evaluate(
            """() => {
                const { left, top, width, height } = document.activeElement.getBoundingClientRect();
                const points = [2, height / 2, height - 2].map((y) => [left + width / 2, top + y]);
                return points.every(([x, y]) => {
                    const there = document.elementFromPoint(x, y);
                    return there && document.activeElement.contains(there);
                });
            }"""
        )
    )


@pytest.mark.parametrize("height", [844, 640])
def test_the_next_button_stands_free_after_every_set(
    session: Page, server: Server, height: int
) -> None:
    """Above the rest timer, from the top of the page, also while the set is still being sent."""
    session.set_viewport_size({"width": 390, "height": height})
    session.evaluate("scrollTo(0, 0)")
    for number in range(4):
        with writes_wait(server):
            log_next(session)
            expect(session.locator(REST)).to_be_visible()
            expect(session.locator(".is-next .btn-log")).to_be_focused()
            session.wait_for_timeout(300)
            assert is_free(session), f"set {number + 1}, not acknowledged"
        expect(session.locator(".set.is-done:not(.is-kept)")).to_have_count(number + 1)
        session.wait_for_timeout(300)
        assert is_free(session), f"set {number + 1}"


def test_an_edit_stays_where_it_is(session: Page) -> None:
    log_next(session)
    acknowledged(session, 1)
    row = session.locator(ACKNOWLEDGED)
    row.locator("summary").first.click()
    row.get_by_label("Reps").fill("3")
    before = session.evaluate("scrollY")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".words")).to_contain_text("× 3")
    expect(row.locator("summary").first).to_be_focused()
    assert abs(session.evaluate("scrollY") - before) < 60


def test_one_warm_up_after_the_other(session: Page) -> None:
    session.locator(".ramp summary").first.tap()
    offers = session.locator(".block").first.locator(".is-offer")
    count = offers.count()
    assert count > 1
    for number in range(1, count):
        session.wait_for_timeout(600)  # a double tap is one
        offers.first.get_by_role("button").tap()
        expect(session.locator(".set.is-warmup:not(.is-kept)")).to_have_count(number)
        expect(offers.first.get_by_role("button")).to_be_focused()
        assert is_free(session)
    session.wait_for_timeout(600)
    offers.first.get_by_role("button").tap()
    expect(session.locator(".is-next .btn-log")).to_be_focused()


def test_an_exercise_added_after_the_plan_has_its_rest(session: Page) -> None:
    planned = session.locator(".set.is-open:not(.is-extra)").count()
    for number in range(planned):
        log_next(session)
        acknowledged(session, number + 1)
    expect(session.locator("#finish")).to_be_focused()
    expect(session.locator(REST)).to_be_hidden()
    add(session, "Goblet Squat")
    block = session.locator(".block").last
    block.get_by_label("Weight").fill("80")
    block.get_by_label("Reps").fill("10")
    log_next(session)
    acknowledged(session, planned + 1)
    expect(session.locator(REST)).to_be_visible()
    following = block.locator(".is-extra.is-next .btn-log")
    expect(following).to_be_focused()
    expect(following).to_contain_text("Log 80 kg × 10")
    session.reload()
    expect(block.locator(".is-extra.is-next .btn-log")).to_contain_text("Log 80 kg × 10")
    expect(session.locator(REST)).to_be_visible()


def test_after_a_refused_form_the_page_is_the_sessions(session: Page, server: Server) -> None:
    """Logging, editing, deleting and loading anew go on from there."""
    address = session.url.split("#")[0]
    session.get_by_label("Exercise*", exact=True).fill("No such thing")
    session.get_by_role("button", name="Add", exact=True).click()
    expect(session.locator(".invalid-feedback")).to_be_visible()
    expect(session.get_by_label("Exercise*", exact=True)).to_have_value("No such thing")
    assert session.url.split("#")[0] == address
    log_next(session)
    acknowledged(session, 1)
    session.locator(ACKNOWLEDGED).locator("summary").first.click()
    session.locator(ACKNOWLEDGED).get_by_role("button", name="Delete").click()
    expect(session.locator(".set .undo")).to_be_visible()
    session.reload()
    expect(session.locator(".set .undo")).to_be_visible()
    assert logged(server, uuid_of(session)) == []
    session.goto(f"{address}exercises/")  # a tab that the phone opens again
    assert session.url == address


def test_what_is_typed_stays_when_another_device_adds(session: Page, visit: Visit) -> None:
    weight = session.locator(".is-next").get_by_label("Weight")
    weight.fill("61")
    session.locator("h1").click()  # the keypad is put away
    other = visit(MEMBER)
    other.goto(session.url)
    add(other, "Goblet Squat")
    last = other.locator(".block").last
    last.get_by_label("Weight").fill("80")
    last.get_by_label("Reps").fill("10")
    last.locator(".btn-log").click()
    acknowledged(other, 1)
    session.evaluate("dispatchEvent(new Event('focus'))")
    theirs = session.get_by_role("region", name="Goblet Squat")
    expect(theirs.locator(ACKNOWLEDGED).locator(".words")).to_have_text("80 kg × 10")
    expect(weight).to_have_value("61")
    log_next(session)
    acknowledged(session, 2)
    expect(session.locator(ACKNOWLEDGED).first.locator(".words")).to_contain_text("61 kg")


def test_it_is_finished_on_another_device(session: Page, visit: Visit) -> None:
    log_next(session)
    acknowledged(session, 1)
    other = visit(MEMBER)
    other.goto(session.url)
    other.get_by_role("button", name="Finish session").click()
    expect(other.get_by_role("heading", name="What was done")).to_be_visible()
    session.evaluate("dispatchEvent(new Event('focus'))")
    expect(session.get_by_role("heading", name="What was done")).to_be_visible()


def test_an_edit_of_a_finished_session_changes_its_figures(session: Page) -> None:
    row = session.locator(".is-next")
    row.get_by_label("Weight").fill("100")
    row.get_by_label("Reps").fill("5")
    log_next(session)
    acknowledged(session, 1)
    session.get_by_role("button", name="Finish session").click()
    volume = session.locator(".figures div:has(dt:text('Volume')) dd")
    expect(volume).to_have_text("500 kg")
    done = session.locator(ACKNOWLEDGED)
    done.locator("summary").first.click()
    done.get_by_label("Reps").fill("6")
    done.get_by_role("button", name="Save").click()
    expect(volume).to_have_text("600 kg")


def test_taking_out_is_undone(session: Page) -> None:
    names = session.locator(".block h2 a")
    before = names.all_inner_texts()
    log_next(session)
    acknowledged(session, 1)
    block = session.locator(".block").nth(1)
    block.locator(".block-menu > summary").click()
    block.get_by_role("button", name="Take out").click()
    expect(session.get_by_text(f"{before[1]} was taken out.")).to_be_in_viewport()
    expect(names).to_have_text([before[0], *before[2:]])
    session.get_by_role("button", name="Undo").click()
    expect(names).to_have_text(before)


def test_a_hold_is_timed_and_typed_as_on_a_clock(session: Page) -> None:
    add(session, "Wall Sit")
    block = session.get_by_role("region", name="Wall Sit")
    for other in session.locator(".block:not(:last-child)").all():
        other.locator(".block-menu > summary").click()
        other.get_by_role("button", name="Skip").click()
        session.wait_for_load_state()
    watch = block.get_by_role("button", name="Stopwatch")
    watch.click()
    session.wait_for_timeout(1_200)
    session.reload()
    expect(block.get_by_role("button", name="Stop 0:0")).to_be_visible()
    session.wait_for_timeout(1_000)
    block.get_by_role("button", name="Stop 0:0").click()
    expect(block.get_by_label("Seconds")).to_have_value(re.compile("^[2-9]$"))
    block.get_by_label("Seconds").fill("1:30")
    expect(block.locator(".is-next .btn-log")).to_contain_text("Log 90 s")
    log_next(session)
    expect(block.locator(ACKNOWLEDGED).locator(".words")).to_have_text("90 s")


def test_the_steps_say_the_unit_that_is_chosen(session: Page) -> None:
    row = session.locator(".is-next")
    row.get_by_label("Unit").select_option("lb")
    expect(row.get_by_role("button", name=re.compile("^[0-9.]+ lb more"))).to_be_visible()
    expect(row.get_by_role("button", name=re.compile("kg more"))).to_have_count(0)


def test_what_cannot_be_read_is_not_changed_by_what_is_done_beside_it(session: Page) -> None:
    row = session.locator(".is-next")
    row.get_by_label("Weight").fill("1e2")
    row.get_by_role("button", name=re.compile("kg more")).click()
    expect(row.get_by_label("Weight")).to_have_value("1e2")
    log_next(session)
    expect(row.locator(".invalid")).to_have_text("Enter a number in digits, such as 12.")
    other = session.locator(".block").first.locator(".is-open:not(.is-next)").first
    other.get_by_label("Weight").fill("70")
    other.locator(".btn-log").click()
    acknowledged(session, 1)
    expect(row.get_by_label("Weight")).to_have_value("1e2")
    expect(row.locator(".invalid")).to_be_visible()


def test_the_rest_is_whole_seconds_after_a_pause(session: Page) -> None:
    log_next(session)
    rest = session.locator(REST)
    rest.get_by_role("button", name="Pause").click()
    session.wait_for_timeout(1_300)
    rest.get_by_role("button", name="Go on").click()
    expect(rest.locator("#rest-of")).to_have_text(re.compile(r"^of \d+:\d\d$"))


def test_a_stretch_is_timed_for_both_sides_and_over_a_reload(session: Page) -> None:
    session.locator("#stretches > summary").click()
    countdown = session.locator("#stretches .countdown").first
    box = session.locator("#stretches input[type=checkbox]").first
    countdown.click()
    expect(countdown).to_contain_text("0:29")
    session.reload()
    session.locator("#stretches > summary").click()
    expect(countdown).to_contain_text("0:2")
    back = "key => sessionStorage.setItem(key, sessionStorage.getItem(key) - 1000 * {})"
    key = "countdown-stretch-quads"
    session.evaluate(back.format(30), key)
    expect(countdown).to_contain_text("Change sides")
    expect(box).not_to_be_checked()
    session.evaluate(back.format(5), key)
    expect(countdown).to_contain_text("0:2")
    expect(box).not_to_be_checked()
    session.evaluate(back.format(30), key)
    expect(box).to_be_checked()
    expect(countdown).to_contain_text("0:30")


@pytest.mark.parametrize("taps", [2, 3, 4])
def test_impatient_thumbs_change_nothing_else(session: Page, taps: int) -> None:
    """Whatever comes up under the finger: a step, a field, a heading."""
    fields = "document.querySelectorAll('.is-open:not(.is-extra) [name=weight]')"
    weights = f"[...{fields}].map((each) => each.value)"
    for _set in range(4):
        address, before = session.url, session.evaluate(weights)
        done = session.locator(".set.is-done").count()
        place = session.locator(".is-next .btn-log").bounding_box()
        assert place
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        session.mouse.click(x, y, click_count=taps, delay=20)
        acknowledged(session, done + 1)
        session.wait_for_timeout(300)
        assert session.url == address
        assert session.evaluate(weights) == before[1:]
        expect(session.locator(".is-next .btn-log")).to_be_focused()


def test_what_is_logged_is_said_where_an_edit_is_refused(session: Page) -> None:
    log_next(session)
    acknowledged(session, 1)
    said = session.locator(ACKNOWLEDGED).locator(".words").inner_text()
    session.locator(ACKNOWLEDGED).locator("summary").first.click()
    session.locator(ACKNOWLEDGED).get_by_label("Reps").fill("1000")
    session.get_by_role("button", name="Save").first.click()
    row = session.locator(".set:has(.invalid)")
    expect(row).to_contain_text(f"What is logged: {said}.")
    expect(row.locator(".btn-log")).to_contain_text("Save")
    row.get_by_label("Reps").blur()
    with session.expect_response("**/version/"):
        session.evaluate("dispatchEvent(new Event('focus'))")  # the page looks whether it is behind
    session.wait_for_timeout(500)
    expect(row.get_by_label("Reps")).to_have_value("1000")
    session.get_by_role("button", name="Let it go").click()
    expect(session.locator(ACKNOWLEDGED).locator(".words")).to_have_text(said)


def test_exercises_added_up_front_are_done_one_after_the_other(
    session: Page, visit: Visit, server: Server
) -> None:
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")
    session.goto("/")
    session.get_by_role("button", name="Start an empty session").click()
    for name in ("Wall Sit", "Goblet Squat"):
        add(session, name)
    first, second = session.locator(".block").all()
    expect(second.locator(".is-next")).to_have_count(1)  # the one just added
    session.goto(session.url.split("#")[0])
    expect(first.locator(".is-next")).to_have_count(1)
    first.get_by_label("Seconds").fill("45")
    log_next(session)
    acknowledged(session, 1)
    expect(first.locator(".is-next .btn-log")).to_be_focused()
    log_next(session)
    acknowledged(session, 2)
    add(session, "Leg Extension")
    expect(session.locator(".block").last.locator(".is-next")).to_have_count(1)


SHOWN = """(page) => [...page.querySelectorAll(".block")].map((block) => [
    block.id, block.dataset.rest,
    [...block.querySelectorAll(".set:not(.is-offer)")].map((row) => [
        row.id, row.className,
        row.querySelector(".words")?.textContent,
        row.querySelector(".last")?.textContent,
        ...[...row.querySelectorAll("[name]:not([type=hidden])")]
            .filter(() => row.matches(".is-open")).map((field) => field.value),
    ]),
])"""
BOTH = f"""async () => {{
    const shown = {SHOWN};
    const html = await (await fetch(location.pathname)).text();
    return [document, new DOMParser().parseFromString(html, "text/html")].map(shown);
}}"""


def test_the_script_shows_what_the_server_shows(session: Page) -> None:
    """One page in two languages: after every set the same rows, words and next set."""
    planned = session.locator(".set.is-open:not(.is-extra)").count()
    for number in range(planned):
        if number % 3 == 1:
            session.locator(".is-next").get_by_label("Weight").fill("42.5")
        log_next(session)
        acknowledged(session, number + 1)
        ours, theirs = session.evaluate(BOTH)
        for block, other in zip(ours, theirs, strict=True):
            for row, again in zip(block[2], other[2], strict=True):
                assert row == again, f"after set {number + 1}"
            assert block[:2] == other[:2]


def test_after_finishing_one_sees_what_was_done(visit: Visit, session: Page) -> None:
    """Also with the smooth scrolling of a phone that has not switched it off."""
    page = visit(MEMBER, reduced_motion="no-preference")
    page.goto(session.url)
    log_next(page)
    acknowledged(page, 1)
    page.get_by_role("button", name="Finish session").click()
    heading = page.get_by_role("heading", name="What was done")
    expect(heading).to_be_visible()
    page.wait_for_timeout(800)
    expect(heading).to_be_in_viewport()
