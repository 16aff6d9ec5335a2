"""GET /sessions/<uuid>/version/"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions import services
from tests.factories import ExerciseFactory, make_session, make_set


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def url(session):
    return f"/sessions/{session.uuid}/version/"


def version(client, session):
    answer = client.get(url(session))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain")
    return answer.text


def of_the_page(client, session):
    """What static/js/session.js makes of the page that is open."""
    html = client.get(f"/sessions/{session.uuid}/").text
    section = r'<section class="card-box block(.*?)" .*?place="(\d+)" data-order="(\d+)"'
    blocks = re.findall(section, html)
    places = sum(int(place) * int(order) for _class, place, order in blocks)
    skipped = sum("is-skipped" in classes for classes, *_numbers in blocks)
    done = re.findall(r'<li class="set is-done.*?data-written="(\d+)"', html)
    is_open = int('data-open="1"' in html)
    return f"{is_open}:{len(blocks)}:{places}:{skipped}:{len(done)}:{sum(map(int, done))}"


def test_it_says_what_the_page_shows(client, session):
    assert version(client, session) == of_the_page(client, session) == "1:1:1:0:0:0"
    make_set(session.blocks.get(), position=0, kind="warmup")
    for position in (1, 2):
        make_set(session.blocks.get(), position=position)
    gone = ExerciseFactory()
    services.remove_exercise(block=session.blocks.create(order=2, place=2, exercise=gone))
    session.blocks.create(order=3, place=3, exercise=ExerciseFactory())
    make_set(session.blocks.get(order=3), deleted_at=timezone.now())
    assert version(client, session) == of_the_page(client, session)
    assert version(client, session).startswith("1:2:10:0:3:")


def test_it_changes_with_whatever_is_done(client, session, typed):
    seen = [version(client, session)]
    address = f"/sessions/{session.uuid}/sets/"
    key = typed(session)["client_key"]
    for change in (
        lambda: client.post(address, typed(session)),
        lambda: client.post(address, typed(session, reps="9")),
        lambda: client.post(address, typed(session, position=2)),
        lambda: client.post(f"{address}{key}/delete/"),
        lambda: client.post(f"{address}{key}/restore/"),
        lambda: services.add_exercise(session=session, exercise=ExerciseFactory(), order=2),
        lambda: services.remove_exercise(block=session.blocks.get(order=2)),
        lambda: client.post(f"/sessions/{session.uuid}/finish/", {}),
    ):
        change()
        seen.append(version(client, session))
        assert seen[-1] != seen[-2]
        assert seen[-1] == of_the_page(client, session)
    assert version(client, session) == seen[-1]


def test_it_does_not_change_by_reading_or_by_another_session(member, client, session):
    before = version(client, session)
    client.get(f"/sessions/{session.uuid}/")
    make_session(member, finished=True, sets=3, started_at=timezone.now() + timedelta(hours=1))
    assert version(client, session) == before


def test_needs_three_queries_besides_who_asks(client, session):
    for position in (1, 2, 3):
        make_set(session.blocks.get(), position=position)
    with CaptureQueriesContext(connection) as queries:
        version(client, session)
    asked = [query["sql"] for query in queries if "workouts_" in query["sql"]]
    assert len(asked) == 3  # the session of training, its exercises, its sets
    assert len(queries) == 5  # and the session of the sign-in, and the person


def test_who_may(trainer, outsider, other_trainer, admin, session, signed_in):
    assert version(signed_in(trainer), session) == "1:1:1:0:0:0"
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).get(url(session)).status_code == 404
    assert Client().get(url(session))["Location"].startswith("/accounts/login/")


def test_wrong_method_and_bad_id(client, session):
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(url(session)).status_code == 405
    assert client.head(url(session)).status_code == 200
    assert client.get(f"/sessions/{uuid4()}/version/").status_code == 404
    services.discard_session(session=session)
    assert client.get(url(session)).status_code == 404
