"""Every page, for anybody: axe finds nothing in any size or theme, one heading, every field has a
label, nothing to scroll sideways, nothing from elsewhere, nothing the browser complains about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response, expect

from tests.browser.conftest import DESK, PHONE, Server, Visit

TRAINER, MEMBER, SOLO = "trainer@example.com", "member@example.com", "solo@example.com"
EDITOR = "admin@example.com"
ASKED = "priya.raman@example.com"  # whether another trainer may go on with them
BUSY = "nora.lindqvist@example.com"  # has a session open while these tests run
BUSY_DAYS, DAYS = "Machines [AB]", "Squat|Hinge|Volume"  # the headings of sessions
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Both themes, each by the system's wish and against it by the switch in the settings. Only the
# contrast depends on the theme, and the other rules take a third of the time.
LOOKS = {
    "phone, light": (PHONE, "light", None, RULES),
    "phone, dark": (PHONE, "dark", None, ["color-contrast"]),
    "desk, light by the switch": (DESK, "dark", "light", RULES),
    "desk, dark by the switch": (DESK, "light", "dark", ["color-contrast"]),
}
# Of rows that are made alike axe sees the first three, which halves its time.
REPEATED = ":is(li, tr, option, article, fieldset, .block, .week)"
NARROW = {"360 px": (360, 740), "1280 px at 200 %": (640, 400)}
REFUSED = re.compile(r"Failed to load resource.* status of (403|404|422)")

Step = Callable[[Page], Any]


def press(name: str) -> Step:
    return lambda page: page.get_by_role("button", name=re.compile(name)).first.click()


def follow(name: str) -> Step:
    return lambda page: page.get_by_role("link", name=re.compile(name)).first.click()


def type_into(label: str, text: str) -> Step:
    return lambda page: page.get_by_label(label).first.fill(text)


def open_session(page: Page) -> None:
    """Starts today's workout, or goes on with it, and logs its first set once."""
    started = page.get_by_role("link", name="Go on")
    (started if started.count() else page.get_by_role("button", name="Start").first).click()
    expect(page).to_have_url(re.compile("/sessions/"))
    page.wait_for_load_state()
    if not page.locator(".set.is-done").count():
        page.locator(".btn-log").first.click()
        page.locator(".set.is-done").wait_for()


def refuse_a_weight(page: Page) -> None:
    row = page.locator(".set.is-open").first
    row.get_by_label("Weight").fill("-5")
    row.locator(".btn-log").click()
    page.locator(".invalid").first.wait_for()


def delete_first_set(page: Page) -> None:
    page.locator(".set.is-done summary").first.click()
    page.get_by_role("button", name="Delete set").first.click()
    page.locator(".undo").wait_for()


def open_training_day(page: Page) -> None:
    """The next one, in this month or in the one after."""
    planned = page.locator(".entry.is-planned a")
    if not planned.count():
        page.get_by_role("link", name="The month after").click()
    planned.first.click()


def agree(page: Page) -> None:
    """Agrees to check-ins, unless that was done already."""
    button = page.get_by_role("button", name="I agree")
    if button.count():
        button.click()
    page.get_by_role("button", name="Save check-in").wait_for()


def note_pain(page: Page) -> None:
    page.get_by_label("How strong").select_option("8")
    page.get_by_label("One calf is swollen").check()
    page.get_by_role("button", name="Save check-in").click()
    page.locator(".advice").wait_for()


def beat_a_record(page: Page) -> None:
    row = page.locator(".set.is-done:not(.is-warmup)").first
    row.locator("summary").first.click()
    row.get_by_label("Weight").fill("999")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".set.is-done:not(.is-kept) .words", has_text="999")).to_be_visible()
    page.reload()
    expect(page.locator(".records")).to_contain_text("Heaviest: 999")


