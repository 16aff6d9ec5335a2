"""Writes to a member's log. Each may be sent twice and changes things once."""

from sessions.services.blocks import (
    MAX_BLOCKS,
    TooManyExercises,
    add_exercise,
    move_exercise,
    remove_exercise,
    restore_exercise,
    set_up_exercise,
    skip_exercise,
    swap_exercise,
)
from sessions.services.checkin import (
    delete_check_in,
    restore_check_in,
    save_check_in,
    withdraw_health_consent,
)
from sessions.services.comments import (
    delete_comment,
    read_comments,
    restore_comment,
    settle_comments,
    write_comment,
)
from sessions.services.progress import override_lift, play, settle, settle_session
from sessions.services.sessions import (
    OtherSessionOpen,
    discard_session,
    finish_session,
    reopen_session,
    restore_session,
    start_session,
    tick,
)
from sessions.services.sets import delete_set, log_set, restore_set

__all__ = [
    "MAX_BLOCKS",
    "OtherSessionOpen",
    "TooManyExercises",
    "add_exercise",
    "delete_check_in",
    "delete_comment",
    "delete_set",
    "discard_session",
    "finish_session",
    "log_set",
    "move_exercise",
    "override_lift",
    "play",
    "read_comments",
    "remove_exercise",
    "reopen_session",
    "restore_check_in",
    "restore_comment",
    "restore_exercise",
    "restore_session",
    "restore_set",
    "save_check_in",
    "set_up_exercise",
    "settle",
    "settle_comments",
    "settle_session",
    "skip_exercise",
    "start_session",
    "swap_exercise",
    "tick",
    "withdraw_health_consent",
    "write_comment",
]
