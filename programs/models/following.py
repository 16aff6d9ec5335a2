"""Who follows a program, on which days, and what they lift in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import Exercise
from legtraining.domain.units import MAX_WEIGHT
from programs.models.program import Program
from programs.querysets import AssignmentQuerySet


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Assignment(models.Model):
    """A member follows a program: their own copy of it, from a day on, on fixed weekdays."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting its turn")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    program = models.OneToOneField(Program, models.PROTECT, related_name="assignment")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    start_date = models.DateField(_("first day"))
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("training days")
    )
    time_of_day = models.TimeField(_("time of day"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(status__in=["active", "paused"]),
                name="programs_assignment_one_active",
                violation_error_message=_("This member already follows a program."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1), name="programs_assignment_has_days"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "active", "paused"], ended_at__isnull=True)
                | Q(status="ended", ended_at__isnull=False),
                name="programs_assignment_end_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.member}"

    @property
    def weekday_names(self) -> str:
        return ", ".join(str(Weekday(day).label) for day in self.weekdays)

    @property
    def is_paused(self) -> bool:
        return self.status == self.Status.PAUSED

    @property
    def is_queued(self) -> bool:
        return self.status == self.Status.QUEUED


class Pause(models.Model):
    """Days on which a program rested: from `first` to `last`, None while it still does."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="pauses")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(last__isnull=True),
                name="programs_pause_one_open",
            ),
            # A day before `first` is a pause that was taken back on the day it began.
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first") - 1),
                name="programs_pause_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last or ''}"


class DayChange(models.Model):
    """One training day that was moved to another date, or skipped (`moved_to` is None)."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="day_changes")
    day = models.DateField(_("day"))
    moved_to = models.DateField(_("moved to"), null=True, blank=True)

    class Meta:
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "day"], name="programs_day_change_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True) | ~Q(moved_to=F("day")),
                name="programs_day_change_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} → {self.moved_to or '–'}"


class Reminder(models.Model):
    """That the reminder of one training day was sent, so that it is sent once."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    day = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "day"], name="programs_reminder_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.day}"


class LiftState(models.Model):
    """Where one lane of an exercise stands in a program: what its rule works on.

    `start` is what was known when the program was given; everything else follows from the sessions
    and can be worked out again from them.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="lifts")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="lift_states")
    lane = models.CharField(max_length=120)
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, default=Unit.KG)
    start = models.DecimalField(max_digits=15, decimal_places=8, null=True, blank=True)
    weight = models.DecimalField(max_digits=15, decimal_places=8, null=True, blank=True)
    stage = models.PositiveSmallIntegerField(default=0)
    fails = models.PositiveSmallIntegerField(default=0)
    wins = models.PositiveSmallIntegerField(default=0)
    extra = models.PositiveSmallIntegerField(default=0)
    mark = models.DecimalField(max_digits=15, decimal_places=8, null=True, blank=True)
    cycle = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("working weight")
        verbose_name_plural = _("working weights")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "exercise", "lane"], name="programs_lift_one_a_lane"
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=MAX_WEIGHT),
                name="programs_lift_weight_bounded",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__gte=0, start__lte=MAX_WEIGHT),
                name="programs_lift_start_bounded",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="programs_lift_unit_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} {self.lane}: {self.weight} {self.unit}"

    @classmethod
    def merge_exercises(cls, *, source: Exercise, into: Exercise) -> None:
        """Two exercises become one. Where a program has both, the state of `into` stays."""
        there = cls.objects.filter(
            assignment=models.OuterRef("assignment"), lane=models.OuterRef("lane"), exercise=into
        )
        cls.objects.filter(models.Exists(there), exercise=source).delete()
