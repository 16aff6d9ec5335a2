"""How a member felt: health data, for their own eyes."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from exercises.models import MuscleGroup
from legtraining.domain.pain import MAX_PAIN, MAX_SORENESS, PainZone, pain_zone
from sessions.querysets import CheckInQuerySet

MIN_BODY_WEIGHT, MAX_BODY_WEIGHT = 20, 900  # in either unit


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
    body_weight = models.DecimalField(
        _("body weight"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    body_weight_unit = models.CharField(max_length=2, choices=Unit, default=Unit.KG)
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
                condition=~Q(soreness={})
                | Q(pain__isnull=False)
                | ~Q(signs=[])
                | Q(body_weight__isnull=False),
                name="workouts_checkin_says_something",
            ),
            models.CheckConstraint(
                condition=Q(body_weight__isnull=True)
                | Q(body_weight__gte=MIN_BODY_WEIGHT, body_weight__lte=MAX_BODY_WEIGHT),
                name="workouts_checkin_body_weight_bounded",
            ),
            models.CheckConstraint(
                condition=Q(body_weight_unit__in=Unit.values), name="workouts_checkin_unit_known"
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
