"""The lifts of a member's program as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from exercises.models import Exercise
from legtraining.domain.rules import TRAINING_MAX, Stages
from legtraining.domain.setgroups import write_sets
from legtraining.domain.units import TENTH, format_weight
from programs.models import Assignment, Prescription
from programs.plans import rule_of
from sessions.models import ProgressionEvent
from sessions.planner import state_of

NEWEST = 40


@dataclass(frozen=True)
class LiftLine:
    """One lane. `weight` is what it stands at, "" while nobody knows; so is `stage` without any."""

    exercise: Exercise
    lane: str
    rule: str
    weight: str
    unit: str
    stage: str = ""

    @property
    def key(self) -> str:
        return f"{self.exercise.pk}:{self.lane}"

    @property
    def words(self) -> str:
        return lane_words(self.lane)

    @property
    def name(self) -> str:
        return f"{self.exercise} · {self.words}"


def lane_words(lane: str) -> str:
    """`training max`, `#heavy`, or the sets that share the weight: `3x5, 1x5+`."""
    if lane == TRAINING_MAX:
        return _("training max")
    return lane if lane.startswith("#") else lane.split(" ", 1)[-1]


def rounded(weight: Decimal | None) -> str:
    """A weight that need not be loadable, to one decimal."""
    return "" if weight is None else format_weight(weight.quantize(TENTH, ROUND_HALF_UP))


def lift_lines(assignment: Assignment) -> list[LiftLine]:
    """Every lane of the program that a rule moves or a percentage needs. Two queries."""
    states = {(lift.exercise_id, lift.lane): state_of(lift) for lift in assignment.lifts.all()}
    of_max = Prescription.objects.filter(
        workout__program=assignment.program_id, sets__basis=TRAINING_MAX
    ).select_related("exercise")
    ruled = (
        Prescription.objects.filter(workout__program=assignment.program_id)
        .exclude(lane="")
        .select_related("exercise")
        .order_by("exercise__name", "lane", "workout__week", "workout__day", "order")
    )
    found: dict[tuple[int, str], LiftLine] = {}
    rows = [(row, row.lane) for row in ruled] + [(row, TRAINING_MAX) for row in of_max]
    for row, lane in rows:
        key = (row.exercise_id, lane)
        if key in found:
            continue
        state = states.get(key)
        rule = row.rule if row.lane == lane else ""
        found[key] = LiftLine(
            exercise=row.exercise,
            lane=lane,
            rule=rule,
            weight=rounded(state.weight) if state else "",
            unit=state.unit if state else "",
            stage=_stage(rule, state.stage) if state else "",
        )
    return list(found.values())


def _stage(text: str, stage: int) -> str:
    rule = rule_of(text)
    if not stage or not isinstance(rule, Stages):
        return ""
    if stage <= len(rule.stages):
        return write_sets(rule.stages[stage - 1])
    return _("test %(sets)s") % {"sets": write_sets(rule.test)} if rule.test else ""


def newest_events(assignment: Assignment) -> list[ProgressionEvent]:
    """The last changes of the program's lifts, the newest first."""
    events = assignment.events.select_related("exercise", "session")
    return list(events.order_by("-at", "-pk")[:NEWEST])
