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
from exercises.services.own import (
    Busy,
    TooManyOwn,
    delete_own,
    hold_own,
    is_used,
    merge_own,
    own_exercise,
    own_name,
    refuse_other,
    retire_own,
    save_own,
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
    "Busy",
    "CannotMerge",
    "Outdated",
    "TooManyOwn",
    "bring_back",
    "create_exercise",
    "delete_own",
    "discard_draft",
    "hold_own",
    "is_used",
    "load_library",
    "merge_exercises",
    "merge_own",
    "own_exercise",
    "own_name",
    "publish_instructions",
    "publish_proposal",
    "refuse_different",
    "refuse_other",
    "reject_proposal",
    "restore_facts",
    "restore_instructions",
    "retire_exercise",
    "retire_own",
    "save_draft",
    "save_facts",
    "save_own",
    "submit_proposal",
    "take_back",
    "what_moves",
]
