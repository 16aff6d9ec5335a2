"""How a photo is added to an exercise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.forms.editing import PlainHelper
from exercises.models import ExercisePhoto
from exercises.photos import TOO_BIG, Encoded, encode


class PhotoForm(PlainHelper, forms.ModelForm):
    """A picture, what it shows, who made it and on which terms it may be shown."""

    photo = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP of at most 10 MB. Where and with what it was taken is not kept."
        ),
        error_messages={"required": _("Choose a picture."), "empty": _("The file is empty.")},
    )
    field_order = ("photo",)

    class Meta:
        model = ExercisePhoto
        fields = ("alt", "photographer", "licence", "source")
        help_texts = {"source": _("The address of the page, if it has one.")}
        error_messages = {
            "alt": {"required": _("Say what the picture shows.")},
            "photographer": {"required": _("Name who made the picture.")},
            "licence": {"required": _("Choose the licence under which it may be shown.")},
            "source": {"invalid": _("Enter a whole address, as in https://example.com/photo.")},
        }

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:  # then it was let go while it arrived
            self.fields["photo"].error_messages["required"] = TOO_BIG

    def clean_photo(self) -> Encoded:
        return encode(self.cleaned_data["photo"])

    def refuse(self, problems: forms.ValidationError) -> None:
        """Adds what the service found, and that the file is gone."""
        self.add_error(None, problems)
        self._ask_for_the_file_again()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            self._ask_for_the_file_again()
        return data

    def _ask_for_the_file_again(self) -> None:
        """What was typed comes back in its fields; a file cannot."""
        if "photo" in self.files and "photo" not in self.errors:
            self.add_error("photo", _("Choose the picture again: a form cannot keep a file."))
