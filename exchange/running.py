"""An import while it runs: in a thread of its own, in one transaction.

A thread of the web process, not a task in the queue, because it then runs the same way with every
setting of TASKS, begins at once, and is watched by somebody who waits for it. Should the process
end before it does, the database takes everything back, and the lock is free: the page sees that
nobody is at it any more and offers to begin again (`exchange.importing.state_of`).
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from django.db import connection, connections, transaction
from django.utils import timezone, translation

from exchange.importing import parse_batch
from exchange.locks import lock_imports
from exchange.models import ImportBatch
from exchange.planning import Layout
from exchange.storing import Stored, store
from legtraining.domain.imports.parsed import Parsed

logger = logging.getLogger(__name__)

TOLD_EVERY = 0.2  # seconds
PATIENCE = 2.0  # seconds until the request goes on, whether or not the thread has begun
KEPT_PROBLEMS = 500  # of the lines that were not read; the others are counted


def begin(pk: int) -> None:
    """Runs the import of the batch `pk` beside the request, and returns when it has begun."""
    begun = threading.Event()
    threading.Thread(target=_work, args=(pk, begun.set), name=f"import-{pk}").start()
    begun.wait(PATIENCE)


def _work(pk: int, begun: Callable[[], None]) -> None:
    try:
        run(pk, begun)
    finally:
        begun()
        connections.close_all()  # this thread's own


def run(pk: int, begun: Callable[[], None] = lambda: None) -> None:
    """Imports the batch `pk`, wholly or not at all. Twice, also at once, is once."""
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.defer("content").select_related("member").get(pk=pk)
            lock_imports(batch.member_id)
            begun()
            batch.refresh_from_db(fields=["status", "unit", "time_zone", "keep", "choices"])
            if batch.status == ImportBatch.Status.RUNNING:
                _import(batch)
    except Exception as error:  # noqa: BLE001
        # Whatever it was, nothing came in, and the member has to be told. The words of the database
        # repeat the row, which may be a check-in: they are no matter for a log.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("An import failed with %s at\n%s", type(error).__name__, where)  # noqa: TRY400
        running = ImportBatch.objects.filter(pk=pk, status=ImportBatch.Status.RUNNING)
        running.update(status=ImportBatch.Status.FAILED)


def _import(batch: ImportBatch) -> None:
    with translation.override(batch.member.language), Teller(batch.pk) as tell:
        parsed = parse_batch(batch, member=batch.member)
        stored, layout = store(batch=batch, parsed=parsed, tell=tell)
    ImportBatch.objects.filter(pk=batch.pk).update(
        status=ImportBatch.Status.DONE,
        content=None,
        counts=_counts(parsed, stored, layout),
        finished_at=timezone.now(),
    )


def _counts(parsed: Parsed, stored: Stored, layout: Layout) -> dict[str, object]:
    problems = [
        *((each.line, each.reason, each.text) for each in parsed.problems),
        *((line, reason, "") for line, reason in layout.unfit),
    ]
    problems.sort(key=lambda problem: problem[0])
    days: list[dt.date] = [each.day for each in layout.sessions]
    return {
        "sessions": stored.sessions,
        "sets": stored.sets,
        "there": stored.there,
        "out": dict(layout.out),
        "out_for_day": layout.out_for_day,
        "exercises": stored.exercises,
        "programs": stored.programs,
        "rest": stored.rest,
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "problem_count": len(problems),
        "problems": [
            [line, reason.sentence, _plain(reason.values), text]
            for line, reason, text in problems[:KEPT_PROBLEMS]
        ],
    }


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """For JSON; a number stays one, since the sentence may ask for it."""
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


class Teller:
    """Tells how far an import is, through a connection of its own: what the import itself writes
    is seen by nobody before it is done."""

    def __init__(self, pk: int) -> None:
        self.pk, self.told_at = pk, 0.0
        self.beside = connection.copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.beside.close()

    def __call__(self, done: int, total: int) -> None:
        if done and time.monotonic() - self.told_at < TOLD_EVERY:
            return
        with self.beside.cursor() as cursor:
            cursor.execute(
                "UPDATE exchange_importbatch SET done = %s, total = %s WHERE id = %s",
                [done, total, self.pk],
            )
        self.told_at = time.monotonic()
