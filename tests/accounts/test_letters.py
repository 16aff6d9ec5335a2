"""Letters: posted with what they tell of, sent once, tried again, dropped when nobody wants them"""

from __future__ import annotations

import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import stops
from accounts.delivery import MAX_TRIES, deliver_due, deliver_letter
from accounts.letters import post
from accounts.models import Letter, MailKind, MailStop, User
from tests.mailserver import nobody_there

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
MINUTE = timedelta(minutes=1)
HERE = Path(__file__).parent
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def writers(settings):
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], HERE / "templates"]}, *others]
    names = dict.fromkeys(MailKind, "plain") | {"invitation": "to_somebody"}
    settings.LETTERS = {kind: f"tests.accounts.writers.{name}" for kind, name in names.items()}
    settings.SITE_URL = "https://legs.example.org"
    return settings.LETTERS


def a_letter(member, kind=MailKind.COMMENT, at=NOON, about=7, **fields):
    return post(kind=kind, about=about, member=member, at=at, **fields)


def stored(letter):
    return Letter.objects.get(pk=letter.pk)


# --- Posting --------------------------------------------------------------------------------------


def test_it_leaves_after_the_commit_and_not_before(member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = a_letter(member, at=None)
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [[member.email]]
    assert stored(letter).sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_tells_nobody(member):
    with transaction.atomic():
        a_letter(member, at=None)
        transaction.set_rollback(True)
    assert (Letter.objects.count(), mail.outbox) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_is_no_fault_of_the_request(member, settings, mailserver):
    """With immediate tasks: what was to be saved is saved, and the letter waits."""
    working, settings.MAILERS = settings.MAILERS, nobody_there()
    letter = a_letter(member, at=None)
    assert stored(letter).problem.startswith("ConnectionRefusedError")
    settings.MAILERS = working
    assert deliver_due(timezone.now() + MINUTE) == 1
    assert [each["To"] for each in mailserver.mails] == [member.email]


@pytest.mark.django_db(transaction=True)
def test_without_a_task_it_waits_for_the_sweep(member, settings, caplog):
    settings.TASKS = {"default": DATABASE["default"] | {"QUEUES": ["another"]}}
    letter = a_letter(member, at=None)
    assert f"Letter {letter.pk} got no task and waits: InvalidTask" in caplog.text
    assert deliver_due() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_names_the_letter_and_nothing_of_it(member, settings):
    settings.TASKS = DATABASE
    letter = a_letter(member, at=None)
    task = DBTaskResult.objects.get()
    assert (task.status, task.args_kwargs) == ("READY", {"args": [letter.pk], "kwargs": {}})
    assert mail.outbox == []


# --- What it is -----------------------------------------------------------------------------------


def test_both_parts_say_the_same(member):
    a_letter(member)
    assert deliver_due(NOON) == 1
    (message,) = mail.outbox
    (page,) = message.alternatives
    assert page.mimetype == "text/html"
    assert message.body.startswith(
        "Hello Mia Member,\n\nFish & <b>chips</b>, Monday 2 March 13:00\n"
    )
    assert "<p>Hello Mia Member,</p>" in page.content
    assert "Fish &amp; &lt;b&gt;chips&lt;/b&gt;, Monday 2 March 13:00" in page.content
    token = stops.stop_token(kind="comment", email=member.email)
    links = {
        "https://legs.example.org/today/",
        "https://legs.example.org/accounts/settings/",
        f"https://legs.example.org/accounts/mail/stop/{token}/",
    }
    assert set(re.findall(r"https?://\S+", message.body)) == links
    assert set(re.findall(r'href="([^"]+)"', page.content)) == links


def test_its_headers(member):
    letter = a_letter(member)
    deliver_due(NOON)
    headers = mail.outbox[0].message()
    token = stops.stop_token(kind="comment", email=member.email)
    stop = f"<https://legs.example.org/accounts/mail/stop/{token}/>"
    assert headers["List-Unsubscribe"] == stop
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<{letter.uuid}@legs.example.org>"
    assert headers["To"] == member.email
    assert headers["Subject"] == "About 7"


def test_to_an_address_without_an_account(db):
    post(kind=MailKind.INVITATION, about=1, at=NOON)
    assert deliver_due(NOON) == 1
    (message,) = mail.outbox
    assert (message.to, message.bcc) == (["new@example.com"], [])
    assert message.subject == "Come Bcc: x@example.com"
    assert "Hello" not in message.body
    assert "settings" not in message.body


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Europe/Berlin", "Monday 2 March 13:00"),
        ("de", "Europe/Berlin", "Montag 2 März 13:00"),
        ("de", "Pacific/Auckland", "Dienstag 3 März 01:00"),
        ("tlh", "UTC", "Monday 2 March 12:00"),  # no longer offered
    ],
)
def test_in_the_language_and_the_time_zone_of_who_gets_it(member, settings, language, zone, said):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    User.objects.filter(pk=member.pk).update(language=language, time_zone=zone)
    a_letter(member)
    assert deliver_due(NOON) == 1
    (page,) = mail.outbox[0].alternatives
    assert said in mail.outbox[0].body
    assert said in page.content
    assert f'<html lang="{"de" if language == "de" else "en"}">' in page.content


