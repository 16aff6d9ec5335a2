"""What came in from other apps, and the keys with which one's own data is read from outside."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exchange.querysets import AccessTokenQuerySet, ImportBatchQuerySet
from exercises.models import Exercise
from sessions.models import SetLog, WorkoutSession


class ImportBatch(models.Model):
    """One file of another app, from its upload to its import, and until that is undone.

    The file is kept as long as it may be read again, and is let go once it has come in.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("not imported yet")
        RUNNING = "running", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("not imported")
        UNDONE = "undone", _("undone")

    class Keep(models.TextChoices):
        ALL = "all", _("everything")
        LEGS = "legs", _("leg work only")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    file_name = models.CharField(_("file"), max_length=100)
    content = models.BinaryField(null=True)
    app = models.CharField(_("app"), max_length=20)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.DRAFT)
    # What the file does not say, as the member answered.
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    keep = models.CharField(_("keep"), max_length=4, choices=Keep, default=Keep.ALL)
    # What the member chose for the names of the file, as it stands in the form.
    choices: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    # How far it is: lines done of all, told while it runs.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__in=["", *Unit.values]), name="exchange_batch_unit_known"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("import:batch", args=[self.uuid])


class ImportedSession(models.Model):
    """A session that a batch added. `mark` is made of its words (`exchange.storing.mark_of`), so
    that it is seen if the member wrote something there since."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="sessions")
    session = models.OneToOneField(WorkoutSession, models.CASCADE, related_name="imported")
    mark = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("imported session")
        verbose_name_plural = _("imported sessions")

    def __str__(self) -> str:
        return f"{self.session_id}"


class ImportedSet(models.Model):
    """A set that a batch added."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="sets")
    set_log = models.OneToOneField(SetLog, models.CASCADE, related_name="imported")

    class Meta:
        verbose_name = _("imported set")
        verbose_name_plural = _("imported sets")

    def __str__(self) -> str:
        return f"{self.set_log_id}"


class NameChoice(models.Model):
    """Which exercise a member means by a name in other apps' files; none is left out."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="name_choices"
    )
    name = models.CharField(_("name"), max_length=200)  # as `name_key` writes it
    exercise = models.ForeignKey(
        Exercise, models.CASCADE, null=True, blank=True, related_name="name_choices"
    )

    class Meta:
        verbose_name = _("choice of an exercise")
        verbose_name_plural = _("choices of exercises")
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="exchange_choice_one_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    SESSIONS = "sessions", _("sessions and sets")
    PROGRAMS = "programs", _("programs")
    PROGRESS = "progress", _("progress")


class AccessToken(models.Model):
    """A key with which a program reads its member's own data. Only its hash is kept."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    starts_with = models.CharField(_("begins with"), max_length=12)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope), verbose_name=_("may read"), default=list
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values) & ~Q(scopes=[]),
                name="exchange_token_scopes_known",
            )
        ]

    def __str__(self) -> str:
        return self.name
