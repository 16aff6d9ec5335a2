"""How much of a week's work is wanted; what was done is in `sessions`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.models import MuscleGroup

MAX_WEEKLY_SETS = 60


class WeeklyBand(models.Model):
    """How many hard sets a week a member wants of a muscle group, from `low` to `high`.

    There is one a group, whoever wrote it last: the member, or a trainer of theirs.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bands")
    group = models.CharField(_("muscle group"), max_length=12, choices=MuscleGroup)
    low = models.PositiveSmallIntegerField(_("at least"))
    high = models.PositiveSmallIntegerField(_("at most"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sets wanted a week")
        verbose_name_plural = _("sets wanted a week")
        constraints = [
            models.UniqueConstraint(fields=["member", "group"], name="progress_band_one_a_group"),
            models.CheckConstraint(
                condition=Q(group__in=MuscleGroup.values), name="progress_band_group_known"
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("high"), high__gte=1, high__lte=MAX_WEEKLY_SETS),
                name="progress_band_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.low} to {self.high}"
