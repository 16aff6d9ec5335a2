"""Loads the demo: accounts with half a year of training, and a password that everybody knows."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from demo.cast import HOME_ZONE, PASSWORD
from demo.load import is_loaded, load


class Command(BaseCommand):
    """The demo's password is public, so its accounts must never stand beside real people's.

    Hence it goes only into the application's own database, and only while nobody else is in it.
    """

    help = "Load the demo: accounts with a public password and half a year of made-up training."
    requires_system_checks = ()  # `make lint` runs them; here they would only cost time

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day to end the history on (YYYY-MM-DD)"
        )
        parser.add_argument(
            "--force", action="store_true", help="load into any database, beside real people too"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, instead of refusing"
        )

    def handle(
        self,
        *,
        today: date | None = None,
        force: bool,
        if_empty: bool = False,
        verbosity: int,
        **options: Any,
    ) -> None:
        ours = bool(connection.settings_dict.get("EMBEDDED")) and not settings.PUBLIC
        if if_empty and not (ours and not User.objects.exists()):
            return
        if not (force or ours):
            raise CommandError(
                "The demo's password is public, so it is not loaded into a database that "
                "DATABASE_URL names, nor where ALLOWED_HOSTS names a real host; --force does it "
                "all the same."
            )
        if is_loaded():
            done = "The demo is loaded already."
        elif not force and User.objects.exists():
            raise CommandError(
                "The demo's password is public, so it is not loaded where people have accounts; "
                "--force does it all the same."
            )
        else:
            summary = load(today or timezone.localdate(timezone=ZoneInfo(HOME_ZONE)))
            done = (
                f"The demo is loaded: {summary.people} people, {summary.sessions} sessions, "
                f"{summary.sets} sets. Everybody's password is {PASSWORD}."
            )
        if verbosity:
            self.stdout.write(done)
