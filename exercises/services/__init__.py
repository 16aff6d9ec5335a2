"""Writes to the library."""

from exercises.services.facts import (
    bring_back,
    create_exercise,
    restore_facts,
    retire_exercise,
    save_facts,
)
from exercises.services.library import LIBRARY, load_library
from exercises.services.locking import AlreadyDecided, Outdated
from exercises.services.merging import (
    CannotMerge,
    merge_exercises,
    refuse_different,
    what_moves,
)
from exercises.services.revisions import (
    discard_draft,
    publish_instructions,
    publish_proposal,
    reject_proposal,
    restore_instructions,
    save_draft,
    submit_proposal,
    take_back,
)

__all__ = [
    "LIBRARY",
    "AlreadyDecided",
    "CannotMerge",
    "Outdated",
    "bring_back",
    "create_exercise",
    "discard_draft",
    "load_library",
    "merge_exercises",
    "publish_instructions",
    "publish_proposal",
    "refuse_different",
    "reject_proposal",
    "restore_facts",
    "restore_instructions",
    "retire_exercise",
    "save_draft",
    "save_facts",
    "submit_proposal",
    "take_back",
    "what_moves",
]
