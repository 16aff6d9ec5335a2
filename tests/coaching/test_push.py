"""POST /programs/<id>/push/"""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Coaching
from coaching.followers import Template
from coaching.services import push
from programs import services as programs
from programs.models import LiftState, Program, Workout
from sessions.models import Block, SetLog, WorkoutSession
from sessions.plan import next_workout
from tests.coaching.test_followers import given, write
from tests.factories import coach, make_program, make_session
from tests.sessions.test_at_once import at_once


def url_of(program):
    return f"/programs/{program.pk}/push/"


def send(client, template, *copies, **more):
    return client.post(url_of(template), {"copies": [each.pk for each in copies]}, **more)


@pytest.fixture
def copy(template, trainer, member):
    return given(template, trainer, member)


@pytest.fixture
def theirs(template, trainer, neighbour):
    return given(template, trainer, neighbour)


def day_of(program, week, day, plan_of):
    """What is stored of one day, with its title."""
    return [row for row in plan_of(program) if row[:2] == (week, day)]


def test_reaches_the_chosen_and_nobody_else(
    template, copy, theirs, squat, trainer, signed_in, plan_of
):
    write(template, 1, 1, "4x6 @65kg", squat, title="Heavy")
    other = plan_of(theirs.program)
    answer = send(signed_in(trainer), template, copy, follow=True)
    assert answer.redirect_chain[-1][0] == f"/programs/{template.pk}/followers/"
    assert "Mia Member: 1 workout ahead is changed. What was logged stays." in answer.text
    assert plan_of(copy.program) == plan_of(template)
    assert plan_of(theirs.program) == other
    assert not Workout.objects.filter(edited_at__isnull=False).exists()


def test_what_is_done_skipped_or_being_trained_stays(
    template, copy, squat, trainer, member, signed_in, plan_of
):
    first, second, third, _last = copy.program.workouts.order_by("week", "day")
    make_session(member, assignment=copy, workout=first, sets=2, finished=True)
    Workout.objects.filter(pk=second.pk).update(skipped_at=timezone.now())
    make_session(member, assignment=copy, workout=third, sets=1)
    before = plan_of(copy.program)
    for week in (1, 2):
        for day in (1, 2):
            write(template, week, day, "4x6", squat)
    send(signed_in(trainer), template, copy)
    after = plan_of(copy.program)
    assert after[:3] == before[:3]
    assert after[3] == plan_of(template)[3] != before[3]


def test_what_was_written_for_the_member_stays(template, copy, squat, trainer, signed_in, plan_of):
    write(copy.program, 1, 1, "5x5 @70kg", squat)
    own = day_of(copy.program, 1, 1, plan_of)
    for week in (1, 2):
        write(template, week, 1, "4x6", squat)
    client = signed_in(trainer)
    send(client, template, copy)
    assert day_of(copy.program, 1, 1, plan_of) == own
    assert day_of(copy.program, 2, 1, plan_of) == day_of(template, 2, 1, plan_of)
    assert "written for this member" in client.get(f"/programs/{template.pk}/followers/").text
    # Also where the template has no such day any more.
    Workout.objects.filter(program=template, week=1, day=1).delete()
    send(client, template, copy)
    assert day_of(copy.program, 1, 1, plan_of) == own


def test_new_days_come_ahead_of_the_member_only(
    template, copy, squat, trainer, member, signed_in, plan_of
):
    done = copy.program.workouts.get(week=2, day=1)
    make_session(member, assignment=copy, workout=done, sets=1, finished=True)
    write(template, 1, 3, "2x20", squat)
    write(template, 2, 3, "2x20", squat)
    send(signed_in(trainer), template, copy)
    assert day_of(copy.program, 1, 3, plan_of) == []
    assert day_of(copy.program, 2, 3, plan_of) == day_of(template, 2, 3, plan_of)


def test_days_that_vanished_go_and_what_was_done_of_them_stays(
    template, copy, trainer, member, signed_in, plan_of
):
    done = copy.program.workouts.get(week=1, day=1)
    make_session(member, assignment=copy, workout=done, sets=2, finished=True)
    Workout.objects.filter(program=template, day=1).delete()
    logged = list(SetLog.objects.order_by("pk").values())
    send(signed_in(trainer), template, copy)
    places = list(copy.program.workouts.values_list("week", "day"))
    assert places == [(1, 1), (1, 2), (2, 2)]
    assert WorkoutSession.objects.get().workout == done
    assert list(SetLog.objects.order_by("pk").values()) == logged


