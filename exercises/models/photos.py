"""Photographs of exercises, beside the drawings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.models.facts import Exercise


class Licence(models.TextChoices):
    CC0 = "cc0", _("CC0 (public domain)")
    CC_BY = "cc_by", _("CC BY 4.0")
    CC_BY_SA = "cc_by_sa", _("CC BY-SA 4.0")
    OWN = "own", _("Own picture, used with permission")


class ExercisePhoto(models.Model):
    """A photograph as we encoded it anew (see `exercises/photos.py`): WebP, no metadata.

    It is kept in the database, so that one backup holds everything. A photo that was taken away
    is only marked; that can be undone.
    """

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="photos")
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(
        _("what the picture shows"), max_length=200, help_text=_("For people who do not see it.")
    )
    photographer = models.CharField(_("author"), max_length=100)
    licence = models.CharField(_("licence"), max_length=8, choices=Licence)
    source = models.URLField(_("where it comes from"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(licence__in=Licence.values), name="exercises_licence_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(alt="") & ~models.Q(photographer=""),
                name="exercises_photo_said_and_credited",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("exercises:photo", args=[self.pk])
