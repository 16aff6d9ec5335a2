"""Why a member needs attention on the roster: fixed moments, members' own calendars"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Coaching
from accounts.services import invite
from coaching.attention import Kind
from coaching.roster import roster_lines, waiting_invitations
from programs.models import Assignment, DayChange, Pause, Workout
from sessions.models import Comment, WorkoutSession
from tests.factories import ExerciseFactory, UserFactory, agree, coach, make_check_in, make_session
from tests.factories import make_set as log
from tests.sessions.training_days import FRI, MON, WED, follow, train

# A Friday noon in Berlin. The 28 days that count are 31 October to 27 November.
NOW = datetime(2026, 11, 27, 11, tzinfo=UTC)
TODAY = date(2026, 11, 27)


def november(day):
    return date(2026, 11, day)


def why(trainer, at=NOW, member=None):
    """The reasons of one member in words, by their kind."""
    (line,) = [x for x in roster_lines(trainer, at) if member is None or x.member == member]
    return {each.kind: each.words for each in line.reasons}


@pytest.fixture
def assignment(member):
    """Mondays, Wednesdays and Fridays since Monday the 5th of October."""
    return follow(member, date(2026, 10, 5), workouts=50)


def trained(member, day, hour=12, **fields):
    began = datetime(day.year, day.month, day.day, hour, tzinfo=member.zone)
    return make_session(member, started_at=began, finished=True, **fields)


def all_days(assignment, first, last):
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() in assignment.weekdays:
            train(assignment, day)


# --- Two planned days missed ----------------------------------------------------------------------


def test_two_planned_days_missed(trainer, member, assignment):
    train(assignment, november(20))
    assert Kind.MISSED not in why(trainer, datetime(2026, 11, 25, 22, 59, tzinfo=UTC))
    words = why(trainer, datetime(2026, 11, 25, 23, tzinfo=UTC))  # midnight in Berlin
    assert words[Kind.MISSED] == "2 planned days missed since 20 November"


def test_an_overnight_session_is_the_last_one_on_the_day_it_began(trainer, member, assignment):
    late = trained(member, november(20), 23, assignment=assignment)
    WorkoutSession.objects.filter(pk=late.pk).update(
        started_at=late.started_at + timedelta(minutes=30),
        finished_at=late.started_at + timedelta(minutes=100),
    )
    assert why(trainer)[Kind.MISSED] == "2 planned days missed since 20 November"


@pytest.mark.parametrize(
    ("zone", "at", "missed"),
    [
        ("Asia/Tokyo", "2026-11-25T14:59+00:00", False),
        ("Asia/Tokyo", "2026-11-25T15:00+00:00", True),
        ("America/Los_Angeles", "2026-11-26T07:59+00:00", False),
        ("America/Los_Angeles", "2026-11-26T08:00+00:00", True),
    ],
)
def test_a_day_is_over_by_the_members_clock(trainer, zone, at, missed):
    person = UserFactory(time_zone=zone)
    coach(trainer, person)
    followed = follow(person, date(2026, 10, 5), workouts=50)
    train(followed, november(20))
    assert (Kind.MISSED in why(trainer, datetime.fromisoformat(at))) == missed


@pytest.mark.parametrize(
    ("zone", "start", "over"),
    [  # Sundays on which clocks change, from midnight to midnight of the wall clock
        ("Europe/Berlin", date(2026, 3, 28), date(2026, 3, 30)),
        ("Europe/Berlin", date(2026, 10, 24), date(2026, 10, 26)),
        ("America/Los_Angeles", date(2026, 10, 31), date(2026, 11, 2)),
    ],
)
def test_days_of_23_and_25_hours_are_over_at_midnight(trainer, zone, start, over):
    person = UserFactory(time_zone=zone)
    coach(trainer, person)
    follow(person, start, weekdays=range(7), workouts=50)
    midnight = datetime.combine(over, time(), ZoneInfo(zone)).astimezone(UTC)
    assert Kind.MISSED not in why(trainer, midnight - timedelta(seconds=1))
    assert Kind.MISSED in why(trainer, midnight)


def test_a_moved_and_a_skipped_day_are_not_missed(trainer, member, assignment):
    train(assignment, november(20))
    for moved_to in (None, november(28)):
        DayChange.objects.all().delete()
        DayChange.objects.create(assignment=assignment, day=november(25), moved_to=moved_to)
        assert Kind.MISSED not in why(trainer)


def test_a_program_that_rests_has_no_reasons_of_its_own(trainer, member, assignment):
    assert Kind.MISSED in why(trainer)
    Pause.objects.create(assignment=assignment, first=november(26))
    Assignment.objects.update(status="paused")
    assert why(trainer) == {}


def test_after_a_pause_days_count_again(trainer, member, assignment):
    train(assignment, november(13))
    Pause.objects.create(assignment=assignment, first=november(14), last=november(24))
    assert Kind.MISSED not in why(trainer)
    assert Kind.MISSED in why(trainer, NOW + timedelta(days=1))


def test_any_session_is_a_sign_of_life_but_one_that_is_open_is_not(trainer, member, assignment):
    train(assignment, november(20))
    began = datetime(2026, 11, 26, 12, tzinfo=UTC)
    going = make_session(member, started_at=began)
    assert Kind.MISSED in why(trainer)
    WorkoutSession.objects.filter(pk=going.pk).update(finished_at=began)
    assert Kind.MISSED not in why(trainer)


def test_without_a_program_nothing_is_missed(trainer, member):
    assert why(trainer) == {}


# --- Adherence ------------------------------------------------------------------------------------


def test_adherence_down(trainer, member, assignment):
    """Of the 28 days before, the program asked for eleven (all trained); lately for eleven, too."""
    all_days(assignment, date(2026, 10, 5), date(2026, 10, 30))
    days = [n for n in range(1, 27) if november(n).weekday() in (MON, WED, FRI)]
    assert len(days) == 11
    for day in days[2:]:
        train(assignment, november(day))
    assert Kind.FALLEN not in why(trainer)  # 9 of 11 are 82 %
    last = WorkoutSession.objects.get(day=november(days[2]))
    last.delete()
    assert why(trainer) == {
        Kind.FALLEN: "Adherence is down to 73\N{NO-BREAK SPACE}% from 100\N{NO-BREAK SPACE}%"
    }


def test_a_program_that_is_finished_is_not_asked_for_more(trainer, member):
    done = follow(member, date(2026, 10, 5), workouts=10)
    all_days(done, date(2026, 10, 5), date(2026, 10, 26))
    assert why(trainer) == {Kind.ENDING: "Program is finished"}


# --- Plateau --------------------------------------------------------------------------------------


def squats(member, *weights):
    """A week apart, the last one on Monday the 23rd."""
    squat = ExerciseFactory(name="Back Squat")
    for n, kilograms in enumerate(reversed(weights)):
        made = trained(member, november(23) - timedelta(weeks=n), exercise=squat)
        log(made.blocks.get(), weight=Decimal(kilograms), reps=5)


def test_a_lift_that_stands_still(trainer, member):
    squats(member, 100, 100, 100, 100, 100, 100, 100)
    assert why(trainer) == {Kind.PLATEAU: "No progress in Back Squat for 4 weeks"}


def test_a_lift_that_rises(trainer, member):
    squats(member, 90, 92, 94, 96, 98, 100, 102)
    assert why(trainer) == {}


# --- Pain -----------------------------------------------------------------------------------------


@pytest.fixture
def sharing(trainer, member):
    agree(member)
    Coaching.objects.update(health_shared_at=NOW)
    return member


@pytest.mark.parametrize(
    ("felt", "words"),
    [
        ({"pain": 2}, None),
        ({"pain": 3, "pain_place": "knee"}, "Reported pain on 27 November"),
        ({"pain": 10}, "Reported pain on 27 November"),
        ({"signs": ["pop"]}, "Noted a warning sign on 27 November"),
        ({"pain": 1, "signs": ["pop"]}, "Noted a warning sign on 27 November"),
        ({}, None),
    ],
)
def test_pain_of_three_or_a_sign(trainer, sharing, felt, words):
    make_check_in(sharing, day=TODAY, **felt)
    assert why(trainer).get(Kind.PAIN) == words


def test_pain_of_the_last_seven_days_the_latest_first(trainer, sharing):
    make_check_in(sharing, day=november(20), pain=5)
    assert why(trainer) == {}
    make_check_in(sharing, day=november(21), pain=5)
    assert why(trainer) == {Kind.PAIN: "Reported pain on 21 November"}
    make_check_in(sharing, day=november(24), pain=4)
    make_check_in(sharing, day=november(26), pain=1)
    assert why(trainer) == {Kind.PAIN: "Reported pain on 24 November"}


def test_the_day_of_a_check_in_is_the_members(trainer):
    """At 15:30 UTC on the 27th it is the 28th in Tokyo, and the 21st is seven days ago."""
    person = UserFactory(time_zone="Asia/Tokyo")
    coach(trainer, person)
    agree(person)
    Coaching.objects.update(health_shared_at=NOW)
    make_check_in(person, day=november(21), pain=5)
    assert Kind.PAIN in why(trainer, datetime(2026, 11, 27, 14, 30, tzinfo=UTC))
    assert Kind.PAIN not in why(trainer, datetime(2026, 11, 27, 15, 30, tzinfo=UTC))


def test_pain_is_seen_only_while_it_is_shared(trainer, other_trainer, sharing):
    make_check_in(sharing, day=TODAY, pain=8)
    coach(other_trainer, sharing)
    assert why(other_trainer) == {}
    assert Kind.PAIN in why(trainer)
    Coaching.objects.filter(trainer=trainer).update(health_shared_at=None)
    assert why(trainer) == {}


def test_pain_is_gone_when_the_member_withdraws(trainer, sharing):
    entry = make_check_in(sharing, day=TODAY, pain=8)
    sharing.health_consent_at = None
    sharing.save()
    assert why(trainer) == {}
    agree(sharing)
    assert Kind.PAIN in why(trainer)
    entry.deleted_at = NOW
    entry.save()
    assert why(trainer) == {}


# --- A hard session -------------------------------------------------------------------------------


def rated(member, *rpes, last=TODAY):
    for n, rpe in enumerate(reversed(rpes)):
        trained(member, last - timedelta(days=3 * n), rpe=rpe)


@pytest.mark.parametrize(
    ("rpes", "words"),
    [
        ((7, 7, 7, 7, 9), "Session RPE 9 on 27 November, usually 7"),
        ((7, 7, 7, 7, 8), None),
        ((7, 7, 7, 9), None),
        ((7, 7, 8, 8, 9), None),
        ((7, 7, 8, 8, 10), "Session RPE 10 on 27 November, usually 7.5"),
        ((None, 7, 7, None, 7, 7, 9), "Session RPE 9 on 27 November, usually 7"),
        ((6, 6, 6, 6, 9, 6), None),  # the last one is not
        ((6, 6, 6, 6, 9, None), None),
    ],
)
def test_an_unusually_hard_session(trainer, member, rpes, words):
    rated(member, *rpes)
    assert why(trainer).get(Kind.HARD) == words


def test_a_hard_session_of_two_weeks_ago_is_past(trainer, member):
    rated(member, 6, 6, 6, 6, 9, last=november(13))
    assert why(trainer, NOW - timedelta(days=1))[Kind.HARD].endswith("13 November, usually 6")
    assert why(trainer, NOW) == {}


def test_discarded_and_other_peoples_sessions_are_not_compared(trainer, member, outsider):
    rated(member, 6, 6, 6, 9)
    rated(outsider, 6, 6, 6, 6)
    trained(member, november(1), rpe=6, deleted_at=NOW)
    assert why(trainer) == {}


# --- Comments -------------------------------------------------------------------------------------


def say(session, author, **fields):
    values = {"written_at": datetime(2026, 11, 24, 23, 30, tzinfo=UTC)} | fields
    return Comment.objects.create(
        session=session,
        member=session.member,
        author=author,
        author_name=author.name,
        text="Hello",
        **values,
    )


def test_comments_that_wait(trainer, member):
    session = trained(member, TODAY)
    first = say(session, member)
    assert why(trainer) == {Kind.COMMENT: "1 comment waits for an answer, since 25 November"}
    say(session, member, written_at=NOW)
    assert why(trainer) == {Kind.COMMENT: "2 comments wait for an answer, since 25 November"}
    Comment.objects.exclude(pk=first.pk).update(deleted_at=NOW)
    first.settled_at = NOW
    first.save()
    assert why(trainer) == {}


def test_what_a_trainer_wrote_waits_for_nothing(trainer, member):
    session = trained(member, TODAY)
    say(session, trainer)
    say(trained(trainer, TODAY), trainer)
    assert why(trainer) == {}


# --- The end of the program -----------------------------------------------------------------------


def test_the_program_ends_this_week(trainer, member):
    """Friday noon: today, Monday and Wednesday lie within seven days; next Friday does not."""
    followed = follow(member, TODAY, workouts=4)
    assert why(trainer) == {}
    train(followed, november(26))
    assert why(trainer) == {Kind.ENDING: "Program ends on Wednesday"}
    train(followed, TODAY)
    assert why(trainer) == {Kind.ENDING: "Program ends on Wednesday"}
    Workout.objects.filter(program=followed.program_id, week=3).update(skipped_at=NOW)
    assert why(trainer) == {Kind.ENDING: "Program ends on Monday"}
    Workout.objects.filter(program=followed.program_id, week=4).update(skipped_at=NOW)
    assert why(trainer) == {Kind.ENDING: "Program is finished"}


def test_it_ends_today(trainer, member):
    follow(member, TODAY, workouts=1)
    assert why(trainer) == {Kind.ENDING: "Program ends today"}


def test_another_one_waits(trainer, member):
    follow(member, TODAY, workouts=1)
    waiting = follow(member, TODAY, workouts=3, status="queued")
    assert why(trainer) == {}
    Workout.objects.exclude(program=waiting.program_id).update(skipped_at=NOW)
    (line,) = roster_lines(trainer, NOW)
    assert (line.reasons, line.next.waits, line.next.title) == ([], True, "Strong legs")


# --- Invitations ----------------------------------------------------------------------------------


def test_invitations_of_three_days_that_still_work(trainer, other_trainer):
    invitation, _token = invite(trainer=trainer, label="Olga", at=NOW)
    old = NOW + timedelta(days=3)
    assert list(waiting_invitations(trainer, old)) == []
    assert list(waiting_invitations(trainer, old + timedelta(seconds=1))) == [invitation]
    assert list(waiting_invitations(other_trainer, old + timedelta(seconds=1))) == []
    assert list(waiting_invitations(trainer, invitation.expires_at)) == []
    for field in ("used_at", "revoked_at"):
        type(invitation).objects.update(used_at=None, revoked_at=None)
        type(invitation).objects.update(**{field: NOW})
        assert list(waiting_invitations(trainer, old + timedelta(days=1))) == []


# --- Together -------------------------------------------------------------------------------------


def test_the_most_urgent_comes_first(trainer, sharing, assignment):
    rated(sharing, 6, 6, 6, 6, 9, last=november(18))
    make_check_in(sharing, day=TODAY, pain=5)
    assert list(why(trainer)) == [Kind.PAIN, Kind.MISSED, Kind.HARD]
    assert sorted(why(trainer)) == sorted({Kind.PAIN, Kind.MISSED, Kind.HARD})
