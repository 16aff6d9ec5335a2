"""Half a year of training days, from each member's plan and habits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from demo.cast import Person
from demo.following import Followed
from demo.loads import Strength
from demo.logbook import Logbook
from demo.people import midnight
from exercises.models import Exercise
from programs.models import Workout
from sessions.models import Block, SetLog, WorkoutSession
from sessions.planner import Planner, planned_blocks
from sessions.services import play

# What people do who go to the gym without a plan, in turn.
OWN_SESSIONS = (
    ("back-squat", "romanian-deadlift", "leg-extension", "standing-calf-raise-machine"),
    ("leg-press-45", "lying-leg-curl", "hip-adduction-machine", "seated-calf-raise"),
    ("barbell-hip-thrust", "goblet-squat", "seated-leg-curl"),
)


@dataclass
class History:
    """Unsaved rows."""

    sessions: list[WorkoutSession] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    sets: list[SetLog] = field(default_factory=list)

    def save(self) -> None:
        WorkoutSession.objects.bulk_create(self.sessions)
        Block.objects.bulk_create(self.blocks, batch_size=2000)
        SetLog.objects.bulk_create(self.sets, batch_size=2000)


class Diary:
    """One member's days, the oldest first. The same person and day give the same diary."""

    def __init__(
        self,
        person: Person,
        user: User,
        followed: list[Followed],
        exercises: dict[str, Exercise],
        today: date,
    ) -> None:
        self.person, self.user, self.followed, self.today = person, user, followed, today
        self.exercises = exercises
        self.rng = Random(f"leg training demo: {person.email}")  # noqa: S311
        self.logbook = Logbook(person, Strength.of(person), self.rng)
        self.open_workouts = {plan.assignment.pk: list(plan.workouts) for plan in followed}
        self.planners = {plan.assignment.pk: Planner(user, plan.assignment) for plan in followed}

    def write_into(self, history: History) -> None:
        """Adds every session that was finished before today began at the trainers' gym."""
        own = 0
        for day, plan in self._training_days():
            workouts = self.open_workouts[plan.assignment.pk] if plan else []
            if plan and not workouts:
                continue  # the whole program is done
            session = self._session(day, plan, workouts[0] if workouts else None)
            if plan and workouts:
                blocks = planned_blocks(session, workouts[0], self.planners[plan.assignment.pk])
            else:
                blocks = self._own_blocks(session, own)
            sets = self.logbook.write(session, blocks, (self.today - day).days / 7)
            if plan:
                play(self.planners[plan.assignment.pk].states, blocks, sets)
            if session.finished_at is None or session.finished_at > midnight(self.today):
                break
            own += not workouts
            del workouts[:1]
            history.sessions.append(session)
            history.blocks += blocks
            history.sets += sets

    def _training_days(self) -> Iterator[tuple[date, Followed | None]]:
        habits = self.person.habits
        first = self.today - timedelta(weeks=self.person.history_weeks, days=self.today.weekday())
        last = self.today - timedelta(days=7 * habits.absent_weeks + 1)
        for number in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(number)
            plan = next((plan for plan in self.followed if plan.covers(day)), None)
            weekdays = plan.assignment.weekdays if plan else self.person.own_days
            chance = habits.attendance if day.weekday() in weekdays else habits.extra
            if self.rng.random() < chance:
                yield day, plan

    def _session(self, day: date, plan: Followed | None, workout: Workout | None) -> WorkoutSession:
        local = datetime.combine(day, time(self.person.habits.hour), self.user.zone)
        return WorkoutSession(
            uuid=UUID(int=self.rng.getrandbits(128), version=4),
            member=self.user,
            assignment=plan.assignment if plan else None,
            workout=workout,
            title=workout.title if workout else _("Leg session"),
            day=day,
            started_at=local.astimezone(UTC) + timedelta(minutes=self.rng.randint(-25, 40)),
        )

    def _own_blocks(self, session: WorkoutSession, number: int) -> list[Block]:
        slugs = OWN_SESSIONS[number % len(OWN_SESSIONS)]
        return [
            Block(session=session, order=order, place=order, exercise=self.exercises[slug])
            for order, slug in enumerate(slugs, 1)
        ]
