"""sessions.plan.adherence: what the roster shows as done of planned"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from programs.models import Assignment
from sessions.models import WorkoutSession
from sessions.plan import adherence, my_adherence
from tests.factories import UserFactory, coach, make_assignment, make_session

# A Wednesday. The 28 days that count are 12 February (a Thursday) to 11 March.
TODAY = date(2026, 3, 11)
MONDAY, THURSDAY = 0, 3


@pytest.fixture
def assignment(trainer, member):
    assignment = make_assignment(trainer, member, start=date(2026, 2, 2))
    Assignment.objects.update(weekdays=[MONDAY, THURSDAY])
    assignment.refresh_from_db()
    return assignment


def trained(assignment, *days, **fields):
    for day in days:
        at = datetime(2026, day[0], day[1], 17, tzinfo=UTC)
        make_session(
            assignment.member, assignment=assignment, started_at=at, finished=True, **fields
        )


def figures(assignment, today=TODAY):
    found = my_adherence(assignment, assignment.member, today)
    return found.done, found.planned


def test_the_training_days_of_four_weeks(assignment):
    """Thursdays 12, 19, 26 February, 5 March; Mondays 16, 23 February, 2, 9 March."""
    assert figures(assignment) == (0, 8)
    trained(assignment, (2, 12), (2, 23), (3, 9))
    assert figures(assignment) == (3, 8)


def test_what_lies_before_does_not_count(assignment):
    trained(assignment, (2, 5), (2, 11))
    assert figures(assignment) == (0, 8)


def test_another_day_than_planned_counts_as_done(assignment):
    trained(assignment, (3, 7), (3, 8))
    assert figures(assignment) == (2, 8)


def test_nothing_is_planned_before_the_first_day(assignment):
    Assignment.objects.update(start_date=date(2026, 3, 5))
    assignment.refresh_from_db()
    assert figures(assignment) == (0, 2)
    Assignment.objects.update(start_date=date(2026, 4, 1))
    assignment.refresh_from_db()
    assert figures(assignment) == (0, 0)


def test_today_is_planned_only_once_it_was_trained(assignment):
    """Thursday the 12th of March: the days that count begin on Friday 13 February."""
    thursday = date(2026, 3, 12)
    assert figures(assignment, thursday) == (0, 7)
    trained(assignment, (3, 12))
    assert figures(assignment, thursday) == (1, 8)
    assert figures(assignment, date(2026, 3, 13)) == (1, 8)


def test_only_finished_sessions_of_this_program_count(assignment):
    trained(assignment, (3, 9))
    trained(assignment, (3, 5), deleted_at=timezone.now())
    make_session(
        assignment.member,
        assignment=assignment,
        started_at=datetime(2026, 3, 2, 17, tzinfo=UTC),
    )
    make_session(assignment.member, started_at=datetime(2026, 2, 26, 17, tzinfo=UTC), finished=True)
    assert WorkoutSession.objects.count() == 4
    assert figures(assignment) == (1, 8)


def test_the_day_is_the_members_own(trainer):
    """23:30 UTC on Sunday the 8th is Monday morning in Tokyo, a training day that is over."""
    member = UserFactory(time_zone="Asia/Tokyo")
    coach(trainer, member)
    late = make_assignment(trainer, member, start=date(2026, 3, 9))
    make_session(
        member,
        assignment=late,
        started_at=datetime(2026, 3, 8, 23, 30, tzinfo=UTC),
        finished=True,
    )
    assert figures(late, date(2026, 3, 9)) == (1, 1)


def test_each_member_has_their_own_today(trainer, assignment, django_assert_num_queries):
    other = UserFactory()
    coach(trainer, other)
    second = make_assignment(trainer, other, start=date(2026, 3, 9))
    trained(second, (3, 9))
    trained(assignment, (3, 9))
    today = {assignment.member_id: TODAY, other.pk: TODAY - timedelta(days=1)}
    with django_assert_num_queries(3):
        found = adherence([assignment, second], today)
    assert {pk: (each.done, each.planned) for pk, each in found.items()} == {
        assignment.member_id: (1, 8),
        other.pk: (1, 1),
    }


def test_nobody_has_none():
    assert adherence([], {}) == {}
