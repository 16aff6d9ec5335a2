"""manage.py send_reminders, and the link that ends reminders"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import Letter, User
from programs.models import Assignment, DayChange, Pause, Reminder, Workout
from sessions.reminders import due, remind, send_reminders
from sessions.tokens import REMINDERS, reminders_token
from tests.factories import UserFactory
from tests.mailserver import nobody_there
from tests.sessions.training_days import MON, WED, follow, train

# A Monday, and four in the afternoon in Berlin, where it is one hour later than in UTC.
MONDAY = date(2026, 3, 2)
AT_FOUR = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR, DAY = 60, 1440


def wants(person, minutes=HOUR, **fields):
    User.objects.filter(pk=person.pk).update(remind_minutes=minutes)
    person.refresh_from_db()
    return follow(person, fields.pop("start", MONDAY), **({"weekdays": (MON, WED)} | fields))


@pytest.fixture
def assignment(member):
    """Mondays and Wednesdays at 18:00 in Berlin, with a mail an hour before."""
    return wants(member)


def at(hour, minute=0, day=2):
    """A moment on the clock in Berlin, in March before the clocks change."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def subjects():
    return [message.subject for message in mail.outbox]


def remind_now(moment):
    """What a round of the worker does. Returns how many mails left."""
    outcome = send_reminders(now=moment)
    assert outcome.failed == []
    return deliver_due(moment)


def soon(member):
    """A program whose training begins in twenty minutes, on the real clock."""
    begins = timezone.localtime(timezone=member.zone) + timedelta(minutes=20)
    at_time = begins.time().replace(tzinfo=None)
    return wants(member, weekdays=range(7), start=begins.date(), time_of_day=at_time)


def rows():
    return list(Reminder.objects.values_list("day", flat=True))


# --- Who is due -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "is_due"),
    [
        (at(16, 59), False),
        (at(17), True),
        (at(17, 59), True),
        (at(18), False),  # it has begun
        (at(17, 30, day=3), False),  # no training day
    ],
)
def test_from_an_hour_before_until_it_begins(assignment, moment, is_due):
    assert bool(due(moment)) is is_due


def test_one_mail_however_often_it_runs(assignment):
    moment = at(16, 50)
    sent = []
    while moment < at(18, 30):
        sent.append(remind_now(moment))
        moment += timedelta(minutes=5)
    assert sum(sent) == 1
    assert subjects() == ["A1, today at 18:00"]
    assert rows() == [MONDAY]


def test_the_day_before(member):
    wants(member, DAY)
    remind_now(at(18, 0, day=1))
    remind_now(at(9))
    assert subjects() == ["A1, tomorrow at 18:00"]


def test_the_day_before_after_training_today(member):
    """What was done today is not named for tomorrow."""
    assignment = wants(member, DAY, weekdays=range(7))
    train(assignment, MONDAY)
    remind_now(at(20))
    assert subjects() == ["A2, tomorrow at 18:00"]


@pytest.mark.parametrize("planned", [True, False])
def test_not_after_training_on_that_day(assignment, planned):
    train(assignment, MONDAY, planned=planned)
    assert remind_now(at(17, 30)) == 0
    assert rows() == []


@pytest.mark.parametrize(
    "why",
    ["off", "no time", "paused", "ended", "queued", "inactive", "skipped", "pause", "all done"],
)
def test_who_gets_none(assignment, why):
    mine, member = Assignment.objects.filter(pk=assignment.pk), User.objects.all()
    match why:
        case "off":
            member.update(remind_minutes=None)
        case "no time":
            mine.update(time_of_day=None)
        case "paused" | "queued":
            mine.update(status=why)
        case "ended":
            mine.update(status=why, ended_at=timezone.now())
        case "inactive":
            member.update(is_active=False)
        case "skipped":
            DayChange.objects.create(assignment=assignment, day=MONDAY, moved_to=None)
        case "pause":
            Pause.objects.create(assignment=assignment, first=MONDAY, last=MONDAY)
        case "all done":
            for day in range(12):
                train(assignment, MONDAY - timedelta(days=30 - day))
    assert remind_now(at(17, 30)) == 0
    assert (mail.outbox, rows()) == ([], [])