def templates():
    return sorted(path.stem for path in (django_settings.BASE_DIR / "templates/mail").glob("*.txt"))


@pytest.mark.parametrize("name", templates())
def test_every_mail_has_both_parts_and_a_way_out(name):
    """What stops it stands in the frame of both, or in the mail's own words."""
    folder = django_settings.BASE_DIR / "templates/mail"
    for ending in ("txt", "html"):
        text = (folder / f"{name}.{ending}").read_text()
        assert f'{{% extends "mail/base.{ending}" %}}' in text or name == "base"
        assert "stop_url" in text or "block foot" not in text


# --- Mail servers that fail -----------------------------------------------------------------------


def test_tried_again_after_these_pauses_and_given_up_after_three_days(member, settings):
    settings.MAILERS = nobody_there()
    letter, moment, pauses = a_letter(member), NOON, []
    for _try in range(MAX_TRIES):
        assert deliver_due(moment - timedelta(seconds=1)) == 0
        assert stored(letter).tries == len(pauses), "not before it is due"
        assert deliver_due(moment) == 0
        pauses.append(stored(letter).due_at - moment)
        moment = stored(letter).due_at
    assert [pause / MINUTE for pause in pauses] == [1, 5, 15] + [60] * (MAX_TRIES - 3)
    given_up = stored(letter)
    assert (given_up.dropped_at, given_up.sent_at) == (moment - pauses[-1], None)
    assert timedelta(days=2, hours=23) < given_up.dropped_at - NOON <= timedelta(days=3)
    assert given_up.problem.startswith("ConnectionRefusedError: ")
    assert deliver_due(moment + timedelta(days=1)) == 0
    assert stored(letter).tries == MAX_TRIES


def test_nothing_is_lost(member, outsider, settings, mailserver):
    working, settings.MAILERS = settings.MAILERS, nobody_there()
    letters = [a_letter(person) for person in (member, outsider, member)]
    assert deliver_due(NOON) == 0
    settings.MAILERS = working
    assert deliver_due(NOON + MINUTE) == 3
    assert deliver_due(NOON + timedelta(hours=1)) == 0
    to = [each["To"] for each in mailserver.mails]
    assert to == [member.email, outsider.email, member.email]
    assert all(stored(letter).sent_at == NOON + MINUTE for letter in letters)


def test_a_mail_that_is_refused_keeps_no_other_back(member, outsider, mailserver):
    mailserver.refused = [member.email]
    first, second = a_letter(member), a_letter(outsider)
    assert deliver_due(NOON) == 1
    assert (stored(first).tries, stored(second).tries) == (1, 0)
    assert [each["To"] for each in mailserver.mails] == [outsider.email]


def test_no_address_and_no_word_of_it_is_kept_or_logged(member, mailserver, writers, caplog):
    caplog.set_level(logging.DEBUG)
    mailserver.refused = [member.email]
    refused = a_letter(member)
    broken = a_letter(member, kind=MailKind.COACHING)
    writers["coaching"] = "tests.accounts.writers.broken"
    assert deliver_due(NOON) == 0
    assert stored(refused).problem.startswith("SMTPRecipientsRefused: {'…': (550, ")
    assert re.fullmatch(r"KeyError in writers\.py:\d+", stored(broken).problem)
    assert str(stored(refused).pk) in caplog.text
    assert str(stored(broken).pk) in caplog.text
    for told in (caplog.text, stored(refused).problem, stored(broken).problem):
        assert "@" not in told
        assert "knee" not in told


