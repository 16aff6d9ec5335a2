"""What a member's own data says about a lift that has stopped getting better: things to look at,
none of them an order. See legtraining/domain/trends.py for what is a plateau."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import User
from exercises.models import Exercise, MuscleGroup
from legtraining.domain.bests import Logged
from legtraining.domain.consistency import WEEK, monday
from legtraining.domain.records import ESTIMATING_KINDS
from legtraining.domain.trends import MOST_IN_RESERVE, PLATEAU_RECENT, last_easier_week
from progress.weeks import Span, Work, shares_of, work_of

WEEKS_COMPARED = 4
WEEKS_READ = 16  # of which the last twelve can be told to be easier


@dataclass(frozen=True)
class Effort:
    """Of the work sets of the last four weeks: all, those with more than 3 in reserve, and those
    that do not say."""

    sets: int
    easy: int
    unsaid: int


@dataclass(frozen=True)
class GroupSets:
    """Hard sets a week of a muscle group: in the last four whole weeks, and in the four before."""

    group: str
    now: Decimal
    before: Decimal


@dataclass(frozen=True)
class Plateau:
    effort: Effort
    groups: Sequence[GroupSets]
    easier: date | None  # its Monday

    weeks_read = WEEKS_READ - WEEKS_COMPARED


def plateau_of(member: User, exercise: Exercise, sets: Sequence[Logged], today: date) -> Plateau:
    """Of a lift that is in one; `sets` are all of its own. Two queries."""
    running = monday(today)
    work = work_of(member, Span(running - WEEK * WEEKS_READ, running))
    by_week: Counter[date] = Counter()
    for each in work:
        by_week[each.period] += each.sets
    return Plateau(
        effort=effort_of(sets, today),
        groups=_groups(exercise, work, running),
        easier=last_easier_week(by_week, today),
    )


def effort_of(sets: Sequence[Logged], today: date) -> Effort:
    since = today - PLATEAU_RECENT
    recent = [each for each in sets if each.day > since and each.kind in ESTIMATING_KINDS]
    return Effort(
        sets=len(recent),
        easy=sum(each.rir is not None and each.rir > MOST_IN_RESERVE for each in recent),
        unsaid=sum(each.rir is None for each in recent),
    )


def _groups(exercise: Exercise, work: Sequence[Work], running: date) -> list[GroupSets]:
    """Of the groups that the exercise trains directly."""
    shares = shares_of({exercise.pk, *(each.exercise for each in work)})
    mine = shares.get(exercise.pk, {})
    middle = running - WEEK * WEEKS_COMPARED
    found = []
    for group in MuscleGroup:
        if mine.get(group.value) != 1:
            continue
        now, before = (
            _mean(work, shares, group.value, since) for since in (middle, middle - _COMPARED)
        )
        found.append(GroupSets(str(group.label), now, before))
    return found


_COMPARED = timedelta(weeks=WEEKS_COMPARED)


def _mean(
    work: Sequence[Work], shares: dict[int, dict[str, Decimal]], group: str, since: date
) -> Decimal:
    total = sum(
        (
            each.sets * shares.get(each.exercise, {}).get(group, Decimal(0))
            for each in work
            if since <= each.period < since + _COMPARED
        ),
        Decimal(0),
    )
    return total / WEEKS_COMPARED
