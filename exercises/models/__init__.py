"""WHAT: muscles, equipment, exercises, the instructions for them, and the evidence."""

from exercises.models.claims import Claim, Reference, Verdict
from exercises.models.facts import (
    JOINT_ACTIONS,
    RESERVED,
    Equipment,
    Exercise,
    ExerciseAlias,
    FactsRevision,
    Kind,
    Load,
    Mechanics,
    Muscle,
    MuscleGroup,
    MuscleWork,
    Plain,
    Side,
)
from exercises.models.photos import ExercisePhoto, Licence
from exercises.models.revisions import InstructionRevision, lines

__all__ = [
    "JOINT_ACTIONS",
    "RESERVED",
    "Claim",
    "Equipment",
    "Exercise",
    "ExerciseAlias",
    "ExercisePhoto",
    "FactsRevision",
    "InstructionRevision",
    "Kind",
    "Licence",
    "Load",
    "Mechanics",
    "Muscle",
    "MuscleGroup",
    "MuscleWork",
    "Plain",
    "Reference",
    "Side",
    "Verdict",
    "lines",
]
