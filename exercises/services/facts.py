"""Writing what is known about an exercise, and taking it out of use."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exercises.facts import Facts, check_facts, check_slug, facts_of
from exercises.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    FactsRevision,
    Muscle,
    MuscleWork,
)
from exercises.services.locking import lock_names, locked, refuse_outdated

COLUMNS = ("name", "kind", "mechanics", "unilateral", "load", "staple", "figure", "erratum")


@transaction.atomic
def save_facts(
    *,
    exercise: Exercise,
    facts: Facts,
    author: User | None,
    note: str = "",
    base: int | None = None,
) -> FactsRevision | None:
    """Makes `facts` those of the exercise, and keeps them in its history.

    `base` is the id of the newest facts revision that the author saw (0: none). Returns None, and
    writes nothing, when nothing would change. Raises Outdated, and ValidationError with a sentence
    for each field.
    """
    lock_names()
    exercise = locked(exercise)
    before = facts_of(exercise)
    if facts == before:  # also: the same form, sent twice
        return None
    refuse_outdated(exercise.facts_revisions.newest(), base)
    check_facts(facts, exercise)
    remember_facts(exercise, before)
    write_facts(exercise, facts)
    return FactsRevision.objects.create(
        exercise=exercise, facts=facts.as_json(), author=author, note=note
    )


@transaction.atomic
def create_exercise(*, slug: str, facts: Facts, author: User | None, note: str = "") -> Exercise:
    """Adds an exercise. Raises ValidationError with a sentence for each field."""
    lock_names()
    try:
        check_slug(slug)
    except ValidationError as problem:
        raise ValidationError({"slug": problem.messages}) from None
    check_facts(facts)
    exercise = Exercise(slug=slug, name=facts.name, mechanics=facts.mechanics)
    write_facts(exercise, facts)
    FactsRevision.objects.create(
        exercise=exercise, facts=facts.as_json(), author=author, note=note or _("Added")
    )
    return exercise


@transaction.atomic
def restore_facts(
    *, revision: FactsRevision, author: User, note: str, base: int | None = None
) -> FactsRevision | None:
    """Makes old facts the facts again. Raises Outdated, and ValidationError where they cannot be:
    a name may be another exercise's by now."""
    facts = Facts(**revision.facts)
    return save_facts(exercise=revision.exercise, facts=facts, author=author, note=note, base=base)


@transaction.atomic
def retire_exercise(*, exercise: Exercise, author: User) -> None:
    """Takes it out of the library and the pickers. Logs and programs keep it."""
    exercise = locked(exercise)
    if exercise.retired_at is None:
        Exercise.objects.filter(pk=exercise.pk).update(retired_at=timezone.now())
        note_event(exercise, author, _("Retired"))


@transaction.atomic
def bring_back(*, exercise: Exercise, author: User) -> bool:
    """Undoes `retire_exercise`. False for what was merged into another exercise: it stays there."""
    exercise = locked(exercise)
    if exercise.merged_into_id:
        return False
    if exercise.retired_at:
        Exercise.objects.filter(pk=exercise.pk).update(retired_at=None)
        note_event(exercise, author, _("Brought back"))
    return True


def note_event(exercise: Exercise, author: User | None, note: str) -> None:
    """A line of the history without a change of the facts."""
    FactsRevision.objects.create(
        exercise=exercise, facts=facts_of(exercise).as_json(), author=author, note=note
    )


def remember_facts(exercise: Exercise, before: Facts) -> None:
    """What the library brought along has no revision until it is first changed."""
    if not exercise.facts_revisions.exists():
        FactsRevision.objects.create(
            exercise=exercise, facts=before.as_json(), note=_("As the library came")
        )


def write_facts(exercise: Exercise, facts: Facts) -> None:
    """The rows behind `facts`; what stays as it was is not written anew."""
    for name in COLUMNS:
        setattr(exercise, name, getattr(facts, name))
    exercise.joint_actions = ";".join(facts.joint_actions)
    exercise.save()
    exercise.equipment.set(Equipment.objects.filter(slug__in=facts.equipment))
    _write_muscles(exercise, facts)
    exercise.aliases.exclude(name__in=facts.aliases).delete()
    there = set(exercise.aliases.values_list("name", flat=True))
    ExerciseAlias.objects.bulk_create(
        ExerciseAlias(exercise=exercise, name=name) for name in facts.aliases if name not in there
    )


def _write_muscles(exercise: Exercise, facts: Facts) -> None:
    shares = dict.fromkeys(facts.secondary, MuscleWork.SECONDARY)
    shares |= dict.fromkeys(facts.primary, MuscleWork.PRIMARY)
    exercise.muscle_work.exclude(muscle__slug__in=shares).delete()
    muscles = Muscle.objects.filter(slug__in=shares)
    MuscleWork.objects.bulk_create(
        [
            MuscleWork(exercise=exercise, muscle=muscle, share=shares[muscle.slug])
            for muscle in muscles
        ],
        update_conflicts=True,
        unique_fields=["exercise", "muscle"],
        update_fields=["share"],
    )
