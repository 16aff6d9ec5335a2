"""Writing instructions: drafts, proposals, what is published, what comes back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from exercises.models import Exercise, InstructionRevision
from exercises.services.locking import AlreadyDecided, locked, refuse_outdated

Status = InstructionRevision.Status


@transaction.atomic
def publish_instructions(
    *,
    exercise: Exercise,
    author: User | None,
    note: str = "",
    base: int | None = None,
    based_on: InstructionRevision | None = None,
    replaces_draft: bool = False,
    **fields: Any,
) -> InstructionRevision | None:
    """Adds a revision with `fields`, which the page shows at once.

    Fields that are not named keep the text they have. `base` is the id of the published revision
    that the author saw. With `replaces_draft` the author's draft of it goes. Returns None, and adds
    nothing, when nothing would change. Raises Outdated.
    """
    locked(exercise)
    current = exercise.revisions.current()
    before = current.texts if current else {}
    after = before | fields
    is_shown = current is not None and after == before  # also: the same form, sent twice
    if not is_shown:
        refuse_outdated(current, base)
    if replaces_draft:
        exercise.revisions.filter(author=author, status=Status.DRAFT).delete()
    if is_shown:
        return None
    return InstructionRevision.objects.create(
        exercise=exercise,
        author=author,
        reviewer=author,
        note=note,
        based_on=based_on or current,
        **after,
    )


@transaction.atomic
def save_draft(
    *,
    exercise: Exercise,
    author: User,
    note: str = "",
    base: int | None = None,
    instead: bool = False,
    **fields: Any,
) -> InstructionRevision:
    """Keeps `fields` as the author's own draft, of which there is one an exercise.

    A draft stays written over `base`, so that who goes on with it later is told what was published
    since. Raises AlreadyDecided where the author has a proposal waiting, unless this is written
    `instead` of it.
    """
    locked(exercise)
    published = exercise.revisions.published()
    over = published.first() if base is None else published.filter(pk=base).first()
    draft = InstructionRevision(status=Status.DRAFT, note=note, based_on=over, **fields)
    return _keep(draft, exercise, author, instead=instead)


@transaction.atomic
def submit_proposal(
    *,
    exercise: Exercise,
    author: User,
    note: str = "",
    base: int | None = None,
    instead: bool = False,
    **fields: Any,
) -> InstructionRevision | None:
    """Sends `fields` to the editors, in place of the author's draft.

    `base` as in `publish_instructions`. Returns None, and sends nothing, where that is the text
    that is shown. Raises Outdated, and AlreadyDecided where a proposal of the author is waiting,
    unless this is sent `instead` of it.
    """
    locked(exercise)
    current = exercise.revisions.current()
    proposal = InstructionRevision(status=Status.SUBMITTED, note=note, based_on=current, **fields)
    if current and proposal.texts == current.texts:
        return None
    refuse_outdated(current, base)
    return _keep(proposal, exercise, author, instead=instead)


def _keep(
    new: InstructionRevision, exercise: Exercise, author: User, *, instead: bool
) -> InstructionRevision:
    """Writes `new` over what the author has open of the exercise, which is locked."""
    mine = exercise.revisions.open_of(author)
    if mine and mine.status == Status.SUBMITTED:
        if new.status == Status.SUBMITTED and new.texts == mine.texts:  # the same form, sent twice
            return mine
        if not instead:
            raise AlreadyDecided
        take_back(proposal=mine)
    if mine:
        new.pk = mine.pk
    new.exercise, new.author, new.is_proposal, new.decided_at = exercise, author, True, None
    new.save()
    return new


@transaction.atomic
def discard_draft(*, exercise: Exercise, author: User) -> bool:
    """Deletes the author's draft, if there is one."""
    locked(exercise)
    deleted, _rows = exercise.revisions.filter(author=author, status=Status.DRAFT).delete()
    return deleted > 0


@transaction.atomic
def take_back(*, proposal: InstructionRevision) -> None:
    """Makes a proposal that waits its author's draft again. Raises AlreadyDecided."""
    _waiting(proposal)
    InstructionRevision.objects.filter(pk=proposal.pk).update(status=Status.DRAFT)


@transaction.atomic
def publish_proposal(
    *,
    proposal: InstructionRevision,
    reviewer: User,
    note: str | None = None,
    base: int | None = None,
    **fields: Any,
) -> InstructionRevision:
    """Publishes a proposal: as it is, or with the reviewer's changes as a revision of their own.

    A `note` of the reviewer's own is such a change too. Raises AlreadyDecided and Outdated.
    """
    proposal = _waiting(proposal)
    refuse_outdated(proposal.exercise.revisions.current(), base)
    decided = {"reviewer": reviewer, "decided_at": timezone.now()}
    note = proposal.note if note is None else note
    adapted = proposal.texts | fields != proposal.texts or note != proposal.note
    rows = InstructionRevision.objects.filter(pk=proposal.pk)
    rows.update(status=Status.ADAPTED if adapted else Status.PUBLISHED, **decided)
    proposal.refresh_from_db()
    if not adapted:
        return proposal
    return InstructionRevision.objects.create(
        exercise=proposal.exercise,
        author=reviewer,
        note=note,
        based_on=proposal,
        **decided,
        **(proposal.texts | fields),
    )


@transaction.atomic
def reject_proposal(*, proposal: InstructionRevision, reviewer: User, reason: str) -> None:
    """Says no, and why; the text stays with its author. Raises AlreadyDecided."""
    _waiting(proposal)
    InstructionRevision.objects.filter(pk=proposal.pk).update(
        status=Status.REJECTED, reviewer=reviewer, reason=reason, decided_at=timezone.now()
    )


def restore_instructions(
    *, revision: InstructionRevision, author: User, note: str, base: int | None = None
) -> InstructionRevision | None:
    """Publishes an old text again, as a new revision; None if it is shown. Raises Outdated."""
    return publish_instructions(
        exercise=revision.exercise,
        author=author,
        note=note,
        base=base,
        based_on=revision,
        **revision.texts,
    )


def _waiting(proposal: InstructionRevision) -> InstructionRevision:
    """The proposal, behind the lock of its exercise, if it still is as the caller saw it."""
    locked(proposal.exercise)
    rows = InstructionRevision.objects.select_related("exercise")
    seen = {"pk": proposal.pk, "created_at": proposal.created_at}
    found = rows.filter(status=Status.SUBMITTED, **seen).first()
    if found is None:
        raise AlreadyDecided
    return found
