"""manage.py work: what waits is sent, whatever fails or is killed meanwhile"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.delivery import deliver_due
from accounts.models import Letter, User
from legtraining.management.commands.work import tidy
from sessions.reminders import send_reminders
from tests.mailserver import nobody_there
from tests.sessions.training_days import follow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def reminded(member):
    """Training begins in twenty minutes: a reminder is due, and not posted yet."""
    User.objects.filter(pk=member.pk).update(remind_minutes=60)
    member.refresh_from_db()
    begins = timezone.localtime(timezone=member.zone) + timedelta(minutes=20)
    at_time = begins.time().replace(tzinfo=None)
    follow(member, begins.date(), weekdays=range(7), time_of_day=at_time)
    return member


@contextmanager
def working(**environment):
    """`manage.py work` on the database of the tests, in a process of its own."""
    server = connection.get_connection_params()
    where = urlencode({key: server[key] for key in ("host", "user", "port")})
    url = f"postgresql:///{server['dbname']}?{where}"
    environment = {"DATABASE_URL": url, "TASKS": "database"} | environment
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=django_settings.BASE_DIR,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def is_free():
    with transaction.atomic():
        return bool(Letter.objects.select_for_update(skip_locked=True))


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_one_round_from_the_training_day_to_the_mail(reminded):
    call_command("work", once=True)
    assert [message.to for message in mail.outbox] == [[reminded.email]]
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL"]
    call_command("work", once=True)
    assert len(mail.outbox) == 1


def test_a_task_is_done_and_what_has_none_is_found(reminded):
    send_reminders()
    DBTaskResult.objects.all().delete()
    call_command("work", once=True)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_ends_no_round(reminded, settings, mailserver):
    working_one, settings.MAILERS = settings.MAILERS, nobody_there()
    call_command("work", once=True)
    assert Letter.objects.get().tries == 1, "the sweep does not try it a second time"
    settings.MAILERS = working_one
    Letter.objects.update(due_at=timezone.now())
    call_command("work", once=True)
    assert [each["To"] for each in mailserver.mails] == [reminded.email]


def test_signals_are_as_before_after_it(reminded):
    before = signal.getsignal(signal.SIGINT)
    call_command("work", once=True)
    assert signal.getsignal(signal.SIGINT) is before


def test_killed_while_it_sends(reminded, mailserver):
    """The mail server has the mail and does not answer; the worker is gone; nothing is lost."""
    mailserver.may_answer.clear()
    with working(EMAIL_URL=f"smtp://127.0.0.1:{mailserver.port}") as process:
        assert mailserver.got.wait(timeout=30)
        assert deliver_due() == 0, "it is locked"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    until(is_free, 10)
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.tries) == (None, 0)
    assert DBTaskResult.objects.get().status == "RUNNING", "and nobody minds"
    mailserver.may_answer.set()
    until(lambda: len(mailserver.taken) == 1)
    call_command("work", once=True)
    assert Letter.objects.get().sent_at is not None
    ids = [each["Message-ID"] for each in mailserver.mails]
    assert ids == [f"<{letter.uuid}@127.0.0.1>"] * 2, "for mail programs it is one mail"


def test_asked_to_end_it_sends_the_letter_first(reminded, mailserver):
    mailserver.may_answer.clear()
    with working(EMAIL_URL=f"smtp://127.0.0.1:{mailserver.port}") as process:
        assert mailserver.got.wait(timeout=30)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None
        mailserver.may_answer.set()
        assert process.wait(timeout=10) == 0
        assert process.stderr.read() == ""
    assert Letter.objects.get().sent_at is not None
    assert len(mailserver.taken) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_while_it_rests(reminded, mailserver, number):
    with working(EMAIL_URL=f"smtp://127.0.0.1:{mailserver.port}") as process:
        until(lambda: mailserver.taken, 30)
        time.sleep(0.5)
        process.send_signal(number)
        assert process.wait(timeout=10) == 0
        assert (process.stdout.read(), process.stderr.read()) == ("", "")


def test_without_a_database_it_waits_and_says_so_in_one_line():
    url = "postgresql://somebody:opensesame@127.0.0.1:1/trainingdata"
    with working(DATABASE_URL=url, EMAIL_URL="smtp://127.0.0.1:1") as process:
        for seconds in (2, 4):
            line = process.stderr.readline()
            assert line.startswith("The database trainingdata on 127.0.0.1 cannot be reached: ")
            assert line.endswith(f"The next try is in {seconds} seconds.\n")
            assert "opensesame" not in line
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert process.stderr.read() == ""


def test_once_fails_where_the_round_failed(reminded):
    table = Letter._meta.db_table
    rename = "ALTER TABLE {} RENAME TO {}".format
    with connection.cursor() as cursor:
        cursor.execute(rename(table, "elsewhere"))
    try:
        with pytest.raises(CommandError, match=r"^The work was interrupted: ProgrammingError\.$"):
            call_command("work", once=True)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(rename("elsewhere", table))
    call_command("work", once=True)
    assert len(mail.outbox) == 1


def test_what_is_over_is_tidied_away(member):
    now = timezone.now()
    week, quarter = now - timedelta(days=7), now - timedelta(days=90)
    tasks = {}
    for status in ("READY", "RUNNING", "SUCCESSFUL", "FAILED"):
        for age in (week, week + timedelta(minutes=1)):
            task = DBTaskResult.objects.create(
                status=status, task_path="accounts.tasks.deliver", backend_name="default",
                args_kwargs={"args": [1], "kwargs": {}},
            )  # fmt: skip
            DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=age)
            tasks[task.pk] = (status, age)
    for about, fields in enumerate([{}, {"sent_at": now}, {"dropped_at": now}]):
        for age in (quarter, quarter + timedelta(minutes=1)):
            Letter.objects.create(
                kind="comment", about=about, member=member, created_at=age, **fields
            )
    tidy(now)
    left = sorted(tasks[pk][0] for pk in DBTaskResult.objects.values_list("pk", flat=True))
    assert left == ["FAILED", "READY", "READY", "RUNNING", "SUCCESSFUL"]
    assert sorted(Letter.objects.values_list("about", flat=True)) == [0, 0, 1, 2]
