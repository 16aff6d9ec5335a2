"""The people, and the bars and plates they have."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import UserQuerySet
from legtraining.domain import plates as domain

MAX_REST = 900

REMIND_CHOICES = [
    (30, _("half an hour before")),
    (60, _("an hour before")),
    (180, _("three hours before")),
    (1440, _("the day before")),
]


class Unit(models.TextChoices):
    KG = "kg", _("kilograms (kg)")
    LB = "lb", _("pounds (lb)")


class Formula(models.TextChoices):
    """By which the 1RM is estimated: the names of `domain.strength.FORMULAS`."""

    EPLEY = "epley", "Epley"
    BRZYCKI = "brzycki", "Brzycki"
    WATHAN = "wathan", "Wathan"
    LOMBARDI = "lombardi", "Lombardi"
    MAYHEW = "mayhew", "Mayhew"
    OCONNER = "oconner", "O’Conner"


class Theme(models.TextChoices):
    AUTO = "auto", _("as the device")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


@cache
def time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in time_zones():
        raise ValidationError(_("Choose a time zone from the list."), code="time_zone")


def validate_language(code: str) -> None:
    if code not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language from the list."), code="language")


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Everybody is a member; a trainer also coaches, staff also edits the library."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    unit = models.CharField(_("unit of weight"), max_length=2, choices=Unit, default=Unit.KG)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    language = models.CharField(
        _("language"), max_length=12, default="en", validators=[validate_language]
    )
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme, default=Theme.AUTO)
    formula = models.CharField(
        _("formula of the estimated 1RM"), max_length=8, choices=Formula, default=Formula.EPLEY
    )
    rest_seconds = models.PositiveSmallIntegerField(_("rest between sets (seconds)"), default=120)
    rest_after_warmups = models.BooleanField(
        _("start the rest timer after warm-up sets too"), default=False
    )
    is_trainer = models.BooleanField(_("trainer"), default=False)
    is_staff = models.BooleanField(_("library editor (admin)"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    remind_minutes = models.PositiveSmallIntegerField(
        _("reminder of a training day"), null=True, blank=True, choices=REMIND_CHOICES
    )
    # A part of the calendar's secret address: another one closes the old address.
    calendar_key = models.CharField(max_length=32, blank=True)
    health_consent_at = models.DateTimeField(_("agreed to check-ins"), null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_lowercase",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(
                condition=models.Q(unit__in=Unit.values), name="accounts_user_unit_known"
            ),
            models.CheckConstraint(
                condition=models.Q(formula__in=Formula.values), name="accounts_user_formula_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rest_seconds__lte=MAX_REST), name="accounts_user_rest_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self, at: datetime | None = None) -> date:
        """The date on this person's wall calendar at `at` (now by default)."""
        return timezone.localdate(at, self.zone)


class Rack(models.Model):
    """A person's own bars, plates and steps in one unit; without a row they are the usual ones.

    Bars and plates are kept as `write_bars` and `write_plates` write them.
    """

    member = models.ForeignKey(User, models.CASCADE, related_name="racks")
    unit = models.CharField(_("unit of weight"), max_length=2, choices=Unit)
    bars = models.CharField(_("bars"), max_length=60)
    plates = models.CharField(_("plates"), max_length=150)
    dumbbell_step = models.DecimalField(_("step of the dumbbells"), max_digits=6, decimal_places=3)
    machine_step = models.DecimalField(_("step of the machines"), max_digits=6, decimal_places=3)

    class Meta:
        verbose_name = _("bars and plates")
        verbose_name_plural = _("bars and plates")
        constraints = [
            models.UniqueConstraint(fields=["member", "unit"], name="accounts_rack_one_a_unit"),
            models.CheckConstraint(
                condition=models.Q(unit__in=Unit.values), name="accounts_rack_unit_known"
            ),
            models.CheckConstraint(
                condition=models.Q(dumbbell_step__gt=0, machine_step__gt=0),
                name="accounts_rack_steps_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bars}; {self.plates} ({self.unit})"

    def as_rack(self) -> domain.Rack:
        return domain.Rack(
            bars=domain.parse_bars(self.bars),
            plates=domain.parse_plates(self.plates),
            dumbbell_step=self.dumbbell_step,
            machine_step=self.machine_step,
        )
