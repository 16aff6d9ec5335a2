"""A member's own exercises: what the library does not have, and nobody else sees.

They have no aliases and no history: both would be read by others.
"""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from accounts.models import User
from exercises.models import Exercise, Load, Mechanics, Muscle, MuscleGroup, MuscleWork
from exercises.models.facts import OWN
from exercises.services.merging import (
    CannotMerge,
    Moved,
    different_load,
    move_rows,
    refuse_gone,
    what_moves,
)

MAX_NAME = 80  # characters
PATIENCE = "3s"  # as long as an import of the member may be in the way
MOST = 2000  # exercises a member: more is no training but a mistake, or somebody filling the disk

# A member says which groups an exercise works, and a set counts once for its group. So one muscle
# stands for the group: the one that most of the library's exercises for it train, or that one
# thinks of first. It is also what alternatives are looked for by.
TYPICAL = {
    MuscleGroup.QUADRICEPS: "vastus_lateralis",
    MuscleGroup.HAMSTRINGS: "biceps_femoris_long_head",
    MuscleGroup.GLUTES: "gluteus_maximus",
    MuscleGroup.ADDUCTORS: "adductor_magnus",
    MuscleGroup.HIP_FLEXORS: "iliopsoas",
    MuscleGroup.CALVES: "gastrocnemius_medial",
    MuscleGroup.SHINS: "tibialis_anterior",
    MuscleGroup.TRUNK: "erector_spinae",
}


class Busy(CannotMerge):
    """An import writes sets of the exercise."""

    def __init__(self) -> None:
        super().__init__(_("An import uses this exercise just now. Try it again in a moment."))


class TooManyOwn(ValidationError):
    """A member has at most MOST exercises of their own."""

    def __init__(self) -> None:
        super().__init__(
            _("You have %(most)d exercises of your own. Delete some first.") % {"most": MOST}
        )


def own_name(name: str) -> str:
    """As it is kept: one space between its words, and no longer than there is room for."""
    return " ".join(name.split())[:MAX_NAME].rstrip()


@transaction.atomic
def own_exercise(
    *,
    member: User,
    name: str,
    load: str,
    groups: Iterable[str] = (),
    indirect: Iterable[str] = (),
) -> Exercise:
    """The member's own exercise of that name, whatever its case; made where there is none.

    `load` and the muscle groups that it works, directly and `indirect`ly, are those of a new one:
    what is there stays as it is, also where it is retired. What became an exercise of the library
    is that one. Called twice at once it is made once. Raises TooManyOwn.
    """
    name = own_name(name)
    found = _called(member, name)
    if found is None:
        if member.own_exercises.count() >= MOST:
            raise TooManyOwn
        new = Exercise(
            owner=member,
            slug=f"{OWN}{token_hex(6)}",
            name=name,
            load=load,
            mechanics=Mechanics.COMPOUND,
        )
        # Of two at once the second waits here, and then finds what the first has made.
        Exercise.objects.bulk_create([new], ignore_conflicts=True)
        found = _called(member, name)
        if found is None:
            raise ValidationError(_("It could not be added. Try it again."))
        if found.slug == new.slug:
            write_groups(exercise=found, groups=groups, indirect=indirect)
    return found.merged_into or found


def _called(member: User, name: str) -> Exercise | None:
    """In the sense of the constraint, so that the database decides what is the same name."""
    same = models.functions.Lower(models.Value(name))
    own = Exercise.objects.own_of(member).select_related("merged_into")
    return own.alias(small=Lower("name")).filter(small=same).first()


def hold_own(*, member: User) -> dict[int, Exercise]:
    """The member's own exercises by id, which nobody merges or deletes until the transaction ends.

    For who writes sets of them for a while: what is merged meanwhile would get sets afterwards.
    """
    own = Exercise.objects.own_of(member).select_for_update(no_key=True, of=("self",))
    return {each.pk: each for each in own.select_related("merged_into").order_by("pk")}


