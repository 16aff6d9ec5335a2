"""What of a session's sets beat everything of that exercise before.

The rules, by what a typed weight means (`Load`):

- heaviest: more weight than ever, for one rep or more. With a bodyweight exercise it is the weight
  added; with an assisted one less assistance is better, so the least assistance is the heaviest.
- estimate: the best estimated 1RM, by the member's formula, of work and AMRAP sets with at most 10
  reps to failure, RIR included, as `estimate_1rm` reads them. External weights only: of the others
  it would be an estimate of a part of the load. It must beat every estimate before, and every
  weight that was lifted before in whatever set, by 0.1 kg: less than that is finer than any
  formula's error.
- reps: more reps than ever with at least this weight (or at most this assistance; of exercises
  with repetitions only, than ever). The first time at a weight is not one: it is the heaviest.
- hold: the same for seconds, of exercises whose sets are timed.

Warm-ups never count, nor does a set with 0 reps or, where the weight is the load, without a weight.
Equal is not better. What was never done before beats nothing: see `is_first`.

Each kind comes at most once: of several, the one with the most weight. One set may be both the
heaviest and the best estimate, because neither follows from the other, except for a single with
none in reserve, which is no estimate. Its reps are then not told again, nor are those of another
set with less of both.

Weights are compared in kilograms, converted exactly and not rounded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from legtraining.domain.strength import DEFAULT_FORMULA, FORMULAS, MAX_ESTIMATE_REPS
from legtraining.domain.units import TENTH, Unit, convert, to_kg

type Load = Literal["external", "bodyweight", "assisted", "reps_only", "time"]
type Kind = Literal["heaviest", "estimate", "reps", "hold"]

ESTIMATING_KINDS = ("work", "amrap")  # a drop set begins tired, and a failed one was not lifted
LEAST_GAIN = TENTH  # of an estimate, in kg


@dataclass(frozen=True)
class Best:
    """The most that was done at one weight, by one set or by many; None where nothing counts.

    `weight` is as typed, in `unit`. `to_failure` is reps and RIR of a set that makes an estimate.
    """

    weight: Decimal | None
    unit: Unit
    reps: int | None = None
    to_failure: Decimal | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class Done:
    """One set as it was logged. `kind` is warmup, work, drop, amrap or failed."""

    weight: Decimal | None
    unit: Unit
    reps: int | None
    seconds: int | None = None
    rir: Decimal | None = None
    kind: str = "work"

    def best(self) -> Best:
        """What counts of it; the past is grouped by the same rule."""
        if self.kind == "warmup":
            return Best(self.weight, self.unit)
        to_failure = None
        if self.kind in ESTIMATING_KINDS and self.reps:
            to_failure = self.reps + (self.rir or Decimal(0))
        if to_failure is not None and to_failure > MAX_ESTIMATE_REPS:
            to_failure = None
        return Best(self.weight, self.unit, self.reps or None, to_failure, self.seconds or None)


@dataclass(frozen=True)
class Record:
    """What was done now, and the best of before that it beat; estimates are by `formula`."""

    kind: Kind
    now: Best
    before: Best
    formula: str = DEFAULT_FORMULA

    @property
    def estimates(self) -> tuple[Decimal, Decimal]:
        """The estimated 1RM now and before, to one decimal, both in the unit of `now`."""
        before = convert(_one_rep(self.before, self.formula), self.before.unit, self.now.unit)
        return _rounded(_one_rep(self.now, self.formula)), _rounded(before)


def is_first(load: Load, done: Iterable[Done], before: Sequence[Best]) -> bool:
    """Whether something was done that counts, and never anything before, not even a warm-up."""
    return not before and any(
        best.seconds if load == "time" else best.reps for best in map(Done.best, done)
    )


def find_records(
    load: Load, done: Iterable[Done], before: Iterable[Best], formula: str = DEFAULT_FORMULA
) -> list[Record]:
    """The records of one exercise, the most important first; see above for the rules.

    `before` is everything done earlier, grouped by weight or not. The order of neither matters.
    `formula` is a name of `FORMULAS`.
    """
    rules = _Rules(
        load,
        [best for each in done if counts(load, best := each.best())],
        [best for best in before if counts(load, best)],
        formula,
    )
    if load == "time":
        found = [rules.most("hold", told=[])]
    else:
        heaviest, estimate = rules.heaviest(), rules.estimate()
        told = [record.now for record in (heaviest, estimate) if record]
        found = [heaviest, estimate, rules.most("reps", told=told)]
    return [record for record in found if record]


def effort(load: Load, weight: Decimal | None, unit: Unit) -> Decimal:
    """What is compared as weight, in kg. No weight typed is none added, and none of help."""
    if load == "reps_only" or weight is None:
        return Decimal(0)
    kilograms = to_kg(weight, unit)
    return -kilograms if load == "assisted" else kilograms


def counts(load: Load, best: Best) -> bool:
    """Whether there is something in it to compare."""
    if load == "time":
        return bool(best.seconds)
    return bool(best.reps) and not (load == "external" and best.weight is None)


def _one_rep(best: Best, formula: str) -> Decimal:
    """The 1RM in the unit of the weight, unrounded: estimated, or at least what was lifted."""
    weight = best.weight or Decimal(0)
    if best.to_failure is None or best.to_failure == 1:
        return weight
    return FORMULAS[formula](weight, best.to_failure)


def _rounded(estimate: Decimal) -> Decimal:
    return estimate.quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class _Rules:
    """The sets that count of one exercise, now and before."""

    load: Load
    now: list[Best]
    past: list[Best]
    formula: str

    def effort(self, best: Best) -> Decimal:
        return effort(self.load, best.weight, best.unit)

    def rank(self, best: Best) -> tuple[Decimal, int, int, Decimal, str]:
        """By weight, then by what was done with it: complete, so that no order of sets matters."""
        amount = best.reps or 0, best.seconds or 0, best.to_failure or Decimal(0)
        return self.effort(best), *amount, best.unit

    def heaviest(self) -> Record | None:
        if not (self.now and self.past):
            return None
        now, before = max(self.now, key=self.rank), max(self.past, key=self.rank)
        beats = self.effort(now) > self.effort(before)
        return Record("heaviest", now, before) if beats else None

    def estimate(self) -> Record | None:
        now = [best for best in self.now if best.to_failure is not None]
        past = [best for best in self.past if best.weight]
        if self.load != "external" or not (now and past):
            return None
        best, before = max(now, key=self.one_rep), max(past, key=self.one_rep)
        gain = self.one_rep(best)[0] - self.one_rep(before)[0]
        if gain < LEAST_GAIN or best.to_failure == 1:
            return None
        return Record("estimate", best, before, self.formula)

    def one_rep(self, best: Best) -> tuple[Decimal, tuple[Decimal, int, int, Decimal, str]]:
        return to_kg(_one_rep(best, self.formula), best.unit), self.rank(best)

    def most(self, kind: Literal["reps", "hold"], told: list[Best]) -> Record | None:
        """More than ever with at least this weight, unless a set of `told` says as much."""

        def amount(best: Best) -> int:
            return (best.reps if kind == "reps" else best.seconds) or 0

        def covers(other: Best, best: Best) -> bool:
            return self.effort(other) >= self.effort(best) and amount(other) >= amount(best)

        records = []
        for now in self.now:
            harder = [best for best in self.past if self.effort(best) >= self.effort(now)]
            if harder and not any(covers(other, now) for other in (*harder, *told)):
                before = max(harder, key=lambda best: (amount(best), self.rank(best)))
                records.append(Record(kind, now, before))
        return max(records, key=lambda record: self.rank(record.now), default=None)