def send_file(page: Page) -> None:
    """A year of two trainings, with a name that nobody knows and a line that cannot be read."""
    lines = ["Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"]
    for day in ("2024-05-06", "2024-05-13"):
        lines += [f'{day} 18:00:00,Legs,1h,"Squat (Barbell)",{n},100,5,0,0,8' for n in (1, 2, 3)]
        lines += [f"{day} 18:00:00,Legs,1h,Odd Machine,{n},40,12,0,0," for n in (1, 2)]
        lines += [f"{day} 18:00:00,Legs,1h,Bench Press (Barbell),1,60,x,0,0,"]
    file = {"name": "strong.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("heading", level=1, name="strong.csv").or_(
        page.get_by_role("button", name="Import")
    ).first.wait_for()


def bring_in(page: Page) -> None:
    send_file(page)
    page.get_by_role("button", name=re.compile("^Import")).click()
    page.get_by_role("button", name=re.compile("^Undo")).wait_for()


# Name: (who, heading, address, what to do there)
PAGES: dict[str, tuple[str | None, str, str, list[Step]]] = {
    "landing": (None, "Leg day, logged in one tap", "/", []),
    "library": (None, "Exercises", "/exercises/", []),
    "library, nothing found": (None, "Exercises", "/exercises/?q=swimming", []),
    "exercise": (None, "Leg Extension", "/exercises/leg-extension/", []),
    "library, a typo": (None, "Exercises", "/exercises/?q=sqaut&kind=exercise", []),
    "library, one muscle": (None, "Exercises", "/exercises/?muscle=soleus", []),
    "why": (None, "Why train legs", "/why/", []),
    "why, one verdict": (MEMBER, "Why train legs", "/why/?verdict=mixed", []),
    "body map": (None, "Choose a muscle", "/exercises/muscles/", []),
    "stretch": (None, "Butterfly Stretch", "/exercises/butterfly-stretch/", []),
    "exercise, for a trainer": (TRAINER, "Barbell Back Squat", "/exercises/back-squat/", []),
    "contact sheet": (TRAINER, "Contact sheet", "/exercises/figures/", []),
    "facts": (EDITOR, "Facts", "/exercises/back-squat/facts/", []),
    "facts, refused": (
        EDITOR,
        "Facts",
        "/exercises/back-squat/facts/",
        [lambda page: page.get_by_label("Also called").fill("Leg Extension"), press("^Save")],
    ),
    "new exercise": (EDITOR, "New exercise", "/exercises/new/", []),
    "merge": (EDITOR, "Merge into another", "/exercises/goblet-squat/merge/", []),
    "photos, refused": (
        EDITOR,
        "Photos",
        "/exercises/back-squat/photos/",
        [press("^Add the photo")],
    ),
    "sign in": (None, "Sign In", "/accounts/login/", []),
    "sign in, refused": (None, "Sign In", "/accounts/login/", [press("^Sign In$")]),
    "sent too late": (
        None,
        "Please send that again",
        "/accounts/login/",
        [lambda page: page.context.clear_cookies(), press("^Sign In$")],
    ),
    "sign up": (None, "Sign Up", "/accounts/signup/", []),
    "sign up, refused": (None, "Sign Up", "/accounts/signup/", [press("^Sign Up$")]),
    "confirm the address": (None, "Verify Your Email Address", "/accounts/confirm-email/", []),
    "confirmation gone": (None, "Confirm Email Address", "/accounts/confirm-email/old/", []),
    "reset": (None, "Password Reset", "/accounts/password/reset/", []),
    "reset sent": (None, "Password Reset", "/accounts/password/reset/done/", []),
    "reset gone": (None, "Bad Token", "/accounts/password/reset/key/1-old/", []),
    "not found": (None, "There is nothing here", "/nothing/", []),
    "today": (MEMBER, "Today", "/", []),
    "today, session open": (BUSY, "Today", "/", [open_session, lambda page: page.goto("/")]),
    "today, no program": (SOLO, "Today", "/", []),
    "session": (BUSY, BUSY_DAYS, "/", [open_session]),
    "session, a set deleted and one refused": (
        BUSY,
        BUSY_DAYS,
        "/",
        [open_session, delete_first_set, refuse_a_weight],
    ),
    "session, finished": (
        MEMBER,
        DAYS,
        "/sessions/",
        [lambda page: page.locator(".session-list a").first.click()],
    ),
    "session, finished with records": (
        "dave.kowalski@example.com",
        DAYS,
        "/sessions/",
        [lambda page: page.locator(".session-list a").first.click(), beat_a_record],
    ),
    "session, empty": (
        "helga.jonsdottir@example.com",
        "Leg session",
        "/",
        [press("empty session|Go on")],
    ),
    "log, page 2": (MEMBER, "Log", "/sessions/?page=2", []),
    "log, session discarded": (
        "amara.okafor@example.com",
        "Log",
        "/sessions/",
        [
            lambda page: page.locator(".session-list a").first.click(),
            press("Discard session"),
            lambda page: page.locator(".undo").wait_for(),
        ],
    ),
    "plates": (MEMBER, "Which plates", "/sessions/plates/?weight=142.5&bar=20+kg", []),
    "plates, not loadable": (MEMBER, "Which plates", "/sessions/plates/?weight=101&bar=20+kg", []),
    "plates, refused": (MEMBER, "Which plates", "/sessions/plates/?weight=heavy&bar=1", []),
    "my program": (MEMBER, "Leg strength, three days", "/programs/mine/", []),
    "my program, none": (SOLO, "Program", "/programs/mine/", []),
    "settings, refused": (
        MEMBER,
        "Settings",
        "/accounts/settings/",
        [type_into("Time zone", "Moon"), press("^Save$")],
    ),
    "health data": (MEMBER, "Check-ins and health data", "/accounts/health/", []),
    "check-in, not agreed": (MEMBER, "Check-in", "/sessions/check-in/", []),
    "check-in, refused": (
        SOLO,
        "Check-in",
        "/sessions/check-in/",
        [
            agree,
            lambda page: page.get_by_label("Where").select_option("knee"),
            press("^Save check-in"),
            lambda page: page.locator(".invalid-feedback").first.wait_for(),
        ],
    ),
    "check-in, advice": (SOLO, "Check-in", "/sessions/check-in/", [agree, note_pain]),
    "check-in, deleted": (
        SOLO,
        "Check-in",
        "/sessions/check-in/",
        [agree, note_pain, press("^Delete"), lambda page: page.locator(".undo").wait_for()],
    ),
    "check-ins, erasing": (
        SOLO,
        "Stop and erase",
        "/sessions/check-in/",
        [agree, lambda page: page.goto("/sessions/check-in/withdraw/")],
    ),
    "equipment, one's own": (
        MEMBER,
        "Bars and plates",
        "/accounts/equipment/",
        [type_into("Bars", "20 15 7,5"), press("^Save kg"), press("Back to the usual")],
    ),
    "equipment, refused": (
        MEMBER,
        "Bars and plates",
        "/accounts/equipment/",
        [type_into("Plates", "25 kg"), press("^Save kg")],
    ),
    "calendar": (MEMBER, "Calendar", "/calendar/", []),
    "calendar, no program": (SOLO, "Calendar", "/calendar/", []),
    "calendar, the month before": (
        MEMBER,
        "Calendar",
        "/calendar/",
        [follow("The month before")],
    ),
    "training day, refused": (
        MEMBER,
        "day",
        "/calendar/",
        [
            open_training_day,
            press("^Move this day"),
            lambda page: page.locator(".invalid-feedback").first.wait_for(),
        ],
    ),
    "calendar options": (MEMBER, "Time, reminders", "/calendar/options/", []),
    "calendar options, address made": (
        SOLO,
        "Time, reminders",
        "/calendar/options/",
        [press("Make a calendar address|New address")],
    ),
    "progress": (MEMBER, "Progress", "/progress/", []),
    "progress, all years": (MEMBER, "Progress", "/progress/?weeks=all&map=now", []),
    "progress, nothing yet": ("helga.jonsdottir@example.com", "Progress", "/progress/", []),
    "weekly targets": (MEMBER, "Weekly targets", "/progress/bands/", []),
    "weekly targets, refused": (
        SOLO,
        "Weekly targets",
        "/progress/bands/",
        [
            lambda page: page.get_by_label("At least").first.fill("many"),
            press("^Save targets"),
            lambda page: page.locator(".invalid-feedback, .invalid").first.wait_for(),
        ],
    ),
    "a lift": (MEMBER, "Barbell Back Squat", "/progress/back-squat/?weeks=all", []),
    "a lift, never trained": (MEMBER, "Sissy Squat", "/progress/sissy-squat/", []),
    "progress of a member": (
        TRAINER,
        "Progress",
        "/",
        [follow("Lena Hoffmann"), lambda page: page.goto(f"{page.url.split('?')[0]}progress/")],
    ),
    "import": (MEMBER, "Bring your history", "/import/", []),
    "import, no file": (
        MEMBER,
        "Bring your history",
        "/import/",
        [press("^Look at the file"), lambda page: page.locator(".invalid-feedback").wait_for()],
    ),
    "import, preview": (MEMBER, r"\w", "/import/", [send_file]),
    "import, done": ("amara.okafor@example.com", r"\w", "/import/", [bring_in]),
    "export": (MEMBER, "Download everything", "/accounts/export/", []),
    "delete the account": (MEMBER, "Delete", "/accounts/delete/", []),
    "delete the account, refused": (
        MEMBER,
        "Delete",
        "/accounts/delete/",
        [press("^Delete"), lambda page: page.locator(".invalid-feedback").first.wait_for()],
    ),
    "account deleted": (None, r"\w", "/accounts/deleted/", []),
    "access tokens": (MEMBER, "Access tokens", "/accounts/tokens/", []),
    "read API": (None, "Read your log", "/api/", []),
    "own exercises": (MEMBER, r"\w", "/exercises/mine/", []),
    "change e-mail": (MEMBER, "Change e-mail", "/accounts/email/", []),
    "change password": (MEMBER, "Change Password", "/accounts/password/change/", []),
    "sign out": (MEMBER, "Sign Out", "/accounts/logout/", []),
    "invitation gone": (MEMBER, "This link does not work", "/coaching/join/old/", []),
    "forbidden": (MEMBER, "This is not yours to change", "/programs/", []),
    "who sees the log": (MEMBER, "Who sees your log", "/accounts/sharing/", []),
    "who sees the log, nobody": (SOLO, "Who sees your log", "/accounts/sharing/", []),
    "who sees the log, a question": (ASKED, "Who sees your log", "/accounts/sharing/", []),
    "comments": (MEMBER, "Comments", "/sessions/comments/", []),
    "comments, of a trainer": (TRAINER, "Comments", "/sessions/comments/", []),
    "comments, none": (SOLO, "Comments", "/sessions/comments/", []),
    "comment, refused": (
        TRAINER,
        r"\w",  # a session, whichever was talked about last
        "/sessions/comments/",
        [
            lambda page: page.locator("main ul a").first.click(),
            press("^Send$"),
            lambda page: page.locator("#comment-text-error").wait_for(),
        ],
    ),
    "roster": (TRAINER, "Roster", "/", []),
    "roster, nobody found": (TRAINER, "Roster", "/coaching/?q=nobody", []),
    "hand over many": (TRAINER, "Hand members over", "/coaching/handover/", []),
    "hand over many, refused": (
        TRAINER,
        "Hand members over",
        "/coaching/handover/",
        [press("^Ask"), lambda page: page.locator(".invalid-feedback").first.wait_for()],
    ),
    "hand over": (
        TRAINER,
        "Hand over",
        "/",
        [follow("Dave Kowalski"), follow("^Hand over")],
    ),
    "check-ins of a member": (
        TRAINER,
        "Check-ins",
        "/",
        [follow("Lena Hoffmann"), follow("^Open the check-ins")],
    ),
    "swap for a member, refused": (
        TRAINER,
        "Swap an exercise",
        "/",
        [follow("Dave Kowalski"), follow("^Swap an exercise"), press("^Swap")],
    ),
    "deload week": (TRAINER, "Deload week", "/", [follow("Dave Kowalski"), follow("^Deload")]),
    "note, refused": (
        TRAINER,
        "Dave Kowalski",
        "/",
        [
            follow("Dave Kowalski"),
            press("^Save note"),
            lambda page: page.locator(".invalid-feedback, .invalid").first.wait_for(),
        ],
    ),
    "gym": (EDITOR, "Gym", "/coaching/gym/", []),
    "member": (TRAINER, "Dave Kowalski", "/", [follow("Dave Kowalski")]),
    "session of a member": (
        TRAINER,
        DAYS,
        "/",
        [follow("Dave Kowalski"), lambda page: page.locator(".session-list a").first.click()],
    ),
    "invite, link made": (
        TRAINER,
        "Link for Zoe",
        "/coaching/invite/",
        [
            type_into("For whom", "Zoe"),
            press("Make a link"),
            lambda page: page.wait_for_selector("#link"),
        ],
    ),
    "invite, refused": (TRAINER, "Invite a member", "/coaching/invite/", [press("Make a link")]),
    "programs": (TRAINER, "Programs", "/programs/", []),
    "program": (TRAINER, "Hips and glutes", "/programs/", [follow("Hips and glutes")]),
    "program of a member": (
        TRAINER,
        "Leg strength",
        "/",
        [follow("Dave Kowalski"), follow("^Leg strength")],
    ),
    "new program, refused": (TRAINER, "New program", "/programs/new/", [press("^Create")]),
    "edit a program": (
        TRAINER,
        "Title, aim and length",
        "/programs/",
        [follow("Hips and glutes"), follow("Title, aim")],
    ),
    "the program as text": (
        TRAINER,
        "The program as text",
        "/programs/",
        [follow("Hips and glutes"), follow("^Edit as text")],
    ),
    "new program, mistakes": (
        TRAINER,
        "New program",
        "/programs/new/",
        [
            type_into("Weeks, days and exercises", "Day 1\nCurl 3x8\nSquat 3x8 @60"),
            lambda page: page.locator(".mistakes").wait_for(),
            press("^Create"),
            lambda page: page.locator("#text-errors").wait_for(),
        ],
    ),
    "preview": (TRAINER, "Preview", "/programs/", [follow("Hips and glutes"), follow("^Preview")]),
    "copy a week": (
        TRAINER,
        "Copy week 1",
        "/programs/",
        [follow("Hips and glutes"), follow("^Copy this week")],
    ),
    "who follows it": (
        TRAINER,
        "Who follows it",
        "/programs/",
        [follow("Hips and glutes"), follow("^Who follows it")],
    ),
    "working weights": (MEMBER, "Working weights", "/programs/mine/", [follow("^Working weights")]),
    "week sheet": (MEMBER, "Week", "/programs/mine/", [follow("^Print this week")]),
    "edit a day, refused": (
        TRAINER,
        "Week 1, day 1",
        "/programs/",
        [
            follow("Hips and glutes"),
            follow("^Edit .*week 1"),
            type_into("Sets, reps and load", "many"),
            press("^Save this day"),
            lambda page: page.locator(".invalid-feedback").first.wait_for(),
        ],
    ),
    "assign, refused": (
        TRAINER,
        "Give to members",
        "/programs/",
        [follow("Hips and glutes"), follow("Give to members"), press("^Look at each")],
    ),
    "assign, looking": (
        TRAINER,
        "Look at each member",
        "/programs/",
        [
            follow("Hips and glutes"),
            follow("Give to members"),
            lambda page: page.get_by_label("Priya Raman").check(),
            lambda page: page.get_by_label("Dave Kowalski").check(),
            lambda page: page.get_by_label("Monday").check(),
            press("^Look at each"),
            lambda page: page.locator(".look").first.wait_for(),
        ],
    ),
}


