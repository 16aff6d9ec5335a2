"""Comments ready to show: the thread of a session page, and all threads of one reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.models import Coaching, User
from legtraining.templatetags.legs import days_ago
from sessions.models import Comment, SetLog, WorkoutSession
from sessions.page import BlockView
from sessions.rows import Row


@dataclass(frozen=True)
class Line:
    """A comment as its reader sees it. Of a set that was deleted `key` is None."""

    comment: Comment
    author: str
    when: str
    is_mine: bool
    is_new: bool
    about: str = ""  # the set in words, empty where it is on the whole session
    key: UUID | None = None


@dataclass(frozen=True)
class Talk:
    """The comments of a session, oldest first, and what their reader can do there."""

    lines: Sequence[Line]
    labels: Mapping[int, tuple[UUID, str]]  # by a logged set's id: its key, and how it is called
    can_write: bool
    unread: int = 0
    is_unanswered: bool = False
    gone: Comment | None = None  # the reader's own, deleted just now

    @property
    def is_shown(self) -> bool:
        return bool(self.can_write or self.lines or self.gone)

    @property
    def newest(self) -> Comment | None:
        return self.lines[-1].comment if self.lines else None

    @property
    def on_sets(self) -> Counter[int | None]:
        return Counter(line.comment.set_log_id for line in self.lines)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What a comment can be about, beside the whole session."""
        return [(str(key), label) for key, label in self.labels.values()]


def talk_of(
    session: WorkoutSession, blocks: Sequence[BlockView], *, reader: User, gone: UUID
) -> Talk:
    """What `reader` sees under "Comments". One query where `session` was read `with_readers`."""
    unread = Comment.objects.unread_by(reader).filter(pk=OuterRef("pk"))
    shown = Q(deleted_at__isnull=True) | Q(uuid=gone, author=reader)
    found = session.comments.filter(shown).annotate(is_unread=Exists(unread))
    labels = labels_of(blocks)
    lines, deleted, is_unanswered = [], None, False
    for comment in found:
        if comment.deleted_at:
            deleted = comment
            continue
        lines.append(_line(comment, labels, reader))
        by_member = comment.author_id == session.member_id
        is_unanswered |= by_member and comment.settled_at is None
    return Talk(
        lines=lines,
        labels=labels,
        can_write=reader.pk != session.member_id or has_trainer(session, reader),
        unread=sum(line.is_new for line in lines),
        is_unanswered=is_unanswered and reader.pk != session.member_id,
        gone=deleted,
    )


def has_trainer(session: WorkoutSession, member: User) -> bool:
    """Whether anybody reads what `member` writes on `session`."""
    known: bool | None = getattr(session, "has_trainer", None)
    return trainers_of(member).exists() if known is None else known


def trainers_of(member: User) -> QuerySet[User]:
    """Who reads what the member writes."""
    there = Coaching.objects.open().filter(member=member).values("trainer")
    return User.objects.filter(pk__in=there, is_trainer=True, is_active=True).order_by("pk")


def labels_of(blocks: Sequence[BlockView]) -> dict[int, tuple[UUID, str]]:
    """Every set of the log, in the order of the page: `Back Squat, set 2: 100 kg × 5`."""
    return {
        row.log.pk: (row.client_key, _label(row, row.log))
        for view in blocks
        for row in view.rows
        if row.log
    }


def _label(row: Row, log: SetLog) -> str:
    said = {"exercise": row.block.exercise.name, "n": log.position, "words": row.words}
    if row.is_warmup:
        return _("%(exercise)s, warm-up: %(words)s") % said
    return _("%(exercise)s, set %(n)s: %(words)s") % said


def _line(comment: Comment, labels: Mapping[int, tuple[UUID, str]], reader: User) -> Line:
    key, about = None, ""
    if comment.set_log_id:
        key, about = labels.get(comment.set_log_id, (None, _("a set that was deleted")))
    return Line(
        comment=comment,
        author=name_for(comment, reader),
        when=when(comment.written_at, reader),
        is_mine=comment.author_id == reader.pk,
        is_new=comment.is_unread,  # type: ignore[attr-defined]
        about=about,
        key=key,
    )


def name_for(comment: Comment, reader: User) -> str:
    return _("You") if comment.author_id == reader.pk else comment.author_name


def when(at: datetime, reader: User, now: datetime | None = None) -> str:
    """`today, 14:05`, `3 days ago, 14:05`, from a week on the date, by the reader's clock."""
    local = timezone.localtime(at, reader.zone)
    days = (reader.today(now) - local.date()).days
    day = days_ago(days) if days < 7 else date_format(local, "j F Y")
    return f"{day}, {time_format(local.time(), 'H:i')}"


@dataclass(frozen=True)
class Thread:
    """A session with comments, by its newest one."""

    session: WorkoutSession
    newest: Comment
    author: str
    when: str
    unread: int


def threads_of(reader: User) -> QuerySet[Comment, dict[str, Any]]:
    """The sessions with comments that `reader` may see, the one with the newest comment first."""
    visible = Comment.objects.visible_to(reader).order_by()
    threads = visible.values("session").annotate(at=Max("written_at"))
    return threads.order_by("-at", "-session")  # type: ignore[return-value]


def filled(threads: Sequence[dict[str, Any]], reader: User) -> list[Thread]:
    """Threads of `threads_of` with what a list shows of each. Two queries for all of them."""
    sessions = [thread["session"] for thread in threads]
    there = Comment.objects.live().filter(session__in=sessions).select_related("session__member")
    newest = there.order_by("session", "-written_at", "-pk").distinct("session")
    by_session = {comment.session_id: comment for comment in newest}
    unread = Comment.objects.unread_by(reader).filter(session__in=sessions).order_by()
    counted = unread.values("session").annotate(n=Count("pk"))
    numbers = dict(counted.values_list("session", "n"))
    return [
        Thread(
            session=comment.session,
            newest=comment,
            author=name_for(comment, reader),
            when=when(comment.written_at, reader),
            unread=numbers.get(comment.session_id, 0),
        )
        for comment in (by_session[pk] for pk in sessions if pk in by_session)
    ]
