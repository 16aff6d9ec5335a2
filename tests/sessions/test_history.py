"""GET /sessions/"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions import services
from tests.factories import make_session, make_set
from tests.sessions.conftest import words


def history(member, count, exercise, **fields):
    for days in range(count):
        at = timezone.now() - timedelta(days=days)
        make_session(
            member, exercise=exercise, sets=2, finished=True, started_at=at, title=f"No. {days}"
        )


def test_shows_own_finished_sessions_only(member, outsider, signed_in):
    make_session(member, finished=True, sets=2)
    make_session(outsider, finished=True, sets=1, title="Not mine")
    make_session(member, title="Still open")
    page = signed_in(member).get("/sessions/")
    html = words(page)
    assert page.status_code == 200
    assert html.count("Leg session") == 1
    assert "2 sets · 960 kg" in html
    assert "Not mine" not in html
    assert "This session is not finished yet." in html
    assert [each.title for each in page.context["page"]] == ["Leg session"]


def test_a_trainer_sees_their_own_log_here(trainer, member, signed_in):
    make_session(member, finished=True, sets=1)
    assert list(signed_in(trainer).get("/sessions/").context["page"]) == []


def test_warm_ups_and_deleted_sets_do_not_count(member, signed_in):
    session = make_session(member, finished=True, sets=2)
    block = session.blocks.get()
    make_set(block, position=3, kind="warmup", weight=20)
    make_set(block, position=4, weight=100, deleted_at=timezone.now())
    make_set(block, position=5, weight=100, unit="lb", reps=10)
    assert "3 sets · 1,414 kg" in words(signed_in(member).get("/sessions/"))
    member.unit = "lb"
    member.save()
    assert "3 sets · 3,116 lb" in words(signed_in(member).get("/sessions/"))


def test_what_was_planned_stands_beside_what_was_done(member, squat, signed_in):
    make_session(member, exercise=squat, finished=True, sets=2, targets=[{}] * 5, rpe=8)
    html = words(signed_in(member).get("/sessions/"))
    assert "2 of 5 sets" in html
    assert "RPE 8" in html


def test_an_empty_log_says_how_it_fills(member, signed_in):
    html = words(signed_in(member).get("/sessions/"))
    assert "Nothing here yet." in html
    assert "Start an empty session" in html


def test_pages_are_of_twenty(member, squat, signed_in):
    history(member, 45, squat)
    client = signed_in(member)
    pages = [client.get(f"/sessions/?page={page}") for page in (1, 2, 3)]
    titles = [[each.title for each in page.context["page"]] for page in pages]
    assert titles == [
        [f"No. {n}" for n in range(20)],
        [f"No. {n}" for n in range(20, 40)],
        [f"No. {n}" for n in range(40, 45)],
    ]
    assert "Page 2 of 3" in pages[1].content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "two", "", "9" * 400, "%00"])
def test_a_page_that_is_not_there_is_another_one(member, squat, signed_in, page):
    history(member, 1, squat)
    answer = signed_in(member).get(f"/sessions/?page={page}")
    assert answer.status_code == 200
    assert len(answer.context["page"].object_list) == 1


def test_a_discarded_session_can_be_brought_back_from_here(member, signed_in):
    session = make_session(member, finished=True, sets=1, title="By mistake")
    services.discard_session(session=session)
    page = signed_in(member).get(f"/sessions/?discarded={session.uuid}")
    html = page.content.decode()
    assert "“By mistake” was discarded." in html
    assert f'action="/sessions/{session.uuid}/restore/"' in html
    assert list(page.context["page"]) == []


def test_the_banner_is_for_ones_own_discarded_session(member, outsider, signed_in):
    theirs = make_session(outsider, finished=True)
    services.discard_session(session=theirs)
    kept = make_session(member, finished=True)
    for uuid in (theirs.uuid, kept.uuid, uuid4(), "x", "", "%00", "x" * 4000):
        page = signed_in(member).get(f"/sessions/?discarded={uuid}")
        assert page.status_code == 200
        assert "was discarded" not in page.content.decode()


def test_queries_do_not_grow(member, squat, signed_in, no_lazy_queries):
    history(member, 1, squat)
    client = signed_in(member)
    with CaptureQueriesContext(connection) as one:
        client.get("/sessions/")
    history(member, 49, squat)
    with CaptureQueriesContext(connection) as fifty:
        assert len(client.get("/sessions/").context["page"].object_list) == 20
    assert len(one) == len(fifty)


def test_reading_writes_nothing(member, squat, signed_in):
    history(member, 2, squat)
    client = signed_in(member)
    with CaptureQueriesContext(connection) as queries:
        client.get("/sessions/")
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_anonymous_signs_in_first(db):
    assert Client().get("/sessions/").status_code == 302