@pytest.fixture(scope="module")
def phone(device: Visit) -> Callable[[str | None], Page]:
    """The same phone of a person for all these pages: making one takes longer than a page."""
    return cache(device)


@pytest.mark.parametrize("name", PAGES)
def test_page(phone: Callable[[str | None], Page], server: Server, name: str) -> None:
    person, heading, address, steps = PAGES[name]
    page = phone(person)
    page.set_viewport_size(PHONE)
    with complaints(page, server.url) as found:
        page.goto(address)
        for step in steps:
            step(page)
        page.wait_for_load_state()
        check(page, heading)
    assert found == []


def test_invitation(phone: Callable[[str | None], Page], server: Server) -> None:
    trainer, page = phone(TRAINER), phone(SOLO)
    trainer.goto("/coaching/invite/")
    trainer.get_by_label("For whom").fill("Zoe")
    trainer.get_by_role("button", name="Make a link").click()
    with complaints(page, server.url) as found:
        page.goto(trainer.locator("#link").input_value())
        check(page, "Train with Mia Berger")
    assert found == []


@contextmanager
def complaints(page: Page, origin: str) -> Iterator[list[str]]:
    """What the browser complains about: scripts, styles, files, the security policy."""
    found: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REFUSED.match(message.text):
            found.append(message.text)

    def request(sent: Request) -> None:
        if not sent.url.startswith((f"{origin}/", "data:")):
            found.append(f"asked elsewhere: {sent.url}")

    def response(answer: Response) -> None:
        loaded_by_the_page = answer.request.resource_type not in {"document", "fetch", "xhr"}
        if answer.status >= 400 and loaded_by_the_page:
            found.append(f"{answer.status}: {answer.url}")

    def error(thrown: Error) -> None:
        found.append(str(thrown))

    handlers: dict[Any, Any] = {"console": console, "request": request, "response": response}
    handlers["pageerror"] = error
    for event, handler in handlers.items():
        page.on(event, handler)
    yield found
    for event, handler in handlers.items():
        page.remove_listener(event, handler)


