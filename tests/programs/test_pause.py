"""POST /programs/assignments/<id>/pause/, /resume/ and /start/, and taking back what waits"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from programs import services
from programs.models import Assignment, Pause
from sessions.models import SetLog
from tests.factories import coach, make_program, make_session

ACTIONS = ("pause", "resume", "start")


def url_of(assignment, action):
    return f"/programs/assignments/{assignment.pk}/{action}/"


def rows():
    return list(Assignment.objects.order_by("pk").values()), list(Pause.objects.values())


def statuses():
    return list(Assignment.objects.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def queued(assignment, trainer, member, squat):
    """A second program, which waits until the first one ends."""
    return services.assign(
        program=make_program(trainer, exercises=[squat]),
        member=member,
        trainer=trainer,
        start=services.Start(member.today() + timedelta(weeks=6), [0, 3]),
        queue=True,
    )


def test_the_member_pauses_and_goes_on(assignment, member, signed_in):
    client = signed_in(member)
    answer = client.post(url_of(assignment, "pause"), follow=True)
    assert answer.redirect_chain[-1][0] == "/programs/mine/"
    assert "The program rests." in answer.text
    assert statuses() == ["paused"]
    pause = Pause.objects.get()
    assert (pause.first, pause.last) == (member.today(), None)
    before = rows()
    client.post(url_of(assignment, "pause"))
    assert rows() == before

    answer = client.post(url_of(assignment, "resume"), follow=True)
    assert "The program goes on where it was." in answer.text
    assert statuses() == ["active"]
    assert Pause.objects.get().last == member.today() - timedelta(days=1)
    before = rows()
    client.post(url_of(assignment, "resume"))
    assert rows() == before


def test_a_trainer_of_theirs_does_it_too(
    assignment, queued, trainer, other_trainer, member, signed_in
):
    coach(other_trainer, member)
    for person in (trainer, other_trainer):
        for action, status in (("pause", "paused"), ("resume", "active")):
            answer = signed_in(person).post(url_of(assignment, action))
            assert answer.url == f"/coaching/members/{member.pk}/"
            assert statuses()[0] == status


def test_the_trainers_page_of_the_member_offers_it(assignment, queued, trainer, member, signed_in):
    client = signed_in(trainer)
    url = f"/coaching/members/{member.pk}/"
    page = client.get(url).text
    assert f'action="{url_of(assignment, "pause")}"' in page
    assert f'action="{url_of(assignment, "end")}"' in page
    assert f'action="{url_of(queued, "start")}"' in page
    assert f'action="{url_of(queued, "end")}"' in page
    assert url_of(assignment, "resume") not in page
    client.post(url_of(assignment, "pause"))
    page = client.get(url).text
    assert "Strong legs" in page
    assert f'action="{url_of(assignment, "resume")}"' in page
    assert url_of(assignment, "pause") not in page
    assert "paused" in client.get("/coaching/").text


def test_what_waits_begins_today_and_the_other_ends(assignment, queued, trainer, member, signed_in):
    client = signed_in(trainer)
    answer = client.post(url_of(queued, "start"), follow=True)
    assert "The program that waited is followed now." in answer.text
    assert statuses() == ["ended", "active"]
    queued.refresh_from_db()
    assert queued.start_date == member.today()
    before = rows()
    client.post(url_of(queued, "start"))
    assert rows() == before


def test_what_waits_begins_while_the_other_one_rests(assignment, queued, member, signed_in):
    services.pause_assignment(assignment=assignment, today=member.today())
    signed_in(member).post(url_of(queued, "start"))
    assert statuses() == ["ended", "active"]
    assert Pause.objects.get().last is not None


def test_ending_lets_the_next_one_begin(assignment, queued, member, signed_in):
    signed_in(member).post(url_of(assignment, "end"))
    assert statuses() == ["ended", "active"]


def test_what_waits_is_taken_back_and_the_other_goes_on(assignment, queued, member, signed_in):
    answer = signed_in(member).post(url_of(queued, "end"), follow=True)
    assert "The program that waited is taken back." in answer.text
    assert statuses() == ["active", "ended"]


def test_what_does_not_suit_its_state_changes_nothing(assignment, queued, member, signed_in):
    client = signed_in(member)
    before = rows()
    for which, action, sentence in (
        (queued, "pause", "Only a program that is followed now can be paused."),
        (queued, "resume", "Only a program that is paused can go on."),
    ):
        assert sentence in client.post(url_of(which, action), follow=True).text
        assert rows() == before
    services.end_assignment(assignment=queued)
    before = rows()
    answer = client.post(url_of(queued, "start"), follow=True)
    assert "Only a program that waits can be started." in answer.text
    assert rows() == before


def test_logged_sets_stay(assignment, queued, member, signed_in):
    workout = assignment.program.workouts.first()
    make_session(member, assignment=assignment, workout=workout, sets=2, finished=True)
    before = list(SetLog.objects.order_by("pk").values())
    client = signed_in(member)
    for which, action in (
        (assignment, "pause"),
        (assignment, "resume"),
        (queued, "start"),
        (queued, "end"),
    ):
        client.post(url_of(which, action))
    assert list(SetLog.objects.order_by("pk").values()) == before


def test_a_first_day_that_is_over_stays_over(assignment, member, signed_in):
    Assignment.objects.update(start_date=date(2020, 1, 1))
    signed_in(member).post(url_of(assignment, "pause"))
    assert rows()[0][0]["start_date"] == date(2020, 1, 1)


@pytest.mark.parametrize("action", ACTIONS)
def test_outsider(assignment, queued, outsider, other_trainer, admin, trainer, signed_in, action):
    before = rows()
    for which in (assignment, queued):
        for person in (outsider, other_trainer, admin):
            assert signed_in(person).post(url_of(which, action)).status_code == 404
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(trainer).post(url_of(assignment, action)).status_code == 404
    assert rows() == before


@pytest.mark.parametrize("action", ACTIONS)
def test_anonymous_signs_in_first(assignment, action):
    before = rows()
    url = url_of(assignment, action)
    assert Client().post(url).url == f"/accounts/login/?next={url}"
    assert rows() == before


@pytest.mark.parametrize("action", ACTIONS)
def test_wrong_method(assignment, member, signed_in, action):
    before = rows()
    assert signed_in(member).get(url_of(assignment, action)).status_code == 405
    assert rows() == before


@pytest.mark.parametrize("action", ACTIONS)
def test_bad_id(member, signed_in, action):
    for bad in ("0", "999999", "99999999999999999999"):
        url = f"/programs/assignments/{bad}/{action}/"
        assert signed_in(member).post(url).status_code == 404
