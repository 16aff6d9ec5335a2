"""Set entry under the thumb: taps and keys counted, what is beside a row, and what is around it."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from legtraining.domain.plates import DEFAULT_RACKS, nearest, per_side, write_plates
from legtraining.domain.units import format_weight
from tests.browser.conftest import Server, Visit
from tests.browser.test_twice import start

MEMBER = "member@example.com"
ACKNOWLEDGED = ".set.is-done:not(.is-kept):not(.is-warmup)"
COUNT = """
    window.counted = { taps: 0, keys: 0 };
    addEventListener("pointerdown", () => window.counted.taps++, true);
    addEventListener("keydown", () => window.counted.keys++, true);
"""


# Of the workouts that are not done yet, those before the next "Squat" go to the end of the program.
SQUAT_IS_NEXT = """
    WITH mine AS (
        SELECT assignment.id, program_id FROM programs_assignment assignment
        JOIN accounts_user member ON member.id = member_id
        WHERE email = %s AND status = 'active'
    ), todo AS (
        SELECT workout.* FROM programs_workout workout JOIN mine USING (program_id)
        WHERE workout.id NOT IN (
            SELECT workout_id FROM workouts_workoutsession session
            JOIN mine ON session.assignment_id = mine.id
            WHERE finished_at IS NOT NULL AND deleted_at IS NULL AND workout_id IS NOT NULL
        )
    ), squat AS (
        SELECT week, day FROM todo WHERE title = 'Squat' ORDER BY week, day LIMIT 1
    )
    UPDATE programs_workout workout SET week = workout.week + 20 FROM squat
    WHERE workout.id IN (SELECT id FROM todo)
        AND (workout.week, workout.day) < (squat.week, squat.day)
