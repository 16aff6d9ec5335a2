"""The demo: the same day gives the same rows, they keep the rules, and strangers are safe."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Q

from accounts.models import Coaching, Invitation, User
from demo.cast import CAST, MEMBER, PASSWORD, STAFF, TRAINER, Person
from demo.load import Summary, load
from demo.people import midnight
from exercises.models import Load
from exercises.services import load_library
from programs.models import Assignment, PrescribedSet, Program
from sessions.models import Block, ExerciseSetup, SetLog, WorkoutSession
from sessions.plan import adherence, next_day, next_workout
from sessions.planner import Planner

TODAY = date(2026, 3, 30)  # the clocks went forward the day before
DOCUMENTED = ("admin", "trainer", "trainer2", "member", "member2", "solo")


# Every test has to carry the mark: for one without it pytest-django would not make a test database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def library(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The library, loaded once and undone after the module: each test runs inside."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def demo(library: None, django_db_blocker) -> Iterator[Summary]:
    """The whole demo, loaded once for all the tests of a class."""
    with django_db_blocker.unblock(), transaction.atomic():
        summary = load(TODAY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # or joins are planned as if the tables were empty
        yield summary
        transaction.set_rollback(True)


def someone(email: str) -> User:
    return User.objects.get(email=email)


class TestLoaded:
    def test_everybody_can_sign_in(self, demo: Summary) -> None:
        for name in DOCUMENTED:
            assert User.objects.filter(email=f"{name}@example.com", is_active=True).exists()
        assert authenticate(None, email=MEMBER, password=PASSWORD) == someone(MEMBER)
        # One hash for everybody: who is not tried above can sign in as well.
        assert User.objects.values("password").distinct().count() == 1
        verified = EmailAddress.objects.filter(verified=True, primary=True, email=F("user__email"))
        assert verified.count() == User.objects.count() == demo.people == len(CAST)

    def test_roles(self, demo: Summary) -> None:
        def emails(**role: bool) -> list[str]:
            return sorted(User.objects.filter(**role).values_list("email", flat=True))

        assert emails(is_staff=True, is_superuser=True) == ["admin@example.com"]
        assert emails(is_trainer=True) == ["trainer2@example.com", "trainer@example.com"]

    def test_the_roster_is_a_real_one(self, demo: Summary) -> None:
        trainer, trainer2 = someone(TRAINER), someone("trainer2@example.com")
        roster = User.objects.coached_by(trainer)
        assert someone(MEMBER) in roster
        assert len(roster) >= 10
        assert someone("member2@example.com") in User.objects.coached_by(trainer2)
        assert not Coaching.objects.filter(member__email="solo@example.com").exists()
        assert Invitation.objects.filter(trainer=trainer, used_at=None).count() == 1
        without = [person for person in roster if not person.assignments.exists()]
        assert len(without) == 1

    def test_ended_coaching_is_invisible(self, demo: Summary) -> None:
        ended = Coaching.objects.exclude(ended_at=None).get()
        theirs = WorkoutSession.objects.filter(member=ended.member)
        assert theirs.filter(day__gt=ended.ended_at.date()).exists()
        assert ended.member not in User.objects.coached_by(ended.trainer)
        assert not theirs.visible_to(ended.trainer).exists()
        assert (
            not Program.objects.visible_to(ended.trainer)
            .filter(assignment__member=ended.member)
            .exists()
        )

    def test_todays_workout_is_due(self, demo: Summary) -> None:
        member = someone(MEMBER)
        assignment = Assignment.objects.active().get(member=member)
        assert next_day(assignment, TODAY) == TODAY
        assert_ready_to_train(assignment)

    def test_every_active_program_is_being_followed(self, demo: Summary) -> None:
        active = Assignment.objects.active().select_related("program")
        assert len(active) >= 14
        for assignment in active:
            workout = next_workout(assignment)
            assert workout is not None
            assert workout.week <= assignment.program.weeks
            assert assignment.start_date < TODAY
            assert WorkoutSession.objects.filter(assignment=assignment).exists()

    def test_the_stories_on_the_roster(self, demo: Summary) -> None:
        members = {user.email.split("@")[0]: user for user in User.objects.all()}
        active = Assignment.objects.active()
        week = adherence(active, {user.pk: TODAY for user in members.values()})
        more, less = week[members["amara.okafor"].pk], week[members["tomas.horvath"].pk]
        assert more.done > more.planned
        assert 0 < less.done < 0.75 * less.planned
        absent = WorkoutSession.objects.filter(member=members["ines.carvalho"]).latest("day")
        assert TODAY - absent.day > timedelta(weeks=4)

    def test_progress_and_plateau(self, demo: Summary) -> None:
        def loads(email: str, slug: str) -> list[Decimal]:
            sets = SetLog.objects.counting().filter(member__email=email, exercise__slug=slug)
            return list(sets.order_by("done_at").values_list("weight", flat=True))

        thrust = loads(MEMBER, "barbell-hip-thrust")
        assert max(thrust[-9:]) > max(thrust[:9])
        stuck = loads("jakub.nowak@example.com", "back-squat")
        assert max(stuck[-20:]) < max(stuck) * Decimal("1.01")
        behind = SetLog.objects.filter(member__email="jakub.nowak@example.com", kind="work")
        newest = behind.filter(exercise__slug="back-squat").latest("done_at")
        assert newest.weight < Decimal(newest.target["weight"])

    def test_no_session_is_open_or_in_the_future(self, demo: Summary) -> None:
        assert not WorkoutSession.objects.open().exists()
        assert not WorkoutSession.objects.filter(finished_at__gt=midnight(TODAY)).exists()
        first = WorkoutSession.objects.earliest("day")
        assert timedelta(weeks=25) < TODAY - first.day < timedelta(weeks=28)

    def test_days_are_the_members_own(self, demo: Summary) -> None:
        for session in WorkoutSession.objects.select_related("member"):
            local = session.started_at.astimezone(session.member.zone)
            assert local.date() == session.day
            assert 5 <= local.hour <= 22

    def test_nobody_trains_twice_a_day(self, demo: Summary) -> None:
        a_day = WorkoutSession.objects.values("member", "day").annotate(sessions=Count("pk"))
        assert not a_day.filter(sessions__gt=1).exists()

    def test_sets_belong_to_their_session(self, demo: Summary) -> None:
        strangers = (
            ~Q(member=F("session__member"))
            | ~Q(block__session=F("session"))
            | ~Q(exercise=F("block__exercise"))
            | Q(done_at__lt=F("session__started_at"))
            | Q(done_at__gt=F("session__finished_at"))
        )
        assert SetLog.objects.count() == demo.sets > 5000
        assert not SetLog.objects.filter(strangers).exists()

    def test_sessions_belong_to_their_plan(self, demo: Summary) -> None:
        planned = WorkoutSession.objects.exclude(assignment=None)
        assert planned.exists()
        assert not planned.exclude(workout__program=F("assignment__program")).exists()
        assert not planned.exclude(assignment__member=F("member")).exists()
        assert (
            not WorkoutSession.objects.filter(member__email="solo@example.com")
            .exclude(assignment=None)
            .exists()
        )

    def test_keys_and_targets_are_those_of_the_place(self, demo: Summary) -> None:
        logs = SetLog.objects.filter(member__email=MEMBER).select_related("block__session")
        for log in logs:
            assert log.client_key == log.block.key_of(log.position)
            planned = log.block.targets[log.position - 1 : log.position]
            assert [log.target] == (planned or [None])

    def test_the_member_noted_how_machines_are_set_up(self, demo: Summary) -> None:
        notes = ExerciseSetup.objects.filter(member__email=MEMBER).values_list("note", flat=True)
        assert "Seat 4, roller on the third hole" in notes

    def test_weights_fit_the_exercise_and_can_be_loaded(self, demo: Summary) -> None:
        external = SetLog.objects.filter(exercise__load=Load.EXTERNAL)
        assert external.exists()
        assert not external.filter(weight=None).exists()
        for step, unit in ((Decimal("0.5"), "kg"), (5, "lb")):
            weights = SetLog.objects.filter(unit=unit, weight__isnull=False)
            assert all(weight % step == 0 for weight in weights.values_list("weight", flat=True))

    def test_variety(self, demo: Summary) -> None:
        sets = SetLog.objects
        assert set(sets.values_list("unit", flat=True)) == {"kg", "lb"}
        in_other = sets.exclude(unit=F("member__unit"))
        assert in_other.filter(member__unit="kg").exists()
        assert {"warmup", "work", "amrap"} == set(sets.values_list("kind", flat=True))
        assert sets.filter(seconds__gt=0, exercise__load="time").exists()
        assert sets.filter(weight=None, exercise__load="bodyweight").exists()
        assert sets.exclude(note="").exists()
        assert WorkoutSession.objects.exclude(note="").exists()
        assert WorkoutSession.objects.exclude(rpe=None).exists()
        assert Block.objects.exclude(superset="").exists()
        assert User.objects.values("time_zone").distinct().count() >= 8

    def test_a_second_run_changes_nothing(
        self, demo: Summary, django_assert_num_queries, monkeypatch
    ) -> None:
        monkeypatch.setitem(connection.settings_dict, "EMBEDDED", "var")
        before, output = digest(), StringIO()
        with django_assert_num_queries(1):
            call_command("load_demo", stdout=output)
        assert digest() == before
        assert output.getvalue() == "The demo is loaded already.\n"


def some_of_the_cast(*emails: str) -> Sequence[Person]:
    return [person for person in CAST if person in STAFF or person.email in emails]


@pytest.mark.parametrize("weekday", [3, 6])
def test_today_is_a_training_day_on_any_weekday(weekday: int) -> None:
    today = date(2026, 11, 23) + timedelta(days=weekday)
    load(today, some_of_the_cast(MEMBER))
    assignment = Assignment.objects.active().get(member__email=MEMBER)
    assert today.weekday() == weekday
    assert next_day(assignment, today) == today
    assert_ready_to_train(assignment)


def test_the_same_day_gives_the_same_rows() -> None:
    some = some_of_the_cast("carla.mendes@example.com", "solo@example.com")
    digests = []
    for today in (TODAY, TODAY, TODAY + timedelta(days=1)):
        with transaction.atomic():
            load(today, some)
            digests.append(digest())
            transaction.set_rollback(True)
    assert digests[0] == digests[1] != digests[2]


class TestRefusal:
    def test_a_database_that_somebody_named(self, monkeypatch) -> None:
        monkeypatch.delitem(connection.settings_dict, "EMBEDDED", raising=False)
        with pytest.raises(CommandError, match="DATABASE_URL"):
            call_command("load_demo")
        assert not User.objects.exists()

    def test_real_people(self, monkeypatch) -> None:
        monkeypatch.setitem(connection.settings_dict, "EMBEDDED", "var")
        real = User.objects.create_user("real@person.example", "a long password", name="Real")
        with pytest.raises(CommandError, match="people have accounts"):
            call_command("load_demo")
        assert list(User.objects.all()) == [real]

    def test_force(self, monkeypatch) -> None:
        monkeypatch.delitem(connection.settings_dict, "EMBEDDED", raising=False)
        monkeypatch.setattr(
            "demo.management.commands.load_demo.load",
            lambda today: load(today, some_of_the_cast(MEMBER)),
        )
        User.objects.create_user("real@person.example", "a long password", name="Real")
        output = StringIO()
        call_command("load_demo", force=True, today=TODAY, stdout=output)
        assert WorkoutSession.objects.filter(member__email=MEMBER).exists()
        assert "4 people" in output.getvalue()


def assert_ready_to_train(assignment: Assignment) -> None:
    """Nothing was done today, and the next workout says what to load, in kg."""
    workout = next_workout(assignment)
    assert workout is not None
    prescriptions = list(workout.prescriptions.all())
    assert len(prescriptions) == 5
    planner = Planner(assignment.member, assignment)
    targets = [
        target
        for row in prescriptions
        for target in planner.targets(row, workout.week, workout.day)
    ]
    assert 13 <= len(targets) <= 17
    assert all(target.weight and target.unit == "kg" for target in targets)
    newest = WorkoutSession.objects.filter(member=assignment.member).latest("started_at")
    assert newest.finished_at is not None
    assert newest.assignment == assignment


def digest() -> str:
    """Of everything that is not a number of a row, a password's salt or a token."""
    rows = [
        User.objects.values_list("email", "name", "unit", "time_zone", "joined_at"),
        Coaching.objects.values_list("trainer__email", "member__email", "accepted_at", "ended_at"),
        Invitation.objects.values_list("trainer__email", "label", "created_at", "expires_at"),
        Program.objects.filter(key=None).values_list("title", "owner__email", "created_at"),
        Assignment.objects.values_list("member__email", "start_date", "weekdays", "ended_at"),
        PrescribedSet.objects.values_list("count", "load", "unit", "prescription__order"),
        WorkoutSession.objects.values_list("uuid", "day", "started_at", "finished_at", "note"),
        Block.objects.values_list("session__uuid", "order", "exercise__slug", "targets"),
        SetLog.objects.values_list(
            "client_key", "kind", "weight", "unit", "reps", "rir", "done_at"
        ),
    ]
    text = repr([list(query.order_by("pk")) for query in rows])
    return hashlib.sha256(text.encode()).hexdigest()
