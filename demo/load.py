"""The whole demo, written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from demo.cast import CAST, Person
from demo.following import assign_programs
from demo.history import Diary, History
from demo.people import create_coachings, create_people, midnight
from demo.plans import write_programs
from demo.setups import note_setups, want_sets
from demo.talk import tell
from demo.texts import write_texts
from exercises.models import Exercise
from exercises.services import load_library
from programs.models import Assignment
from programs.services import load_programs
from sessions.services import settle


@dataclass(frozen=True)
class Summary:
    people: int
    sessions: int
    sets: int


def is_loaded() -> bool:
    """Whether any account of the demo is there. Those that are missing were deleted by somebody."""
    return User.objects.filter(email__in=[person.email for person in CAST]).exists()


@transaction.atomic
def load(today: date, cast: Sequence[Person] = CAST) -> Summary:
    """Writes the demo as it is on `today`: the same day gives the same rows.

    `cast` must contain STAFF; tests that need only a few others are quicker for it.
    """
    load_library()
    load_programs()
    people = create_people(cast, today)
    create_coachings(cast, people, today)
    templates = write_programs(people, today)
    exercises = {exercise.slug: exercise for exercise in Exercise.objects.all()}
    note_setups(people, exercises)
    write_texts(people, exercises)
    history = History()
    for person in cast:
        followed = assign_programs(person, people, templates, today)
        diary = Diary(person, people[person.email], followed, exercises, today)
        diary.write_into(history)
    history.save()
    for assignment in Assignment.objects.order_by("pk"):
        settle(assignment=assignment)
    tell(people, midnight(today))
    want_sets(people, midnight(today))
    return Summary(len(people), len(history.sessions), len(history.sets))