@pytest.mark.parametrize("name", ["broken", "broken_query", "not_there"])
def test_a_bug_in_one_writer_keeps_no_other_letter_back(member, writers, name):
    writers["coaching"] = f"tests.accounts.writers.{name}"
    broken = a_letter(member, kind=MailKind.COACHING)
    a_letter(member)
    assert deliver_due(NOON) == 1
    assert (stored(broken).tries, stored(broken).due_at) == (1, NOON + MINUTE)
    writers["coaching"] = "tests.accounts.writers.plain"
    assert deliver_due(NOON + MINUTE) == 1


# --- Not wanted -----------------------------------------------------------------------------------


def test_what_was_stopped_is_not_posted(member, outsider):
    stops.stop(kind="comment", email=member.email)
    assert a_letter(member) is None
    assert a_letter(member, kind=MailKind.PROGRAM) is not None
    assert a_letter(outsider) is not None


@pytest.mark.parametrize("why", ["expired", "inactive", "stopped", "writer", "no address"])
def test_dropped_when_it_would_be_sent(member, writers, why):
    expires = NOON + MINUTE if why == "expired" else None
    letter = a_letter(member, expires_at=expires)
    match why:
        case "inactive":
            User.objects.update(is_active=False)
        case "stopped":
            stops.stop(kind="comment", email=member.email)
        case "writer":
            writers["comment"] = "tests.accounts.writers.not_wanted"
        case "no address":
            Letter.objects.update(member=None)
    assert deliver_due(NOON + MINUTE) == 0
    assert (stored(letter).dropped_at, stored(letter).tries) == (NOON + MINUTE, 0)
    assert mail.outbox == []


def test_an_invitation_is_stopped_by_the_address_it_would_go_to(db):
    stops.stop(kind="invitation", email="NEW@example.com")
    letter = post(kind=MailKind.INVITATION, about=1, at=NOON)
    assert deliver_due(NOON) == 0
    assert stored(letter).dropped_at == NOON


def test_one_second_before_it_expires_it_is_sent(member):
    a_letter(member, expires_at=NOON + MINUTE)
    assert deliver_due(NOON + MINUTE - timedelta(seconds=1)) == 1


def test_sent_and_dropped_ones_are_left_alone(member):
    done = a_letter(member)
    Letter.objects.update(sent_at=NOON)
    assert deliver_letter(done.pk, NOON) is False
    assert deliver_letter(999_999_999, NOON) is False
    assert mail.outbox == []


# --- Two at once ----------------------------------------------------------------------------------


def on_its_own_connection(call, *args):
    try:
        return call(*args)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_one(member, settings, mailserver):
    settings.TASKS = DATABASE
    letter = a_letter(member)
    mailserver.may_answer.clear()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(on_its_own_connection, deliver_letter, letter.pk, NOON)
        assert mailserver.got.wait(timeout=10)
        second = threads.submit(on_its_own_connection, deliver_due, NOON)
        assert second.result(timeout=10) == 0, "it does not wait either"
        mailserver.may_answer.set()
        assert first.result(timeout=10) is True
    assert len(mailserver.taken) == 1
    assert deliver_due(NOON) == 0


@pytest.mark.django_db(transaction=True)
def test_many_letters_and_several_sweeps(member, settings, mailserver):
    settings.TASKS = DATABASE
    for about in range(20):
        a_letter(member, about=about)
    gate = threading.Barrier(3)

    def sweep():
        gate.wait(timeout=10)
        return deliver_due(NOON)

    with ThreadPoolExecutor(3) as threads:
        sent = list(threads.map(on_its_own_connection, [sweep] * 3))
    assert sum(sent) == 20
    subjects = sorted(each["Subject"] for each in mailserver.mails)
    assert subjects == sorted(f"About {about}" for about in range(20))


def test_it_stops_between_two_letters(member):
    for _each in range(3):
        a_letter(member)
    assert deliver_due(NOON, stop=lambda: len(mail.outbox) == 2) == 2


def test_somebody_deleted_takes_their_letters_along(outsider):
    a_letter(outsider)
    MailStop.objects.create(email=outsider.email, kind="program")
    outsider.delete()
    assert deliver_due(NOON) == 0
    assert Letter.objects.count() == 0
