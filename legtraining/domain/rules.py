"""The rules of progression as a trainer writes them behind a semicolon: `; linear +2.5kg`.

What a rule does is in `progression`, how it is read in `rule_reading`; here is what it
is and how it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from legtraining.domain.setgroups import SetGroup, write_sets
from legtraining.domain.units import MAX_WEIGHT, Unit, convert, format_weight

MAX_WEEKS = 52


@dataclass(frozen=True)
class Step:
    """What is added to a weight: an amount in `unit`, or percent of it. Negative takes away."""

    amount: Decimal
    unit: Unit | None  # None is percent

    def added_to(self, weight: Decimal, unit: Unit) -> Decimal:
        """`weight` (in `unit`) and the step, within 0 and what a set may hold; not rounded."""
        if self.unit is None:
            more = weight * self.amount / 100
        else:
            more = convert(self.amount, self.unit, unit)
        return min(max(weight + more, Decimal(0)), MAX_WEIGHT)

    def __str__(self) -> str:
        sign = "+" if self.amount > 0 else ""
        return f"{sign}{format_weight(self.amount)}{self.unit or '%'}"

    @property
    def words(self) -> str:
        """As it is said to people: `+2.5 kg`, `−10 %`."""
        sign = "−" if self.amount < 0 else "+"
        return f"{sign}{format_weight(abs(self.amount))}\N{NO-BREAK SPACE}{self.unit or '%'}"


@dataclass(frozen=True)
class Backoff:
    """After so many failures in a row the weight changes by `step`, which takes away."""

    step: Step
    after: int

    def __str__(self) -> str:
        return f", {self.step} after {self.after}"


@dataclass(frozen=True)
class Linear:
    """Every set reached its repetitions, `every` times: the weight goes up."""

    step: Step
    every: int = 1
    backoff: Backoff | None = None

    def __str__(self) -> str:
        every = "" if self.every == 1 else f" every {self.every}"
        return f"linear {self.step}{every}{self.backoff or ''}"


@dataclass(frozen=True)
class Double:
    """Every set reached the upper end of its range: the weight goes up, the range begins anew."""

    step: Step
    backoff: Backoff | None = None

    def __str__(self) -> str:
        return f"double {self.step}{self.backoff or ''}"


@dataclass(frozen=True)
class TwoForTwo:
    """Two repetitions more than planned in the last set, twice in a row: the weight goes up.

    The 2-for-2 rule of Baechle and Earle, in NSCA Essentials.
    """

    step: Step

    def __str__(self) -> str:
        return f"2for2 {self.step}"


@dataclass(frozen=True)
class Cycle:
    """At the end of every `weeks` weeks the training max goes up, whatever was done in them.

    With a backoff it goes down instead after so many failures in the cycle.
    """

    step: Step
    weeks: int = MAX_WEEKS
    backoff: Backoff | None = None

    def __str__(self) -> str:
        every = "" if self.weeks == MAX_WEEKS else f" every {self.weeks} weeks"
        return f"cycle {self.step}{every}{self.backoff or ''}"


@dataclass(frozen=True)
class Amrap:
    """The repetitions of the set of as many as possible choose the step; none below the lowest."""

    table: tuple[tuple[int, Step], ...]
    backoff: Backoff | None = None

    def __str__(self) -> str:
        table = ", ".join(f"{reps}+: {step}" for reps, step in self.table)
        return f"amrap {table}{self.backoff or ''}"


@dataclass(frozen=True)
class Stages:
    """Success adds `step`; failure goes on to the next of `stages` with the same weight.

    The first stage is what the line prescribes. After the last one the weight begins anew at
    `percent` of what it was, or, with a `test`, of what the test found; or, with `first`, at what
    the first stage was left with and `first`.
    """

    step: Step
    stages: tuple[tuple[SetGroup, ...], ...]
    test: tuple[SetGroup, ...] | None = None
    percent: Decimal | None = None
    first: Step | None = None

    def __str__(self) -> str:
        parts = [f"stages {self.step}", *(write_sets(stage) for stage in self.stages)]
        if self.test:
            parts.append(f"test {write_sets(self.test)}")
        again = (
            f"first {self.first}" if self.first else f"{format_weight(self.percent or Decimal())}%"
        )
        return " / ".join([*parts, f"restart {again}"])


@dataclass(frozen=True)
class Test:
    """The best set of this exercise sets the training max: `percent` of the 1RM it estimates."""

    percent: Decimal

    def __str__(self) -> str:
        return f"test {format_weight(self.percent)}%"


@dataclass(frozen=True)
class Offset:
    """Every week of the program, or every day of a week, has `step` more than the one before."""

    step: Step
    by: str  # "weekly" or "daily"

    def __str__(self) -> str:
        return f"{self.by} {self.step}"


@dataclass(frozen=True)
class Reps:
    """Every set reached its repetitions or seconds: there are `step` more, up to `most`."""

    step: int
    most: int

    def __str__(self) -> str:
        return f"reps +{self.step} to {self.most}"


type Rule = Linear | Double | TwoForTwo | Cycle | Amrap | Stages | Test | Offset | Reps

TRAINING_MAX = "tm"


def lane_of(groups: tuple[SetGroup, ...] | list[SetGroup], rule: Rule | None, label: str) -> str:
    """Which working weight of an exercise a line works on; "" where it has none.

    Percentages of the training max, and what changes it, share the one of the exercise. Otherwise
    lines with the same sets and the same kind of rule share a weight (so that it goes on whichever
    day it is trained), and a `label` joins or parts them by hand.
    """
    if rule is None or isinstance(rule, Offset):
        return ""
    if isinstance(rule, (Cycle, Test)) or any(group.load.basis == "tm" for group in groups):
        return TRAINING_MAX
    if label:
        return f"#{label.lower()}"
    bare = [
        SetGroup(
            each.count,
            each.reps_min,
            each.reps_max,
            each.seconds,
            each.amrap,
            each.seconds_max,
            each.kind,
        )
        for each in groups
        if each.counts
    ]
    return f"{type(rule).__name__.lower()} {write_sets(bare)}"[:120]