def test_a_day_that_was_taken_out_for_the_member_does_not_come_back(
    template, copy, squat, trainer, signed_in, plan_of
):
    programs.remove_day(workout=copy.program.workouts.get(week=2, day=1))
    write(template, 2, 1, "4x6", squat)
    send(signed_in(trainer), template, copy)
    assert day_of(copy.program, 2, 1, plan_of) == []


def test_title_aim_and_length_follow(template, copy, trainer, member, signed_in, plan_of):
    client = signed_in(trainer)
    programs.change_program(program=template, title="Stronger", goal="Up", weeks=4)
    send(client, template, copy)
    copy.program.refresh_from_db()
    head = (copy.program.title, copy.program.goal, copy.program.weeks)
    assert head == ("Stronger", "Up", 4)
    assert plan_of(copy.program) == plan_of(template)

    # Never shorter than what was done.
    last = copy.program.workouts.get(week=3, day=1)
    make_session(member, assignment=copy, workout=last, sets=1, finished=True)
    programs.change_program(program=template, title="Stronger", goal="Up", weeks=1)
    answer = send(client, template, copy, follow=True)
    copy.program.refresh_from_db()
    assert copy.program.weeks == 3
    assert "What is still to do is as the program says." in answer.text
    programs.change_program(program=template, title="Other", goal="", weeks=1)
    answer = send(client, template, copy, follow=True)
    assert "Mia Member: title, aim or length are changed." in answer.text


def test_twice_is_once(template, copy, squat, trainer, signed_in, stored):
    write(template, 1, 1, "4x6", squat)
    client = signed_in(trainer)
    send(client, template, copy)
    before = stored(copy.program), list(Workout.objects.order_by("pk").values())
    answer = send(client, template, copy, follow=True)
    assert "Everybody you chose has the program as it is already." in answer.text
    assert (stored(copy.program), list(Workout.objects.order_by("pk").values())) == before


def test_working_weights_stay(template, copy, squat, trainer, member, signed_in):
    """Another rule goes on from where the lift stood."""
    write(template, 1, 2, "3x5 @60kg", squat, rule=linear("2.5"))
    client = signed_in(trainer)
    send(client, template, copy)
    lane = copy.program.workouts.get(week=1, day=2).prescriptions.get().lane
    lift = LiftState.objects.create(
        assignment=copy, exercise=squat, lane=lane, weight=Decimal(80), start=Decimal(80)
    )
    before = LiftState.objects.values().get()
    write(template, 1, 2, "5x5 @60kg", squat, rule=linear("5"))
    send(client, template, copy)
    assert LiftState.objects.values().get(pk=lift.pk) == before
    (new,) = LiftState.objects.exclude(pk=lift.pk)
    assert new.weight == 80
    assert new.lane == copy.program.workouts.get(week=1, day=2).prescriptions.get().lane


def linear(amount):
    from legtraining.domain.rule_reading import parse_rule

    return parse_rule(f"linear +{amount}kg")


def test_logged_sets_and_their_plan_stay(template, copy, squat, trainer, member, signed_in):
    for number, workout in enumerate(copy.program.workouts.order_by("week", "day")[:2]):
        make_session(
            member,
            exercise=squat,
            assignment=copy,
            workout=workout,
            sets=3,
            finished=number == 0,
            targets=[{"kind": "work"}],
        )

    def logged():
        return [
            list(model.objects.order_by("pk").values()) for model in (SetLog, Block, WorkoutSession)
        ]

    before = logged()
    assert len(before[0]) == 6
    Workout.objects.filter(program=template).delete()
    send(signed_in(trainer), template, copy)
    assert logged() == before
    write(template, 1, 1, "1x1", squat)
    send(signed_in(trainer), template, copy)
    assert logged() == before


