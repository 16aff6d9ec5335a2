"""The roster as data: a line a member, in a dozen queries however many members there are."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.querysets import InvitationQuerySet
from coaching.attention import URGENCY, Kind, Reason, Standing, look, reasons
from legtraining.domain.attention import INVITATION_AGE
from programs.models import Assignment
from sessions import plan
from sessions.models import WorkoutSession
from sessions.plan import Adherence, ahead_of, first_day, sessions_done
from sessions.schedules import schedules_of

ANY = "any"  # instead of a reason: whoever has one


@dataclass(frozen=True)
class Next:
    """The next workout and its day; or that another program waits, or that nothing is left."""

    title: str = ""
    day: date | None = None
    waits: bool = False


@dataclass(frozen=True)
class Line:
    member: User
    today: date  # the member's
    assignment: Assignment | None = None
    last: WorkoutSession | None = None
    adherence: Adherence | None = None
    next: Next = field(default_factory=Next)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def days_ago(self) -> int | None:
        return (self.today - self.last.day).days if self.last else None

    @cached_property
    def words(self) -> str:
        """What a search looks through."""
        return plain(f"{self.member.name} {self.member.email}")

    def has(self, reason: str) -> bool:
        return any(reason in (ANY, each.kind) for each in self.reasons)


def roster_lines(
    trainer: User, at: datetime | None = None, *, only: int | None = None
) -> list[Line]:
    """The members who accepted `trainer`, by name, as it is at `at` (now); or one of them."""
    newest = (
        WorkoutSession.objects.finished()
        .filter(member=OuterRef("pk"))
        .newest_first()
        .values("pk")[:1]
    )
    coached = User.objects.coached_by(trainer).annotate(last_session=Subquery(newest))
    members = list(coached if only is None else coached.filter(pk=only))
    ids = [member.last_session for member in members if member.last_session]
    sessions = WorkoutSession.objects.filter(pk__in=ids)
    last = {session.member_id: session for session in sessions}
    today_of = {member.pk: member.today(at) for member in members}
    known = look(trainer, members, today_of, last)
    followed = _Followed(members, today_of)
    lines = []
    for member in members:
        today, session = today_of[member.pk], last.get(member.pk)
        assignment, standing, ahead = followed.of(member, today, session)
        lines.append(
            Line(
                member,
                today,
                assignment,
                session,
                followed.adherence.get(member.pk),
                ahead,
                reasons(known, member, standing, session, today),
            )
        )
    return lines


def with_sets(lines: list[Line]) -> list[Line]:
    """The lines with the sets of the last session, and of the last four weeks. Two queries."""
    ids = [line.last.pk for line in lines if line.last]
    totals = WorkoutSession.objects.filter(pk__in=ids).with_totals().in_bulk()
    done = plan.with_sets(
        {line.member.pk: line.adherence for line in lines if line.adherence},
        [line.assignment for line in lines if line.assignment],
        {line.member.pk: line.today for line in lines},
    )
    return [
        replace(
            line,
            last=totals.get(line.last.pk) if line.last else None,
            adherence=done.get(line.member.pk),
        )
        for line in lines
    ]


class _Followed:
    """The programs that many members follow, in five queries."""

    def __init__(self, members: list[User], today_of: dict[int, date]) -> None:
        unended = Assignment.objects.unended().filter(member__in=members).select_related("program")
        self.current: dict[int, Assignment] = {}
        self.queued: dict[int, Assignment] = {}
        for each in unended.order_by("pk"):
            place = self.queued if each.is_queued else self.current
            place.setdefault(each.member_id, each)
        assignments = list(self.current.values())
        self.schedules = schedules_of(assignments)
        self.adherence = sessions_done(assignments, today_of, self.schedules)
        self.ahead = ahead_of(assignments)

    def of(
        self, member: User, today: date, last: WorkoutSession | None
    ) -> tuple[Assignment | None, Standing | None, Next]:
        """What is followed, where they stand unless it rests, and what is next."""
        assignment, queued = self.current.get(member.pk), self.queued.get(member.pk)
        waiting = Next(queued.program.title, waits=True) if queued else Next()
        if assignment is None or assignment.is_paused:
            return assignment, None, waiting if assignment is None else Next()
        schedule, ahead = self.schedules[assignment.pk], self.ahead[assignment.pk]
        trained_today = last is not None and last.day == today
        first = today + timedelta(days=trained_today)
        done = self.adherence[member.pk]
        standing = Standing(schedule, done, ahead.left, first, has_another=queued is not None)
        if not ahead.left:
            return assignment, standing, waiting
        return assignment, standing, Next(ahead.title, first_day(schedule, ahead.left, first))


def waiting_invitations(trainer: User, at: datetime | None = None) -> InvitationQuerySet:
    """Those that nobody has used for three days, the oldest first."""
    now = at or timezone.now()
    mine = Invitation.objects.editable_by(trainer).usable(now)
    return mine.filter(created_at__lt=now - INVITATION_AGE).order_by("created_at", "pk")


def without_pain(lines: list[Line]) -> list[Line]:
    """As they may leave the page: that pain was reported is not among their reasons."""
    return [
        replace(line, reasons=[each for each in line.reasons if each.kind != Kind.PAIN])
        for line in lines
    ]


# --- Searching, choosing, sorting -----------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """What of the roster is shown, and in which order."""

    q: str = ""
    reason: str = ""
    program: str = ""
    sort: str = "attention"
    dir: str = "asc"

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.reason or self.program)

    def of(self, lines: list[Line]) -> list[Line]:
        wanted = plain(self.q).split()
        found = [
            line
            for line in lines
            if all(word in line.words for word in wanted)
            and (not self.reason or line.has(self.reason))
            and PROGRAMS.get(self.program, always)(line)
        ]
        return self._sorted(found)

    def invitations(self, waiting: list[Invitation]) -> list[Invitation]:
        """Of those that wait, what belongs to what is shown."""
        if self.program or self.reason not in ("", ANY, Kind.INVITATION):
            return []
        words = plain(self.q).split()
        return [
            each
            for each in waiting
            if all(word in plain(f"{each.label} {each.email}") for word in words)
        ]

    def _sorted(self, lines: list[Line]) -> list[Line]:
        """Whoever has no such value comes last, in either direction."""
        value = SORTS[self.sort]
        known = [line for line in lines if value(line) is not None]
        known.sort(key=value, reverse=self.dir == "desc")
        return known + [line for line in lines if value(line) is None]


def plain(text: str) -> str:
    """Small and without accents, as one types it in a hurry."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def always(_line: Line) -> bool:
    return True


def _urgency(line: Line) -> tuple[int, int] | None:
    return (URGENCY[line.reasons[0].kind], -len(line.reasons)) if line.reasons else None


def _share(line: Line) -> Fraction | None:
    done = line.adherence
    return Fraction(done.done, done.planned) if done and done.planned else None


PROGRAMS: dict[str, Callable[[Line], bool]] = {
    "yes": lambda line: line.assignment is not None,
    "no": lambda line: line.assignment is None,
    "paused": lambda line: line.assignment is not None and line.assignment.is_paused,
}
SORTS: dict[str, Callable[[Line], Any]] = {
    "attention": _urgency,
    "name": lambda line: plain(str(line.member)),
    "last": lambda line: line.days_ago,
    "adherence": _share,
    "next": lambda line: line.next.day,
}
