"""Somebody with a row of everything that may be theirs, and the people around them."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import (
    Coaching,
    Handover,
    Invitation,
    Letter,
    MailKind,
    MailStop,
    Rack,
    User,
)
from accounts.services import invite, note_look
from coaching.models import TrainerNote
from exchange.models import (
    AccessToken,
    ImportBatch,
    ImportedSession,
    ImportedSet,
    NameChoice,
)
from exercises.models import Equipment, Exercise, InstructionRevision, Muscle
from exercises.services import own_exercise
from programs.models import Assignment, DayChange, Pause, Reminder, Workout
from progress.models import WeeklyBand
from sessions.models import Block, CommentRead, ExerciseSetup, WorkoutSession
from sessions.services import override_lift, settle
from tests.factories import (
    UserFactory,
    agree,
    coach,
    follow,
    make_check_in,
    make_comment,
    make_program,
    make_session,
    make_set,
)

PLAN = """Week 1-2
Day 1 Heavy
Back Squat 2x5 @60kg, 1x5+ @75% ; linear +5kg
A1 Leg Extension 3x8-12 @RIR2 rest 1:30 tempo 3-1-1-0
A2 Leg Curl 3x8-12
Day 2
Front Squat 3x8 @40kg"""


class World:
    """Mia, whom Tara coaches and Otto coached; Olga has nothing to do with them."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.mia = UserFactory(name="Mia Marzipan", email="marzipan@example.com", unit="lb")
        self.tara = UserFactory(name="Tara Tangerine", email="tara@example.com", is_trainer=True)
        self.otto = UserFactory(name="Otto Orange", email="otto@example.com", is_trainer=True)
        self.olga = UserFactory(name="Olga Outside", email="olga@example.com")
        self.people()
        self.plan()
        self.log()
        self.words()
        self.things()

    def people(self) -> None:
        mia = self.mia
        agree(mia)
        EmailAddress.objects.create(user=mia, email=mia.email, verified=True, primary=True)
        EmailAddress.objects.create(user=mia, email="second-marzipan@example.com")
        self.link = coach(self.tara, mia)
        Coaching.objects.filter(pk=self.link.pk).update(health_shared_at=self.now)
        old = coach(self.otto, mia)
        Coaching.objects.filter(pk=old.pk).update(ended_at=timezone.now())
        Handover.objects.create(coaching=self.link, to=self.otto)
        note_look(viewer=self.tara, members=[mia], what="log")
        note_look(viewer=self.otto, members=[mia], what="health")
        self.invitation, _token = invite(trainer=self.tara, label="M.", email=mia.email)
        Invitation.objects.filter(pk=self.invitation.pk).update(used_at=self.now)
        invite(trainer=self.otto, label="mia marzipan")
        MailStop.objects.create(email=mia.email, kind=MailKind.REMINDER)

    def plan(self) -> None:
        mia = self.mia
        self.assignment = follow(self.tara, mia, PLAN, maxes={"Back Squat": "220.5"})
        Assignment.objects.filter(pk=self.assignment.pk).update(time_of_day=time(7, 30))
        self.assignment.refresh_from_db()
        self.squat = Exercise.objects.get(slug="back-squat")
        self.curl = Exercise.objects.get(slug="leg-curl")
        days = list(self.assignment.program.workouts.order_by("week", "day"))
        self.workout = days[0]
        Workout.objects.filter(pk=days[1].pk).update(skipped_at=self.now, edited_at=self.now)
        today = mia.today()
        Pause.objects.create(assignment=self.assignment, first=today, last=today)
        DayChange.objects.create(assignment=self.assignment, day=today, moved_to=None)
        Reminder.objects.create(assignment=self.assignment, day=today)

    def log(self) -> None:
        mia, ago = self.mia, self.now - timedelta(days=2)
        self.own = own_exercise(member=mia, name="Grandma’s Press", load="external")
        Exercise.objects.filter(pk=self.own.pk).update(joint_actions="knee_extension")
        muscle = Muscle.objects.get(slug="vastus_lateralis")
        self.own.muscle_work.create(muscle=muscle, share=0.5)
        self.own.equipment.add(Equipment.objects.create(slug="grandma", name="Grandma"))
        target = {
            "kind": "work", "reps_min": 5, "reps_max": 5, "seconds": None,
            "weight": "132.5", "unit": "lb", "rir": "2", "percent": "75",
        }  # fmt: skip
        self.done = make_session(
            mia,
            exercise=self.squat,
            targets=[target, target],
            title="=Heavy",
            started_at=ago,
            finished=True,
            assignment=self.assignment,
            workout=self.workout,
            rpe=8,
            note="Legs 🦵\nof jelly",
            ticked=["bike"],
        )
        WorkoutSession.objects.filter(pk=self.done.pk).update(
            finished_at=ago + timedelta(minutes=61)
        )
        block = self.done.blocks.get()
        Block.objects.filter(pk=block.pk).update(
            rule="linear +5kg", lane="2x5", tempo="3-1-1-0", rest_seconds=90, note="-slow",
            superset="A", cycle=1, closes_cycle=True, kept_sets=2,
        )  # fmt: skip
        block.refresh_from_db()
        noted = {"unit": "lb", "reps": 5, "weight": Decimal("132.5"), "done_at": ago}
        self.set = make_set(block, position=1, note="@home", rir=Decimal("1.5"), **noted)
        make_set(block, position=2, kind="failed", target=target, **noted)
        make_set(block, position=3, deleted_at=self.now, **noted)
        swapped = Block.objects.create(
            session=self.done, order=2, place=1, exercise=self.own, swapped_from=block
        )
        make_set(swapped, position=1, weight=None, reps=None, seconds=40, unit="kg", done_at=ago)
        Block.objects.create(
            session=self.done, order=3, place=3, exercise=self.curl, skipped_at=self.now
        )
        Block.objects.create(
            session=self.done, order=4, place=4, exercise=self.curl, removed_at=self.now
        )
        make_session(
            mia, exercise=self.curl, sets=1, finished=True, deleted_at=self.now, title="Gone"
        )
        settle(assignment=self.assignment)
        override_lift(
            assignment=self.assignment,
            exercise=self.squat,
            lane="2x5",
            weight=Decimal("140.25"),
            unit="lb",
            by=self.tara,
            reason="You slept",
        )
        olgas = make_session(self.olga, exercise=self.squat, sets=1, finished=True, note="Olgas")
        make_comment(olgas, self.olga, "Olga said")

    def words(self) -> None:
        mia = self.mia
        said = make_comment(self.done, self.tara, "Well done", set_log=self.set)
        CommentRead.objects.create(comment=said, reader=mia)
        mine = make_comment(self.done, mia, "Thanks")
        CommentRead.objects.create(comment=mine, reader=self.tara)
        TrainerNote.objects.create(
            trainer=self.tara, trainer_name=self.tara.name, member=mia, text="Sleeps badly"
        )
        for kind, about, to in (
            (MailKind.COMMENT, said.pk, mia),
            (MailKind.COMMENT, mine.pk, self.tara),
            (MailKind.COACHING, self.link.pk, self.tara),
            (MailKind.INVITATION, self.invitation.pk, None),
            (MailKind.PROGRAM, self.assignment.pk, mia),
        ):
            Letter.objects.create(kind=kind, about=about, member=to, what="joined")

    def things(self) -> None:
        mia = self.mia
        make_check_in(mia, pain=4, pain_place="knee", pain_side="left", signs=["pop"],
                      body_weight=Decimal("150.5"), body_weight_unit="lb")  # fmt: skip
        Rack.objects.create(
            member=mia, unit="lb", bars="45, 35", plates="45x4, 25x1", dumbbell_step=5,
            machine_step=Decimal("7.5"),
        )  # fmt: skip
        ExerciseSetup.objects.create(
            member=mia, exercise=self.squat, note="Rack 2", unit="lb", bar=Decimal(45), step=5
        )
        WeeklyBand.objects.create(member=mia, group="quadriceps", low=8, high=14, set_by=self.tara)
        batch = ImportBatch.objects.create(
            member=mia, file_name="strong.csv", content=b"x", app="strong", status="done",
            unit="kg", time_zone="Europe/Berlin", choices={"names": {}}, counts={"sets": 1},
            done=1, total=1, finished_at=self.now,
        )  # fmt: skip
        ImportedSession.objects.create(batch=batch, session=self.done, mark="x")
        ImportedSet.objects.create(batch=batch, set_log=self.set)
        NameChoice.objects.create(member=mia, name="squat barbell", exercise=self.squat)
        NameChoice.objects.create(member=mia, name="bench press", exercise=None)
        AccessToken.objects.create(
            member=mia, name="My chart", token_hash="e" * 64, starts_with="lt_abc",
            scopes=["sessions"], used_on=mia.today(), expires_at=self.now, revoked_at=self.now,
        )  # fmt: skip


def writes(person: User) -> None:
    """What only a trainer and an author of texts has."""
    program = make_program(person, weeks=1, days=1)
    invite(trainer=person, label="Somebody", email="somebody@example.com")
    InstructionRevision.objects.create(
        exercise=Exercise.objects.get(slug="back-squat"),
        status="submitted",
        decided_at=None,
        is_proposal=True,
        setup="Stand.",
        movement="Squat.",
        author=person,
    )
    assert program.pk
