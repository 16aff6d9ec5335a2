"""What members of the demo noted about the machines they use."""

from __future__ import annotations

from decimal import Decimal

from accounts.models import Unit, User
from demo.cast import MEMBER
from exercises.models import Exercise
from sessions.models import ExerciseSetup

# By exercise: the note, and the smallest step where it is the machine's own.
NOTES = {
    "leg-extension": ("Seat 4, roller on the third hole", Decimal("2.5")),
    "seated-leg-curl": ("Seat 5, thigh pad tight", Decimal("2.5")),
    "back-squat": ("Rack at 14, safeties at 6", None),
}


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
