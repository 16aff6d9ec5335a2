"""How many of what a gym has: counts only, never what somebody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, TruncWeek

from accounts.models import Coaching, Invitation, User
from programs.models import Assignment, Program
from sessions.models import WorkoutSession

WEEKS = 8


def trainer_lines(today: date) -> list[User]:
    """Who coaches, or still has open links, each with counts. One query.

    `trained_7` and `trained_28` are the members with a finished session in the last 7 and 28
    days, today among them.
    """
    links = Coaching.objects.open().filter(trainer=OuterRef("pk"))
    shown = User.objects.filter(Q(is_trainer=True, is_active=True) | Exists(links))
    followed = Assignment.objects.current().filter(program__owner=OuterRef("pk"))
    shared = Program.objects.live().filter(
        owner=OuterRef("pk"), assignment__isnull=True, shared=True
    )
    invited = Invitation.objects.usable().filter(trainer=OuterRef("pk"))
    return list(
        shown.annotate(
            members=_count(links, "trainer"),
            trained_7=_count(links.filter(_trained(today, 7)), "trainer"),
            trained_28=_count(links.filter(_trained(today, 28)), "trainer"),
            followed=_count(followed, "program__owner"),
            shared=_count(shared, "owner"),
            invited=_count(invited, "trainer"),
        ).order_by("name", "email")
    )


def _trained(today: date, days: int) -> Exists:
    finished = WorkoutSession.objects.finished().filter(member=OuterRef("member"))
    return Exists(finished.filter(day__gt=today - timedelta(days=days), day__lte=today))


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


@dataclass(frozen=True)
class Totals:
    members: int
    without_trainer: int
    weeks: list[tuple[date, int]]  # Mondays, the oldest first, and the sessions of each


def totals(today: date) -> Totals:
    """Members are the active accounts of who is no trainer. Two queries."""
    acting = Coaching.objects.open().filter(
        member=OuterRef("pk"), trainer__is_trainer=True, trainer__is_active=True
    )
    people = User.objects.filter(is_active=True, is_trainer=False, is_staff=False)
    counted = people.aggregate(
        members=Count("pk"), without_trainer=Count("pk", filter=~Exists(acting))
    )
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    finished = WorkoutSession.objects.finished().filter(day__gte=first)
    per_week = finished.order_by().values(week=TruncWeek("day")).annotate(n=Count("pk"))
    found = {row["week"]: row["n"] for row in per_week}
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    return Totals(**counted, weeks=[(week, found.get(week, 0)) for week in mondays])
