"""When a trainer should look after a member: the rules and their thresholds (docs/coaching.md).

Pure: days are those of the member's own calendar, and `today` is given. Each rule answers with what
the words need, or with None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from legtraining.domain.schedule import Schedule

MISSED_DAYS = 2

FALL = Fraction(20, 100)  # of what was planned
FALL_PLANNED = 4  # days that were planned, in either four weeks

PAIN_DAYS = timedelta(days=7)  # today included
PAIN_LEAST = 3  # of 10, from where the pain model no longer says to carry on

RPE_HIGH = 9
RPE_ABOVE = 2  # the median of those before
RPE_DAYS = timedelta(days=14)  # today included
RPE_BEFORE = timedelta(weeks=8)
RPE_LEAST, RPE_MOST = 4, 10  # sessions before it that are compared

ENDING_DAYS = timedelta(days=7)  # today included

INVITATION_AGE = timedelta(days=3)


@dataclass(frozen=True)
class Missed:
    days: int
    since: date


def missed(schedule: Schedule, last: date | None, today: date) -> Missed | None:
    """At least two planned days went by, up to yesterday, since the day `last` trained.

    Without a session since the program began the days count from its first one on, that included.
    Days that were skipped or paused are not planned; one that was moved is on its new date.
    """
    trained = last is not None and last >= schedule.start
    since = last if last and trained else schedule.start
    days = len(schedule.dates(since + timedelta(days=trained), today - timedelta(days=1)))
    return Missed(days, since) if days >= MISSED_DAYS else None


@dataclass(frozen=True)
class Fallen:
    """Whole percent of the planned sessions, now and before."""

    now: int
    before: int


def fallen(done: int, planned: int, done_before: int, planned_before: int) -> Fallen | None:
    """The share done in the last 28 days is at least 20 points below that of the 28 days before.

    More than was planned counts as all of it. Both need at least four planned days.
    """
    if min(planned, planned_before) < FALL_PLANNED:
        return None
    now, before = Fraction(done, planned), Fraction(done_before, planned_before)
    now, before = min(now, Fraction(1)), min(before, Fraction(1))
    return Fallen(round(now * 100), round(before * 100)) if before - now >= FALL else None


def is_painful(pain: int | None) -> bool:
    """Whether a pain of 0 to 10 is told; a warning sign is, whatever the pain."""
    return pain is not None and pain >= PAIN_LEAST


def pain_since(today: date) -> date:
    """The first day of which a check-in counts."""
    return today - PAIN_DAYS + timedelta(days=1)


@dataclass(frozen=True)
class Hard:
    rpe: int
    usual: float


def hard(
    rpe: int | None, day: date, before: Iterable[tuple[date, int]], today: date
) -> Hard | None:
    """The last session, on `day` of the last 14, was unusually hard: a session RPE of at least 9,
    and at least 2 more than the median of those before it.

    `before` are the days and RPEs of earlier sessions, the newest first: the first ten of the eight
    weeks up to `day` are compared, at least four.
    """
    if rpe is None or rpe < RPE_HIGH or not today - RPE_DAYS < day <= today:
        return None
    compared = [each for on, each in before if on >= day - RPE_BEFORE][:RPE_MOST]
    if len(compared) < RPE_LEAST:
        return None
    usual = median(compared)
    return Hard(rpe, usual) if rpe >= usual + RPE_ABOVE else None


@dataclass(frozen=True)
class Ending:
    """The day of the last workout; None when nothing is left."""

    on: date | None


def ending(schedule: Schedule, left: int, first: date, today: date) -> Ending | None:
    """What is left fits into the planned days of the next seven, today included.

    `first` is the next day on which one may train: today, or tomorrow once today was trained.
    """
    if left == 0:
        return Ending(None)
    if left > ENDING_DAYS.days:
        return None
    days = list(schedule.upcoming(first, left))
    fits = len(days) == left and days[-1] < today + ENDING_DAYS
    return Ending(days[-1]) if fits else None
