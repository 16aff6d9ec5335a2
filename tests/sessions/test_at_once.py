"""Two requests at the same moment, on two connections, with real commits."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from accounts.models import Letter
from sessions import services
from sessions.models import (
    Block,
    CheckIn,
    Comment,
    CommentRead,
    ExerciseSetup,
    SetLog,
    WorkoutSession,
)
from tests.factories import ExerciseFactory, agree, make_comment, make_session

TIMES = 4  # connections at once

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Runs the calls at the same moment, each on its own connection; returns their answers."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def posts(client, *requests):
    return at_once(*(lambda url=url, data=data: client.post(url, data) for url, data in requests))


def test_one_session_is_started(member, signed_in):
    starts = [("/sessions/start/", {"uuid": uuid4()}) for _each in range(TIMES)]
    answers = posts(signed_in(member), *starts)
    session = WorkoutSession.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/sessions/{session.uuid}/"}


def test_one_comment_is_written_and_told_once(trainer, session, signed_in):
    form = {"uuid": uuid4(), "text": "Deeper next time."}
    answers = posts(signed_in(trainer), *[(f"/sessions/{session.uuid}/comments/", form)] * TIMES)
    comment = Comment.objects.get()
    assert {answer["Location"] for answer in answers} == {
        f"/sessions/{session.uuid}/#comment-{comment.uuid}"
    }
    assert Letter.objects.count() == 1


def test_two_taps_with_one_uuid_start_one_session(member, signed_in):
    uuid = uuid4()
    posts(signed_in(member), *[("/sessions/start/", {"uuid": uuid})] * TIMES)
    assert WorkoutSession.objects.get().uuid == uuid


def test_one_set_is_written(member, session, typed, signed_in):
    url = f"/sessions/{session.uuid}/sets/"
    answers = posts(
        signed_in(member), *((url, typed(session, reps=reps)) for reps in range(5, 5 + TIMES))
    )
    assert [answer.status_code for answer in answers] == [302] * TIMES
    assert SetLog.objects.get().reps in range(5, 5 + TIMES)


def test_one_exercise_is_added(member, session, signed_in):
    ExerciseFactory(name="Hip thrust")
    data = {"name": "Hip thrust", "order": 2}
    posts(signed_in(member), *[(f"/sessions/{session.uuid}/exercises/", data)] * TIMES)
    assert list(Block.objects.values_list("order", "exercise__name")) == [
        (1, "Back squat"),
        (2, "Hip thrust"),
    ]


def test_one_exercise_takes_the_place_of_another(member, planned, signed_in):
    data = {"exercise": ExerciseFactory(name="Leg press").slug}
    answers = posts(
        signed_in(member), *[(f"/sessions/{planned.uuid}/exercises/1/swap/", data)] * TIMES
    )
    assert {answer["Location"] for answer in answers} == {f"/sessions/{planned.uuid}/#block-2"}
    names = [(block.exercise.name, len(block.plan)) for block in planned.blocks.live()]
    assert names == [("Leg press", 3)]


def test_the_set_up_of_an_exercise_is_one(member, session, signed_in):
    url = f"/sessions/{session.uuid}/exercises/1/setup/"
    answers = posts(
        signed_in(member), *((url, {"note": f"Pin {n}", "unit": "kg"}) for n in range(TIMES))
    )
    assert [answer.status_code for answer in answers] == [302] * TIMES
    assert ExerciseSetup.objects.get().note in {f"Pin {n}" for n in range(TIMES)}


def test_different_exercises_get_a_place_each(member, session, signed_in):
    names = [ExerciseFactory().name for _each in range(TIMES)]
    url = f"/sessions/{session.uuid}/exercises/"
    answers = posts(signed_in(member), *((url, {"name": name, "order": 2}) for name in names))
    assert [answer.status_code for answer in answers] == [302] * TIMES
    blocks = dict(session.blocks.values_list("order", "exercise__name"))
    assert sorted(blocks) == list(range(1, TIMES + 2))
    assert set(blocks.values()) == {"Back squat", *names}


def wait_for_a_waiting_connection():
    """Until somebody waits for a lock that we hold."""
    give_up = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    pytest.fail("Nobody waited.")


def test_reopening_waits_for_the_one_before(member, signed_in):
    first, second = (make_session(member, finished=True, sets=1) for _each in range(2))
    client = signed_in(member)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            services.reopen_session(session=first)
            post = thread.submit(at_once, lambda: client.post(f"/sessions/{second.uuid}/reopen/"))
            wait_for_a_waiting_connection()
        (answer,) = post.result()
    assert answer.status_code == 302
    assert WorkoutSession.objects.open().get() == first


def test_the_ticks_of_one_list_do_not_undo_those_of_the_other(member, session, signed_in):
    client = signed_in(member)
    url = f"/sessions/{session.uuid}/checklist/stretches/"
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            services.tick(session=session, items=["warmup-easy"], done=["warmup-easy"])
            post = thread.submit(at_once, lambda: client.post(url, {"done": "stretch-calf"}))
            wait_for_a_waiting_connection()
        post.result()
    session.refresh_from_db()
    assert session.ticked == ["warmup-easy", "stretch-calf"]


def test_a_comment_waits_for_the_one_before_and_needs_no_second_mail(trainer, session, signed_in):
    client = signed_in(trainer)
    form = {"uuid": uuid4(), "text": "Second"}
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            services.write_comment(session=session, author=trainer, text="First", uuid=uuid4())
            url = f"/sessions/{session.uuid}/comments/"
            post = thread.submit(at_once, lambda: client.post(url, form))
            wait_for_a_waiting_connection()
        (answer,) = post.result()
    assert answer.status_code == 302
    assert [comment.text for comment in Comment.objects.all()] == ["First", "Second"]
    assert Letter.objects.count() == 1


def test_two_tabs_read_one_comment(trainer, member, session, signed_in):
    make_comment(session, trainer)
    client = signed_in(member)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            services.read_comments(reader=member)
            url = f"/sessions/{session.uuid}/comments/read/"
            post = thread.submit(at_once, lambda: client.post(url))
            wait_for_a_waiting_connection()
        (answer,) = post.result()
    assert answer.status_code == 302
    assert CommentRead.objects.count() == 1


def test_one_of_several_sessions_is_reopened_or_brought_back(member, signed_in):
    finished = [make_session(member, finished=True, sets=1) for _each in range(2)]
    opened = make_session(member, sets=1)
    services.discard_session(session=opened)
    answers = posts(
        signed_in(member),
        *((f"/sessions/{each.uuid}/reopen/", {}) for each in finished),
        (f"/sessions/{opened.uuid}/restore/", {}),
        ("/sessions/start/", {"uuid": uuid4()}),
    )
    assert [answer.status_code for answer in answers] == [302] * 4
    assert WorkoutSession.objects.open().count() == 1


def test_one_check_in_is_written(member, signed_in):
    agree(member)
    answers = posts(
        signed_in(member), *(("/sessions/check-in/", {"pain": str(pain)}) for pain in range(TIMES))
    )
    assert [answer.status_code for answer in answers] == [302] * TIMES
    assert CheckIn.objects.get().pain in range(TIMES)


def test_no_check_in_is_written_after_the_consent_has_ended(member, signed_in):
    agree(member)
    client = signed_in(member)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            services.withdraw_health_consent(member=member)
            post = thread.submit(at_once, lambda: client.post("/sessions/check-in/", {"pain": "3"}))
            wait_for_a_waiting_connection()
        (answer,) = post.result()
    assert answer.status_code == 302
    assert not CheckIn.objects.exists()
