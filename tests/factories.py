"""Rows for tests, each plausible and as small as it can be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import factory
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from accounts.models import Coaching, User
from exercises.models import Exercise, Muscle, MuscleWork
from legtraining.domain.setgroups import parse_sets
from legtraining.domain.shorthand import parse_plan
from programs import services as programs
from programs.models import Assignment, Program, Workout
from programs.plans import find_exercises
from sessions.models import Block, CheckIn, Comment, SetLog, WorkoutSession

PASSWORD = "a-long-test-password"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")
    time_zone = "Europe/Berlin"
    password = factory.django.Password(PASSWORD)


class ExerciseFactory(DjangoModelFactory[Exercise]):
    class Meta:
        model = Exercise
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"exercise-{n}")
    name = factory.Sequence(lambda n: f"Exercise {n}")
    mechanics = "compound"
    joint_actions = "knee_extension"

    @factory.post_generation
    def muscle(self, create: bool, extracted: str | None, **kwargs: object) -> None:
        if create:
            muscle, _made = Muscle.objects.get_or_create(
                slug=extracted or "vastus_lateralis",
                defaults={
                    "name": "Vastus lateralis",
                    "group": kwargs.get("group", "quadriceps"),
                    "side": "front",
                },
            )
            MuscleWork.objects.create(exercise=self, muscle=muscle, share=1)


def coach(trainer: User, member: User) -> Coaching:
    """An accepted, open link."""
    return Coaching.objects.create(trainer=trainer, member=member)


def make_program(
    owner: User, *, exercises: list[Exercise] | None = None, weeks: int = 2, days: int = 2
) -> Program:
    """A program whose every day has each exercise as `3x8-10` at 60 kg, RIR 2."""
    program = programs.create_program(
        owner=owner, title="Strong legs", goal="Get stronger", weeks=weeks, days_a_week=days
    )
    rows = [
        programs.Prescribed(exercise=exercise, groups=parse_sets("3x8-10 @60kg @RIR2"))
        for exercise in exercises or [ExerciseFactory()]
    ]
    for day in range(1, days + 1):
        workout = Workout.objects.get(program=program, week=1, day=day)
        programs.write_workout(workout=workout, title=f"Day {day}", rows=rows, later_weeks=True)
    return program


def make_written(owner: User, text: str, **load: str) -> Program:
    """A program as its trainer wrote it. Exercises that are missing are made, `load` says what a
    weight of one means, by its slug with underscores."""
    plan = parse_plan(text)
    for line in (line for week in plan.weeks for day in week for line in day.lines):
        slug = slugify(line.exercise)
        if not Exercise.objects.filter(Q(name=line.exercise) | Q(slug=slug)).exists():
            kind = load.get(slug.replace("-", "_"), "external")
            ExerciseFactory(name=line.exercise, slug=slug, load=kind)
    return programs.create_written(
        owner=owner,
        title=plan.title or "Strong legs",
        goal=plan.goal,
        weeks=len(plan.weeks),
        days=find_exercises(plan),
    )


def follow(
    trainer: User, member: User, text: str, *, maxes: dict[str, str] | None = None, **load: str
) -> Assignment:
    """`member` follows what is written, on every weekday from today; `maxes` in their unit."""
    program = make_written(trainer, text, **load)
    start = programs.Start(
        member.today(),
        range(7),
        unit=member.unit,  # type: ignore[arg-type]
        maxes={Exercise.objects.get(name=n): Decimal(w) for n, w in (maxes or {}).items()},
    )
    return programs.assign(
        program=program, member=member, trainer=trainer, start=start, replace=True
    )


def make_assignment(
    trainer: User, member: User, *, start: date | None = None, **kwargs: object
) -> Assignment:
    """`member` follows a fresh program of `trainer` on every weekday, from `start` (today)."""
    return programs.assign(
        program=make_program(trainer, **kwargs),  # type: ignore[arg-type]
        member=member,
        trainer=trainer,
        start=programs.Start(start or member.today(), range(7)),
    )


def make_session(
    member: User,
    *,
    exercise: Exercise | None = None,
    sets: int = 0,
    finished: bool = False,
    targets: list[dict[str, object]] | None = None,
    **fields: object,
) -> WorkoutSession:
    """A session with one block and `sets` logged sets of 60 kg × 8."""
    started = fields.pop("started_at", None) or timezone.now()
    session = WorkoutSession.objects.create(
        uuid=uuid4(),
        member=member,
        title=fields.pop("title", "Leg session"),
        started_at=started,
        day=timezone.localdate(started, member.zone),
        finished_at=started if finished else None,
        **fields,
    )
    block = Block.objects.create(
        session=session,
        order=1,
        place=1,
        exercise=exercise or ExerciseFactory(),
        targets=targets or [],
    )
    for position in range(1, sets + 1):
        make_set(block, position=position, done_at=started)
    return session


def make_set(block: Block, *, position: int = 1, **fields: object) -> SetLog:
    values: dict[str, object] = {"weight": Decimal(60), "unit": "kg", "reps": 8} | fields
    return SetLog.objects.create(
        session=block.session,
        block=block,
        member=block.session.member,
        exercise=block.exercise,
        client_key=values.pop("client_key", None) or block.key_of(position),
        position=position,
        **values,
    )


def agree(member: User) -> User:
    """`member` has agreed to keep check-ins."""
    member.health_consent_at = timezone.now()
    member.save(update_fields=["health_consent_at"])
    return member


def make_check_in(member: User, *, day: date | None = None, **felt: object) -> CheckIn:
    """An entry of today, of somebody who agreed: the quadriceps are sore, 4 of 10."""
    if member.health_consent_at is None:
        agree(member)
    values: dict[str, object] = {"soreness": {"quadriceps": 4}} | felt
    return CheckIn.objects.create(member=member, day=day or member.today(), **values)


def make_comment(
    session: WorkoutSession, author: User, text: str = "", **fields: object
) -> Comment:
    """What `author` wrote, as it stands in the table: it settles nothing and causes no mail."""
    return Comment.objects.create(
        session=session,
        member=session.member,
        author=author,
        author_name=author.name,
        text=text or f"Words of {author.name}",
        **fields,
    )
