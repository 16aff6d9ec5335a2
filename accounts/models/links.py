"""Which trainer may see which member, by whose consent, and who looked."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import (
    AccessRecordQuerySet,
    CoachingQuerySet,
    HandoverQuerySet,
    InvitationQuerySet,
)


class Coaching(models.Model):
    """A member accepted a trainer. While it is open the trainer sees the member's log."""

    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="coaches_through"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="coached_through"
    )
    accepted_at = models.DateTimeField(default=timezone.now)
    # The member's separate consent that this trainer reads their check-ins; None: not shared.
    health_shared_at = models.DateTimeField(_("check-ins shared since"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching")
        verbose_name_plural = _("coachings")
        constraints = [
            models.UniqueConstraint(
                fields=["trainer", "member"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_coaching_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(trainer=models.F("member")),
                name="accounts_coaching_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("accepted_at")),
                name="accounts_coaching_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer} → {self.member}"


class Invitation(models.Model):
    """A trainer's link for one person to join by. Only the hash of its token is kept.

    The token is made of `nonce` with the signing key (`accounts.services.token_of`), so that its
    trainer can look at it again and a mail can be sent twice, and the table alone opens no door.
    """

    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations"
    )
    label = models.CharField(_("for whom"), max_length=100)
    email = models.EmailField(_("e-mail address"), blank=True)
    nonce = models.UUIDField(default=uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="accounts_invitation_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Handover(models.Model):
    """A trainer asks a member to go on with another trainer. Only the member's yes does it."""

    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="handovers")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="handovers_to", verbose_name=_("to")
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.UniqueConstraint(
                fields=["coaching"],
                condition=models.Q(answered_at__isnull=True),
                name="accounts_handover_one_open",
            ),
            # Without an answer that is dated: taken back by who asked, or the link ended before.
            models.CheckConstraint(
                condition=models.Q(accepted__isnull=True) | models.Q(answered_at__isnull=False),
                name="accounts_handover_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coaching} → {self.to}"


class Looked(models.TextChoices):
    """What of a member somebody else looked at."""

    LOG = "log", _("sessions and plans")
    HEALTH = "health", _("check-ins")
    EXPORT = "export", _("a line of the roster as a file")


class AccessRecord(models.Model):
    """That somebody else looked at a member's log: a row a person, kind and day of the member's.

    It is the member's, to be read by them. The name is kept beside the account, which may go.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_records"
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    viewer_name = models.CharField(max_length=100)
    what = models.CharField(max_length=6, choices=Looked)
    day = models.DateField()
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    times = models.PositiveIntegerField(default=1)

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        default_permissions = ()  # it belongs to the member alone
        indexes = [models.Index("member", F("last_at").desc(), name="accounts_access_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "viewer", "what", "day"], name="accounts_access_one_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(what__in=Looked.values), name="accounts_access_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_name}, {self.what}, {self.day}"
