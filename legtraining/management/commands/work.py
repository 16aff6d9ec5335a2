"""`manage.py work`: sends the mail, tries again what failed, and posts the reminders."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.delivery import deliver_due
from accounts.models import Letter
from legtraining.postgres import DatabaseUnreachable
from sessions.reminders import send_reminders

PAUSE, LONGEST_PAUSE = 2, 60  # seconds between two rounds, and after several that failed
REMINDERS_EVERY = 60
TIDY_EVERY = 24 * 3600
TASKS_KEPT = timedelta(days=7)
LETTERS_KEPT = timedelta(days=90)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    help = "Send mail, try again what failed, and post reminders, until it is stopped."
    requires_system_checks = ()  # they would take longer than a round

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is to do, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        self.stopping = False
        self.last: dict[str, float] = {}
        self.tasks = worker()
        before = {number: signal.signal(number, self.stop) for number in STOP_SIGNALS}
        try:
            if not once:
                self.work()
            elif problem := self.try_round():
                raise CommandError(problem)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self, *_: object) -> None:
        """After the letter that is being sent; where none is, within a moment."""
        self.stopping = True
        self.tasks.running = False

    def work(self) -> None:
        pause = PAUSE
        while not self.stopping:
            problem = self.try_round()
            if problem:
                self.stderr.write(f"{problem} The next try is in {pause} seconds.")
            until = time.monotonic() + pause
            while not self.stopping and time.monotonic() < until:
                time.sleep(0.1)
            pause = min(pause * 2, LONGEST_PAUSE) if problem else PAUSE

    def try_round(self) -> str:
        """What went wrong, in one line; empty if nothing did."""
        try:
            self.round()
        except DatabaseUnreachable as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 (whatever it is, the next round comes)
            # Not what it says, which can be a row.
            problem = f"The work was interrupted: {type(error).__name__}."
        else:
            return ""
        connections.close_all()
        return problem

    def round(self) -> None:
        if self.is_time("reminders", REMINDERS_EVERY):
            for member, error in send_reminders().failed:
                self.stderr.write(f"Member {member} was not reminded: {type(error).__name__}")
        self.tasks.run()
        deliver_due(stop=lambda: self.stopping)
        if self.is_time("tidy", TIDY_EVERY):
            tidy(timezone.now())

    def is_time(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        if what in self.last and now - self.last[what] < seconds:
            return False
        self.last[what] = now
        return True


def worker() -> Worker:
    """Does the tasks that are there and returns; the pauses between them are ours."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id="work",
        excluded_queue_names=[],
    )


def tidy(now: datetime) -> None:
    """Deletes tasks that are over, or whose worker was killed, and letters that ended long ago."""
    old = DBTaskResult.objects.filter(enqueued_at__lte=now - TASKS_KEPT)
    old.exclude(status=TaskResultStatus.READY).delete()
    ended = Letter.objects.filter(created_at__lte=now - LETTERS_KEPT)
    ended.exclude(sent_at__isnull=True, dropped_at__isnull=True).delete()
