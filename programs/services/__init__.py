"""Writes to programs and to who follows them. Nothing here ever touches a logged set."""

from programs.plans import Prescribed, WrittenDay
from programs.services.arranging import (
    Changes,
    add_day,
    copy_day,
    copy_week,
    move_day,
    remove_day,
    restore_day,
)
from programs.services.following import (
    AlreadyActive,
    Start,
    assign,
    end_assignment,
    pause_assignment,
    reopen_assignment,
    resume_assignment,
    start_next,
    start_now,
)
from programs.services.library import load_programs
from programs.services.writing import (
    change_program,
    copy_program,
    copy_workouts,
    create_program,
    create_written,
    write_days,
    write_program,
    write_workout,
)

__all__ = [
    "AlreadyActive",
    "Changes",
    "Prescribed",
    "Start",
    "WrittenDay",
    "add_day",
    "assign",
    "change_program",
    "copy_day",
    "copy_program",
    "copy_week",
    "copy_workouts",
    "create_program",
    "create_written",
    "end_assignment",
    "load_programs",
    "move_day",
    "pause_assignment",
    "remove_day",
    "reopen_assignment",
    "restore_day",
    "resume_assignment",
    "start_next",
    "start_now",
    "write_days",
    "write_program",
    "write_workout",
]
