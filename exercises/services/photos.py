"""Adding photos to an exercise, and taking them away."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exercises.models import Exercise, ExercisePhoto
from exercises.photos import MAX_SHOWN, Encoded, shown_photos
from exercises.services.locking import locked


@transaction.atomic
def add_photo(
    *,
    exercise: Exercise,
    picture: Encoded,
    added_by: User,
    alt: str,
    photographer: str,
    licence: str,
    source: str = "",
) -> ExercisePhoto:
    """Shows a picture on the page of the exercise.

    The same form sent twice adds one row. Raises ValidationError with a sentence where the same
    picture is shown with other words, or where MAX_SHOWN are shown already.
    """
    shown = shown_photos(locked(exercise))
    said = {"alt": alt, "photographer": photographer, "licence": licence, "source": source}
    same = shown.filter(image=picture.data).first()
    if same and all(getattr(same, name) == value for name, value in said.items()):
        return same
    if same:
        raise ValidationError(
            {"photo": _("This picture is shown already. Remove it first to change its words.")}
        )
    _refuse_one_more(exercise)
    return ExercisePhoto.objects.create(
        exercise=exercise,
        image=picture.data,
        width=picture.width,
        height=picture.height,
        added_by=added_by,
        **said,
    )


@transaction.atomic
def remove_photo(*, photo: ExercisePhoto) -> None:
    """Takes it off the page; `restore_photo` undoes that."""
    locked(photo.exercise)
    ExercisePhoto.objects.filter(pk=photo.pk, removed_at__isnull=True).update(
        removed_at=timezone.now()
    )


@transaction.atomic
def restore_photo(*, photo: ExercisePhoto) -> None:
    """Shows it again, unless it is. Raises ValidationError as `add_photo` does."""
    locked(photo.exercise)
    photo = ExercisePhoto.objects.select_related("exercise").get(pk=photo.pk)
    if photo.removed_at is None:
        return
    if shown_photos(photo.exercise).filter(image=photo.image).exists():
        raise ValidationError(_("The same picture was added again meanwhile."))
    _refuse_one_more(photo.exercise)
    ExercisePhoto.objects.filter(pk=photo.pk).update(removed_at=None)


def _refuse_one_more(exercise: Exercise) -> None:
    if shown_photos(exercise).count() >= MAX_SHOWN:
        raise ValidationError(
            _("There are %(most)d photos already. Remove one first.") % {"most": MAX_SHOWN},
            code="enough",
        )
