"""/calendar/: the month, its days, and moving, skipping and timing them"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client

from programs.models import Assignment, DayChange, Pause
from sessions.calendar import State, agenda_of, month_of, one_line, read_month
from sessions.plan import Adherence, my_adherence, next_day
from sessions.services import calendar as services
from sessions.tokens import calendar_token
from tests.sessions.test_at_once import at_once
from tests.sessions.training_days import FRI, MON, WED, follow, train

URL = "/calendar/"
# March 2026 begins on a Sunday: Mondays are 2, 9, 16, 23, 30.
MONDAY = date(2026, 3, 2)
EVERY_DAY = tuple(range(7))


def march(day):
    return date(2026, 3, day)


def shown(assignment, today, month=MONDAY):
    """What stands on each day of the month, in short."""
    found = {}
    for day in month_of(assignment.member, assignment, month.replace(day=1), today).days:
        words = [f"{session.title} done" for session in day.sessions]
        words += [f"{entry.title} {entry.state}".strip() for entry in day.entries]
        if words:
            found[day.on.day] = ", ".join(words)
    return found


@pytest.fixture
def assignment(member):
    return follow(member, MONDAY)


# --- What stands on a day -------------------------------------------------------------------------


def test_the_open_workouts_fall_on_the_next_training_days(assignment):
    train(assignment, march(2))
    assert shown(assignment, march(5)) == {
        2: "A1 done", 4: "missed", 6: "A2 planned", 9: "A3 planned", 11: "A4 planned",
        13: "A5 planned", 16: "A6 planned", 18: "A7 planned", 20: "A8 planned",
        23: "A9 planned", 25: "A10 planned", 27: "A11 planned", 30: "A12 planned",
    }  # fmt: skip
    assert shown(assignment, march(5), date(2026, 4, 1)) == {}, "no workout is left for April"


def test_today_is_planned_until_something_was_done(assignment):
    assert shown(assignment, march(4))[4] == "A1 planned"
    train(assignment, march(4), planned=False)
    assert shown(assignment, march(4))[4] == "Leg session done"
    assert shown(assignment, march(4))[6] == "A1 planned"


def test_a_session_on_another_day_is_shown_too(assignment):
    train(assignment, march(3))
    assert shown(assignment, march(5))[3] == "A1 done"


def test_an_open_or_discarded_session_is_none(assignment):
    session = train(assignment, march(3))
    session.deleted_at = session.started_at
    session.save()
    assert 3 not in shown(assignment, march(5))
    session.deleted_at = session.finished_at = None
    session.save()
    assert 3 not in shown(assignment, march(5))


def test_moved_skipped_and_paused_days(assignment):
    changes = ((4, 5), (6, None), (9, 12))
    for day, to in changes:
        DayChange.objects.create(
            assignment=assignment, day=march(day), moved_to=march(to) if to else None
        )
    Pause.objects.create(assignment=assignment, first=march(13), last=march(20))
    found = shown(assignment, MONDAY)
    assert {day: words for day, words in found.items() if day < 26} == {
        2: "A1 planned", 4: "moved", 5: "A2 planned", 6: "skipped", 9: "moved",
        11: "A3 planned", 12: "A4 planned", 13: "paused", 16: "paused", 18: "paused",
        20: "paused", 23: "A5 planned", 25: "A6 planned",
    }  # fmt: skip


def test_while_a_program_rests_nothing_is_planned(assignment):
    assignment.status = Assignment.Status.PAUSED
    assignment.save()
    Pause.objects.create(assignment=assignment, first=march(4))
    assert set(shown(assignment, march(4)).values()) == {"missed", "paused"}
    assert next_day(assignment, march(4)) is None


def test_of_a_finished_program_nothing_is_missed(member):
    assignment = follow(member, MONDAY, workouts=2)
    train(assignment, march(2))
    train(assignment, march(6))
    assert shown(assignment, march(20)) == {2: "A1 done", 4: "missed", 6: "A2 done"}


def test_a_program_that_was_ended_or_waits_plans_nothing(member, signed_in):
    for status in ("queued", "ended"):
        ended_at = "2026-03-01T00:00Z" if status == "ended" else None
        follow(member, member.today(), weekdays=EVERY_DAY, status=status, ended_at=ended_at)
    page = signed_in(member).get(URL)
    assert "You follow no program now" in page.text
    assert all(day.is_empty for day in page.context["month"].days)


def test_the_last_workout_may_be_moved_past_its_end(member):
    assignment = follow(member, MONDAY, workouts=2)
    services.move_day(assignment=assignment, day=march(4), to=march(12), today=MONDAY)
    assert shown(assignment, MONDAY) == {2: "A1 planned", 4: "moved", 12: "A2 planned"}
    train(assignment, MONDAY)
    assert next_day(assignment, march(3)) == march(12)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2026-12", date(2026, 12, 1)),
        *[
            (text, MONDAY.replace(day=1))
            for text in (
                None, "", "2026", "2026-13", "2026-00", "0000-01", "1999-12", "2100-01",
                "9999-12", "2026-11-01", "٢٠٢٦-11", "x" * 5000, "2026-11\n",
                "99999999999999999999-01", "-2026-11",
            )
        ],
    ],
)  # fmt: skip
def test_reading_a_month(text, month):
    assert read_month(text, MONDAY) == month


def test_the_months_beside(member):
    month = month_of(member, None, date(2026, 12, 1), MONDAY)
    assert (month.previous, month.next, month.blanks) == ("2026-11", "2027-01", 1)
    assert month_of(member, None, date(2000, 1, 1), MONDAY).previous is None
    assert month_of(member, None, date(2099, 12, 1), MONDAY).next is None


def test_titles_for_elsewhere():
    assert one_line("Heavy;\r\n legs,\x00\t🏋️‍♀️ \\n") == "Heavy; legs, 🏋️‍♀️ \\n"


# --- The page -------------------------------------------------------------------------------------


def test_shows_ones_own_month(member, outsider, signed_in):
    today = member.today()
    assignment = follow(member, today, weekdays=EVERY_DAY)
    other = follow(outsider, today, weekdays=EVERY_DAY, time_of_day=time(7, 15))
    train(other, today)
    page = signed_in(member).get(URL)
    assert "A1" in page.text
    assert "18:00" in page.text
    assert "07:15" not in page.text
    assert page.text.count('aria-current="date"') == 1
    assert page.context["month"].first == today.replace(day=1)
    session = train(assignment, today)
    assert session.get_absolute_url() in signed_in(member).get(URL).text


def test_another_month_and_one_that_cannot_be_read(member, signed_in):
    client = signed_in(member)
    page = client.get(URL, {"month": "2027-02"})
    assert "February 2027" in page.text
    assert 'href="?month=2027-01"' in page.text
    assert 'href="?month=2027-03"' in page.text
    assert client.get(URL, {"month": "9" * 5000}).context["month"].first.day == 1


def test_is_today_on_the_members_own_clock(trainer):
    """The same moment is another date in Kiritimati and on Niue."""
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        trainer.time_zone = zone
        month = month_of(trainer, None, trainer.today().replace(day=1), trainer.today())
        assert [day.on for day in month.days if day.is_today] == [trainer.today()]


def test_a_full_month_takes_as_many_queries_as_a_bare_one(
    member, signed_in, query_count, no_lazy_queries
):
    assignment = follow(member, member.today(), weekdays=EVERY_DAY, workouts=1)
    client = signed_in(member)
    bare = query_count(client, URL)
    assignment.delete()
    start = member.today().replace(day=1)
    assignment = follow(member, start, weekdays=EVERY_DAY, workouts=50)
    for number in range(1, 15):
        day = start + timedelta(days=number)
        if day < member.today():
            train(assignment, day)
        else:
            DayChange.objects.create(assignment=assignment, day=day, moved_to=None)
        Pause.objects.create(assignment=assignment, first=day, last=day)
    assert query_count(client, URL) == bare


def test_anonymous_signs_in_first(db):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"


@pytest.mark.parametrize("path", ["", "options/", "days/2026-03-04/"])
def test_wrong_method(member, signed_in, path):
    assert signed_in(member).delete(URL + path).status_code == 405


# --- Moving, skipping, undoing --------------------------------------------------------------------


def changes(assignment):
    return {row.day: row.moved_to for row in DayChange.objects.filter(assignment=assignment)}


@pytest.fixture
def now(member):
    """A program of every second weekday from today on: `now[2]` is the day after tomorrow."""
    today = member.today()
    days = [today + timedelta(days=n) for n in range(60)]
    every_second = sorted({days[n].weekday() for n in (0, 2, 4)})
    return follow(member, today, weekdays=tuple(every_second)), days


def url(day, act=""):
    return f"{URL}days/{day}/{act}"


def test_moving_a_day_and_undoing_it(member, now, signed_in):
    assignment, days = now
    client = signed_in(member)
    page = client.get(url(days[2]))
    assert "A2 at 18:00." in page.text
    answer = client.post(url(days[2]), {"moved_to": days[3]}, follow=True)
    assert f"is now on {days[3]:%A} {days[3].day}" in answer.text
    assert changes(assignment) == {days[2]: days[3]}
    assert "Moved from" in client.get(url(days[2])).text
    answer = client.post(url(days[2], "restore/"), follow=True)
    assert "is a training day as before." in answer.text
    assert changes(assignment) == {}


def test_skipping_a_day_and_undoing_it(member, now, signed_in):
    assignment, days = now
    client = signed_in(member)
    answer = client.post(url(days[2], "skip/"), follow=True)
    assert "is skipped. Its workout comes on the next training day." in answer.text
    assert changes(assignment) == {days[2]: None}
    assert "Train on this day after all" in client.get(url(days[2])).text
    client.post(url(days[2], "restore/"))
    assert changes(assignment) == {}


def test_sent_twice_it_happens_once(member, now, signed_in):
    assignment, days = now
    client = signed_in(member)
    for _each in range(2):
        assert client.post(url(days[2]), {"moved_to": days[3]}).status_code == 302
        assert changes(assignment) == {days[2]: days[3]}
    for _each in range(2):
        assert client.post(url(days[2], "skip/")).status_code == 302
        assert changes(assignment) == {days[2]: None}
    for _each in range(2):
        assert client.post(url(days[2], "restore/")).status_code == 302
        assert changes(assignment) == {}


def test_moving_again_and_back_onto_its_own_day(member, now, signed_in):
    assignment, days = now
    client = signed_in(member)
    for to in (days[3], days[5], days[1]):
        client.post(url(days[2]), {"moved_to": to})
        assert changes(assignment) == {days[2]: to}
    client.post(url(days[2]), {"moved_to": days[2]})
    assert changes(assignment) == {}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Choose the new date."),
        ("soon", "Write the date like 2026-11-30."),
        ("2026-02-30", "Write the date like 2026-11-30."),
        ("0001-01-01", "Choose a date from"),
        ("9999-12-31", "Choose a date from"),
        (-1, "Choose a date from"),
        (31, "Choose a date from"),
        (4, "is a training day already. Choose another date."),
    ],
)
def test_a_date_that_cannot_be(member, now, signed_in, typed, sentence):
    assignment, days = now
    text = str(days[2] + timedelta(days=typed - 2)) if isinstance(typed, int) else typed
    page = signed_in(member).post(url(days[2]), {"moved_to": text})
    assert page.status_code == 422
    assert sentence in str(page.context["form"].errors["moved_to"])
    assert f'value="{text}"' in page.text or not text
    assert changes(assignment) == {}


def test_no_two_days_on_one_date(member, now, signed_in):
    assignment, days = now
    client = signed_in(member)
    client.post(url(days[2]), {"moved_to": days[3]})
    page = client.post(url(days[4]), {"moved_to": days[3]})
    assert page.status_code == 422
    assert changes(assignment) == {days[2]: days[3]}
    client.post(url(days[4]), {"moved_to": days[2]})
    assert changes(assignment) == {days[2]: days[3], days[4]: days[2]}, "that date is free now"
    answer = client.post(url(days[2], "restore/"), follow=True)
    assert "is a training day already" in answer.text
    assert changes(assignment) == {days[2]: days[3], days[4]: days[2]}


@pytest.mark.django_db(transaction=True)
def test_two_devices_do_not_move_two_days_to_one_date(member, now, signed_in):
    assignment, days = now
    client = signed_in(member)
    answers = at_once(
        *(lambda day=day: client.post(url(day), {"moved_to": days[3]}) for day in days[2:6:2]),
        *(lambda day=day: client.post(url(day), {"moved_to": days[3]}) for day in days[2:6:2]),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 302, 422, 422]
    assert list(changes(assignment).values()) == [days[3]]


def test_not_into_a_pause(assignment):
    Pause.objects.create(assignment=assignment, first=march(9), last=march(15))
    with pytest.raises(services.DayRefused, match="Your program rests on that date"):
        services.move_day(assignment=assignment, day=march(4), to=march(10), today=MONDAY)
    with pytest.raises(services.DayRefused, match="nothing to change"):
        services.move_day(assignment=assignment, day=march(9), to=march(3), today=MONDAY)
    assert changes(assignment) == {}


def test_what_is_over_stays_as_it_was_planned(assignment):
    today = march(10)
    for write in (
        lambda: services.skip_day(assignment=assignment, day=march(9), today=today),
        lambda: services.move_day(assignment=assignment, day=march(9), to=march(10), today=today),
    ):
        with pytest.raises(services.DayRefused, match="This day is over"):
            write()
    services.skip_day(assignment=assignment, day=march(9), today=MONDAY)
    with pytest.raises(services.DayRefused, match="That day is over"):
        services.restore_day(assignment=assignment, day=march(9), today=today)
    assert changes(assignment) == {march(9): None}


def test_today_can_be_changed_until_something_was_done(assignment):
    services.move_day(assignment=assignment, day=march(4), to=march(5), today=march(4))
    services.restore_day(assignment=assignment, day=march(4), today=march(4))
    train(assignment, march(4))
    with pytest.raises(services.DayRefused, match="You trained today already"):
        services.skip_day(assignment=assignment, day=march(4), today=march(4))
    assert changes(assignment) == {}


def test_a_moved_day_whose_own_date_is_over(assignment):
    """It can still be moved and skipped, but not back."""
    services.move_day(assignment=assignment, day=march(4), to=march(12), today=march(4))
    with pytest.raises(services.DayRefused):
        services.restore_day(assignment=assignment, day=march(4), today=march(6))
    services.move_day(assignment=assignment, day=march(4), to=march(10), today=march(6))
    assert changes(assignment) == {march(4): march(10)}


def test_an_ended_program_takes_no_change(assignment):
    Assignment.objects.update(status="ended", ended_at="2026-03-03T00:00Z")
    with pytest.raises(services.DayRefused, match="no longer"):
        services.skip_day(assignment=assignment, day=march(4), today=MONDAY)
    assert changes(assignment) == {}


@pytest.mark.parametrize("act", ["", "skip/", "restore/"])
def test_what_is_no_training_day_of_ones_own_is_404(member, outsider, trainer, now, signed_in, act):
    assignment, days = now
    client = signed_in(member)
    form = {"moved_to": days[1]}
    unplanned = days[1], days[0] - timedelta(days=7), "2099-12-31", "2026-02-30", "0000-00-00"
    for day in (*unplanned, "9999-12-31", "1999-01-01", "soon"):
        assert client.post(url(day, act), form).status_code == 404, day
    for person in (outsider, trainer):
        assert signed_in(person).post(url(days[2], act), form).status_code == 404
    assert changes(assignment) == {}


@pytest.mark.parametrize("act", ["skip/", "restore/"])
def test_reading_changes_nothing(member, now, signed_in, act):
    assignment, days = now
    assert signed_in(member).get(url(days[2], act)).status_code == 405
    assert changes(assignment) == {}


def test_a_day_that_is_over_is_only_told(member, signed_in):
    today = member.today()
    assignment = follow(member, today - timedelta(days=3), weekdays=EVERY_DAY)
    session = train(assignment, today - timedelta(days=2))
    client = signed_in(member)
    page = client.get(url(today - timedelta(days=1)))
    assert "This day is over, and nothing was done on it." in page.text
    assert "Move this day" not in page.text
    assert "Skip this day" not in page.text
    assert "You trained on this day." in client.get(url(session.day)).text
    answer = client.post(url(today - timedelta(days=1)), {"moved_to": today})
    assert answer.status_code == 422
    answer = client.post(url(today - timedelta(days=1), "skip/"), follow=True)
    assert "This day is over, so it stays as it is." in answer.text
    assert changes(assignment) == {}


# --- What counts them -----------------------------------------------------------------------------


def test_changes_and_pauses_count_in_what_was_planned(assignment):
    """Planned are 2, 4, 6, 9, 11, 13 March; today is the 14th."""
    assert my_adherence(assignment, assignment.member, march(14)) == Adherence(0, 6)
    DayChange.objects.create(assignment=assignment, day=march(4), moved_to=march(5))
    DayChange.objects.create(assignment=assignment, day=march(6), moved_to=None)
    DayChange.objects.create(assignment=assignment, day=march(9), moved_to=march(17))
    assert my_adherence(assignment, assignment.member, march(14)) == Adherence(0, 4)
    Pause.objects.create(assignment=assignment, first=march(10), last=march(12))
    train(assignment, march(11))
    assert my_adherence(assignment, assignment.member, march(14)) == Adherence(1, 3)


def test_the_next_day_is_the_one_it_was_moved_to(assignment):
    DayChange.objects.create(assignment=assignment, day=march(4), moved_to=march(5))
    DayChange.objects.create(assignment=assignment, day=march(6), moved_to=None)
    assert next_day(assignment, march(3)) == march(5)
    assert next_day(assignment, march(6)) == march(9)
    Pause.objects.create(assignment=assignment, first=march(7), last=march(17))
    assert next_day(assignment, march(6)) == march(18)


# --- The time of day ------------------------------------------------------------------------------


def time_of(assignment):
    return Assignment.objects.values_list("time_of_day", flat=True).get(pk=assignment.pk)


def test_the_time_of_all_training_days(member, outsider, now, signed_in):
    assignment, _days = now
    other = follow(outsider, member.today())
    client = signed_in(member)
    assert 'value="18:00"' in client.get(f"{URL}options/").text
    assert client.post(f"{URL}options/", {"time_of_day": "06:45"}).status_code == 302
    assert time_of(assignment) == time(6, 45)
    client.post(f"{URL}options/", {"time_of_day": ""})
    assert time_of(assignment) is None
    assert time_of(other) == time(18)


def test_a_time_that_cannot_be_read(member, now, signed_in):
    assignment, _days = now
    page = signed_in(member).post(f"{URL}options/", {"time_of_day": "25:00"})
    assert page.status_code == 422
    assert "Write the time like 18:00." in page.text
    assert 'value="25:00"' in page.text
    assert time_of(assignment) == time(18)


def test_without_a_program_there_is_no_time(outsider, signed_in):
    client = signed_in(outsider)
    assert "you follow none now" in client.get(f"{URL}options/").text
    assert client.post(f"{URL}options/", {"time_of_day": "06:45"}).status_code == 404


def test_settings_lead_here(member, signed_in):
    assert f'href="{URL}"' in signed_in(member).get("/accounts/settings/").text


def test_the_states_of_a_day_have_words(assignment):
    agenda = agenda_of(assignment, MONDAY, trained_today=False)
    assert agenda.entry(march(4), set()).state is State.PLANNED
    assert agenda.entry(march(3), set()) is None
    assert calendar_token(assignment.member) == ""
    assert {MON, WED, FRI} == set(assignment.weekdays)
