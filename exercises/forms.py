"""How the library is searched."""

from django import forms
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from exercises.models import Equipment, Exercise, MuscleGroup
from exercises.querysets import ExerciseQuerySet

CHOICES = 8  # as many as one reads at a glance


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


class SeveralExercises(forms.ValidationError):
    """A name fits more than one exercise; `names` are some of theirs."""

    def __init__(self, text: str, names: list[str]) -> None:
        self.names = names
        sentence = _("“%(text)s” could be %(names)s. Which one do you mean?")
        super().__init__(sentence % {"text": text, "names": ", ".join(names)}, code="several")


def exercise_called(name: str) -> Exercise:
    """The exercise of that name or alias, or the only one with all its words in its name.

    Raises ValidationError with a sentence; SeveralExercises if more than one has the words.
    """
    exercise = Exercise.objects.called(name).first()
    if exercise is None:
        shortest_first = Exercise.objects.named(name).order_by(Length("name"), "name")
        like = list(shortest_first[:CHOICES])
        if len(like) > 1:
            raise SeveralExercises(name, [each.name for each in like])
        exercise = like[0] if like else None
    if exercise is None:
        raise forms.ValidationError(
            _("There is no exercise called “%(name)s” in the library.") % {"name": name},
            code="unknown",
        )
    return exercise
