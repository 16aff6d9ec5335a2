"""What comes next, and how much of the plan was done: fixed dates, the member's own calendar."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest

from programs import services as programs
from programs.models import Workout
from sessions import services
from sessions.models import WorkoutSession
from sessions.plan import (
    Adherence,
    adherence,
    done_workouts,
    my_adherence,
    next_day,
    next_workout,
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
