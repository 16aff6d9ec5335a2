"""Posts the reminders of training days that are due now, and sends what waits."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import Letter, MailKind
from sessions.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "Send the reminders of training days that are due, and other mail that waits. "
        "For cron, where no `manage.py work` runs; safe to run every 5 minutes."
    )
    requires_system_checks = ()  # they would take longer than the work

    def handle(self, *args: Any, **options: Any) -> None:
        began = timezone.now()
        outcome = send_reminders()
        deliver_due()
        letters = Letter.objects.filter(kind=MailKind.REMINDER)
        sent = letters.filter(sent_at__gte=began).count()
        if sent or int(options["verbosity"]) > 1:
            self.stdout.write(f"Reminders sent: {sent}.")
        failed = [(member, type(error).__name__) for member, error in outcome.failed]
        waiting = letters.waiting().filter(tries__gt=0).order_by("pk")
        failed += waiting.values_list("member", "problem")
        for member, problem in failed:
            self.stderr.write(f"Member {member} was not reminded: {problem}")
        if failed:
            raise CommandError(f"Reminders not sent: {len(failed)}. They are tried again.")
