"""The roster as data: one line a member, however many members there are in seven queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from accounts.models import User
from programs.models import Assignment
from sessions.models import WorkoutSession
from sessions.plan import Adherence, adherence


@dataclass(frozen=True)
class Line:
    member: User
    assignment: Assignment | None
    last: WorkoutSession | None
    adherence: Adherence | None
    days_ago: int | None


def roster_lines(trainer: User) -> list[Line]:
    """The members who accepted `trainer`, by name, each with their last session and program."""
    newest = (
        WorkoutSession.objects.finished()
        .filter(member=OuterRef("pk"))
        .newest_first()
        .values("pk")[:1]
    )
    members = list(User.objects.coached_by(trainer).annotate(last_session=Subquery(newest)))
    last = {
        session.member_id: session
        for session in WorkoutSession.objects.filter(
            pk__in=[member.last_session for member in members if member.last_session]
        ).with_totals()
    }
    assignments = {
        assignment.member_id: assignment
        for assignment in Assignment.objects.current()
        .filter(member__in=members)
        .select_related("program")
    }
    today = {member.pk: member.today() for member in members}
    done = adherence(assignments.values(), today)
    return [
        Line(
            member=member,
            assignment=assignments.get(member.pk),
            last=last.get(member.pk),
            adherence=done.get(member.pk),
            days_ago=(today[member.pk] - last[member.pk].day).days if member.pk in last else None,
        )
        for member in members
    ]