@transaction.atomic
def write_groups(*, exercise: Exercise, groups: Iterable[str], indirect: Iterable[str]) -> None:
    """Makes these the muscle groups that an own exercise works; one that is both is direct."""
    shares = dict.fromkeys(indirect, MuscleWork.SECONDARY)
    shares |= dict.fromkeys(groups, MuscleWork.PRIMARY)
    muscles = Muscle.objects.filter(slug__in=[TYPICAL[MuscleGroup(group)] for group in shares])
    exercise.muscle_work.all().delete()
    MuscleWork.objects.bulk_create(
        MuscleWork(exercise=exercise, muscle=muscle, share=shares[muscle.group])
        for muscle in muscles
    )


@transaction.atomic
def save_own(
    *,
    exercise: Exercise,
    name: str,
    load: str | None = None,
    groups: Iterable[str],
    indirect: Iterable[str],
) -> None:
    """Renames an own exercise and says what it works. What a weight of it means (`load`) can only
    be changed as long as nothing is logged. Raises ValidationError with a sentence for a field, and
    Busy."""
    _lock(exercise)
    if load and load != exercise.load and is_used(exercise):
        raise ValidationError({"load": _("Sets are logged with it, and would be read wrongly.")})
    values = {"name": own_name(name), "load": load or exercise.load}
    try:
        with transaction.atomic():
            Exercise.objects.filter(pk=exercise.pk).update(**values)
    except IntegrityError:
        raise ValidationError({"name": _("You have an exercise of this name already.")}) from None
    write_groups(exercise=exercise, groups=groups, indirect=indirect)


def retire_own(*, exercise: Exercise, retired: bool) -> None:
    """Takes it out of what is offered, or brings it back. The log keeps it. What was merged stays
    as it is."""
    rows = Exercise.objects.filter(pk=exercise.pk, merged_into__isnull=True)
    if retired:
        rows.filter(retired_at__isnull=True).update(retired_at=timezone.now())
    else:
        rows.update(retired_at=None)


def is_used(exercise: Exercise) -> bool:
    """Whether it stands in a session, also a discarded one."""
    return exercise.blocks.exists() or exercise.logged_sets.exists()


@transaction.atomic
def delete_own(*, exercise: Exercise) -> bool:
    """Deletes it with its set-up, and what was chosen of it for imports. False, and nothing is
    deleted, where it stands in a session or was merged. Raises Busy."""
    if _lock(exercise).merged_into_id:
        return False
    try:
        with transaction.atomic():
            exercise.delete()
    except (models.ProtectedError, models.RestrictedError):
        return False
    return True


def refuse_other(own: Exercise, into: Exercise) -> None:
    """Raises CannotMerge where the log would be read wrongly if `own` were `into`.

    Whether it is done one leg at a time is nowhere said of an own exercise, so that is no reason.
    Repetitions without a weight are what a bodyweight exercise has too.
    """
    if own.merged_into_id != into.pk:
        refuse_gone(own, into)
    only_more = own.load == Load.REPS_ONLY and into.load == Load.BODYWEIGHT
    if own.load != into.load and not only_more:
        raise different_load(own, into)


@transaction.atomic
def merge_own(*, exercise: Exercise, into: Exercise) -> list[Moved]:
    """Everything that the member logged with their own exercise becomes the library's `into`.

    The own one stays as an address that leads there: a page may still be open. The library does not
    get its name, which is the member's business; what they chose for imports moves along. Raises
    CannotMerge, and Busy. Returns what moved.

    No table is locked, as `merge_exercises` does it: one member would stop the whole gym. So a set
    that is on its way at this very moment may still name the own one; sent again, this moves it.
    """
    exercise = _lock(exercise)
    into = Exercise.objects.library().get(pk=into.pk)
    refuse_other(exercise, into)
    moved = what_moves(exercise)[:-1]  # the last one is the names
    move_rows(exercise, into)
    Exercise.objects.filter(pk=exercise.pk).update(
        merged_into=into, retired_at=exercise.retired_at or timezone.now()
    )
    return moved


def _lock(exercise: Exercise) -> Exercise:
    """The row as it is, held until the transaction ends. Raises Busy where an import holds it for
    longer than PATIENCE."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
    try:
        return Exercise.objects.select_for_update().get(pk=exercise.pk)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Busy from error
        raise
