"""What a member is asked to do today: the prescription, where the lift stands, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from legtraining.domain.outing import State
from legtraining.domain.rules import Cycle, Offset, Reps, Rule, Stages, Step, Test
from legtraining.domain.setgroups import Basis, Kind, Load, SetGroup
from legtraining.domain.units import MAX_REPS, MAX_WEIGHT, Unit, convert

# From an exact weight in a unit to one that can be loaded.
type Rounding = Callable[[Decimal, Unit], Decimal]


@dataclass(frozen=True)
class Target:
    """One set. `weight` is in `unit`, None where it is left open or not known yet; `percent` is of
    the training max and is there where the plan says it so."""

    kind: str
    reps_min: int | None
    reps_max: int | None
    seconds: int | None
    seconds_max: int | None
    weight: Decimal | None
    unit: Unit
    rir: Decimal | None
    percent: Decimal | None = None


@dataclass(frozen=True)
class Day:
    """Where in the program it is, and for whom: `unit` is the member's."""

    week: int
    day: int
    unit: Unit
    rounding: Rounding


def cycle_of(rule: Rule | None, week: int) -> int:
    """In which cycle of weeks, counted from 0, `week` of the program lies."""
    return (week - 1) // rule.weeks if isinstance(rule, Cycle) else 0


def active_groups(groups: Sequence[SetGroup], rule: Rule | None, state: State) -> list[SetGroup]:
    """The groups as the rule has changed them: another stage, or more repetitions."""
    if isinstance(rule, Stages) and state.stage:
        if rule.test and state.stage > len(rule.stages):
            return _warmups(groups) + list(rule.test)
        if rule.stages:  # an edited rule may have fewer than the member has seen
            stage, load = rule.stages[: state.stage][-1], _load_of_max(groups)
            return _warmups(groups) + [replace(group, load=load) for group in stage]
    if isinstance(rule, Reps) and state.extra:
        return [_more(group, state.extra, rule.most) if group.counts else group for group in groups]
    return list(groups)


def _load_of_max(groups: Sequence[SetGroup]) -> Load:
    """The largest percentage of the training max, which a stage keeps; nothing without one."""
    loads = [group.load for group in groups if group.load.basis == Basis.TRAINING_MAX]
    return max(loads, key=lambda load: load.amount or Decimal(0), default=Load())


def _warmups(groups: Sequence[SetGroup]) -> list[SetGroup]:
    return [group for group in groups if group.kind == Kind.WARMUP]


def _more(group: SetGroup, extra: int, most: int) -> SetGroup:
    most = min(most, MAX_REPS) if group.seconds is None else most

    def up(number: int | None) -> int | None:
        return None if number is None else max(number, min(number + extra, most))

    return replace(
        group,
        reps_min=up(group.reps_min),
        reps_max=up(group.reps_max),
        seconds=up(group.seconds),
        seconds_max=up(group.seconds_max),
    )


def targets(
    groups: Sequence[SetGroup],
    rule: Rule | None,
    state: State,
    training_max: State,
    day: Day,
) -> list[Target]:
    """A target for every set.

    `state` is where the line's own lane stands, `training_max` where that of the exercise does. A
    weight that was worked out is in the member's unit and can be loaded; one that was written in
    the member's unit and that no rule has moved stays as it was written, and so does an exact one.
    """
    active = active_groups(groups, rule, state)
    weights = _Weights(active, rule, state, training_max, day)
    return list(_one_a_set(active, weights))


def _one_a_set(groups: Sequence[SetGroup], weights: _Weights) -> Iterator[Target]:
    for group in groups:
        weight, unit = weights.of(group)
        target = Target(
            kind="amrap" if group.amrap else group.kind.value,
            reps_min=group.reps_min,
            reps_max=group.reps_max,
            seconds=group.seconds,
            seconds_max=group.seconds_max,
            weight=weight,
            unit=unit,
            rir=group.rir,
            percent=group.load.amount if group.load.basis == Basis.TRAINING_MAX else None,
        )
        yield from [target] * group.count


class _Weights:
    """The weights of one exercise on one day."""

    def __init__(
        self,
        groups: Sequence[SetGroup],
        rule: Rule | None,
        state: State,
        training_max: State,
        day: Day,
    ) -> None:
        self.day, self.max = day, training_max
        self.offset = _offset(rule, day)
        has_own = rule is not None and not isinstance(rule, (Cycle, Test, Offset))
        on_max = any(group.load.basis == Basis.TRAINING_MAX for group in groups)
        self.base = state if has_own and not on_max and state.weight is not None else None
        if isinstance(rule, Stages) and rule.test and state.stage > len(rule.stages):
            self.base = None  # a test finds the weight
        self.written = max(
            (
                convert(group.load.amount, group.load.unit, "kg")
                for group in groups
                if group.counts
                and group.load.basis == Basis.WEIGHT
                and group.load.amount is not None
            ),
            default=None,
        )
        exact = [self._exact(group) for group in groups if group.load.basis != Basis.TOP]
        self.top = max((weight for weight in exact if weight is not None), default=None)

    def of(self, group: SetGroup) -> tuple[Decimal | None, Unit]:
        load, unit = group.load, self.day.unit
        if load.basis == Basis.EXACT or self._stays_as_written(load):
            return load.amount, load.unit
        exact = self._of_top(load) if load.basis == Basis.TOP else self._exact(group)
        if exact is None:
            return None, unit
        return self.day.rounding(min(max(exact, Decimal(0)), MAX_WEIGHT), unit), unit

    def _stays_as_written(self, load: Load) -> bool:
        if load.basis != Basis.WEIGHT or load.unit != self.day.unit or self.offset is not None:
            return False
        return not (self.base and self.written) or self._base("kg") == self.written

    def _of_top(self, load: Load) -> Decimal | None:
        if self.top is None or load.amount is None:
            return None
        return self.top * load.amount / 100 + convert(load.offset, load.unit, self.day.unit)

    def _exact(self, group: SetGroup) -> Decimal | None:
        """The weight in the member's unit, not rounded."""
        load, unit = group.load, self.day.unit
        weight: Decimal | None = None
        if load.basis == Basis.TRAINING_MAX and load.amount is not None:
            if self.max.weight is not None:
                weight = convert(self.max.weight, self.max.unit, unit) * load.amount / 100
        elif load.basis in (Basis.WEIGHT, Basis.EXACT) and load.amount is not None:
            weight = convert(load.amount, load.unit, unit)
            if self.base and load.basis == Basis.WEIGHT and self.written:
                share = convert(load.amount, load.unit, "kg") / self.written
                weight = self._base(unit) * share
        elif self.base and group.counts:
            weight = self._base(unit)
        return None if weight is None else self._shifted(weight, load)

    def _base(self, unit: Unit) -> Decimal:
        state = self.base or State()
        return convert(state.weight or Decimal(0), state.unit, unit)

    def _shifted(self, weight: Decimal, load: Load) -> Decimal:
        """With the line's own offset, and what this week or day has more."""
        weight += convert(load.offset, load.unit, self.day.unit)
        if self.offset is not None and load.basis != Basis.EXACT:
            step, times = self.offset
            if step.unit is None:
                weight *= (1 + step.amount / 100) ** times
            else:
                weight += convert(step.amount, step.unit, self.day.unit) * times
        return weight


def _offset(rule: Rule | None, day: Day) -> tuple[Step, int] | None:
    if not isinstance(rule, Offset):
        return None
    times = (day.week if rule.by == "weekly" else day.day) - 1
    return (rule.step, times) if times else None
