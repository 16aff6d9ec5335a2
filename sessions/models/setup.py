"""How a member sets an exercise up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import Exercise


class ExerciseSetup(models.Model):
    """How a member sets an exercise up: what they note, the bar they use, the step they can add.

    `bar` is what is loaded before the first plate (a sled counts too) and `step` the smallest
    change of the weight, both in `unit`; without them the member's own equipment decides.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="exercise_setups"
    )
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="setups")
    note = models.CharField(_("note"), max_length=250, blank=True)
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, default=Unit.KG)
    bar = models.DecimalField(_("bar"), max_digits=7, decimal_places=3, null=True, blank=True)
    step = models.DecimalField(_("step"), max_digits=7, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("set-up of an exercise")
        verbose_name_plural = _("set-ups of exercises")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "exercise"], name="workouts_setup_one_an_exercise"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="workouts_setup_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(bar__isnull=True) | Q(bar__gte=0), name="workouts_setup_bar_bounded"
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=True) | Q(step__gt=0), name="workouts_setup_step_bounded"
            ),
        ]

    def __str__(self) -> str:
        return self.note

    @classmethod
    def merge_exercises(cls, *, source: Exercise, into: Exercise) -> None:
        """Two exercises become one. Who has a set-up of both keeps that of `into`, and its note
        goes on with the other's; a bar and a step come from the other where there are none."""
        both = cls.objects.filter(exercise=into, member__exercise_setups__exercise=source)
        for kept in both:
            other = cls.objects.get(exercise=source, member=kept.member_id)
            notes = dict.fromkeys(filter(None, (kept.note, other.note)))
            kept.note = " / ".join(notes)[:250]
            if kept.bar is None and kept.step is None:
                kept.unit = other.unit
            if kept.unit == other.unit:
                kept.bar = other.bar if kept.bar is None else kept.bar
                kept.step = other.step if kept.step is None else kept.step
            kept.save()
            other.delete()
