"""DONE: what a member trained. Nothing here depends on the plan staying as it was."""

from sessions.models.checkin import CheckIn, PainPlace, PainSide, WarningSign
from sessions.models.comment import MAX_COMMENT, Comment, CommentRead
from sessions.models.event import ProgressionEvent
from sessions.models.log import Block, SetLog, WorkoutSession
from sessions.models.setup import ExerciseSetup

__all__ = [
    "MAX_COMMENT",
    "Block",
    "CheckIn",
    "Comment",
    "CommentRead",
    "ExerciseSetup",
    "PainPlace",
    "PainSide",
    "ProgressionEvent",
    "SetLog",
    "WarningSign",
    "WorkoutSession",
]
