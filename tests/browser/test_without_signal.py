"""What is typed or deleted without signal stays, and does what it says when the signal is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_outbox import ACKNOWLEDGED, KEPT, MEMBER, begin, log_next, logged, uuid_of

NO_SIGNAL = "No signal: nothing was sent and nothing is lost."


@pytest.fixture
def session(visit: Visit, server: Server) -> Page:
    """A planned workout, just begun, on a phone that has the pages it needs."""
    server.change("UPDATE workouts_workoutsession SET deleted_at = now() WHERE finished_at IS NULL")
    server.change("DELETE FROM workouts_exercisesetup")
    return begin(visit(MEMBER))


def test_a_set_up_note(session: Page, server: Server) -> None:
    notes = "SELECT note FROM workouts_exercisesetup"
    block = session.locator(".block").first
    session.context.set_offline(True)
    block.locator(".setup > summary").click()
    block.get_by_label("Set-up note").fill("Seat 4, pad 2")
    block.get_by_role("button", name="Keep for next time").click()
    expect(block.locator(".setup > summary")).to_contain_text("Seat 4, pad 2 (kept on this phone)")
    session.reload()
    expect(block.locator(".setup > summary")).to_contain_text("Seat 4, pad 2 (kept on this phone)")
    assert server.rows(notes) == []
    session.context.set_offline(False)
    expect(block.locator(".setup > summary .setup-note")).to_have_text("Seat 4, pad 2")
    expect(session.locator("#outbox")).to_be_hidden()
    assert server.rows(notes) == ["Seat 4, pad 2"]


def test_a_set_up_that_is_refused_has_its_sentence(session: Page, server: Server) -> None:
    form = session.locator(".block").first.locator(".setup-form")
    session.locator(".block").first.locator(".setup > summary").click()
    form.get_by_label("Smallest step").fill("0")
    form.get_by_role("button", name="Keep for next time").click()
    expect(form.locator(".invalid")).to_have_text("Enter more than 0, or leave it empty.")
    expect(form.get_by_label("Smallest step")).to_have_value("0")
    expect(form.get_by_label("Smallest step")).to_be_focused()
    expect(session.locator("#outbox")).to_be_hidden()
    form.get_by_label("Smallest step").fill("1,25")
    form.get_by_role("button", name="Keep for next time").click()
    expect(session.locator(".block").first).to_have_attribute("data-step-kg", "1.25")
    expect(session.locator("#outbox")).to_be_hidden()


def test_what_needs_an_answer_says_so_and_loses_nothing(session: Page) -> None:
    address = session.url
    weight = session.locator(".is-next").get_by_label("Weight")
    weight.fill("61")
    block = session.locator(".block").first
    block.locator(".block-menu > summary").click()
    session.context.set_offline(True)
    for button in ("Skip", "Later"):
        block.get_by_role("button", name=button).click()
        expect(block.get_by_role("alert")).to_contain_text(NO_SIGNAL)
    block.get_by_role("link", name="Swap").click()
    expect(session.get_by_role("alert")).to_contain_text(NO_SIGNAL)
    session.get_by_label("Exercise*", exact=True).fill("Leg press")
    session.get_by_role("button", name="Add", exact=True).click()
    expect(session.get_by_role("alert")).to_contain_text(NO_SIGNAL)
    expect(session.get_by_label("Exercise*", exact=True)).to_have_value("Leg press")
    expect(weight).to_have_value("61")
    assert session.url.startswith(address)


def test_a_set_that_was_sent_is_deleted(session: Page, server: Server) -> None:
    uuid = uuid_of(session)
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.context.set_offline(True)
    row = session.locator(ACKNOWLEDGED)
    said = row.locator(".words").inner_text()
    row.locator("summary").first.click()
    row.get_by_role("button", name="Delete").click()
    undo = session.locator(".set .undo")
    expect(undo).to_contain_text(f"Deleted: {said}.")
    expect(session.locator(".set.is-done")).to_have_count(0)
    session.reload()
    expect(undo).to_contain_text(f"Deleted: {said}.")
    assert len(logged(server, uuid)) == 1
    session.context.set_offline(False)
    expect(session.locator("#outbox")).to_be_hidden()
    expect(undo).to_contain_text(f"Deleted: {said}.")
    assert logged(server, uuid) == []
    undo.get_by_role("button", name="Undo").click()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    assert len(logged(server, uuid)) == 1


def test_deleting_is_undone_before_it_was_sent(session: Page, server: Server) -> None:
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    before = logged(server, uuid_of(session))
    session.context.set_offline(True)
    session.locator(ACKNOWLEDGED).locator("summary").first.click()
    session.get_by_role("button", name="Delete").first.click()
    session.locator(".set .undo").get_by_role("button", name="Undo").click()
    expect(session.locator(KEPT)).to_have_count(1)
    session.context.set_offline(False)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    expect(session.locator("#outbox")).to_be_hidden()
    assert logged(server, uuid_of(session)) == before


def test_a_sent_set_is_edited_and_then_deleted(session: Page, server: Server) -> None:
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.context.set_offline(True)
    session.locator(ACKNOWLEDGED).locator("summary").first.click()
    session.locator(ACKNOWLEDGED).get_by_label("Reps").fill("3")
    session.get_by_role("button", name="Save").first.click()
    expect(session.locator(KEPT).locator(".words")).to_contain_text("× 3")
    session.locator(KEPT).locator("summary").first.click()
    session.locator(KEPT).get_by_role("button", name="Delete").click()
    expect(session.locator(".set .undo")).to_contain_text("× 3.")
    session.context.set_offline(False)
    expect(session.locator("#outbox")).to_be_hidden()
    for _attempt in range(50):
        if not logged(server, uuid_of(session)):
            break
        session.wait_for_timeout(100)
    assert logged(server, uuid_of(session)) == []


def test_ticks_add_up_over_a_reload(session: Page, server: Server) -> None:
    uuid = uuid_of(session)
    session.context.set_offline(True)
    for item in ("Leg swings", "Air squats"):
        session.locator("#warmup > summary").click()
        session.get_by_label(item).check()
        session.wait_for_timeout(300)  # it is on the disk then
        session.reload()
    expect(session.locator("#warmup .ticked")).to_have_text("2")
    session.context.set_offline(False)
    expect(session.locator("#outbox")).to_be_hidden()
    ticked = "SELECT ticked FROM workouts_workoutsession WHERE uuid = %s"
    for _attempt in range(50):
        if server.rows(ticked, uuid) != [[]]:
            break
        session.wait_for_timeout(100)
    assert server.rows(ticked, uuid) == [["warmup-swings", "warmup-squats"]]


def test_what_is_merely_being_sent_moves_nothing(session: Page) -> None:
    """The banner comes only once something is stuck."""
    shown = """() => {
        window.seen = false;
        const box = document.getElementById("outbox");
        const look = new MutationObserver(() => (window.seen ||= !box.hidden));
        look.observe(box, { attributes: true });
    }"""
    session.evaluate(shown)
    for number in (1, 2):
        log_next(session)
        expect(session.locator(ACKNOWLEDGED)).to_have_count(number)
    assert session.evaluate("seen") is False


def test_an_expired_session_is_said_at_the_set(session: Page) -> None:
    session.context.clear_cookies(name="sessionid")
    session.mouse.wheel(0, 600)
    log_next(session)
    expect(session.locator(KEPT)).to_contain_text("sign in to send it")
    expect(session.locator("#outbox").get_by_role("link", name="Sign in")).to_be_in_viewport()


def test_it_is_sent_soon_after_the_signal_is_back(session: Page) -> None:
    """However long it was away, and however slow it had become in trying again."""
    session.route("**/sets/", lambda route: route.abort())
    log_next(session)
    expect(session.locator(KEPT)).to_have_count(1)
    session.wait_for_timeout(7_000)  # it has tried after 0, 2 and 6 s, and waits 8 s now
    session.evaluate("dispatchEvent(new Event('online'))")
    session.wait_for_timeout(500)  # the first try comes too early
    session.unroute("**/sets/")
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1, timeout=4_000)


def test_a_warm_up_is_deleted_and_brought_back(session: Page, server: Server) -> None:
    number = session.locator(".block:has(.ramp)").first.get_attribute("id")
    block = session.locator(f"#{number}")
    block.locator(".ramp summary").click()
    block.locator(".is-offer button").first.click()
    warmup = block.locator(".set.is-warmup")
    expect(block.locator(".set.is-warmup:not(.is-kept)")).to_have_count(1)
    block.locator(".set.is-open .btn-log").first.click()
    expect(session.locator(ACKNOWLEDGED)).to_have_count(2)
    said = warmup.locator(".words").inner_text()
    session.context.set_offline(True)
    warmup.locator("summary").first.click()
    warmup.get_by_role("button", name="Delete").click()
    gone = block.locator(".set.is-gone")
    expect(gone).to_contain_text(f"Deleted: {said}.")
    session.context.set_offline(False)
    expect(session.locator("#outbox")).to_be_hidden()
    expect(gone).to_contain_text(f"Deleted: {said}.")
    session.reload()
    assert len(logged(server, uuid_of(session))) == 1
    gone.get_by_role("button", name="Undo").click()
    expect(warmup.locator(".words")).to_have_text(said)
    assert len(logged(server, uuid_of(session))) == 2


def test_finishing_when_nothing_gets_through(session: Page, server: Server) -> None:
    """The phone believes that there is a signal."""
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.route("**/finish/", lambda route: route.abort())
    session.get_by_label("How hard was it").fill("8")
    session.get_by_label("Note").last.fill("Deep enough")
    session.get_by_role("button", name="Finish session").click()
    expect(session.get_by_text("Finished. Without signal this is kept")).to_be_visible()
    expect(session.locator("#outbox")).to_contain_text("1 entry is kept on this phone.")
    session.unroute("**/finish/")
    session.reload()
    expect(session.get_by_role("heading", name="What was done")).to_be_visible()
    ended = "SELECT rpe, note FROM workouts_workoutsession WHERE uuid = %s AND finished_at < now()"
    assert server.rows(ended, uuid_of(session)) == [(8, "Deep enough")]


def test_a_refused_end_is_that_form_again(session: Page) -> None:
    session.get_by_label("How hard was it").fill("11")
    session.get_by_label("Note").last.fill("Deep enough")
    session.get_by_role("button", name="Finish session").click()
    form = session.locator("#finish-form")
    expect(form.locator(".invalid-feedback")).to_have_text("Enter a number from 0 to 10.")
    expect(form.get_by_label("How hard was it")).to_have_value("11")
    expect(form.get_by_label("How hard was it")).to_be_focused()
    expect(form.get_by_label("Note")).to_have_value("Deep enough")
    expect(session.locator("#outbox")).to_be_hidden()
    form.get_by_label("How hard was it").fill("7")
    session.get_by_role("button", name="Finish session").click()
    expect(form).to_contain_text("Log a set first, or discard this session.")
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.get_by_role("button", name="Finish session").click()
    expect(session.get_by_role("heading", name="What was done")).to_be_visible()


def test_a_refused_end_that_was_kept_is_in_its_field_again(session: Page) -> None:
    log_next(session)
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    address = session.url
    session.context.set_offline(True)
    session.get_by_label("How hard was it").fill("77")
    session.get_by_label("Note").last.fill("Deep enough")
    session.get_by_role("button", name="Finish session").click()
    expect(session.locator("#outbox")).to_contain_text("1 entry is kept on this phone.")
    session.goto("/")  # it is refused while another page is open
    session.context.set_offline(False)
    expect(session.get_by_role("listitem").filter(has_text="Let it go")).to_contain_text(
        "Enter a number from 0 to 10."
    )
    session.goto(address)
    form = session.locator("#finish-form")
    expect(form.locator(".invalid-feedback")).to_have_text("Enter a number from 0 to 10.")
    expect(form.get_by_label("How hard was it")).to_have_value("77")
    expect(form.get_by_label("Note")).to_have_value("Deep enough")


def test_a_note_that_is_sent_later_takes_no_focus(session: Page) -> None:
    block = session.locator(".block").first
    session.context.set_offline(True)
    block.locator(".setup > summary").click()
    block.get_by_label("Set-up note").fill("Seat 4")
    block.get_by_role("button", name="Keep for next time").click()
    weight = session.locator(".block").nth(1).get_by_label("Weight").first
    weight.click()
    session.keyboard.type("12")
    session.context.set_offline(False)
    expect(block.locator(".setup > summary .setup-note")).to_have_text("Seat 4")
    session.wait_for_timeout(500)
    session.keyboard.type("5")
    expect(weight).to_have_value("125")


@pytest.mark.parametrize("kept", ["a set", "its deletion"])
def test_what_was_kept_holds_where_a_later_one_is_refused(
    session: Page, server: Server, kept: str
) -> None:
    uuid = uuid_of(session)
    row = session.locator(".is-next")
    if kept == "its deletion":
        log_next(session)
        expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
        session.context.set_offline(True)
        session.locator(ACKNOWLEDGED).locator("summary").first.click()
        session.get_by_role("button", name="Delete").first.click()
        expect(row.locator(".undo")).to_be_visible()
        row.get_by_label("Weight").fill("5000")
        log_next(session)
    else:
        session.context.set_offline(True)
        row.get_by_label("Reps").fill("3")
        log_next(session)
        session.locator(KEPT).locator("summary").first.click()
        session.locator(KEPT).get_by_label("Weight").fill("5000")
        session.locator(KEPT).get_by_role("button", name="Save").click()
    expect(session.locator(KEPT).locator(".words")).to_contain_text("5000")
    session.wait_for_timeout(300)
    session.context.set_offline(False)
    expect(session.locator("#outbox")).to_contain_text("1 could not be logged:")
    with session.expect_response(lambda answer: answer.request.method == "POST"):
        session.get_by_role("button", name="Let it go").click()
    expect(session.locator(".set .invalid")).to_have_count(0)
    expect(session.locator("#outbox")).to_be_hidden()
    if kept == "a set":
        expect(session.locator(ACKNOWLEDGED).locator(".words")).to_contain_text("× 3")
    assert [reps for *_place, reps in logged(server, uuid)] == ([3] if kept == "a set" else [])


def test_what_cannot_be_read_is_not_kept_where_nothing_gets_through(session: Page) -> None:
    session.route("**/sets/", lambda route: route.abort())
    row = session.locator(".is-next")
    row.get_by_label("Weight").fill("abc")
    log_next(session)
    expect(row.locator(".invalid")).to_have_text("Check the numbers of this set.")
    expect(session.locator("#outbox")).to_be_hidden()
    session.reload()
    expect(session.locator(".set.is-done")).to_have_count(0)


def test_a_kept_set_says_so_after_a_reload_where_nothing_gets_through(session: Page) -> None:
    session.route("**/sets/", lambda route: route.abort())
    log_next(session)
    expect(session.locator(KEPT)).to_contain_text("kept on this phone")
    session.reload()
    expect(session.locator(KEPT)).to_contain_text("kept on this phone")


def test_what_was_kept_stays_where_its_edit_cannot_be_read(session: Page, server: Server) -> None:
    """Nothing gets through, though the phone believes in its signal."""
    session.route("**/sets/", lambda route: route.abort())
    session.locator(".is-next").get_by_label("Reps").fill("3")
    log_next(session)
    row = session.locator(KEPT)
    expect(row).to_contain_text("kept on this phone")
    row.locator("summary").first.click()
    row.get_by_label("Reps").fill("abc")
    row.get_by_role("button", name="Save").click()
    expect(session.locator(".set .invalid")).to_have_text("Check the numbers of this set.")
    session.unroute("**/sets/")
    session.evaluate("dispatchEvent(new Event('online'))")
    expect(session.locator("#outbox")).to_be_hidden()
    assert [reps for *_place, reps in logged(server, uuid_of(session))] == [3]


def test_what_was_put_right_meanwhile_holds(session: Page, server: Server) -> None:
    """The answer to what could not be read comes after the set was logged."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    session.route("**/sets/", hold)
    row = session.locator(".is-next")
    row.get_by_label("Reps").fill("abc")
    log_next(session)
    expect(session.locator("#outbox")).to_be_hidden()
    row.get_by_label("Reps").fill("3")
    session.wait_for_timeout(600)
    log_next(session)
    expect(session.locator(KEPT)).to_have_count(1)
    for route in waiting:
        route.continue_()
    session.unroute("**/sets/")
    expect(session.locator(ACKNOWLEDGED)).to_have_count(1)
    session.wait_for_timeout(500)
    expect(session.locator(".set .invalid")).to_have_count(0)
    assert [reps for *_place, reps in logged(server, uuid_of(session))] == [3]
