"""PLAN: what a trainer wrote."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import Exercise
from programs.querysets import ProgramQuerySet, WorkoutQuerySet

MAX_WEEKS = 52
DAYS = 7


class SetKind(models.TextChoices):
    WARMUP = "warmup", _("warm-up")
    WORK = "work", _("work")
    DROP = "drop", _("drop")
    AMRAP = "amrap", _("as many as possible")
    FAILED = "failed", _("failed")  # the last rep was tried and not done; only a log has it


class Program(models.Model):
    """A leg program: a trainer's template, or the copy of one that a member follows."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="programs"
    )
    title = models.CharField(_("title"), max_length=100)
    goal = models.TextField(_("what it is for"), blank=True, max_length=1000)
    weeks = models.PositiveSmallIntegerField(
        _("weeks"), validators=[MinValueValidator(1), MaxValueValidator(MAX_WEEKS)]
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    # The gym's own programs have a key and no owner; a trainer's is `shared` with the others.
    key = models.SlugField(_("key"), null=True, blank=True, unique=True)
    shared = models.BooleanField(_("shared with the gym’s trainers"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=MAX_WEEKS),
                name="programs_program_weeks_bounded",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programs:detail", args=[self.pk])


class Workout(models.Model):
    """One leg day of a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="workouts")
    week = models.PositiveSmallIntegerField(_("week"))
    day = models.PositiveSmallIntegerField(_("day"))
    title = models.CharField(_("title"), max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    # In a member's copy: written for this member, so that the template no longer reaches it.
    edited_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)

    objects = WorkoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("workout")
        verbose_name_plural = _("workouts")
        ordering = ["week", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "week", "day"],
                name="programs_workout_one_a_day",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(week__gte=1, week__lte=MAX_WEEKS, day__gte=1, day__lte=DAYS),
                name="programs_workout_in_calendar",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Prescription(models.Model):
    """One exercise of a workout and how to do it.

    `rule` is its progression as `domain.rules` writes it. Prescriptions of one exercise with the
    same `lane` share a working weight (`lane_of`); `label` is the trainer's name for one.
    """

    workout = models.ForeignKey(Workout, models.CASCADE, related_name="prescriptions")
    order = models.PositiveSmallIntegerField(_("order"))
    exercise = models.ForeignKey(
        Exercise, models.PROTECT, related_name="prescriptions", verbose_name=_("exercise")
    )
    superset = models.CharField(_("superset"), max_length=1, blank=True)
    label = models.CharField(_("label"), max_length=20, blank=True)
    rule = models.CharField(_("progression"), max_length=200, blank=True)
    lane = models.CharField(max_length=120, blank=True)
    tempo = models.CharField(_("tempo"), max_length=20, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(_("rest (seconds)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("prescription")
        verbose_name_plural = _("prescriptions")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["workout", "order"],
                name="programs_prescription_one_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(rest_seconds__isnull=True) | Q(rest_seconds__lte=900),
                name="programs_prescription_rest_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.exercise}"


class Basis(models.TextChoices):
    """What a load is measured by."""

    OPEN = "", _("left open")
    WEIGHT = "weight", _("weight")
    EXACT = "exact", _("exactly this weight")
    TRAINING_MAX = "tm", _("% of the training max")
    TOP = "top", _("% of the top set")


class PrescribedSet(models.Model):
    """A group of equal sets, e.g. 3 × 8–12 at 60 kg with 2 repetitions in reserve."""

    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="sets")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=6, choices=SetKind, default=SetKind.WORK)
    count = models.PositiveSmallIntegerField(_("sets"))
    reps_min = models.PositiveSmallIntegerField(_("reps from"), null=True, blank=True)
    reps_max = models.PositiveSmallIntegerField(_("reps to"), null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(_("seconds"), null=True, blank=True)
    seconds_max = models.PositiveSmallIntegerField(_("seconds to"), null=True, blank=True)
    basis = models.CharField(_("measured by"), max_length=6, choices=Basis, blank=True)
    load = models.DecimalField(_("load"), max_digits=7, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, default=Unit.KG)
    offset = models.DecimalField(
        _("more or less than that"), max_digits=7, decimal_places=3, default=0
    )
    rir = models.DecimalField(_("RIR"), max_digits=3, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = _("prescribed set")
        verbose_name_plural = _("prescribed sets")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["prescription", "order"], name="programs_set_one_a_place"
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=20), name="programs_set_count_bounded"
            ),
            models.CheckConstraint(
                # Without the IS NOT NULLs a set of nothing would pass: NULL refuses nothing.
                condition=Q(
                    reps_min__isnull=False,
                    reps_min__gte=1,
                    reps_max__isnull=False,
                    reps_max__gte=F("reps_min"),
                    seconds__isnull=True,
                    seconds_max__isnull=True,
                )
                | Q(
                    reps_min__isnull=True,
                    reps_max__isnull=True,
                    seconds__isnull=False,
                    seconds__gte=1,
                    seconds_max__isnull=False,
                    seconds_max__gte=F("seconds"),
                ),
                name="programs_set_reps_or_seconds",
            ),
            models.CheckConstraint(
                condition=Q(load__isnull=True) | Q(load__gte=0),
                name="programs_set_load_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.OPEN, load__isnull=True)
                | Q(basis__in=Basis.values[1:], load__isnull=False),
                name="programs_set_load_with_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(rir__isnull=True) | Q(rir__gte=0, rir__lte=10),
                name="programs_set_rir_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.reps_min or self.seconds}"
