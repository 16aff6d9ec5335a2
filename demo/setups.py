"""What members of the demo noted about the machines they use, and the weekly sets they want."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import Unit, User
from demo.cast import MEMBER, SOLO, TRAINER
from exercises.models import Exercise
from progress.models import WeeklyBand
from sessions.models import ExerciseSetup

# By exercise: the note, and the smallest step where it is the machine's own.
NOTES = {
    "leg-extension": ("Seat 4, roller on the third hole", Decimal("2.5")),
    "seated-leg-curl": ("Seat 5, thigh pad tight", Decimal("2.5")),
    "back-squat": ("Rack at 14, safeties at 6", None),
}

# Whose, written by whom, and from how many to how many sets a week of a muscle group.
BANDS = (
    (MEMBER, TRAINER, {"quadriceps": (10, 18), "glutes": (12, 22), "calves": (8, 12)}),
    (SOLO, SOLO, {"quadriceps": (8, 14), "hamstrings": (6, 12)}),
)


def note_setups(people: dict[str, User], exercises: dict[str, Exercise]) -> None:
    """Nothing where the member is not in the cast, as in tests that need only a few."""
    if MEMBER not in people:
        return
    ExerciseSetup.objects.bulk_create(
        ExerciseSetup(
            member=people[MEMBER], exercise=exercises[slug], note=note, step=step, unit=Unit.KG
        )
        for slug, (note, step) in NOTES.items()
    )


def want_sets(people: dict[str, User], now: datetime) -> None:
    WeeklyBand.objects.bulk_create(
        WeeklyBand(
            member=people[whose],
            group=group,
            low=low,
            high=high,
            set_by=people[by],
            set_at=now - timedelta(weeks=3),
        )
        for whose, by, bands in BANDS
        if whose in people
        for group, (low, high) in bands.items()
    )