def test_a_day_that_was_moved_is_reminded_of_on_its_new_date(assignment):
    remind_now(at(17, 30))
    DayChange.objects.create(assignment=assignment, day=MONDAY, moved_to=date(2026, 3, 3))
    remind_now(at(17, 30, day=3))
    remind_now(at(17, 35, day=3))
    assert subjects() == ["A1, today at 18:00"] * 2
    assert rows() == [MONDAY, date(2026, 3, 3)]


@pytest.mark.parametrize(
    ("zone", "moment", "is_due"),
    [
        ("Pacific/Auckland", "2026-03-02T04:30+00:00", True),  # 17:30
        ("Pacific/Auckland", "2026-03-02T16:30+00:00", False),
        ("America/Los_Angeles", "2026-03-03T01:30+00:00", True),  # Tuesday in UTC
        ("Pacific/Kiritimati", "2026-03-02T03:30+00:00", True),
        ("Pacific/Niue", "2026-03-03T04:30+00:00", True),
    ],
)
def test_by_the_clock_of_the_member(db, zone, moment, is_due):
    wants(UserFactory(time_zone=zone))
    assert bool(due(datetime.fromisoformat(moment))) is is_due


@pytest.mark.parametrize(
    ("day", "at_time", "start"),
    [
        (date(2026, 3, 29), time(18), "2026-03-29T16:00+00:00"),  # clocks went forward
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30+00:00"),  # there is no 02:30
        (date(2026, 10, 25), time(18), "2026-10-25T17:00+00:00"),  # clocks went back
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30+00:00"),  # the first of two
    ],
)
def test_on_the_days_on_which_the_clocks_change(member, day, at_time, start):
    wants(member, HOUR, start=day, weekdays=range(7), time_of_day=at_time, workouts=1)
    start = datetime.fromisoformat(start)
    minute = timedelta(minutes=1)
    assert due(start - timedelta(hours=1) - minute) == []
    assert due(start) == []
    assert len(due(start - timedelta(hours=1))) == len(due(start - minute)) == 1
    assert remind_now(start - minute) == 1
    assert subjects() == [f"A1, today at {at_time:%H:%M}"]


def test_as_many_queries_for_many_as_for_one(assignment, django_assert_num_queries):
    with django_assert_num_queries(5):
        assert len(due(at(17, 30))) == 1
    for _each in range(20):
        wants(UserFactory())
    with django_assert_num_queries(5):
        assert len(due(at(17, 30))) == 21


# --- The mail -------------------------------------------------------------------------------------


def test_what_the_mail_says(assignment, member, settings):
    settings.SITE_URL = "https://legs.example.org"
    Workout.objects.update(title="Squat & <b>hinge</b>\r\nBcc: x@example.com")
    remind_now(at(17, 30))
    (message,) = mail.outbox
    assert message.to == [member.email]
    assert message.subject == "Squat & <b>hinge</b> Bcc: x@example.com, today at 18:00"
    stop = f"https://legs.example.org/calendar/reminders/stop/{reminders_token(member)}/"
    assert "Hello Mia Member," in message.body
    assert "Squat & <b>hinge</b> Bcc: x@example.com is planned for Monday 2 March" in message.body
    assert "at 18:00 (Strong legs)." in message.body
    assert "https://legs.example.org/today/" in message.body
    assert stop in message.body
    (page,) = message.alternatives
    assert "Squat &amp; &lt;b&gt;hinge&lt;/b&gt;" in page.content
    assert stop in page.content
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.bcc == []


# --- Servers that fail, and two at once -----------------------------------------------------------


def test_a_mail_that_is_refused_keeps_no_other_back(assignment, member, mailserver):
    other = UserFactory()
    wants(other)
    mailserver.refused = [member.email]
    assert remind_now(at(17, 30)) == 1
    assert [mail["To"] for mail in mailserver.mails] == [other.email]
    assert [each.member_id for each in Letter.objects.waiting()] == [member.pk]

    mailserver.refused = []
    assert remind_now(at(17, 35)) == 1, "it is tried again"
    assert [mail["To"] for mail in mailserver.mails] == [other.email, member.email]
    assert remind_now(at(17, 40)) == 0
    assert Reminder.objects.count() == Letter.objects.count() == 2


