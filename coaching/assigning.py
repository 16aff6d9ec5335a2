"""What a trainer looks at before giving a program: for each member what stands in the way.

Reads only, in a constant number of queries, however many members there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Rack, User
from exercises.models import Exercise, Load
from legtraining.domain.plates import DEFAULT_RACKS
from legtraining.domain.plates import Rack as Plates
from legtraining.domain.records import ESTIMATING_KINDS
from legtraining.domain.rules import Offset, Rule
from legtraining.domain.setgroups import Basis
from legtraining.domain.strength import MAX_ESTIMATE_REPS, estimate_1rm
from legtraining.domain.units import MAX_WEIGHT, Unit, convert, format_weight
from programs.models import Assignment, Prescription, Program
from programs.plans import groups_of, rule_of, training_max_lifts
from sessions.estimates import TO_FAILURE, one_rep
from sessions.gear import Gear
from sessions.models import ExerciseSetup, SetLog
from sessions.planner import takes_weight, wanted_step

WEEKS = 12  # of the log that an estimate is made from
SHARE = 90  # % of the estimated 1RM, the usual training max (Wendler, 5/3/1)
ROUND_TO: Mapping[Unit, Decimal] = {"kg": Decimal("0.5"), "lb": Decimal(1)}

LEAVE, QUEUE, REPLACE = "leave", "queue", "replace"  # who follows a program now


@dataclass(frozen=True)
class Estimate:
    """A training max from the log, in the member's unit, and in words where it comes from."""

    weight: Decimal
    words: str


@dataclass(frozen=True)
class Look:
    """What is to be known of one member before they get the program."""

    member: User
    follows: Assignment | None
    has_it: Assignment | None
    lifts: Sequence[Exercise]
    estimates: Mapping[int, Estimate]  # by the exercise's id
    unloadable: Sequence[str]

    def in_the_way(self, busy: str) -> str:
        """Why they do not get it now, whatever is typed; "" where nothing is in the way."""
        if self.has_it:
            return has_it_words(self.member)
        if self.follows and busy == LEAVE:
            return follows_words(self.member, self.follows)
        return ""

    def what_happens(self, busy: str) -> str:
        """What becomes of the program they follow now; "" where there is none."""
        if self.follows is None or self.in_the_way(busy):
            return ""
        if busy == QUEUE:
            return _("Waits until “%(title)s” ends.") % {"title": self.follows.program}
        return _("“%(title)s” ends; what was logged stays.") % {"title": self.follows.program}


def has_it_words(member: User) -> str:
    return _("%(name)s has it already, from the same day on.") % {"name": member}


def follows_words(member: User, follows: Assignment) -> str:
    values = {"name": member, "title": follows.program}
    if follows.is_paused:
        return _("%(name)s follows “%(title)s”, which is paused.") % values
    return _("%(name)s follows “%(title)s” now.") % values


def look_at(program: Program, members: Iterable[User], first_day: date) -> list[Look]:
    """What stands in the way of `program` for each of `members`, in their order."""
    members = list(members)
    lifts = training_max_lifts(program)
    follows = {
        each.member_id: each
        for each in Assignment.objects.current()
        .filter(member__in=members)
        .select_related("program")
    }
    there = {
        each.member_id: each
        for each in Assignment.objects.unended().filter(
            member__in=members, program__copied_from=program, start_date=first_day
        )
    }
    estimates = estimates_of(members, lifts)
    unloadable = unloadable_for(members, program)
    return [
        Look(
            member=member,
            follows=follows.get(member.pk),
            has_it=there.get(member.pk),
            lifts=lifts,
            estimates=estimates[member.pk],
            unloadable=unloadable[member.pk],
        )
        for member in members
    ]


# --- Training maxes from the log ------------------------------------------------------------------


def estimates_of(
    members: Sequence[User], lifts: Sequence[Exercise], at: datetime | None = None
) -> dict[int, dict[int, Estimate]]:
    """By member and exercise: a training max from the best set of the 12 weeks before `at` (now).

    Only external weights, and working sets of at most 10 reps to failure, as for the records, and
    by each member's own formula.
    One query.
    """
    found: dict[int, dict[int, Estimate]] = defaultdict(dict)
    people = {member.pk: member for member in members}
    best = (
        SetLog.objects.counting()
        .filter(
            member__in=people,
            exercise__in=[each for each in lifts if each.load == Load.EXTERNAL],
            session__deleted_at__isnull=True,
            done_at__gte=(at or timezone.now()) - timedelta(weeks=WEEKS),
            kind__in=ESTIMATING_KINDS,
            reps__gte=1,
            weight__gt=0,
        )
        .alias(to_failure=TO_FAILURE)
        .filter(to_failure__lte=MAX_ESTIMATE_REPS)
        .alias(strength=one_rep(members))
        .order_by("member_id", "exercise_id", "-strength", "-done_at", "pk")
        .distinct("member_id", "exercise_id")
        .select_related("session")
    )
    for log in best:
        found[log.member_id][log.exercise_id] = _estimate(log, people[log.member_id])
    return found


