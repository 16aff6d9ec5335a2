"""WHAT: muscles, equipment, exercises and the instructions for them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.querysets import ExerciseQuerySet, InstructionRevisionQuerySet


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


class Exercise(models.Model):
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    mechanics = models.CharField(_("mechanics"), max_length=9, choices=Mechanics)
    unilateral = models.BooleanField(_("one leg at a time"), default=False)
    joint_actions = models.CharField(_("joint actions"), max_length=120)
    load = models.CharField(_("load"), max_length=10, choices=Load, default=Load.EXTERNAL)
    equipment = models.ManyToManyField(Equipment, verbose_name=_("equipment"))
    muscles = models.ManyToManyField(Muscle, through="MuscleWork", verbose_name=_("muscles"))
    erratum = models.TextField(
        _("correction"),
        blank=True,
        help_text=_("What was published wrongly about this exercise, and what is right."),
    )

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exercises:detail", args=[self.slug])

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
    def joint_action_names(self) -> list[str]:
        return [action.replace("_", " ") for action in self.joint_actions.split(";") if action]


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


class InstructionRevision(models.Model):
    """One state of an exercise's instructions. Rows are only ever added; the newest is shown."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="revisions")
    setup = models.TextField(_("set-up"), help_text=_("One step a line."))
    movement = models.TextField(_("movement"), help_text=_("One step a line."))
    cues = models.TextField(_("cues"), blank=True, help_text=_("One a line."))
    mistakes = models.TextField(_("common mistakes"), blank=True, help_text=_("One a line."))
    safety = models.TextField(_("safety"), blank=True, help_text=_("One a line."))
    tempo = models.CharField(
        _("tempo"),
        max_length=20,
        blank=True,
        help_text=_("Seconds: lowering-pause-lifting-pause, e.g. 2-0-1-0."),
    )
    rest_seconds = models.PositiveSmallIntegerField(
        _("rest (seconds)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(900)],
    )
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = InstructionRevisionQuerySet.as_manager()

    TEXTS: ClassVar = ("setup", "movement", "cues", "mistakes", "safety")
    FIELDS: ClassVar = (*TEXTS, "tempo", "rest_seconds")

    class Meta:
        verbose_name = _("instruction revision")
        verbose_name_plural = _("instruction revisions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rest_seconds__isnull=True) | models.Q(rest_seconds__lte=900),
                name="exercises_revision_rest_bounded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id}: {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def setup_steps(self) -> list[str]:
        return lines(self.setup)

    @property
    def movement_steps(self) -> list[str]:
        return lines(self.movement)

    @property
    def cue_list(self) -> list[str]:
        return lines(self.cues)

    @property
    def mistake_list(self) -> list[str]:
        return lines(self.mistakes)

    @property
    def safety_list(self) -> list[str]:
        return lines(self.safety)


def lines(text: str) -> list[str]:
    """The steps of a text that has one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
