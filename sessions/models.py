"""DONE: what a member trained. Nothing here depends on the plan staying as it was."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import Exercise, MuscleGroup
from legtraining.domain.pain import MAX_PAIN, MAX_SORENESS, PainZone, pain_zone
from legtraining.domain.units import KG_PER_LB, MAX_REPS, MAX_SECONDS, MAX_WEIGHT
from programs.models import Assignment, SetKind, Workout
from sessions.querysets import (
    BlockQuerySet,
    CheckInQuerySet,
    SetLogQuerySet,
    WorkoutSessionQuerySet,
)


class WorkoutSession(models.Model):
    """One training of one member. `day` is the local day on which it was started."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="workout_sessions"
    )
    assignment = models.ForeignKey(
        Assignment, models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    workout = models.ForeignKey(
        Workout, models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=100)
    day = models.DateField(_("day"))
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    rpe = models.PositiveSmallIntegerField(_("session RPE"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = WorkoutSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("workout session")
        verbose_name_plural = _("workout sessions")
        indexes = [
            models.Index(
                "member", F("started_at").desc(), F("id").desc(), name="workouts_session_history"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(finished_at__isnull=True, deleted_at__isnull=True),
                name="workouts_session_one_open",
            ),
            models.CheckConstraint(
                condition=Q(rpe__isnull=True) | Q(rpe__lte=10), name="workouts_session_rpe_bounded"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="workouts_session_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("workouts:session", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    @property
    def duration(self) -> timedelta | None:
        return self.finished_at - self.started_at if self.finished_at else None


class Block(models.Model):
    """An exercise's place in a session, with the plan as it was when the session started."""

    session = models.ForeignKey(WorkoutSession, models.CASCADE, related_name="blocks")
    order = models.PositiveSmallIntegerField(_("order"))
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="blocks")
    superset = models.CharField(_("superset"), max_length=1, blank=True)
    tempo = models.CharField(_("tempo"), max_length=20, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(_("rest (seconds)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    targets = models.JSONField(_("targets, one a set"), default=list, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise of a session")
        verbose_name_plural = _("exercises of a session")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="workouts_block_one_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.exercise}"

    def key_of(self, position: int) -> uuid.UUID:
        """The `client_key` of a set by its place: every device proposes the same one, so that a
        set logged twice, or from two phones, is one row."""
        return uuid.uuid5(self.session.uuid, f"{self.order}:{position}")


class SetLog(models.Model):
    """One set as it was done. `weight` is as typed, in `unit`; `weight_kg` is for sums."""

    session = models.ForeignKey(WorkoutSession, models.CASCADE, related_name="sets")
    block = models.ForeignKey(Block, models.CASCADE, related_name="sets")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sets")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="logged_sets")
    client_key = models.UUIDField(_("client key"))
    position = models.PositiveSmallIntegerField(_("set"))
    kind = models.CharField(_("kind"), max_length=6, choices=SetKind, default=SetKind.WORK)
    weight = models.DecimalField(_("weight"), max_digits=7, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, default=Unit.KG)
    weight_kg = models.GeneratedField(
        expression=Case(
            When(unit=Unit.LB, then=F("weight") * Value(KG_PER_LB)), default=F("weight")
        ),
        output_field=models.DecimalField(max_digits=15, decimal_places=11),
        db_persist=True,
    )
    reps = models.PositiveSmallIntegerField(_("reps"), null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(_("seconds"), null=True, blank=True)
    rir = models.DecimalField(_("RIR"), max_digits=3, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    target = models.JSONField(_("target"), null=True, blank=True)
    done_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SetLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("logged set")
        verbose_name_plural = _("logged sets")
        indexes = [
            models.Index("member", "exercise", F("done_at").desc(), name="workouts_set_last_time")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "client_key"], name="workouts_set_one_a_client_key"
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=MAX_WEIGHT),
                name="workouts_set_weight_bounded",
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=True) | Q(reps__lte=MAX_REPS),
                name="workouts_set_reps_bounded",
            ),
            models.CheckConstraint(
                condition=Q(seconds__isnull=True) | Q(seconds__lte=MAX_SECONDS),
                name="workouts_set_seconds_bounded",
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=False) | Q(seconds__isnull=False),
                name="workouts_set_reps_or_seconds",
            ),
            models.CheckConstraint(
                condition=Q(rir__isnull=True) | Q(rir__gte=0, rir__lte=Decimal(10)),
                name="workouts_set_rir_bounded",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="workouts_set_unit_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id}: {self.weight} {self.unit} × {self.reps}"


class PainPlace(models.TextChoices):
    HIP = "hip", _("hip")
    GROIN = "groin", _("groin")
    FRONT_THIGH = "front_thigh", _("front of the thigh")
    BACK_THIGH = "back_thigh", _("back of the thigh")
    KNEE = "knee", _("knee")
    SHIN = "shin", _("shin")
    CALF = "calf", _("calf")
    ANKLE_FOOT = "ankle_foot", _("ankle or foot")
    LOWER_BACK = "lower_back", _("lower back")
    ELSEWHERE = "elsewhere", _("elsewhere")


class PainSide(models.TextChoices):
    LEFT = "left", _("left")
    RIGHT = "right", _("right")
    BOTH = "both", _("both sides")


class WarningSign(models.TextChoices):
    """What should not wait. All but the last ask for urgent medical help.

    The first three are the signs of rhabdomyolysis that CDC/NIOSH lists; the others are common
    clinical warning signs.
    """

    WORSE_THAN_EFFORT = "worse_than_effort", _("Pain far worse than the training explains")
    DARK_URINE = "dark_urine", _("Urine as dark as tea or cola")
    WEAKNESS = "weakness", _("Unusual weakness, even if it began days later")
    CHEST_PAIN = "chest_pain", _("Chest pain")
    FAINTING = "fainting", _("Fainting")
    BREATHLESS = "breathless", _("Far more out of breath than the effort explains")
    SWOLLEN_CALF = "swollen_calf", _("One calf is swollen")
    POP = "pop", _("A pop, and something no longer works as it did")
    KNEE_GIVES_WAY = "knee_gives_way", _("A knee that locks or gives way")
    NUMBNESS = "numbness", _("Numbness that is new")
    BACK_BLADDER = "back_bladder", _("Back pain, and bladder or bowel are not as usual")
    SHARP_JOINT = "sharp_joint", _("Sharp pain in a joint")


# Of an object, every value a whole number on the scale.
SORENESS_PATH = (
    '$.type() == "object" && !exists($.* ? '
    f'(@.type() != "number" || @ < 0 || @ > {MAX_SORENESS} || @ != @.floor()))'
)


class CheckIn(models.Model):
    """How a member felt on one local day: a diary for their own eyes, kept by consent only.

    Health data. It has no door but `of_member`, and is in no admin, message, address or title.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="check_ins")
    day = models.DateField(_("day"))
    soreness = models.JSONField(_("soreness by muscle group, 0 to 10"), default=dict, blank=True)
    pain = models.PositiveSmallIntegerField(_("pain, 0 to 10"), null=True, blank=True)
    pain_place = models.CharField(_("where"), max_length=11, choices=PainPlace, blank=True)
    pain_side = models.CharField(_("side"), max_length=5, choices=PainSide, blank=True)
    signs = ArrayField(
        models.CharField(max_length=17, choices=WarningSign),
        verbose_name=_("warning signs"),
        default=list,
        blank=True,
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        default_permissions = ()  # there is no right to other people's
        constraints = [
            models.UniqueConstraint(fields=["member", "day"], name="workouts_checkin_one_a_day"),
            models.CheckConstraint(
                condition=models.Func(
                    F("soreness"),
                    Value(SORENESS_PATH),
                    function="jsonb_path_match",
                    output_field=models.BooleanField(),
                ),
                name="workouts_checkin_soreness_bounded",
            ),
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__lte=MAX_PAIN),
                name="workouts_checkin_pain_bounded",
            ),
            models.CheckConstraint(
                condition=Q(pain__isnull=False) | Q(pain_place="", pain_side=""),
                name="workouts_checkin_place_has_pain",
            ),
            models.CheckConstraint(
                condition=Q(pain_place__in=["", *PainPlace.values]),
                name="workouts_checkin_place_known",
            ),
            models.CheckConstraint(
                condition=Q(pain_side__in=["", *PainSide.values]),
                name="workouts_checkin_side_known",
            ),
            models.CheckConstraint(
                condition=Q(signs__contained_by=WarningSign.values),
                name="workouts_checkin_signs_known",
            ),
            models.CheckConstraint(
                condition=~Q(soreness={}) | Q(pain__isnull=False) | ~Q(signs=[]),
                name="workouts_checkin_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def advice(self) -> PainZone | Literal["urgent", ""]:
        """The strongest reminder that this entry asks for; none where there is no pain."""
        if set(self.signs) - {WarningSign.SHARP_JOINT}:
            return "urgent"
        if self.signs:
            return "stop"
        return "" if self.pain is None else pain_zone(self.pain)

    @property
    def soreness_by_group(self) -> list[tuple[str, int]]:
        """The muscle groups that were rated, in the order of the form."""
        rated = (group for group in MuscleGroup if group.value in self.soreness)
        return [(str(group.label), self.soreness[group.value]) for group in rated]

    @property
    def sign_names(self) -> list[str]:
        return [str(sign.label) for sign in WarningSign if sign.value in self.signs]
