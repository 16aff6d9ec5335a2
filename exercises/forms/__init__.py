"""What is typed in the library's pages."""

from exercises.forms.editing import (
    FactsForm,
    InstructionsForm,
    MergeForm,
    NewForm,
    RejectForm,
    facts_initial,
    written_again,
)
from exercises.forms.own import OwnForm, SameForm
from exercises.forms.search import CHOICES, LibraryFilter, Select, SeveralExercises, exercise_called

__all__ = [
    "CHOICES",
    "FactsForm",
    "InstructionsForm",
    "LibraryFilter",
    "MergeForm",
    "NewForm",
    "OwnForm",
    "RejectForm",
    "SameForm",
    "Select",
    "SeveralExercises",
    "exercise_called",
    "facts_initial",
    "written_again",
]
