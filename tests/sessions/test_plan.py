"""What comes next, and how much of the plan was done: fixed dates, the member's own calendar."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from programs import services as programs
from programs.models import Workout
from sessions import services
from sessions.models import WorkoutSession
from sessions.plan import (
    Adherence,
    Ahead,
    adherence,
    ahead_of,
    done_workouts,
    my_adherence,
    next_day,
    next_workout,
    open_workouts,
)
from tests.factories import UserFactory, make_program

MONDAY = date(2026, 3, 2)
MON, WED, FRI = 0, 2, 4


def following(trainer, member, *, start=MONDAY, weekdays=(MON, WED, FRI)):
    return programs.assign(
        program=make_program(trainer, weeks=4, days=3),
        member=member,
        trainer=trainer,
        start=programs.Start(start, list(weekdays)),
    )


def train(assignment, day, *, planned=True, finish=True, at="12:00"):
    """A session of the member, on `day` at noon of their own clock."""
    member = assignment.member
    moment = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=member.zone)
    session, _started = services.start_session(
        member=member,
        uuid=uuid4(),
        assignment=assignment if planned else None,
        workout=next_workout(assignment) if planned else None,
        at=moment,
    )
    if finish:
        services.finish_session(session=session, rpe=None, note="", at=moment)
    return session


@pytest.fixture
def assignment(trainer, member):
    return following(trainer, member)


def place(workout):
    return (workout.week, workout.day) if workout else None


def done_of_planned(assignment, today):
    figures = my_adherence(assignment, assignment.member, today)
    return figures.done, figures.planned


def test_the_next_workout_follows_what_was_done(assignment):
    assert place(next_workout(assignment)) == (1, 1)
    train(assignment, "2026-03-02")
    assert place(next_workout(assignment)) == (1, 2)
    train(assignment, "2026-03-20")  # two weeks late: nothing was skipped
    assert place(next_workout(assignment)) == (1, 3)


def test_what_was_not_finished_or_was_discarded_comes_again(assignment):
    session = train(assignment, "2026-03-02", finish=False)
    assert place(next_workout(assignment)) == (1, 1)
    services.finish_session(session=session, rpe=None, note="")
    assert done_workouts(assignment) == {session.workout_id}
    services.discard_session(session=session)
    assert place(next_workout(assignment)) == (1, 1)
    services.restore_session(session=session)
    assert place(next_workout(assignment)) == (1, 2)


def test_an_empty_session_is_no_workout(assignment):
    train(assignment, "2026-03-02", planned=False)
    assert place(next_workout(assignment)) == (1, 1)


def test_when_all_are_done_there_is_none(assignment):
    for day in range(1, 13):
        train(assignment, f"2026-03-{day:02}")
    assert next_workout(assignment) is None
    assert len(done_workouts(assignment)) == 12


def test_the_same_program_again_begins_at_its_start(trainer, assignment):
    train(assignment, "2026-03-02")
    again = programs.assign(
        program=assignment.program,
        member=assignment.member,
        trainer=trainer,
        start=programs.Start(MONDAY, [MON]),
        replace=True,
    )
    assert place(next_workout(again)) == (1, 1)


@pytest.mark.parametrize(
    ("today", "trained", "expected"),
    [
        ("2026-02-20", None, "2026-03-02"),  # before the start
        ("2026-03-02", None, "2026-03-02"),
        ("2026-03-02", "2026-03-02", "2026-03-04"),
        ("2026-03-03", None, "2026-03-04"),
        ("2026-03-06", "2026-03-06", "2026-03-09"),
        ("2026-03-07", "2026-03-06", "2026-03-09"),
    ],
)
def test_the_next_day(assignment, today, trained, expected):
    if trained:
        train(assignment, trained)
    assert str(next_day(assignment, date.fromisoformat(today))) == expected


def test_an_empty_session_uses_up_the_day_but_an_open_one_does_not(assignment):
    session = train(assignment, "2026-03-02", planned=False, finish=False)
    assert next_day(assignment, MONDAY) == MONDAY
    services.finish_session(session=session, rpe=None, note="")
    assert next_day(assignment, MONDAY) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("today", "trained", "done", "planned"),
    [
        ("2026-03-01", [], 0, 0),
        ("2026-03-02", [], 0, 0),  # the first day is not over
        ("2026-03-02", ["2026-03-02"], 1, 1),
        ("2026-03-03", [], 0, 1),
        ("2026-03-08", ["2026-03-02", "2026-03-06"], 2, 3),
        ("2026-03-08", ["2026-03-03", "2026-03-05"], 2, 3),  # on other days than planned
        ("2026-03-30", ["2026-03-02", "2026-03-30"], 1, 12),  # 3 to 30 March
        ("2026-03-29", ["2026-03-02"], 1, 12),  # 2 to 28 March, the 29th is a Sunday
        ("2026-03-31", ["2026-03-03"], 0, 12),
    ],
)
def test_the_last_28_days(assignment, today, trained, done, planned):
    for day in trained:
        train(assignment, day)
    assert done_of_planned(assignment, date.fromisoformat(today)) == (done, planned)


def test_only_finished_sessions_of_the_program_count(assignment):
    train(assignment, "2026-03-02", planned=False)
    services.discard_session(session=train(assignment, "2026-03-02"))
    train(assignment, "2026-03-04", finish=False)
    figures = my_adherence(assignment, assignment.member, date(2026, 3, 5))
    assert figures == Adherence(done=0, planned=2)  # and no sets


def test_each_member_by_their_own_date(trainer, django_assert_num_queries):
    """The same moment is Tuesday in Auckland and Monday in Los Angeles."""
    people = [UserFactory(time_zone=zone) for zone in ("Pacific/Auckland", "America/Los_Angeles")]
    assignments = [following(trainer, person) for person in people]
    now = datetime.fromisoformat("2026-03-02T20:00+00:00")
    today = {person.pk: person.today(now) for person in people}
    with django_assert_num_queries(4):
        figures = adherence(assignments, today)
    assert [figures[person.pk].planned for person in people] == [1, 0]
    assert adherence([], {}) == {}


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Pacific/Auckland", "2026-03-01T11:00+00:00", "2026-03-02"),
        ("America/Los_Angeles", "2026-03-03T07:59+00:00", "2026-03-02"),
        ("Europe/Berlin", "2026-03-28T23:30+00:00", "2026-03-29"),  # clocks go forward
        ("Europe/Berlin", "2026-10-25T22:30+00:00", "2026-10-25"),  # and back
    ],
)
def test_a_session_counts_on_the_day_of_the_members_clock(trainer, zone, at, day):
    member = UserFactory(time_zone=zone)
    day = date.fromisoformat(day)
    assignment = following(trainer, member, start=day, weekdays=range(7))
    moment = datetime.fromisoformat(at)
    session, _started = services.start_session(
        member=member,
        uuid=uuid4(),
        assignment=assignment,
        workout=next_workout(assignment),
        at=moment,
    )
    services.finish_session(session=session, rpe=None, note="", at=moment)
    assert member.today(moment) == day
    assert done_of_planned(assignment, day) == (1, 1)
    assert next_day(assignment, day) == date.fromordinal(day.toordinal() + 1)


def test_moving_house_does_not_move_what_was_done(assignment):
    session = train(assignment, "2026-03-02", at="23:30")
    member = assignment.member
    member.time_zone = "Pacific/Auckland"
    member.save()
    assert WorkoutSession.objects.get(pk=session.pk).day == MONDAY
    assert done_of_planned(assignment, date(2026, 3, 3)) == (1, 1)


def test_the_days_of_another_program_are_others(trainer, assignment):
    assert Workout.objects.filter(program=assignment.program).count() == 12
    other = following(trainer, UserFactory())
    train(other, "2026-03-02")
    assert place(next_workout(assignment)) == (1, 1)
    assert my_adherence(assignment, assignment.member, MONDAY) == Adherence(done=0, planned=0)


# --- Many programs at once ------------------------------------------------------------------------


def same_of_each(*assignments):
    """`ahead_of` says what `open_workouts` says, one program after the other."""
    found = ahead_of(assignments)
    for each in assignments:
        still = open_workouts(each)
        assert found[each.pk] == Ahead(still[0].title if still else "", len(still))
    return [found[each.pk].left for each in assignments]


def test_what_is_ahead_of_many_is_what_is_open_for_each(
    trainer, assignment, django_assert_num_queries
):
    second, third = (following(trainer, UserFactory()) for _n in range(2))
    assert same_of_each(assignment, second, third) == [12, 12, 12]
    train(assignment, "2026-03-02")
    services.discard_session(session=train(assignment, "2026-03-04"))
    train(assignment, "2026-03-06", finish=False)
    train(second, "2026-03-02", planned=False)
    Workout.objects.filter(program=third.program_id).update(skipped_at=timezone.now())
    assert same_of_each(assignment, second, third) == [11, 12, 0]
    with django_assert_num_queries(1):
        ahead_of([assignment, second, third])
    assert ahead_of([]) == {}


def test_a_day_that_was_written_in_behind_them_stays_behind_there_too(assignment):
    """The third day is done, the first two were left out; then one is written in before it."""
    workouts = list(Workout.objects.filter(program=assignment.program_id).order_by("week", "day"))
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for n, each in enumerate(workouts):
        each.created_at = moment - timedelta(days=30)
        each.title = f"Day {n}"
    Workout.objects.bulk_update(workouts, ["created_at", "title"])
    WorkoutSession.objects.create(
        member=assignment.member,
        assignment=assignment,
        workout=workouts[2],
        title="Legs",
        day=moment.date(),
        started_at=moment,
        finished_at=moment,
    )
    assert same_of_each(assignment) == [11]
    for at, left in ((moment, 11), (moment + timedelta(seconds=1), 10)):
        Workout.objects.filter(pk=workouts[0].pk).update(created_at=at)
        assert same_of_each(assignment) == [left]
    Workout.objects.filter(pk=workouts[5].pk).update(skipped_at=moment + timedelta(days=1))
    assert same_of_each(assignment) == [9]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_done_and_skipped_both_say_the_same(trainer, member, seed):
    dice = random.Random(seed)
    assignment = following(trainer, member)
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for each in Workout.objects.filter(program=assignment.program_id):
        each.created_at = moment + timedelta(hours=dice.randrange(100))
        if dice.random() < 0.3:
            each.skipped_at = moment + timedelta(hours=dice.randrange(100))
        each.save()
        if dice.random() < 0.4:
            at = moment + timedelta(hours=dice.randrange(100))
            WorkoutSession.objects.create(
                member=member,
                assignment=assignment,
                workout=each,
                title="Legs",
                day=at.date(),
                started_at=at,
                finished_at=at,
            )
    same_of_each(assignment)