def test_not_once_training_has_begun(assignment, settings, mailserver):
    working, settings.MAILERS = settings.MAILERS, nobody_there()
    assert remind_now(at(17, 30)) == 0
    settings.MAILERS = working
    assert deliver_due(at(18)) == 0
    letter = Letter.objects.get()
    assert (letter.dropped_at, letter.sent_at, mailserver.taken) == (at(18), None, [])


@pytest.mark.parametrize("why", ["off", "trained", "skipped", "ended", "another time", "deleted"])
def test_no_longer_wanted_when_it_is_sent(assignment, member, why):
    assert send_reminders(now=at(17, 30)).posted == 1
    match why:
        case "off":
            User.objects.update(remind_minutes=None)
        case "trained":
            train(assignment, MONDAY)
        case "skipped":
            DayChange.objects.create(assignment=assignment, day=MONDAY, moved_to=None)
        case "ended":
            Assignment.objects.update(status="ended", ended_at=timezone.now())
        case "another time":
            Assignment.objects.update(time_of_day=time(9))
        case "deleted":
            Reminder.objects.all().delete()
    assert deliver_due(at(17, 31)) == 0
    assert Letter.objects.get().dropped_at == at(17, 31)
    assert mail.outbox == []


def test_it_says_tomorrow_by_when_it_is_sent_and_not_by_when_it_was_due(member, settings):
    """The mail server was away until after midnight."""
    wants(member, DAY)
    working, settings.MAILERS = settings.MAILERS, nobody_there()
    remind_now(at(23, 50, day=1))
    settings.MAILERS = working
    remind_now(at(0, 10))
    assert subjects() == ["A1, today at 18:00"]


def test_the_command_sends_what_is_due_now(member, mailserver):
    soon(member)
    out = io.StringIO()
    call_command("send_reminders", stdout=out)
    assert out.getvalue() == "Reminders sent: 1.\n"
    call_command("send_reminders", stdout=out)
    assert out.getvalue() == "Reminders sent: 1.\n", "silent when there is nothing to do"
    assert len(mailserver.taken) == 1


def test_the_command_says_what_failed(member, settings, mailserver):
    working, settings.MAILERS = settings.MAILERS, nobody_there()
    soon(member)
    err = io.StringIO()
    with pytest.raises(CommandError, match="Reminders not sent: 1") as failure:
        call_command("send_reminders", stderr=err)
    assert failure.value.returncode == 1
    assert f"Member {member.pk} was not reminded: ConnectionRefusedError" in err.getvalue()
    assert member.email not in err.getvalue()

    settings.MAILERS = working
    Letter.objects.update(due_at=timezone.now())  # a minute later
    call_command("send_reminders", stdout=(out := io.StringIO()))
    assert out.getvalue() == "Reminders sent: 1.\n"
    assert len(mailserver.taken) == 1


def test_no_address_is_written_into_a_log(member, mailserver, caplog):
    mailserver.refused = [member.email]
    soon(member)
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("send_reminders", stderr=err)
    assert "SMTPRecipientsRefused" in err.getvalue()
    assert "no such person" in err.getvalue()
    for told in (err.getvalue(), caplog.text, Letter.objects.get().problem):
        assert "SMTPRecipientsRefused" in told
        assert "@" not in told


