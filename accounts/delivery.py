"""Letters are written and sent here: each once, those that fail again later.

Nothing depends on a task. The row of a letter waits until it is sent or dropped, and the sweep
(`deliver_due`) finds it: after a mail server that was away, and after a worker that was killed,
whose task stays "running" for ever and is of no importance.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from accounts.models import Letter
from accounts.stops import is_stopped, stop_token

logger = logging.getLogger(__name__)

# What lies between a try and the next; the last one from then on.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# Counted in tries, so that days on which nothing ran take none of them: with the pauses above it
# is three days.
MAX_TRIES = 75
ADDRESS = re.compile(r"[^\s'\"<>(),:;]+@[^\s'\"<>(),:;]+")


@dataclass(frozen=True)
class Written:
    """What a letter says: `templates/mail/<template>.txt` and `.html` with `context`.

    `to` is the address of somebody without an account. `stop_url` is for a kind that is ended
    elsewhere than on the page of `accounts.mail_views`.
    """

    subject: str
    template: str
    context: dict[str, Any]
    to: str = ""
    stop_url: str = ""


def deliver_due(now: datetime | None = None, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Tries every letter that is due, until `stop` says so. Returns how many were sent."""
    sent = 0
    for pk in list(Letter.objects.due(now).values_list("pk", flat=True)):
        if stop():
            break
        sent += deliver_letter(pk, now)
    return sent


def deliver_letter(pk: int, now: datetime | None = None) -> bool:
    """Sends a letter that is due; False if it failed, is not wanted, or somebody else is at it.

    It is locked while it is sent, so that two processes send one. A process that is killed between
    the mail server's yes and the commit leaves it waiting: the second mail has the same
    Message-ID, by which mail programs know it.
    """
    now = now or timezone.now()
    with transaction.atomic():
        letter = (
            Letter.objects.due(now)
            .filter(pk=pk)
            .select_related("member")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if letter is None:
            return False
        letter.at = now
        try:
            with transaction.atomic():  # the lock outlives a query that fails in here
                message = write(letter)
        except Exception as error:  # noqa: BLE001 (a bug in one letter keeps no other back)
            return put_off(letter, place_of(error))
        if message is None:
            letter.dropped_at = now
        else:
            try:
                message.send()
            except Exception as error:  # noqa: BLE001 (whatever it is, the letter waits)
                return put_off(letter, reason_of(error))
            letter.sent_at = now
        letter.save(update_fields=["sent_at", "dropped_at"])
    return message is not None


def put_off(letter: Letter, problem: str) -> bool:
    """The letter is due again later, or given up after `MAX_TRIES`."""
    letter.tries += 1
    letter.problem = problem[:200]
    letter.due_at = letter.at + PAUSES[min(letter.tries, len(PAUSES)) - 1]
    if letter.tries >= MAX_TRIES:
        letter.dropped_at = letter.at
    letter.save(update_fields=["tries", "problem", "due_at", "dropped_at"])
    ending = "given up" if letter.dropped_at else "tried again"
    logger.warning("Letter %s was not sent and is %s: %s", letter.pk, ending, letter.problem)
    return False


def reason_of(error: Exception) -> str:
    """What a mail server said, without the address that it repeats."""
    if not isinstance(error, (OSError, SMTPException)):
        return place_of(error)
    said = ADDRESS.sub("…", " ".join(str(error).split()))
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def place_of(error: Exception) -> str:
    """Where a letter could not be written. Not what the error says: that can be its content."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} in {where}"


def write(letter: Letter) -> EmailMultiAlternatives | None:
    """The mail, in the language and the time zone of who gets it; None if it is not wanted."""
    member = letter.member
    if letter.expires_at and letter.expires_at <= letter.at:
        return None
    if member and not member.is_active:
        return None
    known = member is not None and member.language in dict(settings.LANGUAGES)
    language = member.language if member and known else settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(member.zone if member else UTC):
        written: Written | None = import_string(settings.LETTERS[letter.kind])(letter)
        to = member.email if member else (written.to.lower() if written else "")
        if written is None or not to or is_stopped(kind=letter.kind, email=to):
            return None
        return compose(letter, written, to)


def compose(letter: Letter, written: Written, to: str) -> EmailMultiAlternatives:
    """The message in both forms, with what every mail of ours has."""
    stop_page = reverse("stop_mail", args=[stop_token(kind=letter.kind, email=to)])
    stop_url = written.stop_url or settings.SITE_URL + stop_page
    subject = one_line(written.subject)
    context = {
        "subject": subject,
        "name": one_line(str(letter.member)) if letter.member else "",
        "site_url": settings.SITE_URL,
        "settings_url": settings.SITE_URL + reverse("settings") if letter.member else "",
        "stop_url": stop_url,
        **written.context,
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=rendered(f"mail/{written.template}.txt", context, autoescape=False),
        to=[to],
        headers={
            "Message-ID": f"<{letter.uuid}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    page = rendered(f"mail/{written.template}.html", context, autoescape=True)
    message.attach_alternative(page, "text/html")
    return message


def rendered(name: str, context: dict[str, Any], *, autoescape: bool) -> str:
    """Django escapes by the engine and not by the file's name: a text would say &amp;."""
    template = get_template(name, using="django").template  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=autoescape)).strip() + "\n"


def one_line(text: str) -> str:
    return " ".join(text.split())
