"""The mail that is to be sent, and what people do not want to get."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import LetterQuerySet


class MailKind(models.TextChoices):
    """What a mail is about: each kind can be switched off by itself."""

    COMMENT = "comment", _("comments on a session")
    COACHING = "coaching", _("joining, handing over and ending")
    PROGRAM = "program", _("programs that you are given")
    REMINDER = "reminder", _("reminders of training days")
    INVITATION = "invitation", _("invitations of trainers")


class Letter(models.Model):
    """A mail that is to be sent. It is written when it is sent: the row has no word of it.

    `about` is the id of what it is about (a comment, an invitation); `settings.LETTERS` names the
    function that writes a letter of the kind. It goes to `member`, or to the address of an
    invitation. A row stands in the transaction of what it tells of, so that neither is lost.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=MailKind)
    what = models.CharField(max_length=30, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    about = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # No longer wanted, or given up: neither is tried again.
    dropped_at = models.DateTimeField(null=True, blank=True)

    # No column: the moment at which it is being sent, for the function that writes it.
    at: datetime

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(
                "due_at",
                condition=models.Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="accounts_letter_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=MailKind.values), name="accounts_letter_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(dropped_at__isnull=True),
                name="accounts_letter_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class MailStop(models.Model):
    """That mail of a kind is not wanted at an address, also one without an account."""

    email = models.EmailField(_("e-mail address"))
    kind = models.CharField(max_length=10, choices=MailKind)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mail that is not wanted")
        verbose_name_plural = _("mail that is not wanted")
        constraints = [
            models.UniqueConstraint(fields=["email", "kind"], name="accounts_mail_stop_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_mail_stop_lowercase"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"