"""


@pytest.fixture
def session(visit: Visit, server: Server) -> Page:
    """A planned workout, just begun: with a barbell and a superset, whatever day it is."""
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")
    server.change(SQUAT_IS_NEXT, MEMBER)
    page = visit(MEMBER, has_touch=True)
    start(page)
    page.wait_for_load_state()
    page.evaluate("resumed")  # the page was led to what is next, and stands still
    return page


def acknowledged(page: Page, count: int) -> None:
    expect(page.locator(ACKNOWLEDGED)).to_have_count(count)


def test_one_tap_as_planned_and_tap_digits_tap_with_another_weight(session: Page) -> None:
    session.evaluate(COUNT)
    session.locator(".is-next .btn-log").tap()
    acknowledged(session, 1)
    assert session.evaluate("counted") == {"taps": 1, "keys": 0}
    expect(session.locator(".is-next .btn-log")).to_be_focused()

    session.evaluate("counted.taps = 0")
    weight = session.locator(".is-next").get_by_label("Weight")
    planned = weight.input_value()
    weight.tap()  # selects what stands there
    for digit in "62,5":
        session.keyboard.press(digit)
    expect(session.locator(".is-next .btn-log")).to_contain_text("Log 62,5 kg")
    session.locator(".is-next .btn-log").tap()
    acknowledged(session, 2)
    assert session.evaluate("counted") == {"taps": 2, "keys": 4}
    expect(session.locator(ACKNOWLEDGED).last.locator(".words")).to_contain_text("62.5 kg")
    # What the plan names stays for the sets after it.
    expect(session.locator(".is-next").get_by_label("Weight")).to_have_value(planned)


def test_the_steps_are_those_of_the_equipment(session: Page) -> None:
    row = session.locator(".is-next")
    weight, reps = row.get_by_label("Weight"), row.get_by_label("Reps")
    before = Decimal(weight.input_value())
    step = Decimal(session.locator(".block").first.get_attribute("data-step-kg") or 0)
    row.get_by_role("button", name=f"{step} kg more").tap()
    expect(weight).to_have_value(format_weight(before + step))
    for _twice in range(2):
        row.get_by_role("button", name=f"{step} kg less").tap()
    expect(weight).to_have_value(format_weight(before - step))
    repetitions = int(reps.input_value())
    row.get_by_role("button", name="1 repetition more").tap()
    expect(reps).to_have_value(str(repetitions + 1))
    expect(row.locator(".btn-log")).to_contain_text(f"× {repetitions + 1}")


def test_names_for_a_screen_reader(session: Page) -> None:
    exercise = session.locator(".block h2 a").first.inner_text()
    block = session.get_by_role("region", name=exercise)
    expect(block.get_by_role("textbox", name="Weight").first).to_be_visible()
    expect(block.get_by_role("textbox", name="Reps").first).to_be_visible()
    expect(block.get_by_role("textbox", name="RIR").first).to_be_visible()
    expect(block.get_by_role("combobox", name="Unit", exact=True).first).to_be_visible()
    first = re.compile(rf"^Log .+ set 1 of {re.escape(exercise)}$")
    block.get_by_role("button", name=first).tap()
    acknowledged(session, 1)
    done = block.get_by_role("listitem").filter(has=session.locator(".tick")).first
    expect(done).to_contain_text("kg ×")
    expect(session.get_by_role("progressbar", name="Sets done")).to_have_attribute("value", "1")
    expect(session.get_by_role("region", name="Rest timer")).to_be_visible()
    expect(session.get_by_role("button", name="Pause")).to_be_visible()


def test_by_keyboard_only(session: Page) -> None:
    session.locator(".is-next .btn-log").focus()
    session.keyboard.press("Enter")
    acknowledged(session, 1)
    expect(session.locator(".is-next .btn-log")).to_be_focused()
    for _field in range(9):  # back over RIR and the numbers with their steps, to the weight
        session.keyboard.press("Shift+Tab")
        if session.evaluate("document.activeElement.name") == "weight":
            break
    session.keyboard.type("41")
    session.keyboard.press("Enter")
    acknowledged(session, 2)
    expect(session.locator(ACKNOWLEDGED).last.locator(".words")).to_contain_text("41 kg")
    outline = session.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_the_rest_timer(session: Page) -> None:
    rest = session.get_by_role("region", name="Rest timer")
    expect(rest).to_be_hidden()
    session.locator(".is-next .btn-log").tap()
    acknowledged(session, 1)
    expect(rest).to_be_visible()
    session.reload()  # counted from when the set was done, not from when the page was opened
    expect(rest).to_be_visible()
    length = int(session.locator(".block").first.get_attribute("data-rest") or 0)
    assert length - 40 < left(session) <= length
    rest.get_by_role("button", name="+30 s").tap()
    assert length - 10 < left(session) <= length + 30
    rest.get_by_role("button", name="Pause").tap()
    stopped = left(session)
    session.reload()
    session.wait_for_timeout(1100)
    assert left(session) == stopped
    rest.get_by_role("button", name="Go on").tap()
    session.wait_for_timeout(1100)
    assert stopped - 3 <= left(session) < stopped
    rest.get_by_role("button", name="Done").tap()
    expect(rest).to_be_hidden()
    session.reload()
    expect(rest).to_be_hidden()


def test_the_end_of_the_rest_is_felt_and_said_once(session: Page) -> None:
    session.evaluate("() => { window.felt = 0; navigator.vibrate = () => ++window.felt }")
    session.locator(".is-next .btn-log").tap()
    acknowledged(session, 1)
    assert session.evaluate("felt") == 0
    session.evaluate("document.querySelector('.block').dataset.rest = 1")
    expect(session.locator("#rest-said")).to_have_text("rest is over")
    session.wait_for_timeout(1200)
    assert session.evaluate("felt") == 1
    expect(session.locator("#rest-time")).to_have_text("0:00")


def left(page: Page) -> int:
    minutes, seconds = page.locator("#rest-time").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def test_no_rest_after_a_warm_up_unless_asked(session: Page, server: Server) -> None:
    block = session.locator(".block:has(.ramp)").first
    block.locator(".ramp summary").tap()
    offers = block.locator(".is-offer").count()
    block.locator(".is-offer button").first.tap()
    expect(block.locator(".set.is-warmup:not(.is-kept)")).to_have_count(1)
    expect(block.locator(".is-offer")).to_have_count(offers - 1)
    expect(session.get_by_role("region", name="Rest timer")).to_be_hidden()
    expect(session.locator("#sets-done")).to_have_text("0")
    wants = "UPDATE accounts_user SET rest_after_warmups = %s WHERE email = %s"
    server.change(wants, True, MEMBER)
    session.reload()
    expect(session.get_by_role("region", name="Rest timer")).to_be_visible()
    server.change(wants, False, MEMBER)


def test_add_set_repeats_the_one_before(session: Page) -> None:
    block = session.locator(".block").first
    planned = block.locator(".is-open:not(.is-extra)").count()
    for number in range(planned):
        row = block.locator(".is-open:not(.is-extra)").first
        row.get_by_label("Weight").fill(str(50 + number))
        row.locator(".btn-log").click()
        acknowledged(session, number + 1)
    block.locator(".add-set > summary").first.click()
    extra = block.locator(".is-extra")
    expect(extra.get_by_label("Weight")).to_have_value(str(49 + planned))
    extra.locator(".btn-log").click()
    acknowledged(session, planned + 1)
    expect(block.locator(".is-extra")).to_have_count(1)
    session.reload()
    acknowledged(session, planned + 1)


def test_superset_alternates(session: Page) -> None:
    first, second = (session.locator(f".block:has(h2 .tag:text('A{n}'))") for n in (1, 2))
    for block in session.locator(".block:not(:has(h2 .tag))").all():
        block.locator(".block-menu > summary").click()
        block.get_by_role("button", name="Skip").click()
        session.wait_for_load_state()
    for turn, (block, other) in enumerate([(first, second), (second, first)] * 2, 1):
        expect(block.locator(".is-next")).to_have_count(1)
        expect(other.locator(".is-next")).to_have_count(0)
        said = block.locator("h2").inner_text() if turn > 2 else ""
        expect(session.locator(".is-next .hints")).to_contain_text(said)
        expect(session.locator(".of")).to_have_count(1 if turn > 2 else 0)
        session.locator(".is-next .btn-log").click()
        acknowledged(session, turn)


def test_around_the_row(session: Page, server: Server) -> None:
    """Set-up note, order, skip, swap: each comes back to its exercise."""
    names = session.locator(".block h2 a")
    first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
    block = session.get_by_role("region", name=first)
    block.locator(".setup > summary").tap()
    block.get_by_label("Set-up note").fill("Seat 4, pad 2")
    block.get_by_role("button", name="Keep for next time").tap()
    expect(block.locator(".setup-note")).to_have_text("Seat 4, pad 2")

    block.locator(".block-menu > summary").tap()
    block.get_by_role("button", name="Later").tap()
    expect(names.nth(0)).to_have_text(second)
    expect(names.nth(1)).to_have_text(first)

    block.locator(".block-menu > summary").tap()
    block.get_by_role("button", name="Skip").tap()
    expect(block.get_by_text("Skipped today.")).to_be_visible()
    block.get_by_role("button", name="Take it up again").tap()
    expect(block.get_by_text("Skipped today.")).to_have_count(0)

    block.locator(".block-menu > summary").tap()
    block.get_by_role("link", name="Swap").tap()
    expect(session.get_by_role("heading", level=1)).to_have_text(f"Swap {first}")
    choice = session.locator(".swap-list button").first
    other = choice.locator("strong").inner_text()
    choice.tap()
    expect(names.nth(1)).to_have_text(other)
    expect(session.get_by_text(f"instead of {first}")).to_be_visible()
    expect(session.get_by_role("region", name=first)).to_have_count(0)


def test_the_frame_of_a_leg_day(session: Page, server: Server) -> None:
    uuid = session.url.split("/")[4]
    session.locator("#warmup > summary").tap()
    session.get_by_label("Leg swings").check()
    expect(session.locator("#warmup .ticked")).to_have_text("1")
    ticked = "SELECT ticked FROM workouts_workoutsession WHERE uuid = %s"
    session.wait_for_timeout(500)
    assert server.rows(ticked, uuid) == [["warmup-swings"]]
    session.locator("#stretches > summary").tap()
    countdown = session.locator("#stretches .countdown").first
    countdown.tap()
    expect(countdown).to_contain_text("0:29")
    session.reload()
    session.locator("#warmup > summary").tap()
    expect(session.get_by_label("Leg swings")).to_be_checked()


def test_the_plates_of_the_script_are_those_of_the_domain(session: Page) -> None:
    """One algorithm in two languages: the same plates for every weight of the usual racks."""
    rng = random.Random(5)
    for rack in DEFAULT_RACKS.values():
        bar, plates = rack.bars[0], rack.plates
        weights = [Decimal(rng.randrange(0, 4000)) / rng.choice([4, 8, 10]) for _each in range(300)]
        found = session.evaluate(
            "([weights, bar, plates]) => weights.map((weight) => loadBar(weight, bar, plates))",
            [[float(weight) for weight in weights], float(bar), write_plates(plates)],
        )
        for weight, answer in zip(weights, found, strict=True):
            side = per_side(weight, bar, plates)
            if side is not None:
                assert answer == {"plates": [float(plate) for plate in side]}, weight
            else:
                expected = [
                    None if each is None else float(each) for each in nearest(weight, bar, plates)
                ]
                assert [answer["below"], answer["above"]] == expected, weight
    row = session.locator(".block[data-bar-kg] .is-open").first
    row.get_by_label("Weight").fill("62,5")
    expect(row.locator(".plates")).to_have_text("Each side: 20 + 1.25")
    row.get_by_label("Weight").fill("61")
    expect(row.locator(".plates")).to_contain_text("Nearest: 60, 62.5")
    row.get_by_label("Unit").select_option("lb")
    row.get_by_label("Weight").fill("135")
    expect(row.locator(".plates")).to_have_text("Each side: 45")


def test_two_devices_edit_one_set(session: Page, visit: Visit, server: Server) -> None:
    """The later one holds, and both see it."""
    uuid = session.url.split("/")[4]
    session.locator(".is-next .btn-log").tap()
    acknowledged(session, 1)
    other = visit(MEMBER)
    other.goto(session.url)
    for page, reps in (session, "3"), (other, "4"):
        row = page.locator(ACKNOWLEDGED).first
        row.locator("summary").first.click()
        row.get_by_label("Reps").fill(reps)
        row.get_by_role("button", name="Save").click()
        expect(page.locator(ACKNOWLEDGED).first.locator(".words")).to_contain_text(f"× {reps}")
    session.evaluate("document.activeElement.blur(); dispatchEvent(new Event('focus'))")
    expect(session.locator(ACKNOWLEDGED).first.locator(".words")).to_contain_text("× 4")
    assert server.rows(
        """SELECT reps FROM workouts_setlog log JOIN workouts_workoutsession session
        ON session.id = log.session_id WHERE uuid = %s""",
        uuid,
    ) == [4]
