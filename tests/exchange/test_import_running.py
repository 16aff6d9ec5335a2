"""An import as it really runs: in a thread, seen from other connections, twice, and killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from zlib import compress

import pytest
from django.db import connection, connections
from django.test import Client

from accounts.models import User
from exchange.locks import LOCK, lock_imports
from exchange.models import ImportBatch
from exchange.running import run
from exercises.models import Exercise
from sessions.models import Block, SetLog, WorkoutSession
from tests.exchange.strong_files import come_in, strong, upload
from tests.factories import ExerciseFactory

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[[User], Client]
WAIT = 30  # seconds, for a machine that is busy


def rows(count: int) -> list[str]:
    """Two sets a day."""
    first = date(2001, 1, 1)
    return [
        f"{first + timedelta(days=n)} 18:00:00,Legs,1h,{name},1,50,5,0,0,"
        for n in range(count)
        for name in ("Squat (Barbell)", "Leg Thing")
    ]


@pytest.fixture
def client(member: User, signed_in: SignedIn) -> Client:
    ExerciseFactory(name="Barbell Squat", slug="barbell-squat")
    return signed_in(member)


def start(client: Client, batch: ImportBatch) -> None:
    assert client.post(f"/import/{batch.uuid}/start/", {"keep": "all"}).status_code == 302


def state(client: Client, batch: ImportBatch) -> dict[str, object]:
    answer: dict[str, object] = client.get(f"/import/{batch.uuid}/state/").json()
    return answer


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("import-"):
            thread.join(WAIT)


def in_a_thread(what: Callable[[], object]) -> threading.Thread:
    def work() -> None:
        try:
            what()
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_the_request_starts_it_and_its_page_tells_when_it_is_done(client: Client) -> None:
    batch = upload(client, strong(rows(100)))
    start(client, batch)
    wait_for(lambda: state(client, batch)["state"] == "done")
    wait_for_threads()
    assert SetLog.objects.count() == 200
    assert "200 sets are in your log" in client.get(f"/import/{batch.uuid}/").content.decode()


def test_while_it_runs_it_tells_how_far_it_is_and_shows_nothing_of_it(client: Client) -> None:
    batch = upload(client, strong(rows(800)))
    start(client, batch)
    wait_for(lambda: state(client, batch)["total"])
    told = state(client, batch)
    if told["state"] == "running":
        assert told["total"] == 1600
        assert SetLog.objects.count() in (0, 1600)
        page = client.get(f"/import/{batch.uuid}/").content.decode()
        assert "<progress" in page or "are in your log" in page
    wait_for_threads()
    assert state(client, batch)["state"] == "done"


def test_started_in_two_tabs_at_once_it_comes_in_once(client: Client, member: User) -> None:
    batch = upload(client, strong(rows(60)))
    ImportBatch.objects.filter(pk=batch.pk).update(status="running")
    threads = [in_a_thread(lambda: run(batch.pk)) for _tab in range(3)]
    for thread in threads:
        thread.join(WAIT)
    batch.refresh_from_db()
    assert (batch.status, batch.counts["sets"]) == ("done", 120)
    assert SetLog.objects.count() == 120


def test_two_files_at_once_come_in_one_after_the_other(client: Client, member: User) -> None:
    batches = [upload(client, strong(rows(count))) for count in (60, 80)]
    ImportBatch.objects.update(status="running")
    threads = [in_a_thread(lambda pk=each.pk: run(pk)) for each in batches]  # type: ignore[misc]
    for thread in threads:
        thread.join(WAIT)
    assert set(ImportBatch.objects.values_list("status", flat=True)) == {"done"}
    assert SetLog.objects.count() == 160
    assert WorkoutSession.objects.count() == 80


def test_while_it_is_coming_in_a_second_start_begins_nothing(client: Client, member: User) -> None:
    batch = upload(client, strong(rows(3)))
    ImportBatch.objects.filter(pk=batch.pk).update(status="running", done=5, total=6)
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        connection.set_autocommit(False)
        lock_imports(member.pk)
        held.set()
        go_on.wait(WAIT)
        connection.rollback()
        connection.set_autocommit(True)

    thread = in_a_thread(hold)
    held.wait(WAIT)
    try:
        start(client, batch)
        assert state(client, batch) == {"state": "running", "done": 5, "total": 6}
        assert "<progress" in client.get(f"/import/{batch.uuid}/").content.decode()
        client.post(f"/import/{batch.uuid}/discard/")
    finally:
        go_on.set()
        thread.join(WAIT)
    assert ImportBatch.objects.filter(pk=batch.pk).exists()
    assert not [each for each in threading.enumerate() if each.name.startswith("import-")]
    assert SetLog.objects.count() == 0


def test_one_whose_process_ended_is_noticed_and_can_be_started_again(client: Client) -> None:
    batch = upload(client, strong(rows(3)))
    ImportBatch.objects.filter(pk=batch.pk).update(status="running", done=2, total=6)
    assert state(client, batch)["state"] == "failed"
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "The import stopped before it was done, so nothing of it was added." in page
    come_in(client, batch)
    wait_for_threads()
    assert SetLog.objects.count() == 6


def test_one_that_is_killed_in_the_middle_leaves_nothing(client: Client, member: User) -> None:
    """Its connection is cut, as the server does it when the process is killed."""
    batch = upload(client, strong(rows(2500)))
    kill = """SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND mode = 'ExclusiveLock'"""
    start(client, batch)

    def is_under_way() -> bool:
        batch.refresh_from_db(fields=["done", "total", "status"])
        assert batch.status == "running"
        return 0 < batch.done < batch.total

    wait_for(is_under_way)
    with connection.cursor() as cursor:
        cursor.execute(kill, [LOCK, member.pk])
        assert cursor.fetchone() == (True,)
    wait_for_threads()
    assert state(client, batch)["state"] == "failed"
    for model in (SetLog, Block, WorkoutSession):
        assert not model.objects.exists()
    assert not Exercise.objects.filter(owner=member).exists()
    # Its file is still there, and comes in.
    come_in(client, batch)
    wait_for_threads()
    assert SetLog.objects.count() == 5000


def test_one_that_cannot_be_read_any_more_is_told(client: Client) -> None:
    batch = upload(client, strong(rows(3)))
    ImportBatch.objects.filter(pk=batch.pk).update(
        status="running", content=compress(b"a,b\n1,2\n")
    )
    run(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "failed"
    assert SetLog.objects.count() == 0
    # Its page is no error page either.
    answer = client.get(f"/import/{batch.uuid}/")
    assert answer.status_code == 302
