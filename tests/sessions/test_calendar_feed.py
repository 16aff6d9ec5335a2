"""/calendar/<token>.ics, and the address that it has"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from programs.models import Assignment, DayChange, Pause, Workout
from sessions.feed import feed_of, write
from sessions.services import calendar as services
from sessions.tokens import CALENDAR, calendar_token
from tests.factories import UserFactory, make_check_in
from tests.sessions.training_days import MON, TUE, follow, train

OPTIONS = "/calendar/options/"
EVERY_DAY = tuple(range(7))
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


def key_of(member):
    return User.objects.values_list("calendar_key", flat=True).get(pk=member.pk)


def address(member):
    """The path of the calendar; it is made if there is none yet."""
    services.make_address(member=member)
    member.refresh_from_db()
    return f"/calendar/{calendar_token(member)}.ics"


def fetched(member, at=None):
    """The events by the end of their UIDs, as a program reads them that fetches now, or `at`."""
    now = at or timezone.now()
    member.refresh_from_db()
    assignment = Assignment.objects.current().filter(member=member).first()
    text = write(feed_of(member, assignment, now), member, now, "https://legs.example/today/")
    return {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def uid(assignment, day):
    return f"legday-{assignment.pk}-{day}@legtraining"


# --- What it says ---------------------------------------------------------------------------------


def test_a_calendar_without_signing_in(member):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY)
    path = address(member)
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert [query["sql"] for query in queries if WRITES.match(query["sql"])] == []
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == 12, "as many as there are workouts"
    first = events[uid(assignment, member.today())]
    assert first["SUMMARY"] == "A1"
    assert first["DESCRIPTION"] == "Strong legs"
    assert first["URL"] == "http://testserver/today/"
    assert first["STATUS"] == "CONFIRMED"
    assert first["DURATION"].dt == timedelta(hours=1)
    assert first["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(member.today(), time(18))
    assert first["DTSTART"].params["TZID"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("zone", "monday", "before", "after"),
    [
        ("Europe/Berlin", date(2026, 3, 23), 17, 16),  # clocks go forward on the 29th
        ("Europe/Berlin", date(2026, 10, 19), 16, 17),  # and back on the 25th
        ("America/New_York", date(2026, 3, 2), 23, 22),
        ("Australia/Sydney", date(2026, 3, 30), 7, 8),
        ("Asia/Tokyo", date(2026, 3, 23), 9, 9),
    ],
)
def test_six_in_the_evening_stays_six_in_the_evening(db, zone, monday, before, after):
    """Read as a program does that knows the zone by the file alone."""
    member = UserFactory(time_zone=zone)
    assignment = follow(member, monday, weekdays=(MON,), workouts=2)
    noon = datetime.combine(monday, time(3), tzinfo=UTC)
    text = write(feed_of(member, assignment, noon), member, noon, "https://legs.example/")
    own = f"Elsewhere/{zone}-{monday}".encode()  # a name is read once and remembered
    renamed = text.replace(b"TZID:" + zone.encode(), b"TZID:" + own)
    renamed = renamed.replace(b"TZID=" + zone.encode(), b"TZID=" + own)
    for each in (text, renamed):
        starts = [event["DTSTART"].dt for event in Calendar.from_ical(each).walk("VEVENT")]
        assert [start.hour for start in starts] == [18, 18]
        assert [start.astimezone(UTC).hour for start in starts] == [before, after]


def test_a_time_that_the_clocks_leave_out_or_have_twice(member):
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assignment = follow(member, day, weekdays=EVERY_DAY, time_of_day=time(2, 30), workouts=1)
        at = datetime.combine(day, time(0, 30), tzinfo=ZoneInfo("UTC"))
        event = fetched(member, at)[uid(assignment, day)]
        assert event["DTSTART"].to_ical() == f"{day:%Y%m%d}T023000".encode()
        assignment.delete()


def test_without_a_time_it_is_all_day(member):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY, time_of_day=None)
    event = fetched(member)[uid(assignment, member.today())]
    assert event["DTSTART"].dt == member.today()
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert "DURATION" not in event


def test_from_four_weeks_ago_to_twelve_ahead(member):
    today = date(2026, 6, 1)  # a Monday
    assignment = follow(member, date(2026, 1, 5), weekdays=(MON, TUE), workouts=52)
    train(assignment, date(2026, 5, 4))
    train(assignment, date(2026, 5, 11))
    events = fetched(member, datetime(2026, 6, 1, 10, tzinfo=UTC))
    days = sorted(event["DTSTART"].dt.date() for event in events.values())
    assert (days[0], days[-1]) == (date(2026, 5, 4), date(2026, 8, 24))
    titles = {day: str(events[uid(assignment, day)]["SUMMARY"]) for day in days}
    assert titles[date(2026, 5, 11)] == "A2", "as it was done"
    assert titles[date(2026, 5, 12)] == "Leg day", "nobody knows which it would have been"
    assert titles[today] == "A3"


def test_a_uid_stays_when_the_day_is_moved_skipped_and_renamed(member):
    today = member.today()
    assignment = follow(member, today, weekdays=EVERY_DAY[:2], workouts=12)
    Assignment.objects.update(weekdays=[(today + timedelta(days=n)).weekday() for n in (0, 2)])
    assignment.refresh_from_db()
    day, other = today + timedelta(days=2), today + timedelta(days=3)
    before = fetched(member)
    services.move_day(assignment=assignment, day=day, to=other, today=today)
    Workout.objects.update(title="Renamed")
    moved = fetched(member, timezone.now() + timedelta(minutes=1))
    assert moved.keys() == before.keys()
    event = moved[uid(assignment, day)]
    assert event["DTSTART"].dt.date() == other
    assert event["SUMMARY"] == "Renamed"
    assert event["DTSTAMP"].dt > before[uid(assignment, day)]["DTSTAMP"].dt
    services.skip_day(assignment=assignment, day=day, today=today)
    skipped = fetched(member)
    assert skipped[uid(assignment, day)]["STATUS"] == "CANCELLED"
    assert skipped[uid(assignment, today)]["STATUS"] == "CONFIRMED"
    services.restore_day(assignment=assignment, day=day, today=today)
    assert fetched(member)[uid(assignment, day)]["STATUS"] == "CONFIRMED"


def test_paused_days_and_another_program_are_gone(member):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY)
    assert len(fetched(member)) == 12
    Pause.objects.create(assignment=assignment, first=member.today())
    assert fetched(member) == {}
    Assignment.objects.update(status="ended", ended_at=timezone.now())
    assert fetched(member) == {}
    answer = Client().get(address(member))
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.content).walk("VTIMEZONE"), "an empty calendar is none"


@pytest.mark.parametrize(
    "title", ["Legs; heavy, \\n 🏋️‍♀️", "Legs\r\nBEGIN:VALARM", "Ünïcödé " * 7, "a:b;c=d\"e'f", "\x07"]
)
def test_any_title_is_text(member, title):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY)
    Workout.objects.update(title=title)
    events = fetched(member)
    read = str(events[uid(assignment, member.today())]["SUMMARY"])
    assert read == (" ".join(title.split()) if title != "\x07" else "Leg day")
    text = Client().get(address(member)).content
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert text.count(b"\r\nBEGIN:VEVENT") == 12
    assert b"\r\nBEGIN:VALARM" not in text


def test_it_holds_no_health_data(member):
    follow(member, member.today(), weekdays=EVERY_DAY)
    make_check_in(member, pain=8, pain_place="knee", signs=["pop"])
    text = Client().get(address(member)).text.lower()
    assert not re.search("knee|pain|sore|pop", text)
    assert member.email not in text


def test_many_days_take_as_many_queries_as_one(member, query_count, no_lazy_queries):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY, workouts=1)
    path = address(member)
    few = query_count(Client(), path)
    assignment.delete()
    start = member.today() - timedelta(days=20)
    assignment = follow(member, start, weekdays=EVERY_DAY, workouts=52)
    for number in range(15):
        day = start + timedelta(days=number)
        train(assignment, day)
        DayChange.objects.create(assignment=assignment, day=day + timedelta(days=25))
        Pause.objects.create(assignment=assignment, first=day, last=day)
    assert query_count(Client(), path) == few


def test_what_was_fetched_already_is_not_sent_again(member):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY)
    path = address(member)
    etag = Client().get(path)["ETag"]
    again = Client().get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(path).status_code == 200
    services.skip_day(assignment=assignment, day=member.today(), today=member.today())
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200


# --- Its address ----------------------------------------------------------------------------------


def test_an_address_is_made_renewed_and_removed(member, outsider, signed_in):
    client = signed_in(member)
    assert "Make a calendar address" in client.get(OPTIONS).text
    assert key_of(member) == "", "reading makes none"
    client.post("/calendar/address/make/")
    old = key_of(member)
    page = client.get(OPTIONS)
    first = page.context["address"]
    assert f'value="{first}"' in page.text
    assert first == client.get(OPTIONS).context["address"], "it can be shown again"
    assert Client().get(first).status_code == 200

    client.post("/calendar/address/renew/", {"old": old})
    second = client.get(OPTIONS).context["address"]
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    client.post("/calendar/address/remove/")
    assert Client().get(second).status_code == 404
    assert key_of(member) == key_of(outsider) == ""


def test_sent_twice_it_is_done_once(member, signed_in):
    client = signed_in(member)
    client.post("/calendar/address/make/")
    old = key_of(member)
    client.post("/calendar/address/make/")
    assert key_of(member) == old
    client.post("/calendar/address/renew/", {"old": old})
    new = key_of(member)
    assert new != old
    client.post("/calendar/address/renew/", {"old": old})
    assert key_of(member) == new
    client.post("/calendar/address/remove/")
    for form in ({}, {"old": ""}, {"old": new}):
        client.post("/calendar/address/renew/", form)
        assert key_of(member) == "", "nothing comes back by itself"


@pytest.mark.parametrize("act", ["make", "renew", "remove"])
def test_the_address_is_changed_by_post_of_its_member(member, signed_in, act):
    before = address(member)
    key = key_of(member)
    assert signed_in(member).get(f"/calendar/address/{act}/").status_code == 405
    answer = Client().post(f"/calendar/address/{act}/", {"old": key})
    assert answer.url.startswith("/accounts/login/")
    assert Client().get(before).status_code == 200


def test_a_wrong_address_is_404(member, outsider):
    right = address(member)
    token = right.removeprefix("/calendar/").removesuffix(".ics")
    other = CALENDAR.sign(f"{outsider.pk}.")
    wrong = [
        token[:-1],
        token + "x",
        token.replace(f"{member.pk}.", f"{outsider.pk}.", 1),
        f"{member.pk}.{key_of(member)}",
        other,
        CALENDAR.sign(f"{member.pk}."),
        CALENDAR.sign("x"),
        CALENDAR.sign(f"{member.pk}.é"),
        CALENDAR.sign("x.y.z"),
        CALENDAR.sign("999999999.y"),
        "é",
        ".",
        "x" * 5000,
    ]
    for text in wrong:
        assert Client().get(f"/calendar/{text}.ics").status_code == 404, text
    assert Client().get(right).status_code == 200


def test_somebody_who_was_shut_out_has_no_calendar(member):
    path = address(member)
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_wrong_method(member):
    path = address(member)
    assert Client().post(path).status_code == 405
    assert Client().delete(path).status_code == 405
