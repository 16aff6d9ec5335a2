"""What a member and a trainer write to each other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions.comments import trainers_of
from sessions.models import MAX_COMMENT, SetLog, WorkoutSession

SEND_AGAIN = _("That could not be sent. Send it once more.")
NO_SET = _("This set is not in the session any more. Choose what it is about.")
NO_READER = _("You have no trainer any more who would read this.")


class WrittenField(forms.CharField):
    """Words with line breaks, each of which counts once, as the browser counts it."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(text) or ""


class CommentForm(forms.Form):
    """A comment on a session. Its fields are drawn by hand, in `sessions/_comments.html`."""

    uuid = forms.UUIDField(error_messages={"required": SEND_AGAIN, "invalid": SEND_AGAIN})
    text = WrittenField(
        max_length=MAX_COMMENT,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("That is %(show_value)s characters long, %(limit_value)s fit."),
        },
    )
    about = forms.UUIDField(required=False, error_messages={"invalid": NO_SET})

    def __init__(self, *args: Any, session: WorkoutSession, author: User, **kwargs: Any) -> None:
        self.session, self.author = session, author
        super().__init__(*args, **kwargs)

    def clean_about(self) -> SetLog | None:
        """A logged set of this session and of no other one."""
        if self.cleaned_data["about"] is None:
            return None
        sets = self.session.sets.live()
        found: SetLog | None = sets.filter(client_key=self.cleaned_data["about"]).first()
        if found is None:
            raise forms.ValidationError(NO_SET)
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.author.pk == self.session.member_id and not trainers_of(self.author).exists():
            raise forms.ValidationError(NO_READER)
        return data