def check(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert unlabelled(page) == []
    assert sideways(page) == []
    page.locator(f"main {REPEATED}:nth-of-type(n + 4)").evaluate_all(
        "all => all.forEach(each => each.remove())"
    )
    page.evaluate(AXE_SCRIPT)
    found = [f"{look}: {problem}" for look in LOOKS for problem in axe(page, *LOOKS[look])]
    assert found == []


def unlabelled(page: Page) -> list[str]:
    return page.locator("input, select, textarea").evaluate_all(
        """fields => fields
            .filter(field => field.checkVisibility() && !field.labels?.length)
            .map(field => field.outerHTML)"""
    )


def sideways(page: Page) -> list[str]:
    """The sizes in which something is wider than the screen, and what it is."""
    found = []
    for size, (width, height) in NARROW.items():
        page.set_viewport_size({"width": width, "height": height})
        found += page.evaluate(
            """size => {
                const screen = document.documentElement;
                if (screen.scrollWidth <= screen.clientWidth) return [];
                return [...document.body.querySelectorAll("*")]
                    .filter(each => each.getBoundingClientRect().right > screen.clientWidth)
                    .map(each => `${size}: ${each.outerHTML.slice(0, 150)}`);
            }""",
            size,
        )
    return found


def axe(page: Page, viewport: Any, scheme: Any, switch: str | None, rules: list[str]) -> list[str]:
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    page.evaluate(
        """theme => theme
            ? document.documentElement.setAttribute("data-bs-theme", theme)
            : document.documentElement.removeAttribute("data-bs-theme")""",
        switch,
    )
    found = page.evaluate(
        """rules => axe.run({ runOnly: rules, resultTypes: ["violations"] })
            .then(found => found.violations)""",
        rules,
    )
    return [
        f"{problem['id']}: {node['html'][:200]} {node['failureSummary']}"
        for problem in found
        for node in problem["nodes"]
    ]
