"""Taking an import out of the log: exactly what it added, and nothing that is the member's."""

from __future__ import annotations

from itertools import batched

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from exchange.locks import lock_imports
from exchange.models import ImportBatch, ImportedSession, ImportedSet, NameChoice
from exchange.restoring import take_back
from exchange.restoring_programs import take_back_programs
from exchange.storing import ROWS, mark_of
from exercises.models import Exercise
from sessions.models import Comment, SetLog, WorkoutSession


@transaction.atomic
def undo_import(*, batch: ImportBatch) -> bool:
    """Takes out what `batch` added. False if it has not come in, or is undone already.

    A set that was changed since, or that somebody wrote about, stays with its session, and so does
    a session with a set, a note, a comment or an RPE that was not the file's. They are the member's
    then. Exercises that were made for it go where nothing uses them.
    """
    lock_imports(batch.member_id)
    mine = ImportBatch.objects.select_related("member")
    batch = mine.select_for_update(no_key=True, of=("self",)).get(pk=batch.pk)
    if batch.status != ImportBatch.Status.DONE:
        return False
    kept_sets = _take_out_sets(batch)
    kept_sessions = _take_out_sessions(batch)
    take_back_programs(member=batch.member, made=batch.counts["programs"])
    take_back(
        member=batch.member, added=batch.counts["rest"], since=batch.finished_at or timezone.now()
    )
    _take_out_exercises(batch)
    batch.status = ImportBatch.Status.UNDONE
    batch.finished_at = timezone.now()
    batch.counts |= {"kept_sets": kept_sets, "kept_sessions": kept_sessions}
    batch.save(update_fields=["status", "finished_at", "counts"])
    return True


# What came in was written before the file was sent in; whoever changes it does so later.
UNCHANGED = """DELETE FROM exchange_importedset added USING workouts_setlog log
    WHERE added.batch_id = %s AND log.id = added.set_log_id
        AND (log.written_at <= %s OR log.deleted_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM workouts_comment said
            WHERE said.set_log_id = log.id AND said.deleted_at IS NULL)
    RETURNING log.id"""
SAID = "SELECT id FROM workouts_comment WHERE set_log_id = ANY(%s)"  # and took it back
SETS = "DELETE FROM workouts_setlog WHERE id = ANY(%s) RETURNING block_id"
# Without a set, and none took its place.
BLOCKS = """DELETE FROM workouts_block block WHERE id = ANY(%s)
    AND NOT EXISTS (SELECT FROM workouts_setlog log WHERE log.block_id = block.id)
    AND NOT EXISTS (SELECT FROM workouts_block other WHERE other.swapped_from_id = block.id)"""


def _take_out_sets(batch: ImportBatch) -> int:
    """How many stay. By hand, because of each row Django would first ask what hangs on it."""
    with connection.cursor() as cursor:
        cursor.execute(UNCHANGED, [batch.pk, batch.created_at])
        going = [pk for (pk,) in cursor.fetchall()]
        kept, _each = ImportedSet.objects.filter(batch=batch).delete()
        cursor.execute(SAID, [going])
        said = [pk for (pk,) in cursor.fetchall()]
        Comment.objects.filter(pk__in=said).delete()
        cursor.execute(SETS, [going])
        cursor.execute(BLOCKS, [list({pk for (pk,) in cursor.fetchall()})])
    return kept


def _take_out_sessions(batch: ImportBatch) -> int:
    """How many stay."""
    mine = WorkoutSession.objects.filter(imported__batch=batch).annotate(
        mark=F("imported__mark"),
        has_sets=Exists(SetLog.objects.filter(session=OuterRef("pk"))),
        has_words=Exists(Comment.objects.live().filter(session=OuterRef("pk"))),
    )
    going = [
        session.pk
        for session in mine
        if not (session.has_sets or session.has_words)
        and mark_of(session.title, session.note, session.rpe) == session.mark
    ]
    for some in batched(going, ROWS):
        WorkoutSession.objects.filter(pk__in=some).delete()
    # What a later file added to one that stays is that file's, and the session goes with it.
    staying = ImportedSession.objects.filter(batch=batch)
    kept = staying.count()
    later = ImportedSet.objects.filter(set_log__session=OuterRef("session"))
    staying.filter(Exists(later)).update(batch=Subquery(later.values("batch")[:1]))
    staying.delete()
    return kept


def _take_out_exercises(batch: ImportBatch) -> None:
    """Those that were made for it, and that nothing names any more."""
    made = Exercise.objects.filter(pk__in=batch.counts["exercises"], owner=batch.member_id)
    for relation in Exercise._meta.related_objects:
        model = relation.related_model
        is_part = model is NameChoice or model._meta.app_label == "exercises"
        if not is_part or model is Exercise:
            uses = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            made = made.exclude(Exists(uses))
    made.delete()
