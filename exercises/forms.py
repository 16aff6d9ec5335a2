"""How the library is searched."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.models import Equipment, Exercise, MuscleGroup
from exercises.querysets import ExerciseQuerySet


class LibraryFilter(forms.Form):
    """The filters stand in the address; a value that does not exist filters nothing away."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        widget=forms.SearchInput(attrs={"placeholder": _("Name, e.g. squat")}),
    )
    muscle = forms.ChoiceField(
        label=_("Muscle group"),
        required=False,
        choices=[("", _("All muscle groups")), *MuscleGroup.choices],
    )
    equipment = forms.ModelChoiceField(
        label=_("Equipment"),
        required=False,
        queryset=Equipment.objects.all(),
        to_field_name="slug",
        empty_label=_("All equipment"),
    )

    def apply(self, exercises: ExerciseQuerySet) -> ExerciseQuerySet:
        self.is_valid()
        data = self.cleaned_data
        if data.get("q"):
            exercises = exercises.named(data["q"])
        if data.get("muscle"):
            exercises = exercises.training(data["muscle"])
        if data.get("equipment"):
            exercises = exercises.with_equipment(data["equipment"].slug)
        return exercises


def exercise_called(name: str) -> Exercise:
    """The exercise of that name or alias. Raises ValidationError with a sentence."""
    exercise = Exercise.objects.called(name).first()
    if exercise is None:
        raise forms.ValidationError(
            _("There is no exercise called “%(name)s” in the library.") % {"name": name},
            code="unknown",
        )
    return exercise
