"""The formulas of the estimated 1RM in SQL: as `estimate_1rm` has it, to the same tenth."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from legtraining.domain.strength import DEFAULT_FORMULA, FORMULAS, MAX_ESTIMATE_REPS

NUMERIC = models.DecimalField(max_digits=20, decimal_places=11)

# Reps and reps in reserve; a set that notes none is taken to failure.
TO_FAILURE = F("reps") + Coalesce(F("rir"), Decimal(0))


def _tenths(dividend: models.expressions.Combinable, divisor: object) -> Func:
    """How many tenths, rounded half up: a division of whole numbers loses no digit on the way."""
    return Func(dividend, divisor, function="div", output_field=NUMERIC)


_FRACTIONS = {
    "epley": _tenths(2 * F("weight_kg") * (30 + F("to_failure")) + 3, 6),
    "oconner": _tenths(F("weight_kg") * (40 + F("to_failure")) + 2, 4),
    "brzycki": _tenths(720 * F("weight_kg") + 37 - F("to_failure"), 74 - 2 * F("to_failure")),
}


class Factor(Func):
    """Of a formula that is a power or an exponential: what the weight is multiplied by, with the 28
    digits of the domain. Looked up by the reps to failure, which the column has in tenths."""

    arity = 2
    output_field = models.DecimalField(max_digits=29, decimal_places=27)

    def __init__(self, formula: str) -> None:
        tenths = range(10, 10 * MAX_ESTIMATE_REPS + 1)
        factors = [FORMULAS[formula](Decimal(1), Decimal(n) / 10) for n in tenths]
        super().__init__(Value(factors, ArrayField(self.output_field)), F("to_failure") * 10 - 9)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        array, place = (compiler.compile(each) for each in self.get_source_expressions())
        return f"({array[0]})[({place[0]})::int]", (*array[1], *place[1])


@cache
def _estimate(formula: str) -> models.expressions.Combinable:
    if formula in _FRACTIONS:
        return _FRACTIONS[formula] / Decimal(10)
    return Func(F("weight_kg") * Factor(formula), 1, function="round", output_field=NUMERIC)


def one_rep(members: Iterable[User]) -> Case:
    """What the sets of `members` are as estimated 1RM (kg), each by its member's formula.

    For a queryset of sets with the alias `to_failure` (`TO_FAILURE`), at most 10, and a weight.
    Where all have the same formula the members' table is not read.
    """
    first, *others = sorted({member.formula for member in members}) or [DEFAULT_FORMULA]
    estimate = Case(  # without a case it is its default
        *(When(member__formula=formula, then=_estimate(formula)) for formula in others),
        default=_estimate(first),
        output_field=NUMERIC,
    )
    return Case(
        When(to_failure=1, then=F("weight_kg")),
        default=Greatest(F("weight_kg"), estimate, output_field=NUMERIC),
        output_field=NUMERIC,
    )
