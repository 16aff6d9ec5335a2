"""What a trainer notes about a member for themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.querysets import TrainerNoteQuerySet

MAX_NOTE = 2000


class TrainerNote(models.Model):
    """A trainer's private note about a member: read by that trainer alone, while they coach them.

    The member is told that there are notes, and gets them with their own data. One that is about
    health is health data: it can be written, and is read, only while the member shares check-ins.
    """

    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="trainer_notes"
    )
    trainer_name = models.CharField(max_length=100)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes_about_me"
    )
    text = models.TextField(_("note"), max_length=MAX_NOTE)
    about_health = models.BooleanField(_("about health"), default=False)
    written_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = TrainerNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note about a member")
        verbose_name_plural = _("notes about members")
        default_permissions = ()  # the trainer's, and the member's to take along
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="coaching_note_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_name}, {self.written_at:%Y-%m-%d}"