@pytest.mark.parametrize(
    ("environment", "site"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8001"}, "http://127.0.0.1:8001"),
        ({"ALLOWED_HOSTS": "localhost,.example.org,legs.example.org"}, "https://legs.example.org"),
        ({"ALLOWED_HOSTS": "*"}, "http://127.0.0.1:8000"),
        (
            {"ALLOWED_HOSTS": "a.example.org", "SITE_URL": "https://b.example.org/"},
            "https://b.example.org",
        ),
    ],
)
def test_where_the_links_lead(environment, site):
    names = ("SITE_URL", "ALLOWED_HOSTS", "PORT")
    env = {key: value for key, value in os.environ.items() if key not in names} | environment
    tell = "from django.conf import settings; print(settings.SITE_URL)"
    told = subprocess.run(
        [sys.executable, "-c", tell],
        env=env | {"DJANGO_SETTINGS_MODULE": "legtraining.settings", "SECRET_KEY": "k"},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == site


def test_turned_off_between_reading_and_posting(assignment):
    ((found, day),) = due(at(17, 30))
    User.objects.update(remind_minutes=None)
    assert remind(assignment=found, day=day, now=at(17, 30)) is False
    assert (Letter.objects.count(), rows()) == (0, [])


def on_its_own_connection(call):
    try:
        return call()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_one(trainer, mailserver):
    """With immediate tasks, as here, each leaves as soon as its row is there."""
    for _each in range(5):
        soon(UserFactory())
    gate = threading.Barrier(3)

    def run():
        gate.wait(timeout=10)
        return send_reminders()

    with ThreadPoolExecutor(3) as threads:
        outcomes = list(threads.map(on_its_own_connection, [run] * 3))
    assert sum(outcome.posted for outcome in outcomes) == 5
    assert all(outcome.failed == [] for outcome in outcomes)
    assert len(mailserver.taken) == Reminder.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first_fails", [False, True])
def test_the_second_waits_for_the_first(member, mailserver, first_fails):
    """The first one has its row, but has not committed."""
    assignment = wants(member)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            Reminder.objects.create(assignment=assignment, day=MONDAY)
            second = thread.submit(on_its_own_connection, lambda: send_reminders(now=at(17, 30)))
            with pytest.raises(TimeoutError):
                second.result(timeout=1)
            transaction.set_rollback(first_fails)
        assert second.result(timeout=10).posted == first_fails
    assert Letter.objects.count() == first_fails
    assert Reminder.objects.count() == 1


# --- The link in the mail -------------------------------------------------------------------------


def stop_url(member):
    return f"/calendar/reminders/stop/{reminders_token(member)}/"


def minutes_of(member):
    return User.objects.values_list("remind_minutes", flat=True).get(pk=member.pk)


def test_the_link_asks_and_its_button_ends_reminders(assignment, member, outsider):
    User.objects.filter(pk=outsider.pk).update(remind_minutes=30)
    client = Client(enforce_csrf_checks=True)
    page = client.get(stop_url(member))
    assert "No more reminders of training days?" in page.text
    assert minutes_of(member) == HOUR, "mail programs open links by themselves"
    for _each in range(2):
        page = client.post(stop_url(member))
        assert page.status_code == 200
        assert "Reminders are off" in page.text
        assert minutes_of(member) is None
    assert "There is nothing to stop." in client.get(stop_url(member)).text
    assert minutes_of(outsider) == 30


def test_one_click_of_a_mail_program(assignment, member):
    """RFC 8058: without cookies, without a redirect."""
    remind_now(at(17, 30))
    (link,) = re.findall(r"<(.+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])
    path = link.removeprefix(django_settings.SITE_URL)
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert minutes_of(member) is None


def test_a_link_that_was_not_signed_here(assignment, member, outsider):
    token = reminders_token(member)
    wrong = [
        str(member.pk),
        token[:-1],
        token.replace(f"{member.pk}.", f"{outsider.pk}.", 1),
        REMINDERS.sign("999999999"),
        "é",
    ]
    for text in wrong:
        path = f"/calendar/reminders/stop/{text}/"
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404
    assert minutes_of(member) == HOUR


def test_wrong_method(member):
    assert Client().delete(stop_url(member)).status_code == 405


def test_reminders_are_chosen_in_the_settings(member, signed_in):
    client = signed_in(member)
    page = client.get("/accounts/settings/")
    assert "Reminder of a training day" in page.text
    form = page.context["form"].initial | {"remind_minutes": 60}
    assert client.post("/accounts/settings/", form).status_code == 302
    assert minutes_of(member) == 60
    assert "an hour before" in client.get("/calendar/options/").text
    client.post("/accounts/settings/", form | {"remind_minutes": ""})
    assert minutes_of(member) is None
    page = client.post("/accounts/settings/", form | {"remind_minutes": "7"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["remind_minutes"]
