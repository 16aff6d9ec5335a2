"""A file of another app, from its upload to its end."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from exchange.locks import is_importing
from exchange.models import ImportBatch
from exchange.planning import refuse_too_much
from legtraining.domain.imports.parsed import Parsed
from legtraining.domain.imports.reading import read_file

Status = ImportBatch.Status

MAX_DRAFTS = 5  # files a member has waiting; an older one goes


def parse(data: bytes, name: str, *, member: User) -> Parsed:
    """What a file says. Raises Refusal with a sentence for whoever sent it."""
    parsed = read_file(data, name, today=member.today())
    refuse_too_much(parsed)
    return parsed


def parse_batch(batch: ImportBatch, *, member: User) -> Parsed:
    """The same of one that `member` sent in before."""
    packed = ImportBatch.objects.values_list("content", flat=True).get(pk=batch.pk)
    return parse(zlib.decompress(packed or b""), batch.file_name, member=member)


@transaction.atomic
def keep_upload(*, member: User, name: str, data: bytes, app: str) -> ImportBatch:
    """A draft of the file; the one that is there already if it is the same file."""
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    packed = zlib.compress(data, level=1)
    mine = ImportBatch.objects.of_member(member).filter(status__in=(Status.DRAFT, Status.FAILED))
    if same := mine.filter(content=packed).first():
        return same
    batch = ImportBatch.objects.create(
        member=member, file_name=name[-100:], content=packed, app=app, unit="", time_zone=""
    )
    kept = mine.values_list("pk", flat=True)[:MAX_DRAFTS]
    mine.exclude(pk__in=list(kept)).delete()
    return batch


@transaction.atomic
def save_answers(*, batch: ImportBatch, answers: Mapping[str, Any]) -> bool:
    """Keeps what was chosen for a file (`unit`, `time_zone`, `keep`, `choices`) until it comes in.
    False, and nothing is kept, if it is coming in already."""
    locked = ImportBatch.objects.defer("content").select_for_update(no_key=True).get(pk=batch.pk)
    if not is_open(locked):
        return False
    ImportBatch.objects.filter(pk=batch.pk).update(**answers)
    return True


@transaction.atomic
def start_import(*, batch: ImportBatch, answers: Mapping[str, Any]) -> None:
    """Keeps what was chosen, and lets the file come in once this is committed.

    Nothing happens where it is coming in, or has come in, already.
    """
    from exchange.running import begin

    if save_answers(batch=batch, answers=answers):
        ImportBatch.objects.filter(pk=batch.pk).update(status=Status.RUNNING, done=0, total=0)
        transaction.on_commit(lambda: begin(batch.pk))


@transaction.atomic
def discard_upload(*, batch: ImportBatch) -> bool:
    """Lets go of a file that has not come in, or was undone. False while it is coming in, and once
    it has."""
    locked = ImportBatch.objects.defer("content").select_for_update(no_key=True).get(pk=batch.pk)
    if not (is_open(locked) or locked.status == Status.UNDONE):
        return False
    ImportBatch.objects.filter(pk=batch.pk).delete()
    return True


def state_of(batch: ImportBatch) -> str:
    """Its status; `failed` also for one whose process has ended before it was done."""
    if batch.status != Status.RUNNING or is_importing(batch.member_id):
        return batch.status
    # It may have come to its end between the two reads.
    status = ImportBatch.objects.values_list("status", flat=True).get(pk=batch.pk)
    return Status.FAILED if status == Status.RUNNING else status


def is_open(batch: ImportBatch) -> bool:
    """Whether its file can still be answered about, and come in."""
    return state_of(batch) in (Status.DRAFT, Status.FAILED)
