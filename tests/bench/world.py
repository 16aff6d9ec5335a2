"""The bench's own database: made for the run, filled with the library and the demo, dropped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from legtraining import embedded
from legtraining.management.commands.serve import Command
from programs.models import Assignment
from sessions.models import Block, SetLog, WorkoutSession
from tests.bench.fill import fill_library, fill_roster
from tests.bench.targets import CLIENTS, KEY, Request, Target, everybody
from tests.bench.urls import TABLE

EXERCISES = 5_000  # beside our own
READER, TRAINER = "member@example.com", "trainer@example.com"
MEMBERS, SESSIONS = 500, 200  # of a trainer with very many, and of a member with a long log
YEARS = 1334  # sessions of fifteen sets each: 20,000 sets of one member in eight years and a half
BARE_INSERT, BARE_PAGE = "bare insert", "bare page"


@contextmanager
def database() -> Iterator[None]:
    """The new database with everything in it, on the embedded server."""
    name = connection.settings_dict["NAME"]
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with psycopg.connect(**embedded.connection(settings.VAR_DIR), autocommit=True) as server:
        server.execute(drop)  # a killed run may have left it
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            Command().prepare_database()
            with connection.cursor() as cursor:
                cursor.execute(TABLE)
            fill_library(EXERCISES)
            yield
        finally:
            connections.close_all()
            server.execute(drop)


def targets() -> list[Target]:
    """Everything that is measured, the bare views first.

    Each client logs sets of a member of its own; all of them read as the same member, whose
    session is half done.
    """
    reader = User.objects.get(email=READER)
    followed = Assignment.objects.active().exclude(member=reader).select_related("member")
    members = [assignment.member for assignment in followed.order_by("pk")[:CLIENTS]]
    posts = [posting(member) for member in members]
    owners = [str(member.pk) for member in members]
    key = session_key(reader)
    session = half_done(reader, key)
    crowd = User.objects.create_user("crowd@example.com", name="Crowd", is_trainer=True)
    fill_roster(crowd, MEMBERS)
    (veteran,) = fill_roster(crowd, 1, sessions=SESSIONS)
    crowds = session_key(crowd)
    (old_hand,) = fill_roster(crowd, 1, sessions=YEARS)
    old_hands = session_key(User.objects.get(pk=old_hand))
    lift = SetLog.objects.filter(member=old_hand).values_list("exercise__slug", flat=True)[0]

    def page(name: str, path: str, *, key: str = key, queries: int | None = None) -> Target:
        return Target(
            name=name,
            requests=everybody(Request(path, key)),
            against=BARE_PAGE,
            max_ratio=3,
            max_queries=queries,
            is_page=True,
        )

    def post(name: str, *, outbox: bool) -> Target:
        return Target(
            name=name,
            requests=[
                Request(p.path, p.session_key, p.form, owner if outbox else "")
                for p, owner in zip(posts, owners, strict=True)
            ],
            status=200 if outbox else 302,
            against=BARE_INSERT,
            max_ratio=1.7,
            max_queries=5,
        )

    bare = [Request("/bench/insert/", p.session_key, p.form) for p in posts]
    return [
        Target(BARE_INSERT, bare),
        Target(BARE_PAGE, everybody(Request("/bench/page/", key))),
        Target("base.html, empty", everybody(Request("/bench/empty/", key))),
        post("set POST, outbox", outbox=True),
        post("set POST, plain", outbox=False),
        page("session page", session.get_absolute_url(), queries=12),
        page("history", "/sessions/"),
        page("library list", "/exercises/"),
        page("library search", "/exercises/?q=squat"),
        page("library typo", "/exercises/?q=hamstirng"),
        page("library filters", "/exercises/?muscle=hamstrings&equipment=barbell&legs=both"),
        page("exercise", "/exercises/back-squat/"),
        page("roster", "/", key=session_key(User.objects.get(email=TRAINER))),
        page("roster of 501", "/", key=crowds),
        page("member, 200 done", f"/coaching/members/{veteran}/", key=crowds),
        page("progress, 20,000", "/progress/", key=old_hands),
        page("progress, all years", "/progress/?weeks=all", key=old_hands),
        page("a lift of 20,000", f"/progress/{lift}/?weeks=all", key=old_hands),
        page("history, 20,000", "/sessions/", key=old_hands),
    ]


def session_key(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def open_session(member: User, key: str) -> WorkoutSession:
    """The workout that is planned next, started through the form of the member's first page."""
    form = {"uuid": str(uuid4()), "planned": "on"}
    ask(Request("/sessions/start/", key, form), status=302)
    return WorkoutSession.objects.open().get(member=member)


def set_request(session: WorkoutSession, block: Block, position: int, key: str) -> Request:
    """A set, typed and sent; under a new key whenever it is sent."""
    form = {"client_key": KEY, "exercise": block.exercise.slug, "block": str(block.order)}
    form |= {"position": str(position), "kind": "work", "weight": "62.5", "unit": "kg"}
    form |= {"reps": "8", "rir": "2", "seconds": "30" if block.exercise.is_timed else ""}
    return Request(f"{session.get_absolute_url()}sets/", key, form | {"note": ""})


def posting(member: User) -> Request:
    """The second set of the first exercise with a weight, as planned."""
    key = session_key(member)
    session = open_session(member, key)
    blocks = session.blocks.filter(exercise__load="external").select_related("exercise")
    return set_request(session, blocks[0], 2, key)


def half_done(member: User, key: str) -> WorkoutSession:
    """A session with every other planned set logged."""
    session = open_session(member, key)
    for block in session.blocks.select_related("exercise"):
        for position in range(1, len(block.targets) + 1, 2):
            ask(set_request(session, block, position, key), status=302)
    return session


def ask(request: Request, *, status: int) -> None:
    response = Client().generic(
        request.method,
        request.path,
        request.body.replace(KEY, str(uuid4())),
        headers=request.headers,
        content_type=request.headers.get("Content-Type", ""),
    )
    assert response.status_code == status, f"{request.path}: {response.status_code}"


def query_count(target: Target) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(target.requests[0], status=target.status)
    return len(queries)
