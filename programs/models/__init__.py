"""PLAN: what a trainer wrote, and who follows it."""

from programs.models.following import (
    Assignment,
    DayChange,
    LiftState,
    Pause,
    Reminder,
    Weekday,
)
from programs.models.program import (
    DAYS,
    MAX_WEEKS,
    Basis,
    PrescribedSet,
    Prescription,
    Program,
    SetKind,
    Workout,
)

__all__ = [
    "DAYS",
    "MAX_WEEKS",
    "Assignment",
    "Basis",
    "DayChange",
    "LiftState",
    "Pause",
    "PrescribedSet",
    "Prescription",
    "Program",
    "Reminder",
    "SetKind",
    "Weekday",
    "Workout",
]
