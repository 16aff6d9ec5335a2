"""What a rule, or a trainer, changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import Exercise
from programs.models import Assignment
from sessions.models.log import WorkoutSession


class ProgressionEvent(models.Model):
    """That a working weight or a training max changed, or stayed, and why.

    It follows from a finished session, or it is a trainer's word (`by`), never both.
    `sentence` is marked for translation where it is written and takes `values`.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="events")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="progression_events")
    lane = models.CharField(max_length=120)
    session = models.ForeignKey(
        WorkoutSession, models.CASCADE, null=True, blank=True, related_name="events"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    unit = models.CharField(max_length=2, choices=Unit, default=Unit.KG)
    before = models.DecimalField(max_digits=15, decimal_places=8, null=True, blank=True)
    after = models.DecimalField(max_digits=15, decimal_places=8, null=True, blank=True)
    sentence = models.CharField(max_length=250)
    values = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("progression event")
        verbose_name_plural = _("progression events")
        ordering = ["at", "pk"]
        indexes = [models.Index("assignment", "exercise", "lane", name="workouts_event_of_lane")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "exercise", "lane"],
                condition=Q(session__isnull=False),
                name="workouts_event_one_a_session",
            ),
        ]

    def __str__(self) -> str:
        return self.why

    @property
    def why(self) -> str:
        values: dict[str, Any] = self.values
        return gettext(self.sentence) % values

    @classmethod
    def merge_exercises(cls, *, source: Exercise, into: Exercise) -> None:
        """Two exercises become one. Where a session had both, what came of `into` stays."""
        there = cls.objects.filter(
            session=models.OuterRef("session"), lane=models.OuterRef("lane"), exercise=into
        )
        cls.objects.filter(models.Exists(there), exercise=source).delete()
