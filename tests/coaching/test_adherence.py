"""sessions.plan.adherence: what the roster shows as done of planned"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from programs.models import Assignment, Pause
from sessions.models import Block, WorkoutSession
from sessions.plan import adherence, my_adherence
from tests.factories import UserFactory, coach, make_assignment, make_session, make_set

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
    with django_assert_num_queries(4):
        found = adherence([assignment, second], today)
    assert {pk: (each.done, each.planned) for pk, each in found.items()} == {
        assignment.member_id: (1, 8),
        other.pk: (1, 1),
    }


def test_nobody_has_none():
    assert adherence([], {}) == {}


# --- Sets -----------------------------------------------------------------------------------------

WARM, WORK = {"kind": "warmup"}, {"kind": "work"}


def session(assignment, month, day, targets, **fields):
    """One session with the targets, nothing logged yet; and its exercise."""
    made = make_session(
        assignment.member,
        assignment=assignment,
        started_at=datetime(2026, month, day, 17, tzinfo=UTC),
        finished=True,
        targets=targets,
        **fields,
    )
    return made.blocks.get()


def sets(assignment, today=TODAY):
    found = my_adherence(assignment, assignment.member, today)
    return found.sets_done, found.sets_planned


def test_sets_done_of_those_that_the_sessions_asked_for(assignment):
    block = session(assignment, 3, 9, [WORK] * 4)
    make_set(block, position=1, target=WORK)
    make_set(block, position=2, target=WORK, kind="failed")
    session(assignment, 3, 5, [WORK] * 3)
    assert sets(assignment) == (2, 7)


def test_warm_ups_and_what_nothing_asked_for_count_for_nothing(assignment):
    block = session(assignment, 3, 9, [WARM, WARM, WORK, WORK])
    make_set(block, position=0, kind="warmup")
    make_set(block, position=1, kind="warmup", target=WARM)
    make_set(block, position=2, kind="work", target=WARM)
    make_set(block, position=3, target=WORK)
    make_set(block, position=4, target=WORK, deleted_at=timezone.now())
    make_set(block, position=5)
    assert sets(assignment) == (1, 2)
    (listed,) = WorkoutSession.objects.with_totals()
    assert (listed.sets_done, listed.sets_planned) == (3, 2)


def test_sets_of_sessions_within_the_four_weeks_of_this_program(assignment):
    for month, day in ((2, 12), (2, 11)):
        make_set(session(assignment, month, day, [WORK] * 2), target=WORK)
    make_set(session(assignment, 3, 4, [WORK], deleted_at=timezone.now()), target=WORK)
    make_session(assignment.member, started_at=datetime(2026, 3, 6, tzinfo=UTC), finished=True)
    assert sets(assignment) == (1, 2)


def test_of_a_swapped_or_removed_exercise_only_what_is_still_its_own(assignment):
    block = session(assignment, 3, 9, [WARM, WORK, WORK])
    Block.objects.filter(pk=block.pk).update(kept_sets=2)
    assert sets(assignment) == (0, 1)
    Block.objects.filter(pk=block.pk).update(kept_sets=0)
    assert sets(assignment) == (0, 0)
    Block.objects.filter(pk=block.pk).update(kept_sets=None, removed_at=timezone.now())
    assert sets(assignment) == (0, 0)
    make_set(block, position=2, target=WORK)
    assert sets(assignment) == (1, 2)


def test_the_figure_agrees_with_that_of_the_sessions(assignment):
    """What the log says of each session, summed, where only planned sets were done."""
    for day, done in ((2, 3), (5, 1), (9, 0)):
        block = session(assignment, 3, day, [WARM, WORK, WORK, {"kind": "drop"}])
        for position in range(2, 2 + done):
            make_set(block, position=position, target=WORK)
    listed = WorkoutSession.objects.with_totals()
    summed = (sum(s.sets_done for s in listed), sum(s.sets_planned for s in listed))
    assert sets(assignment) == summed == (4, 9)


def test_the_four_weeks_before(assignment):
    """15 January to 11 February; the program began on Monday the 2nd: 2, 5, 9 February."""
    trained(assignment, (2, 2), (2, 11), (2, 12))
    found = my_adherence(assignment, assignment.member, TODAY)
    assert (found.done_before, found.planned_before) == (2, 3)


def test_an_overnight_session_is_of_the_day_on_which_it_began(assignment):
    """In Berlin, from 23:30 on Monday the 9th to 00:40 on Tuesday."""
    began = datetime(2026, 3, 9, 22, 30, tzinfo=UTC)
    late = make_session(assignment.member, assignment=assignment, started_at=began)
    WorkoutSession.objects.filter(pk=late.pk).update(finished_at=began + timedelta(minutes=70))
    assert figures(assignment, date(2026, 3, 9)) == (1, 8)
    assert figures(assignment, date(2026, 3, 10)) == (1, 8)


def test_a_program_that_rests_plans_nothing(assignment):
    Pause.objects.create(assignment=assignment, first=date(2026, 2, 23), last=None)
    assert figures(assignment) == (0, 3)


@pytest.mark.parametrize("who", ["member", "trainer"])
def test_both_read_the_same_figure(who, trainer, member, signed_in):
    """On Today and on the member's page; one session of one is no plural."""
    assignment = make_assignment(trainer, member)
    made = make_session(member, assignment=assignment, finished=True, targets=[WORK] * 2)
    make_set(made.blocks.get(), target=WORK)
    person, url = (member, "/today/") if who == "member" else (
        trainer, f"/coaching/members/{member.pk}/"
    )  # fmt: skip
    page = " ".join(re.sub("<[^>]+>", " ", signed_in(person).get(url).text).split())
    assert "1 of 1 planned session done in the last four weeks" in page
    assert "1 of 2 planned sets done in these sessions" in page


def test_more_than_planned_is_said_in_the_singular_too(trainer, member, signed_in):
    assignment = make_assignment(trainer, member, start=member.today() + timedelta(days=3))
    make_session(member, assignment=assignment, finished=True)
    page = " ".join(re.sub("<[^>]+>", " ", signed_in(member).get("/today/").text).split())
    assert "1 session done in the last four weeks, 0 planned" in page
