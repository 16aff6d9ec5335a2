"""The log: sessions, their exercises, their sets."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import Exercise
from legtraining.domain.units import KG_PER_LB, MAX_REPS, MAX_SECONDS, MAX_WEIGHT
from programs.models import Assignment, SetKind, Workout
from sessions.querysets import BlockQuerySet, SetLogQuerySet, WorkoutSessionQuerySet


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
    ticked = ArrayField(  # of the warm-up and the stretches, see sessions/frame.py
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("ticked")
    )
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

    def minutes_until(self, end: datetime) -> int:
        """From its start to `end`, in whole minutes, at least 1."""
        return max(round((end - self.started_at).total_seconds() / 60), 1)


class Block(models.Model):
    """An exercise of a session, with the plan as it was when the session started.

    `order` is its number for ever, a part of the keys of its sets; `place` is where it is shown.
    An exercise that took the place of another one names it as `swapped_from`; of that one's plan
    the first `kept_sets` stay, the others went to the alternative.
    """

    session = models.ForeignKey(WorkoutSession, models.CASCADE, related_name="blocks")
    order = models.PositiveSmallIntegerField(_("order"))
    place = models.PositiveSmallIntegerField(_("place"))
    exercise = models.ForeignKey(Exercise, models.RESTRICT, related_name="blocks")
    superset = models.CharField(_("superset"), max_length=1, blank=True)
    tempo = models.CharField(_("tempo"), max_length=20, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(_("rest (seconds)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    targets = models.JSONField(_("targets, one a set"), default=list, blank=True)
    # The progression as it was then: its rule, the lane it works on, and the cycle of weeks.
    rule = models.CharField(_("progression"), max_length=200, blank=True)
    lane = models.CharField(max_length=120, blank=True)
    cycle = models.PositiveSmallIntegerField(default=0)
    closes_cycle = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    swapped_from = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="alternatives"
    )
    kept_sets = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise of a session")
        verbose_name_plural = _("exercises of a session")
        ordering = ["place", "order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="workouts_block_one_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.exercise}"

    @property
    def plan(self) -> list[dict[str, Any]]:
        """The targets that are still this exercise's."""
        return self.targets if self.kept_sets is None else self.targets[: self.kept_sets]

    def key_of(self, position: int | str) -> uuid.UUID:
        """The `client_key` of a set by its place: every device proposes the same one, so that a
        set logged twice, or from two phones, is one row. Proposed warm-ups are `w1`, `w2`, ..."""
        return uuid.uuid5(self.session.uuid, f"{self.order}:{position}")


class SetLog(models.Model):
    """One set as it was done. `weight` is as typed, in `unit`; `weight_kg` is for sums.

    `done_at` is when it was first logged, `written_at` when its present state was typed: both by
    the clock of the phone, so that of two writes the later one holds, whichever arrives first.
    """

    session = models.ForeignKey(WorkoutSession, models.CASCADE, related_name="sets")
    block = models.ForeignKey(Block, models.CASCADE, related_name="sets")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sets", db_index=False
    )
    exercise = models.ForeignKey(Exercise, models.RESTRICT, related_name="logged_sets")
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
    written_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SetLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("logged set")
        verbose_name_plural = _("logged sets")
        indexes = [
            models.Index("member", "exercise", F("done_at").desc(), name="workouts_set_last_time"),
            models.Index("member", F("done_at").desc(), F("id").desc(), name="workouts_set_newest"),
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
