"""What a member and their trainers write to each other about a session."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.models.log import SetLog, WorkoutSession
from sessions.querysets import CommentQuerySet

MAX_COMMENT = 2000


class Comment(models.Model):
    """On a session, or on one set of it. Read by the member and by every trainer of theirs.

    `uuid` is proposed by the form: sent twice it is one comment. `settled_at` is when a trainer
    answered what the member wrote, or said that it needs no answer; a trainer's own has none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(WorkoutSession, models.CASCADE, related_name="comments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments")
    set_log = models.ForeignKey(
        SetLog, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=100)
    text = models.TextField(_("comment"), max_length=MAX_COMMENT)
    written_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()  # between a member and their trainers, nobody else
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index("session", "written_at", name="workouts_comment_thread"),
            models.Index(
                "member",
                condition=models.Q(settled_at__isnull=True, deleted_at__isnull=True),
                name="workouts_comment_unsettled",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="workouts_comment_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}, {self.written_at:%Y-%m-%d}"


class CommentRead(models.Model):
    """That somebody read what another one wrote."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reads")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("read comment")
        verbose_name_plural = _("read comments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="workouts_comment_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.reader_id}"