def test_one_that_waits_and_one_that_rests_get_it_too(
    template, copy, theirs, squat, trainer, neighbour, signed_in, plan_of
):
    programs.pause_assignment(assignment=copy, today=trainer.today())
    waiting = given(template, trainer, neighbour, queue=True)
    write(template, 1, 1, "4x6", squat)
    send(signed_in(trainer), template, copy, waiting)
    assert plan_of(copy.program) == plan_of(waiting.program) == plan_of(template)
    assert plan_of(theirs.program) != plan_of(template)


def test_thirteen_weeks_of_four_days(trainer, member, squat, signed_in, plan_of):
    template = make_program(trainer, exercises=[squat], weeks=13, days=4)
    copy = given(template, trainer, member)
    for week in range(1, 14):
        for day in range(1, 5):
            write(template, week, day, "5x5, 1x5+ @70kg", squat)
    begun = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        push(template=Template(template), assignment=copy)
    assert time.monotonic() - begun < 10
    assert len(queries) < 40
    assert plan_of(copy.program) == plan_of(template)


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [[], ["x"], ["0"], ["9" * 30], ["\0"]])
def test_a_refused_form_changes_nothing(template, copy, squat, trainer, signed_in, plan_of, bad):
    write(template, 1, 1, "4x6", squat)
    before = plan_of(copy.program)
    for chosen in ([*bad], [*bad, copy.pk] if bad else []):
        page = signed_in(trainer).post(url_of(template), {"copies": chosen})
        assert page.status_code == 422
        assert 'role="alert"' in page.text
        assert "Mia Member" in page.text
    assert plan_of(copy.program) == before


def test_only_copies_of_this_program_that_one_gave(
    template, copy, squat, trainer, other_trainer, outsider, neighbour, signed_in, plan_of
):
    Program.objects.filter(pk=template.pk).update(shared=True)
    coach(other_trainer, outsider)
    not_mine = given(template, other_trainer, outsider)
    another = given(make_program(trainer, exercises=[squat]), trainer, neighbour)
    ended = given(template, trainer, neighbour, queue=True)
    programs.end_assignment(assignment=ended)
    write(template, 1, 1, "4x6", squat)
    plans = [plan_of(each.program) for each in (copy, not_mine, another, ended)]
    for each in (not_mine, another, ended):
        answer = send(signed_in(trainer), template, copy, each)
        assert answer.status_code == 422
        assert "Somebody you chose does not follow this program any more." in answer.text
    assert [plan_of(each.program) for each in (copy, not_mine, another, ended)] == plans


def test_one_that_ended_meanwhile_is_left_alone(template, copy, squat, plan_of):
    write(template, 1, 1, "4x6", squat)
    programs.end_assignment(assignment=copy)
    before = plan_of(copy.program)
    assert push(template=Template(template), assignment=copy) is None
    assert plan_of(copy.program) == before


@pytest.mark.django_db(transaction=True)
def test_two_at_once(template, copy, squat, trainer, member, signed_in, plan_of):
    write(template, 2, 3, "4x6", squat)
    client = signed_in(trainer)
    answers = at_once(*[lambda: send(client, template, copy)] * 4)
    assert {answer.status_code for answer in answers} == {302}
    assert plan_of(copy.program) == plan_of(template)
    assert next_workout(copy).day == 1


def test_outsider(
    template, copy, outsider, member, admin, other_trainer, trainer, squat, signed_in, plan_of
):
    write(template, 1, 1, "4x6", squat)
    before = plan_of(copy.program)
    assert send(signed_in(other_trainer), template, copy).status_code == 404
    for person in (outsider, member, admin):
        assert send(signed_in(person), template, copy).status_code == 403
    assert send(signed_in(trainer), copy.program, copy).status_code == 403
    Coaching.objects.update(ended_at=timezone.now() + timedelta(1))
    assert send(signed_in(trainer), template, copy).status_code == 422
    assert plan_of(copy.program) == before


def test_anonymous_signs_in_first(template, copy):
    answer = Client().post(url_of(template), {"copies": [copy.pk]})
    assert answer.url == f"/accounts/login/?next={url_of(template)}"


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).get(url_of(template)).status_code == 405


def test_bad_id(trainer, copy, signed_in):
    for bad in ("0", "999999", "99999999999999999999"):
        answer = signed_in(trainer).post(f"/programs/{bad}/push/", {"copies": [copy.pk]})
        assert answer.status_code == 404
