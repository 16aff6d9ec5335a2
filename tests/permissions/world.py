"""One world for the whole matrix: who is in it, what is theirs, and words that nobody else reads.

Mia is the `owner`: all that is private in here is hers, unless a name says otherwise. What the
table needs of it (ids, tokens, dates) stands in `names`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from http.cookies import SimpleCookie
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from accounts.models import (
    AccessRecord,
    Coaching,
    Handover,
    Invitation,
    Letter,
    MailKind,
    Rack,
    User,
)
from accounts.querysets import hash_token
from accounts.services import token_of
from accounts.stops import stop_token
from coaching.adjusting import EXTRA, plan_deload
from coaching.models import TrainerNote
from exercises.models import (
    Claim,
    Equipment,
    Exercise,
    Muscle,
    Reference,
)
from legtraining.domain.rules import TRAINING_MAX
from legtraining.domain.shorthand import parse_plan
from programs import services as programs
from programs.models import Assignment, DayChange, Program, Workout
from programs.plans import find_exercises, text_of
from programs.text_forms import version_of
from sessions.models import Block, Comment, ExerciseSetup, WorkoutSession
from sessions.services import override_lift
from sessions.services.calendar import make_address
from sessions.tokens import calendar_token, reminders_token
from tests.factories import (
    PASSWORD,
    UserFactory,
    agree,
    make_check_in,
    make_session,
    make_set,
)
from tests.permissions.before import Before
from tests.permissions.brought import Brought
from tests.permissions.library import Library

# In the order of the answers in the table.
ROLES = ("owner", "health", "plain", "former", "other", "member", "editor", "admin", "nobody")
PLAN = """Week 1-3
Day 1
Back Squat 2x5 @60kg, 1x5+ @75% ; linear +5kg
Leg Extension 3x8
Day 2
Front Squat 3x8 @40kg"""
TARGET = {
    "kind": "work", "reps_min": 8, "reps_max": 10, "seconds": None,
    "weight": "60", "unit": "kg", "rir": "2", "percent": "75",
}  # fmt: skip


class World(Library, Before, Brought):
    def __init__(self) -> None:
        self.names: dict[str, object] = {"password": PASSWORD}
        self.people()
        self.library()
        self.programs()
        self.sessions()
        self.health()
        self.words()
        self.links()
        self.brought()
        for role, person in self.cast.items():
            self.clients[role].force_login(person)
            self.names[role] = person.pk
        self.mails()  # their links end with the next signing in
        self.admin()
        self.cookies = {
            role: {name: cookie.value for name, cookie in client.cookies.items()}
            for role, client in self.clients.items()
        }

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {role: Client() for role in ROLES}

    def client(self, role: str) -> Client:
        """As it was after signing in, whatever was asked with it since."""
        client = self.clients[role]
        client.cookies = SimpleCookie(self.cookies[role])
        return client

    def __getitem__(self, name: str) -> str:
        """What stands for `name` in an address; a number is itself."""
        return str(self.names.get(name, name))

    # --- Who ------------------------------------------------------------------------------------

    def people(self) -> None:
        def person(name: str, email: str, **roles: bool) -> User:
            made = UserFactory(name=name, email=email, **roles)
            EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
            return made

        self.mia = person("Mia Marmalade", "quince@secret.example")
        self.anna = person("Anna Trainer", "anna@example.com", is_trainer=True)
        self.bert = person("Bert Trainer", "bert@example.com", is_trainer=True)
        self.carl = person("Carl Trainer", "carl@example.com", is_trainer=True)
        self.dora = person("Dora Trainer", "dora@example.com", is_trainer=True)
        self.olga = person("Olga Orangeade", "damson@secret.example")
        self.editor = person("Edgar Editor", "edgar@example.com", is_staff=True)
        self.editor.user_permissions.set(
            Permission.objects.filter(content_type__app_label="exercises")
        )
        self.boss = person("Ada Admin", "ada@example.com", is_staff=True, is_superuser=True)
        people = (self.mia, self.anna, self.bert, self.carl, self.dora, self.olga)
        self.cast = dict(zip(ROLES, (*people, self.editor, self.boss), strict=False))
        self.today, self.now = self.mia.today(), timezone.now()
        self.names |= {"today": self.today, "owner_email": self.mia.email}

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    # --- Programs -------------------------------------------------------------------------------

    def template(self, owner: User | None, title: str, **fields: object) -> Program:
        plan = parse_plan(PLAN)
        program = programs.create_written(
            owner=owner,
            title=title,
            goal="",
            weeks=len(plan.weeks),
            days=find_exercises(plan),
        )
        for name, value in fields.items():
            setattr(program, name, value)
        program.save()
        return program

    def give(
        self, template: Program, trainer: User, member: User, *, title: str = "", **how: bool
    ) -> Assignment:
        """Today, tomorrow and in three days are training days."""
        start = programs.Start(
            self.today,
            [self.day(days).weekday() for days in (0, 1, 3)],
            maxes={self.squat: Decimal(100)},
        )
        given = programs.assign(
            program=template, member=member, trainer=trainer, start=start, **how
        )
        Program.objects.filter(pk=given.program_id).update(title=title or template.title)
        return Assignment.objects.select_related("program", "member").get(pk=given.pk)

    def programs(self) -> None:
        template = self.template(self.anna, "Blueprintibex")
        shared = self.template(self.anna, "Sharedplan", shared=True)
        gyms = self.template(None, "Gymplan", key="gymplan")
        deleted = self.template(self.anna, "Deletedplan", deleted_at=self.now)
        carls = self.give(
            self.template(self.carl, "Carlsplan"), self.carl, self.mia, title="Formeribex"
        )
        programs.end_assignment(assignment=carls)
        self.active = self.give(template, self.anna, self.mia, title="Planibex")
        queued = self.give(template, self.anna, self.mia, title="Queuedibex", queue=True)
        self.give(self.template(self.dora, "Dorasplan"), self.dora, self.olga)
        Assignment.objects.filter(pk=carls.pk).update(ended_at=self.ago(30))
        DayChange.objects.create(assignment=self.active, day=self.day(3), moved_to=self.day(4))
        override_lift(
            assignment=self.active,
            exercise=self.squat,
            lane=TRAINING_MAX,
            weight=Decimal("283.7"),
            unit="kg",
            by=self.anna,
            reason="Reasonibex",
        )
        copy = self.active.program
        workouts = {(each.week, each.day): each for each in copy.workouts.all()}
        Workout.objects.filter(pk=workouts[1, 2].pk).update(skipped_at=self.now)
        Workout.objects.filter(program=copy).update(title="Dayibex")
        text = text_of(Program.objects.get(pk=copy.pk))
        self.names |= {
            "template": template.pk,
            "shared": shared.pk,
            "gyms": gyms.pk,
            "deleted": deleted.pk,
            "copy": copy.pk,
            "queued_copy": queued.program_id,
            "former_copy": carls.program_id,
            "assignment": self.active.pk,
            "queued": queued.pk,
            "former_assignment": carls.pk,
            "workout": workouts[2, 1].pk,
            "skipped": workouts[1, 2].pk,
            "lift": f"{self.squat.pk}:{TRAINING_MAX}",
            "text": text.replace("Leg Extension 3x8", "Leg Extension 3x9"),
            "version": version_of(text),
            "tomorrow": self.day(1),
            "moved_day": self.day(3),
            "seen": plan_deload(self.active, EXTRA).seen,
            "deload": EXTRA,
            "free_day": self.day(2),
        }

    # --- Sessions -------------------------------------------------------------------------------

    def sessions(self) -> None:
        done = make_session(
            self.mia,
            exercise=self.squat,
            targets=[TARGET] * 3,
            title="Sessionibex",
            started_at=self.ago(1),
            finished=True,
            assignment=self.active,
            workout=self.active.program.workouts.get(week=1, day=1),
            note="Noteibex",
            rpe=7,
        )
        block = done.blocks.get()
        noted = make_set(block, weight=Decimal("61.375"), note="Setibex", done_at=self.ago(1))
        taken_out = make_set(block, position=2, deleted_at=self.now, note="Outibex")
        ExerciseSetup.objects.create(
            member=self.mia, exercise=self.squat, note="Setupibex", unit="kg", bar=Decimal(20)
        )
        self.open = make_session(
            self.mia, exercise=self.squat, targets=[TARGET] * 2, title="Openibex"
        )
        make_set(self.open.blocks.get())
        for order, fields in enumerate(({}, {"removed_at": self.now}, {"skipped_at": self.now}), 2):
            Block.objects.create(
                session=self.open, order=order, place=order, exercise=self.extension, **fields
            )
        gone = make_session(
            self.mia, exercise=self.squat, finished=True, deleted_at=self.now, title="Goneibex"
        )
        olgas = make_session(self.olga, exercise=self.squat, finished=True, sets=1, note="Olgaibex")
        self.done = done
        self.names |= {
            "done": done.uuid,
            "set": noted.client_key,
            "deleted_set": taken_out.client_key,
            "open": self.open.uuid,
            "open_key": self.open.blocks.get(order=1).key_of(2),
            "gone": gone.uuid,
            "olgas": olgas.uuid,
            "new_uuid": uuid4(),
        }

    def health(self) -> None:
        agree(self.mia)
        felt = {"soreness": {"quadriceps": 9}, "pain": 6}
        today = make_check_in(self.mia, pain_place="groin", signs=["swollen_calf"], **felt)
        deleted = make_check_in(self.mia, day=self.day(-1), deleted_at=self.now, **felt)
        self.names |= {"check_in": today.pk, "deleted_check_in": deleted.pk}
        make_address(member=self.mia)
        self.mia.refresh_from_db()
        self.names |= {
            "calendar": calendar_token(self.mia),
            "calendar_key": self.mia.calendar_key,
            "reminders": reminders_token(self.mia),
            "stop": stop_token(kind=MailKind.COMMENT, email=self.mia.email),
        }
        User.objects.filter(pk=self.mia.pk).update(remind_minutes=60)
        Rack.objects.create(
            member=self.mia, unit="kg", bars="20", plates="25x4",
            dumbbell_step=2, machine_step=Decimal("7.5"),
        )  # fmt: skip

    # --- What people wrote ----------------------------------------------------------------------

    def words(self) -> None:
        def say(author: User, text: str, days: int, **fields: object) -> UUID:
            values = {"session": self.done, "member": self.mia, "author_name": str(author)}
            values |= {"written_at": self.now - timedelta(hours=1) + timedelta(minutes=days)}
            return Comment.objects.create(author=author, text=text, **values | fields).uuid

        on_a_set = self.done.sets.live().get()
        self.names |= {
            "asked": say(self.mia, "Askedibex", 1),
            "answered": say(self.anna, "Answeredibex", 2, set_log=on_a_set),
            "newest": say(self.bert, "Bertsibex", 3),
            "deleted_comment": say(self.mia, "Deletedibex", 4, deleted_at=self.now),
            "comment_uuid": uuid4(),
        }
        Comment.objects.filter(uuid=self.names["answered"]).update(settled_at=None)
        olgas = WorkoutSession.objects.get(uuid=self.names["olgas"])
        say(self.olga, "Olgassaidibex", 1, session=olgas, member=self.olga)

        def note(trainer: User, text: str, *, about_health: bool = False, **fields: object) -> int:
            return TrainerNote.objects.create(
                trainer=trainer, trainer_name=str(trainer), member=self.mia, text=text,
                about_health=about_health, **fields,
            ).pk  # fmt: skip

        self.names |= {
            "note": note(self.anna, "Annasnoteibex"),
            "health_note": note(self.anna, "Annashealthibex", about_health=True),
            "deleted_note": note(self.anna, "Annasgoneibex", deleted_at=self.now),
            "berts_note": note(self.bert, "Bertsnoteibex"),
            "berts_health_note": note(self.bert, "Bertshealthibex", about_health=True),
            "carls_note": note(self.carl, "Carlsnoteibex"),
        }

    def links(self) -> None:
        def link(trainer: User, member: User, **dates: datetime) -> Coaching:
            dates = {"accepted_at": self.ago(40)} | dates
            return Coaching.objects.create(trainer=trainer, member=member, **dates)

        health = link(self.anna, self.mia, health_shared_at=self.ago(20))
        plain = link(self.bert, self.mia)
        link(self.carl, self.mia, ended_at=self.ago(10), health_shared_at=self.ago(20))
        link(self.dora, self.olga)
        handover = Handover.objects.create(coaching=health, to=self.dora)
        invitation = Invitation(
            trainer=self.anna,
            label="Labelibex",
            email="lapwing@secret.example",
            expires_at=self.now + timedelta(days=7),
        )
        token = token_of(invitation)
        invitation.token_hash = hash_token(token)
        invitation.save()
        AccessRecord.objects.create(
            member=self.mia, viewer=None, viewer_name="Xaver Lookedibex", what="log", day=self.today
        )
        self.names |= {
            "link": health.pk,
            "plain_link": plain.pk,
            "handover": handover.pk,
            "invitation": invitation.pk,
            "token": token,
        }

    def mails(self) -> None:
        """What stands in the links of allauth's mails."""
        self.new = EmailAddress.objects.create(user=self.mia, email="new-quince@secret.example")
        self.mia.refresh_from_db()
        self.names |= {
            "confirm_key": EmailConfirmationHMAC(self.new).key,
            "reset_uid": user_pk_to_url_str(self.mia),
            "reset_key": default_token_generator.make_token(self.mia),
        }

    # --- The admin ------------------------------------------------------------------------------

    def admin(self) -> None:
        letter = Letter.objects.create(
            kind=MailKind.COMMENT, member=self.mia, about=self.names["link"]
        )
        self.rows = {
            "auth/group": Group.objects.create(name="Editors").pk,
            "account/emailaddress": self.new.pk,
            "accounts/user": self.mia.pk,
            "accounts/coaching": self.names["link"],
            "accounts/letter": letter.pk,
            "exercises/claim": Claim.objects.create(
                slug="soreness", number=1, claim="Soreness shows growth.", verdict="mixed"
            ).pk,
            "exercises/reference": Reference.objects.create(number=1, citation="Somebody 2020").pk,
            "exercises/exercise": self.extension.pk,
            "exercises/muscle": Muscle.objects.create(
                slug="soleus", name="Soleus", group="calves", side="back"
            ).pk,
            "exercises/equipment": Equipment.objects.create(slug="sled", name="Sled").pk,
            "exercises/instructionrevision": self.names["old_text"],
            "exercises/factsrevision": self.names["facts"],
            "exercises/exercisephoto": self.names["photo"],
        }
        exercise = ContentType.objects.get_for_model(Exercise)
        session = ContentType.objects.get_for_model(WorkoutSession)
        self.names |= self.rows | {
            "exercise_type": exercise.pk,
            "exercise_pk": self.extension.pk,
            "session_type": session.pk,
            "session_pk": self.done.pk,
        }
