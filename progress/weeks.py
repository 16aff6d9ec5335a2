"""What a member did by weeks, Monday to Sunday of their own calendar, or by months of weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Func, IntegerField, Max, Q, Sum
from django.db.models.functions import Cast, Coalesce, Extract, TruncMonth, TruncWeek

from accounts.models import User
from exercises.models import Load, MuscleWork
from legtraining.domain.balance import shares_by_group
from legtraining.domain.consistency import WEEK, monday
from legtraining.domain.training_load import Effort
from progress.chosen import RANGES
from sessions.models import SetLog, WorkoutSession
from sessions.querysets import CheckInQuerySet

LEAST_SHOWN = 12
MOST_BY_WEEK = 104  # beyond, a bar a week is too thin to be seen


@dataclass(frozen=True)
class Period:
    """A bar of the charts: a week, or the weeks of which the Monday lies in one month."""

    first: date
    weeks: int
    is_running: bool


@dataclass(frozen=True)
class Span:
    """The weeks that are shown: from the Monday `first` to the running week of `last`."""

    first: date
    last: date

    @property
    def end(self) -> date:
        """The Sunday of the running week: who travelled may be a day ahead of themselves."""
        return self.last + WEEK - timedelta(days=1)

    @property
    def weeks(self) -> int:
        return (self.last - self.first).days // 7 + 1

    @property
    def by_month(self) -> bool:
        return self.weeks > MOST_BY_WEEK

    def key(self, day: date) -> date:
        """The first day of the period in which `day` lies."""
        first = monday(day)
        return first.replace(day=1) if self.by_month else first

    @cached_property
    def periods(self) -> list[Period]:
        """The oldest first."""
        weeks: dict[date, int] = defaultdict(int)
        for number in range(self.weeks):
            weeks[self.key(self.first + WEEK * number)] += 1
        running = self.key(self.last)
        return [Period(first, count, first == running) for first, count in weeks.items()]


def span_of(wanted: str, days: Iterable[date], today: date) -> Span:
    """The weeks of a range, no more than there are since the first of `days`, and at least 12."""
    running = monday(today)
    oldest = monday(min(days, default=today))
    since_then = (running - oldest).days // 7 + 1
    limit = RANGES[wanted]
    count = max(since_then if limit is None else min(limit, since_then), LEAST_SHOWN)
    return Span(running - WEEK * (count - 1), running)


def efforts_of(member: User) -> dict[date, list[Effort]]:
    """All finished sessions by day, with how hard and how long they were. One query, a row each."""
    finished = WorkoutSession.objects.finished().filter(member=member).order_by("day", "pk")
    seconds = Cast(Extract(F("finished_at") - F("started_at"), "epoch"), IntegerField())
    days: dict[date, list[Effort]] = {}
    for day, rpe, took in finished.values_list("day", "rpe", seconds):
        days.setdefault(day, []).append(Effort(rpe, took))
    return days


class Work(NamedTuple):
    """Of one exercise in one period: hard sets, and their weight × reps in kg."""

    period: date  # its first day
    exercise: int
    sets: int
    volume_kg: Decimal


def work_of(member: User, span: Span) -> list[Work]:
    """The work of these weeks, by the periods of `span`. One query; see `work_by_day`."""
    return by_period(work_by_day(member, span), span.key)


def work_by_day(member: User, span: Span) -> list[Work]:
    """The hard sets of finished sessions in these weeks, where a period is a day. One query.

    Warm-ups do not count, nor do sets in which nothing was moved or held. What helps (assistance)
    is not lifted, so it is no volume. Grouped by day and not by week: of many years that takes the
    database half as long.
    """
    lifted = Sum(F("weight_kg") * F("reps"), filter=~Q(exercise__load=Load.ASSISTED))
    rows = (
        SetLog.objects.counting()
        .filter(
            Q(reps__gte=1) | Q(seconds__gte=1),
            member=member,
            session__member=member,  # said twice: the sessions of somebody are few
            session__finished_at__isnull=False,
            session__deleted_at__isnull=True,
            session__day__range=(span.first, span.end),
        )
        .order_by()
        .values("session__day", "exercise_id")
        .annotate(n=Count("pk"), volume=Coalesce(lifted, Decimal(0)))
        .values_list("session__day", "exercise_id", "n", "volume")
    )
    return [Work(*row) for row in rows]


def by_period(work: Iterable[Work], key: Callable[[date], date]) -> list[Work]:
    """The work of days added up, by exercise and by what `key` makes of the day."""
    sets: dict[tuple[date, int], int] = defaultdict(int)
    volume: dict[tuple[date, int], Decimal] = defaultdict(Decimal)
    first = cache(key)
    for done in work:
        of = first(done.period), done.exercise
        sets[of] += done.sets
        volume[of] += done.volume_kg
    return [Work(*of, number, volume[of]) for of, number in sets.items()]


def shares_of(exercises: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    """By exercise id: how much of a set counts for each muscle group. One query."""
    rows = (
        MuscleWork.objects.filter(exercise__in=set(exercises))
        .order_by()
        .values("exercise_id", "muscle__group")
        .annotate(most=Max("share"))
        .values_list("exercise_id", "muscle__group", "most")
    )
    pairs: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    for exercise, group, share in rows:
        pairs[exercise].append((group, Decimal(str(share))))
    return {exercise: shares_by_group(each) for exercise, each in pairs.items()}


class _Ratings(Func):
    """Of the soreness of a check-in (an object of numbers): their sum, or how many there are."""

    output_field = IntegerField()
    template = "(SELECT %(function)s(value::int) FROM jsonb_each_text(%(expressions)s))"


class Soreness(NamedTuple):
    """Of one period: the sum of all ratings (0 to 10 each), how many, of how many check-ins."""

    total: int
    ratings: int
    check_ins: int

    @property
    def mean(self) -> float:
        return self.total / self.ratings


def soreness_of(check_ins: CheckInQuerySet, span: Span) -> dict[date, Soreness]:
    """By period, of those check-ins in which any muscle group was rated. One query.

    `check_ins` come through one of their two doors.
    """
    week = TruncWeek("day")
    rows: Any = (
        check_ins.live()
        .filter(day__range=(span.first, span.end))
        .exclude(soreness={})
        .order_by()
        .annotate(period=TruncMonth(week) if span.by_month else week)
        .values("period")
        .annotate(
            total=Sum(_Ratings("soreness", function="sum")),
            ratings=Sum(_Ratings("soreness", function="count")),
            n=Count("pk"),
        )
        .values_list("period", "total", "ratings", "n")
    )
    return {period: Soreness(*felt) for period, *felt in rows}
