"""Writing, reading and answering comments. Each may be sent twice and changes things once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.letters import post
from accounts.models import Letter, MailKind, User
from sessions.comments import trainers_of
from sessions.models import Comment, CommentRead, SetLog, WorkoutSession


@transaction.atomic
def write_comment(
    *,
    session: WorkoutSession,
    author: User,
    text: str,
    uuid: UUID,
    about: SetLog | None = None,
    at: datetime | None = None,
) -> Comment | None:
    """A comment on the session, or on one set of it. `uuid` is its form's: what that form sends
    again is the same comment, and other words that it sends are another one.

    A trainer's answers what the member wrote in that session until now. Who writes has read what
    stands there. None where the author may not see the session any more.
    """
    visible = WorkoutSession.objects.visible_to(author)
    locked = visible.select_for_update(no_key=True, of=("self",)).filter(pk=session.pk).first()
    if locked is None:
        return None
    now = at or timezone.now()
    comment, is_new = Comment.objects.get_or_create(
        uuid=uuid5(uuid, f"{session.pk}:{author.pk}:{about.pk if about else ''}:{text}"),
        defaults={
            "session": session,
            "member_id": session.member_id,
            "set_log": about,
            "author": author,
            "author_name": str(author)[:100],
            "text": text,
            "written_at": now,
        },
    )
    if not is_new:
        return comment
    read_comments(reader=author, session=session, at=now)
    if author.pk == session.member_id:
        readers = list(trainers_of(author))
    else:
        settle_comments(session=session, at=now)
        readers = [session.member]
    for reader in readers:
        if not _is_told(reader, comment):
            post(kind=MailKind.COMMENT, about=comment.pk, member=reader)
    return comment


def _is_told(reader: User, comment: Comment) -> bool:
    """Whether a mail about something else in that session, not read yet, is enough."""
    unread = Comment.objects.unread_by(reader).filter(session=comment.session_id)
    mails = Letter.objects.filter(kind=MailKind.COMMENT, member=reader, dropped_at__isnull=True)
    return mails.filter(about__in=unread.exclude(pk=comment.pk).values("pk")).exists()


@transaction.atomic
def read_comments(
    *,
    reader: User,
    session: WorkoutSession | None = None,
    newest: Comment | None = None,
    at: datetime | None = None,
) -> None:
    """The reader has read everything, or all of one session, as far as `newest`."""
    unread = Comment.objects.unread_by(reader)
    if session:
        unread = unread.filter(session=session)
    if newest:
        unread = unread.filter(written_at__lte=newest.written_at)
    now = at or timezone.now()
    reads = [CommentRead(comment=comment, reader=reader, read_at=now) for comment in unread]
    CommentRead.objects.bulk_create(reads, ignore_conflicts=True)


@transaction.atomic
def settle_comments(
    *, session: WorkoutSession, newest: Comment | None = None, at: datetime | None = None
) -> None:
    """What the member wrote is answered, or needs no answer, as far as `newest`."""
    unanswered = session.comments.unanswered()
    if newest:
        unanswered = unanswered.filter(written_at__lte=newest.written_at)
    unanswered.update(settled_at=at or timezone.now())


@transaction.atomic
def delete_comment(*, comment: Comment, at: datetime | None = None) -> None:
    live = Comment.objects.live().filter(pk=comment.pk)
    live.update(deleted_at=at or timezone.now())


@transaction.atomic
def restore_comment(*, comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(deleted_at=None)
