"""How the weeks of a program are spread over the muscle groups, for the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from exercises.body_map import BodyMap, Mark, group_map
from exercises.models import MuscleGroup
from legtraining.domain.balance import (
    Worked,
    hard_sets,
    missing_actions,
    missing_groups,
    shares_by_group,
)
from legtraining.domain.units import format_weight
from programs.plans import Prescribed, WrittenDay

# How dark a group is on the map: from 1, 5 and 10 hard sets a week on.
LEVELS = (Decimal(1), Decimal(5), Decimal(10))


# The movements of the joints by the exercises that have them.
LACKING = {
    "knee_extension": _lazy("squat, leg press or leg extension (knee extension)"),
    "knee_flexion": _lazy("leg curl (knee flexion)"),
    "hip_extension": _lazy("hinge, thrust or squat (hip extension)"),
    "ankle_plantarflexion": _lazy("calf raise (ankle plantarflexion)"),
}


@dataclass(frozen=True)
class WeekBalance:
    """The weeks `first` to `last`, which are the same: hard sets by group, and what is missing."""

    first: int
    last: int
    days: int
    sets: Sequence[tuple[str, str]]  # the name of a group and its sets
    map: BodyMap
    warnings: Sequence[str]


def balance_of(days: Iterable[WrittenDay]) -> list[WeekBalance]:
    """The balance of every week, weeks that are the same together. A query at most."""
    days = sorted(days, key=lambda day: (day.week, day.day))
    exercises = [row.exercise for day in days for row in day.rows]
    prefetch_related_objects(exercises, "muscle_work__muscle")
    weeks = [
        (week, len(same), [_worked(row) for day in same for row in day.rows])
        for week, found in groupby(days, key=lambda day: day.week)
        for same in [list(found)]
    ]
    balances = []
    for _same, found in groupby(weeks, key=lambda week: week[1:]):
        together = list(found)
        balances.append(_balance(together[0][0], together[-1][0], *together[0][1:]))
    return balances


def _worked(row: Prescribed) -> Worked:
    pairs = [
        (work.muscle.group, Decimal(str(work.share))) for work in row.exercise.muscle_work.all()
    ]
    return Worked(
        sets=sum(group.count for group in row.groups if group.counts),
        shares=shares_by_group(pairs),
        actions=frozenset(filter(None, row.exercise.joint_actions.split(";"))),
    )


def _balance(first: int, last: int, days: int, week: list[Worked]) -> WeekBalance:
    sets = hard_sets(week)
    said = [(str(MuscleGroup(group).label), format_weight(sets[group])) for group in _order(sets)]
    return WeekBalance(first, last, days, said, _map(sets), _warnings(week) if week else [])


def _order(sets: dict[str, Decimal]) -> list[str]:
    return [group for group in MuscleGroup.values if group in sets]


def _map(sets: dict[str, Decimal]) -> BodyMap:
    marks = {
        group: Mark(
            sum(count >= level for level in LEVELS),
            _("%(sets)s sets a week") % {"sets": format_weight(count)},
            format_weight(count),
        )
        for group, count in sets.items()
    }
    return group_map(marks=marks)


def _warnings(week: list[Worked]) -> list[str]:
    missing = [
        _("Nothing works the %(group)s.") % {"group": str(MuscleGroup(group).label).lower()}
        for group in missing_groups(week)
    ]
    return missing + [
        _("There is no %(action)s.") % {"action": LACKING[action]}
        for action in missing_actions(week)
    ]
