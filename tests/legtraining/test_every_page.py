"""What holds for every page: its headers, nothing inline, and that reading writes nothing"""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import AccessRecord
from accounts.services import invite
from accounts.stops import stop_token
from exchange.importing import keep_upload
from exercises.services import load_library, own_exercise
from sessions.services.calendar import make_address
from sessions.tokens import calendar_token, reminders_token
from tests.factories import (
    PASSWORD,
    UserFactory,
    follow,
    make_check_in,
    make_comment,
    make_program,
    make_session,
    make_set,
)

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE)", re.IGNORECASE)
LOOKED = re.compile(rf"\s*INSERT INTO {AccessRecord._meta.db_table}\b")
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


class Inline(HTMLParser):
    """Collects whatever the content security policy would have to allow by 'unsafe-inline'."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        runs = tag == "script" and names.get("type") != "application/json"
        if tag == "style" or (runs and not names.get("src")):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        for name in ("src", "href", "action"):
            address = names.get(name) or ""
            if address.startswith(("javascript:", "http:", "//")) and tag != "a":
                self.found.append(address)


def is_safe(page):
    assert set(page["Content-Security-Policy"].split("; ")) == POLICY
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert Inline(page.text).found == []
    return True


TARGET = {
    "kind": "work", "reps_min": 8, "reps_max": 10, "seconds": None,
    "weight": "60", "unit": "kg", "rir": "2", "percent": "75",
}  # fmt: skip


@pytest.fixture
def world(trainer, member):
    """A bit of everything, and the addresses at which each of the cast can see it."""
    load_library()
    text = "Week 1-2\nDay 1\nBack Squat 2x5 @60kg, 1x5+ @75% ; linear +5kg\nLeg Extension 3x8"
    assignment = follow(trainer, member, text)
    template = make_program(trainer)
    workout = assignment.program.workouts.first()
    done = make_session(
        member, sets=2, finished=True, assignment=assignment, workout=workout, note="Good"
    )
    session = make_session(member, sets=1, targets=[TARGET] * 4)
    for author in (member, trainer):
        make_comment(done, author, set_log=done.sets.first())
        gone = make_comment(done, author, deleted_at=timezone.now())
    make_set(session.blocks.get(), position=2, deleted_at=session.started_at)
    make_check_in(member, pain=8, pain_place="knee", signs=["pop"])
    invitation, token = invite(trainer=trainer, label="Olga", email="olga@example.com")
    UserFactory(is_trainer=True)
    make_address(member=member)
    member.refresh_from_db()
    for person in (trainer, member):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=member, email="new@example.com")
    own = own_exercise(member=member, name="Odd machine", load="external")
    file = b"Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
    file += b'2024-05-06 18:00:00,Legs,1h,"<img src=x onerror=alert(1)>",1,100,5,0,0,\n'
    brought = keep_upload(member=member, name="strong.csv", data=file, app="strong")
    everybody = [
        "/",
        "/exercises/",
        "/exercises/?q=squat",
        "/exercises/?q=sqaut",
        "/exercises/?muscle=soleus&equipment=machine",
        "/exercises/leg-extension/",
        "/exercises/wall-calf-stretch/",
        "/why/",
        "/why/?verdict=mixed",
        "/offline/",
        "/nowhere/",
        "/api/",
        "/accounts/deleted/",
    ]
    everybody += ["/exercises/?q=%22%3E%3Cimg src=x onerror=alert(1)%3E"]
    signed_in = [
        *everybody,
        "/exercises/back-squat/history/",
        "/exercises/back-squat/compare/",
        "/accounts/settings/",
        "/accounts/sharing/",
        "/accounts/health/",
        "/accounts/equipment/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/export/",
        "/accounts/delete/",
        "/accounts/tokens/",
        "/exercises/mine/",
        f"/exercises/mine/{own.slug}/",
        "/import/",
        f"/import/{brought.uuid}/",
        "/progress/",
        "/progress/?weeks=all&group=calves&map=now",
        "/progress/?weeks=%22%3E%3Cimg src=x onerror=alert(1)%3E",
        "/progress/bands/",
        "/progress/back-squat/",
        "/progress/back-squat/?weeks=all",
        f"/progress/{own.slug}/",
        "/today/",
        "/sessions/",
        "/sessions/check-in/",
        f"/sessions/check-in/?session={session.uuid}",
        "/sessions/check-in/withdraw/",
        "/sessions/plates/",
        "/sessions/plates/?weight=100&bar=20+kg",
        "/sessions/plates/?weight=101&bar=20+kg",
        "/sessions/plates/?weight=%22%3E%3Cimg src=x onerror=alert(1)%3E&bar=x",
        f"/sessions/{done.uuid}/",
        f"/sessions/{session.uuid}/",
        f"/sessions/{session.uuid}/exercises/1/swap/",
        "/sessions/comments/",
        f"/sessions/{done.uuid}/?about={done.sets.first().client_key}&gone={gone.uuid}",
        "/programs/mine/",
        f"/programs/{assignment.program_id}/",
        f"/programs/{assignment.program_id}/lifts/",
        f"/programs/{assignment.program_id}/week/1/sheet/",
        "/calendar/",
        "/calendar/?month=%22%3E%3Cimg src=x onerror=alert(1)%3E",
        "/calendar/?month=2020-02",
        "/calendar/options/",
        f"/calendar/days/{member.today() + timedelta(days=1)}/",
        f"/calendar/reminders/stop/{reminders_token(member)}/",
        f"/accounts/mail/stop/{stop_token(kind='program', email=member.email)}/",
    ]
    squat = "/exercises/back-squat"
    writers = [f"{squat}/propose/", "/exercises/proposals/", "/exercises/figures/"]
    editors = [f"{squat}/{page}/" for page in ("facts", "merge", "photos")]
    editors += ["/exercises/new/", f"{squat}/merge/?into=front+squat"]
    return {
        "anonymous": [
            *everybody,
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/confirm-email/",
            "/accounts/password/reset/",
            "/accounts/password/reset/done/",
            "/accounts/confirm-email/nonsense/",
            f"/calendar/reminders/stop/{reminders_token(member)}/",
            "/calendar/reminders/stop/nonsense/",
            f"/accounts/mail/stop/{stop_token(kind='comment', email=member.email)}/",
            "/accounts/mail/stop/nonsense/",
            f"/calendar/{calendar_token(member)}.ics",
            "/calendar/nonsense.ics",
        ],
        "member": [*signed_in, f"/programs/{assignment.program_id}/edit/", "/coaching/"],
        "outsider": [f"/coaching/join/{token}/", "/coaching/join/nonsense/", "/", "/sessions/"],
        "trainer": [
            *signed_in,
            f"/programs/{template.pk}/",
            f"/programs/{template.pk}/edit/",
            f"/programs/{template.pk}/assign/",
            f"/programs/{template.pk}/assign/?member={member.pk}",
            f"/programs/{template.pk}/followers/",
            f"/programs/{template.pk}/week/1/day/1/",
            f"/programs/{template.pk}/week/1/copy/",
            f"/programs/{template.pk}/text/",
            f"/programs/{template.pk}/preview/",
            f"/programs/{template.pk}/preview/?member={member.pk}",
            f"/programs/{assignment.program_id}/preview/",
            f"/programs/{assignment.program_id}/text/",
            *writers,
            "/programs/",
            "/programs/new/",
            "/coaching/",
            "/coaching/?q=%22%3E%3Cimg src=x onerror=alert(1)%3E&sort=x&page=9",
            "/coaching/?reason=any&program=yes&sort=last&dir=desc",
            "/coaching/invite/",
            f"/coaching/invitations/{invitation.pk}/",
            "/coaching/handover/",
            f"/coaching/members/{member.pk}/handover/",
            f"/coaching/members/{member.pk}/",
            f"/coaching/members/{member.pk}/?weeks=16&page=2&deleted=1",
            f"/coaching/members/{member.pk}/check-ins/",
            f"/coaching/members/{member.pk}/progress/",
            f"/coaching/members/{member.pk}/progress/back-squat/",
            f"/coaching/members/{member.pk}/bands/",
            f"/coaching/members/{member.pk}/swap/",
            f"/coaching/members/{member.pk}/deload/",
        ],
        "admin": [
            "/",
            "/coaching/gym/",
            *writers,
            *editors,
            "/admin/",
            "/admin/exercises/exercise/",
        ],
    }


@pytest.mark.parametrize("who", ["anonymous", "member", "outsider", "trainer", "admin"])
def test_is_safe_and_writes_nothing(world, who, request, signed_in):
    client = Client() if who == "anonymous" else signed_in(request.getfixturevalue(who))
    for url in world[who]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        assert page.status_code in (200, 403, 404), url
        assert is_safe(page), url
        if who != "anonymous":
            assert "no-store" in page["Cache-Control"], url
        written = [q["sql"] for q in queries if WRITES.match(q["sql"])]
        # That somebody looked at a member's log is written down for the member.
        assert [sql for sql in written if not LOOKED.match(sql)] == [], url


def test_the_check_finds_what_is_inline():
    page = '<p style="x" onclick="x()"><style></style><script>x()</script><img src="http://x/y">'
    assert Inline(page).found == ["style", "onclick", "style", "script", "http://x/y"]


def views(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_only_these_pages_are_open_without_signing_in():
    ours = [
        route
        for route, view in views(get_resolver().url_patterns)
        if not getattr(view, "login_required", True)
        and not route.startswith(("accounts/", "admin/"))
    ]
    installed = ["manifest.webmanifest", "sw.js", "offline/"]
    library = ["", "muscles/", "names/", "photos/<int:pk>.webp", "<slug:slug>/"]
    library = [f"exercises/{route}" for route in library]
    calendar = ["calendar/reminders/stop/<str:token>/", "calendar/<str:token>.ics"]
    # It asks for a token of its own, except where it says what it is.
    api = ["api/", *(route for route in ours if route.startswith(("api/v1/", "api/^v1")))]
    assert ours == ["", *library, "why/", *api, *calendar, "healthz", *installed, "favicon.ico"]


def test_a_form_from_another_site_is_refused(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    page = client.post("/accounts/settings/", {"name": "Mallory"})
    assert page.status_code == 403
    assert "Please send that again" in page.text
    member.refresh_from_db()
    assert member.name == "Mia Member"


def test_cookies_are_out_of_reach_of_scripts(member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.get("/accounts/settings/")
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"] is True
        assert client.cookies[name]["samesite"] == "Lax"
