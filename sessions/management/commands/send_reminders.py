"""Sends the reminders of training days that are due now. To be run every few minutes."""

from __future__ import annotations

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sessions.reminders import send_reminders


class Command(BaseCommand):
    help = "Send the reminders of training days that are due. Safe to run every 5 minutes."
    requires_system_checks = ()  # they would take longer than the work

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_reminders()
        if outcome.sent or int(options["verbosity"]) > 1:
            self.stdout.write(f"Reminders sent: {outcome.sent}.")
        for member, error in outcome.failed:
            reason = re.sub(r"[^\s'<>]+@[^\s'<>]+", "…", str(error))  # addresses are not for logs
            self.stderr.write(f"Member {member} was not reminded: {type(error).__name__}: {reason}")
        if outcome.failed:
            raise CommandError(f"Reminders not sent: {len(outcome.failed)}. They are tried again.")
