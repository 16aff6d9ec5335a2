"""What the people of the demo wrote in the library: a text with a history, and one that waits."""

from __future__ import annotations

from accounts.models import User
from demo.cast import ADMIN, TRAINER
from exercises.models import Exercise
from exercises.services import publish_instructions, submit_proposal

PUBLISHED = "romanian-deadlift"
PUBLISHED_CUES = (
    "The hips move back, not down.\nDraw a line down your thighs with the bar."
    "\nLong neck, eyes on the floor a few steps ahead."
)
PROPOSED = "barbell-hip-thrust"
PROPOSED_CUES = "Chin in, ribs down, eyes on the bar.\nA table top from chest to knees."


def write_texts(people: dict[str, User], exercises: dict[str, Exercise]) -> None:
    publish_instructions(
        exercise=exercises[PUBLISHED],
        author=people[ADMIN],
        note="Draw, not paint: members asked",
        cues=PUBLISHED_CUES,
    )
    exercise = exercises[PROPOSED]
    current = exercise.revisions.current()
    texts = current.texts if current else {}
    submit_proposal(
        exercise=exercise,
        author=people[TRAINER],
        note="Shorter, as I say it on the floor",
        **texts | {"cues": PROPOSED_CUES},
    )
