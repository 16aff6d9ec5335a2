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
from sessions.models import Block, WorkoutSession
from sessions.page import block_views
from sessions.plan import next_workout
from sessions.services import log_set, start_session
from tests.bench.targets import CLIENTS, KEY, Request, Target, everybody
from tests.bench.urls import TABLE

READER, TRAINER = "member@example.com", "trainer@example.com"
BARE_INSERT, BARE_PAGE = "bare insert", "bare page"
TRANSACTION_WORDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


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
                cursor.execute("VACUUM ANALYZE")
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
    posts = [set_request(member) for member in members]
    session = half_done(open_session(reader))
    cookie = signed_in(reader)

    def page(name: str, path: str, *, key: str = cookie, queries: int | None = None) -> Target:
        return Target(
            name=name,
            requests=everybody(Request(path, key)),
            against=BARE_PAGE,
            max_ratio=3,
            max_queries=queries,
            is_page=True,
        )

    def post(name: str, *, htmx: bool) -> Target:
        return Target(
            name=name,
            requests=[Request(p.path, p.session_key, p.form, htmx) for p in posts],
            status=200 if htmx else 302,
            against=BARE_INSERT,
            max_ratio=1.7,
            max_queries=5,
        )

    bare = [Request("/bench/insert/", p.session_key, p.form) for p in posts]
    return [
        Target(BARE_INSERT, bare),
        Target(BARE_PAGE, everybody(Request("/bench/page/", cookie))),
        Target("base.html, empty", everybody(Request("/bench/empty/", cookie))),
        post("set POST, htmx", htmx=True),
        post("set POST, plain", htmx=False),
        page("session page", session.get_absolute_url(), queries=12),
        page("history", "/sessions/"),
        page("library list", "/exercises/"),
        page("roster", "/", key=signed_in(User.objects.get(email=TRAINER))),
    ]


def signed_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def open_session(member: User) -> WorkoutSession:
    assignment = Assignment.objects.active().select_related("program").get(member=member)
    workout = next_workout(assignment)
    return start_session(member=member, uuid=uuid4(), assignment=assignment, workout=workout)


def half_done(session: WorkoutSession) -> WorkoutSession:
    rows = [row for view in block_views(session, unit="kg") for row in view.rows if not row.extra]
    for row in rows[: len(rows) // 2]:
        done = {"kind": "work", "weight": 60, "unit": "kg", "reps": 8, "seconds": None}
        log_set(
            block=row.block,
            client_key=row.client_key,
            position=row.position,
            **done,
            rir=2,
            note="",
        )
    return session


def set_request(member: User) -> Request:
    """The second set of an exercise with a weight, as planned, under a new key every time."""
    session = open_session(member)
    block = Block.objects.select_related("exercise").filter(
        session=session, exercise__load="external"
    )[0]
    form = {"client_key": KEY, "exercise": block.exercise.slug, "block": str(block.order)}
    form |= {"position": "2", "kind": "work", "weight": "62.5", "unit": "kg"}
    form |= {"reps": "8", "rir": "2", "seconds": "", "note": ""}
    return Request(f"{session.get_absolute_url()}sets/", signed_in(member), form)


def query_counts(target: Target) -> tuple[int, int]:
    """How many queries a request makes, and how many BEGINs and COMMITs stand around them."""
    request = target.requests[0]
    with CaptureQueriesContext(connection) as queries:
        response = Client().generic(
            request.method,
            request.path,
            request.body.replace(KEY, str(uuid4())),
            headers=request.headers,
            content_type=request.headers.get("Content-Type", ""),
        )
    assert response.status_code == target.status, f"{target.name}: {response.status_code}"
    around = sum(query["sql"].startswith(TRANSACTION_WORDS) for query in queries)
    return len(queries) - around, around
