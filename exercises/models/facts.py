"""What is known about exercises: their muscles, equipment, names."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.querysets import ExerciseQuerySet, FactsRevisionQuerySet


class MuscleGroup(models.TextChoices):
    QUADRICEPS = "quadriceps", _("Quadriceps")
    HAMSTRINGS = "hamstrings", _("Hamstrings")
    GLUTES = "glutes", _("Glutes")
    ADDUCTORS = "adductors", _("Adductors")
    HIP_FLEXORS = "hip_flexors", _("Hip flexors")
    CALVES = "calves", _("Calves")
    SHINS = "shins", _("Shins")
    TRUNK = "trunk", _("Trunk")


class Side(models.TextChoices):
    FRONT = "front", _("front")
    BACK = "back", _("back")


class Muscle(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    group = models.CharField(_("group"), max_length=12, choices=MuscleGroup)
    side = models.CharField(_("side of the body map"), max_length=5, choices=Side)

    class Meta:
        verbose_name = _("muscle")
        verbose_name_plural = _("muscles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Equipment(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Mechanics(models.TextChoices):
    COMPOUND = "compound", _("Compound")
    ISOLATION = "isolation", _("Isolation")


class Load(models.TextChoices):
    """What a typed weight means."""

    EXTERNAL = "external", _("the weight moved")
    BODYWEIGHT = "bodyweight", _("bodyweight, plus what is added")
    ASSISTED = "assisted", _("bodyweight, less the assistance")
    REPS_ONLY = "reps_only", _("repetitions only")
    TIME = "time", _("seconds held")


JOINT_ACTIONS = {
    "hip_extension": _("hip extension"),
    "hip_flexion": _("hip flexion"),
    "hip_abduction": _("hip abduction"),
    "hip_adduction": _("hip adduction"),
    "hip_external_rotation": _("hip external rotation"),
    "hip_internal_rotation": _("hip internal rotation"),
    "knee_extension": _("knee extension"),
    "knee_flexion": _("knee flexion"),
    "ankle_plantarflexion": _("ankle plantarflexion"),
    "ankle_dorsiflexion": _("ankle dorsiflexion"),
    "isometric_hip_extension": _("isometric hip extension"),
    "isometric_knee_extension": _("isometric knee extension"),
}


class Kind(models.TextChoices):
    """What is done for its own sake, and what stands around it."""

    EXERCISE = "exercise", _("Exercise")
    WARM_UP = "warm_up", _("Warm-up movement")
    STRETCH = "stretch", _("Stretch")


MAX_JOINT_ACTIONS = 120  # characters of all of them, with a semicolon between two

# Addresses under /exercises/ that are no exercise.
RESERVED = frozenset({"figures", "mine", "muscles", "names", "new", "photos", "proposals"})
OWN = "own-"  # the beginning of the addresses of members' own exercises


def validate_slug_is_free(slug: str) -> None:
    if slug in RESERVED or slug.startswith(OWN):
        raise ValidationError(_("This address is taken by a page of the library."), code="reserved")


class Plain(models.Func):
    """A name as it is searched: small letters, no accents (see migration 0002)."""

    function = "exercises_plain"
    output_field: models.Field[str, str] = models.TextField()


class Exercise(models.Model):
    """A movement of the library, or a member's own. Those of the library are never deleted: logs
    and programs keep what they were.

    An own one has neither text nor history, and its address is `own-` with twelve random digits.
    """

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, validators=[validate_slug_is_free]
    )
    name = models.CharField(_("name"), max_length=80)
    # A member's own exercise, which nobody else finds; those of the library have no owner.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="own_exercises",
    )
    words = models.TextField(default="", db_default="", editable=False)  # see migration 0003
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.EXERCISE)
    staple = models.BooleanField(
        _("a staple"), default=False, help_text=_("Offered before others that fit a search.")
    )
    mechanics = models.CharField(_("mechanics"), max_length=9, choices=Mechanics)
    unilateral = models.BooleanField(_("one leg at a time"), default=False)
    joint_actions = models.CharField(_("joint actions"), max_length=MAX_JOINT_ACTIONS)
    load = models.CharField(_("load"), max_length=10, choices=Load, default=Load.EXTERNAL)
    equipment = models.ManyToManyField(Equipment, verbose_name=_("equipment"))
    muscles = models.ManyToManyField(Muscle, through="MuscleWork", verbose_name=_("muscles"))
    erratum = models.TextField(
        _("correction"),
        blank=True,
        help_text=_("What was published wrongly about this exercise, and what is right."),
    )

    figure = models.SlugField(
        _("figure"),
        max_length=80,
        blank=True,
        help_text=_("The drawing it shows; without one it is the drawing of its own address."),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["name"]
        indexes = [
            GinIndex(OpClass("words", name="gin_trgm_ops"), name="exercises_words_have"),
            GistIndex(
                OpClass("words", name="gist_trgm_ops(siglen=64)"), name="exercises_words_like"
            ),
            models.Index(
                fields=["kind", "name"],
                condition=models.Q(retired_at__isnull=True, owner__isnull=True),
                name="exercises_in_use_by_name",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(owner__isnull=True),
                name="exercises_name_once_in_the_library",
                violation_error_message=_("There is an exercise of this name already."),
            ),
            models.UniqueConstraint(
                "owner",
                models.functions.Lower("name"),
                condition=models.Q(owner__isnull=False),
                name="exercises_name_once_an_owner",
                violation_error_message=_("You have an exercise of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | (models.Q(retired_at__isnull=False) & ~models.Q(merged_into=models.F("pk"))),
                name="exercises_merged_is_retired",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="exercises_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        page = "exercises:detail" if self.owner_id is None else "exercises:own"
        return reverse(page, args=[self.slug])

    @property
    def needs_weight(self) -> bool:
        return self.load == Load.EXTERNAL

    @property
    def is_timed(self) -> bool:
        return self.load == Load.TIME

    @property
    def primary_muscles(self) -> list[Muscle]:
        """Of an exercise that was fetched `with_facts`."""
        return [work.muscle for work in self.muscle_work.all() if work.share == MuscleWork.PRIMARY]

    @property
    def secondary_muscles(self) -> list[Muscle]:
        """Of an exercise that was fetched `with_facts`."""
        return [work.muscle for work in self.muscle_work.all() if work.share != MuscleWork.PRIMARY]

    @property
    def joint_action_names(self) -> list[str]:
        actions = filter(None, self.joint_actions.split(";"))
        return [str(JOINT_ACTIONS.get(action, action)) for action in actions]


class MuscleWork(models.Model):
    """How much an exercise trains a muscle: 1 for a primary muscle, 0.5 for a secondary one."""

    PRIMARY, SECONDARY = 1.0, 0.5
    SHARES: ClassVar = [(PRIMARY, _("primary (1)")), (SECONDARY, _("secondary (0.5)"))]

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="muscle_work")
    muscle = models.ForeignKey(Muscle, models.PROTECT, related_name="work")
    share = models.FloatField(_("share"), choices=SHARES, default=PRIMARY)

    class Meta:
        verbose_name = _("muscle worked")
        verbose_name_plural = _("muscles worked")
        ordering = ["-share", "muscle__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "muscle"], name="exercises_muscle_once_an_exercise"
            ),
            models.CheckConstraint(
                condition=models.Q(share__in=[1, 0.5]), name="exercises_share_one_or_half"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.muscle} × {self.share:g}"


class ExerciseAlias(models.Model):
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="aliases")
    name = models.CharField(_("also called"), max_length=80)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("name"), name="exercises_alias_names_one_exercise"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FactsRevision(models.Model):
    """The facts of an exercise as they were after a change. Rows are only ever added.

    `facts` has the keys of `exercises.facts.Facts`.
    """

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="facts_revisions")
    facts = models.JSONField(_("facts"))
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = FactsRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of the facts")
        verbose_name_plural = _("revisions of the facts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.exercise_id}: {self.created_at:%Y-%m-%d %H:%M}"
