"""How an exercise is done, in every version there was."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.models.facts import Exercise
from exercises.querysets import InstructionRevisionQuerySet

OPEN = ("draft", "submitted")


class InstructionRevision(models.Model):
    """One text of an exercise's instructions. What was submitted is never changed, only decided.

    A draft is its author's own and may be rewritten; the database refuses to change or delete any
    other (migration 0002). The page shows what was published last.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for review")
        PUBLISHED = "published", _("published")
        ADAPTED = "adapted", _("published with changes")
        REJECTED = "rejected", _("rejected")

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="revisions")
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.PUBLISHED, editable=False
    )
    setup = models.TextField(_("set-up"), help_text=_("One step a line."))
    movement = models.TextField(_("movement"), help_text=_("One step a line."))
    cues = models.TextField(_("cues"), blank=True, help_text=_("One a line."))
    mistakes = models.TextField(_("common mistakes"), blank=True, help_text=_("One a line."))
    safety = models.TextField(_("safety"), blank=True, help_text=_("One a line."))
    tempo = models.CharField(
        _("tempo"),
        max_length=20,
        blank=True,
        help_text=_("Seconds: lowering-pause-lifting-pause, e.g. 2-0-1-0."),
    )
    rest_seconds = models.PositiveSmallIntegerField(
        _("rest (seconds)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(900)],
    )
    is_proposal = models.BooleanField(default=False, editable=False)
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followers",
        help_text=_("The text it was written over: what was published, proposed or restored."),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(
        _("decided"), null=True, blank=True, default=timezone.now, editable=False
    )

    objects = InstructionRevisionQuerySet.as_manager()

    TEXTS: ClassVar = ("setup", "movement", "cues", "mistakes", "safety")
    FIELDS: ClassVar = (*TEXTS, "tempo", "rest_seconds")

    class Meta:
        verbose_name = _("instruction revision")
        verbose_name_plural = _("instruction revisions")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                models.F("exercise"),
                models.F("decided_at").desc(),
                models.F("id").desc(),
                condition=models.Q(status="published"),
                name="exercises_revision_current",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rest_seconds__isnull=True) | models.Q(rest_seconds__lte=900),
                name="exercises_revision_rest_bounded",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=OPEN, decided_at__isnull=True)
                | (~models.Q(status__in=OPEN) & models.Q(decided_at__isnull=False)),
                name="exercises_revision_open_or_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="rejected") | ~models.Q(reason=""),
                name="exercises_revision_rejected_with_reason",
            ),
            models.UniqueConstraint(
                fields=["exercise", "author"],
                condition=models.Q(status__in=OPEN),
                name="exercises_revision_one_open_an_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id}: {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def texts(self) -> dict[str, Any]:
        """What a form of it holds."""
        return {name: getattr(self, name) for name in self.FIELDS}

    @property
    def setup_steps(self) -> list[str]:
        return lines(self.setup)

    @property
    def movement_steps(self) -> list[str]:
        return lines(self.movement)

    @property
    def cue_list(self) -> list[str]:
        return lines(self.cues)

    @property
    def mistake_list(self) -> list[str]:
        return lines(self.mistakes)

    @property
    def safety_list(self) -> list[str]:
        return lines(self.safety)


def lines(text: str) -> list[str]:
    """The steps of a text that has one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