def _estimate(log: SetLog, member: User) -> Estimate:
    """Of a set with a weight and at least one rep, at most 10 to failure."""
    weight, reps, rir = cast("Decimal", log.weight), log.reps or 1, log.rir or Decimal(0)
    unit = cast("Unit", member.unit)
    most = estimate_1rm(weight, reps, member.formula, rir) or weight
    step = ROUND_TO[unit]
    exact = convert(most, cast("Unit", log.unit), unit) * SHARE / 100
    rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    values = {
        "share": SHARE,
        "weight": _weighs(weight, log.unit),
        "reps": reps,
        "rir": format_weight(rir),
        "day": date_format(log.session.day, "j M"),
    }
    if reps + rir == 1:
        words = _("%(share)s %% of %(weight)s × 1 on %(day)s")
    elif rir:
        words = _(
            "%(share)s %% of the 1RM that %(weight)s × %(reps)s with %(rir)s in reserve on "
            "%(day)s estimates"
        )
    else:
        words = _("%(share)s %% of the 1RM that %(weight)s × %(reps)s on %(day)s estimates")
    return Estimate(min(rounded, MAX_WEIGHT), words % values)


def _weighs(weight: Decimal, unit: str) -> str:
    return f"{format_weight(weight)}\N{NO-BREAK SPACE}{unit}"


# --- What their bars and plates cannot load -------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """A weight that stands in the first week; an exact one is not converted for anybody."""

    exercise: Exercise
    weight: Decimal
    unit: Unit
    exact: bool
    rule: Rule | None


def unloadable_for(members: Sequence[User], program: Program) -> dict[int, list[str]]:
    """By member: a sentence for each written weight of the first week that they cannot load.

    A weight in the other unit is converted to one that can be loaded, and so is no trouble. Where
    nothing is known of a stack or of dumbbells, the trainer's word is taken for what is there.
    """
    written = _written(program)
    racks = _racks(members)
    setups = {
        (each.member_id, each.exercise_id): each
        for each in ExerciseSetup.objects.filter(
            member__in=members, exercise__in={each.exercise.pk for each in written}
        )
    }
    found: dict[int, list[str]] = {}
    for member in members:
        sentences: list[str] = []
        for each in written:
            if each.exact or each.unit == member.unit:
                setup = setups.get((member.pk, each.exercise.pk))
                gear = Gear(each.exercise, setup, racks[member.pk])
                sentences += _trouble(gear, each)
        found[member.pk] = list(dict.fromkeys(sentences))
    return found


def _written(program: Program) -> list[Written]:
    """Three queries."""
    rows = (
        Prescription.objects.filter(workout__program=program, workout__week=1)
        .select_related("exercise", "workout")
        .prefetch_related("sets", "exercise__equipment")
        .order_by("workout__day", "order")
    )
    found = []
    for row in rows:
        rule = rule_of(row.rule)
        moved = isinstance(rule, Offset) and rule.by == "daily" and row.workout.day > 1
        for load in (group.load for group in groups_of(row)):
            exact = load.basis == Basis.EXACT
            stays = exact or (load.basis == Basis.WEIGHT and not moved)
            if stays and load.amount is not None and takes_weight(row.exercise):
                found.append(Written(row.exercise, load.amount, load.unit, exact, rule))
    return found


def _racks(members: Sequence[User]) -> dict[int, dict[Unit, Plates]]:
    racks = {member.pk: dict(DEFAULT_RACKS) for member in members}
    for row in Rack.objects.filter(member__in=members):
        racks[row.member_id][cast("Unit", row.unit)] = row.as_rack()
    return racks


def _trouble(gear: Gear, written: Written) -> Iterable[str]:
    unit = written.unit
    own_step = gear.setup and gear.setup.step is not None and gear.setup.unit == unit
    own_rack = gear.racks[unit] != DEFAULT_RACKS[unit]
    if gear.bar(unit) is None and not own_step and not own_rack:
        return
    nearest = gear.nearest(written.weight, unit, wanted_step(written.rule, unit))
    if nearest != written.weight:
        yield _("%(weight)s of %(exercise)s cannot be loaded: the nearest is %(nearest)s.") % {
            "weight": _weighs(written.weight, unit),
            "exercise": written.exercise.name,
            "nearest": _weighs(nearest, unit),
        }
