"""Two exercises that are one: everything of the first becomes the second's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable

from accounts.models import User
from exercises.facts import facts_of
from exercises.models import Exercise, ExerciseAlias, InstructionRevision
from exercises.services.facts import note_event, remember_facts
from exercises.services.locking import lock_names

PATIENCE = "10s"  # as long as writers may be in the way, and as they wait behind the merge


class CannotMerge(Exception):
    """The sentence says why."""


@dataclass(frozen=True)
class Moved:
    """How many rows of one kind name the exercise."""

    what: str
    count: int


def relations() -> list[tuple[type[models.Model], str]]:
    """Every model of another app that names an exercise, with the field that does.

    In the order in which the models are defined, so the owners of rows come before the rows.
    """
    return [
        (model, column.name)
        for model in apps.get_models()
        for column in model._meta.get_fields()
        if isinstance(column, models.ForeignKey)
        and column.related_model is Exercise
        and model._meta.app_label != "exercises"
    ]


def what_moves(source: Exercise) -> list[Moved]:
    """What a merge would take along."""
    counts = []
    for model, name in relations():
        rows = model._base_manager.filter(**{name: source})
        counts.append(Moved(str(model._meta.verbose_name_plural), rows.count()))
    names = Moved(str(_("names and aliases")), 1 + source.aliases.count())
    return [each for each in counts if each.count] + [names]


def refuse_different(source: Exercise, into: Exercise) -> None:
    """Raises CannotMerge where what was logged would be read wrongly afterwards."""
    refuse_gone(source, into)
    if source.load != into.load:
        raise different_load(source, into)
    if source.unilateral != into.unilateral:
        raise CannotMerge(
            _("One is done one leg at a time, the other is not. The logs would be wrong.")
        )


def refuse_gone(source: Exercise, into: Exercise) -> None:
    """Raises CannotMerge where one of them is not there to be merged."""
    if source.pk == into.pk:
        raise CannotMerge(_("Choose another exercise: this is the same one."))
    if source.merged_into_id:
        raise CannotMerge(_("%(name)s was merged already.") % {"name": source})
    if into.retired_at:
        raise CannotMerge(_("%(name)s is retired. Bring it back first.") % {"name": into})


def different_load(source: Exercise, into: Exercise) -> CannotMerge:
    return CannotMerge(
        _(
            "A weight means something else there: here “%(one)s”, there “%(other)s”."
            " The logs would be wrong."
        )
        % {"one": source.get_load_display(), "other": into.get_load_display()}
    )


@transaction.atomic
def merge_exercises(*, source: Exercise, into: Exercise, author: User) -> list[Moved]:
    """Moves every log, program and name from `source` to `into`, and retires `source`.

    `source` stays, with its history, as an address that leads to `into`. Sent twice it is merged
    once. Raises CannotMerge. Returns what moved.
    """
    _stop_writers()
    rows = Exercise.objects.select_for_update().in_bulk([source.pk, into.pk])
    source, into = rows[source.pk], rows[into.pk]
    if source.merged_into_id == into.pk:
        return []
    refuse_different(source, into)
    moved = what_moves(source)
    for exercise in (source, into):
        remember_facts(exercise, facts_of(exercise))
    move_rows(source, into)
    _move_names(source, into)
    source.merged.update(merged_into=into)
    source.revisions.waiting().update(
        status=InstructionRevision.Status.REJECTED,
        reviewer=author,
        decided_at=timezone.now(),
        reason=_("This exercise was merged into %(name)s. Propose it there.") % {"name": into},
    )
    Exercise.objects.filter(pk=source.pk).update(
        merged_into=into, retired_at=source.retired_at or timezone.now()
    )
    note_event(source, author, _("Merged into %(name)s") % {"name": into})
    note_event(into, author, _("Took over %(name)s") % {"name": source})
    return moved


def move_rows(source: Exercise, into: Exercise) -> None:
    """Every row of another app that names `source` names `into` from now on."""
    for model, name in relations():
        # A model whose rows may be there for both says itself what becomes of the two.
        resolve: Any = getattr(model, "merge_exercises", None)
        if resolve:
            resolve(source=source, into=into)
        model._base_manager.filter(**{name: source}).update(**{name: into})


def _stop_writers() -> None:
    """A set that is logged at this moment waits for the merge and then names the new exercise."""
    quote = connection.ops.quote_name
    tables = ", ".join(quote(model._meta.db_table) for model, _name in relations())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
            lock_names()
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                raise CannotMerge(_("Others are writing just now. Try it again.")) from error
            raise


def _move_names(source: Exercise, into: Exercise) -> None:
    source.aliases.update(exercise=into)
    known = {into.name.casefold()}
    known |= {name.casefold() for name in into.aliases.values_list("name", flat=True)}
    if source.name.casefold() not in known:
        ExerciseAlias.objects.create(exercise=into, name=source.name)
