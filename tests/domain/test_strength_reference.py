"""Published and worked values, row by row, from the file the project shares."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import pytest

from legtraining.domain import charts
from legtraining.domain.balance import fractional
from legtraining.domain.bodyweight import load, share
from legtraining.domain.pain import pain_zone
from legtraining.domain.plates import MAX_PAIRS, Plates, nearest, per_side
from legtraining.domain.prescription import tempo_seconds
from legtraining.domain.progression import two_for_two
from legtraining.domain.strength import (
    FORMULAS,
    estimate_1rm,
    least_change,
    leg_press_1rm,
    rir_from_rpe,
    volume_load,
)
from legtraining.domain.training_load import DAYS, Effort, WeekLoad, monotony, session_load
from legtraining.domain.trends import (
    ewma_lambda,
    joint_intercept,
    separate_intercept,
    slopes_interval,
)
from legtraining.domain.units import convert
from legtraining.domain.warmup import even_jumps

REFERENCE = Path(__file__).parents[2].parent / "shared/data/strength_reference.csv"


def _formula(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda given: FORMULAS[name](given["weight"], int(given["reps"]))


def _one_rep(given: dict[str, Any]) -> Any:
    (answer,) = {estimate_1rm(given["weight"], int(given["reps"]), name) for name in FORMULAS}
    return answer


# The model's own words, which promise more than we do.
PAIN_WORDS = {"carry_on": "safe", "tolerable": "acceptable", "stop": "excessive"}


def _enough(given: dict[str, Any]) -> Plates:
    return tuple((weight, MAX_PAIRS) for weight in given["plates"])


def _plates_per_side(given: dict[str, Any]) -> Any:
    return list(per_side(given["total"], given["bar_and_collars"], _enough(given)) or ())


def _slopes(given: dict[str, Any]) -> list[Decimal]:
    alpha = float(given.get("alpha", "0.05"))
    found = slopes_interval(given["x"], given["y"], alpha)
    return [Decimal(slope) for slope in found or ()]


def _intercept(given: dict[str, Any], begins: Callable[..., float]) -> Decimal:
    xs, ys = (list(map(float, given[axis])) for axis in "xy")
    return Decimal(begins(xs, ys, float(_slopes(given)[0])))


def _monotony(given: dict[str, Any]) -> Decimal:
    loads = [int(load) for load in given["loads"]]
    if len(loads) == DAYS:
        return Decimal(monotony(loads) or 0)
    # What is printed in the paper comes of its nine sessions. Ours is of days, as it is defined.
    return Decimal(fmean(loads) / pstdev(loads))


def _nearest_loadable(given: dict[str, Any]) -> Any:
    found = nearest(given["total"], given["bar_and_collars"], _enough(given))
    return dict(zip(("below", "above"), found, strict=True))


CALCULATIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    **{f"e1rm_{name}": _formula(name) for name in FORMULAS},
    "e1rm_any": _one_rep,
    "bodyweight_fraction": lambda given: share(given["exercise"], given["model"]),
    "bodyweight_load": lambda given: load(
        given["body_mass"], given["exercise"], given["added"], given["model"]
    ),
    "e1rm_leg_press_reynolds_5rm": lambda given: leg_press_1rm(given["five_rm_kg"]),
    "e1rm_nsca": lambda given: charts.e1rm_nsca(given["weight"], int(given["reps"])),
    "ewma_lambda": lambda given: ewma_lambda(int(given["days"])),
    "kg_to_lb": lambda given: convert(given["kg"], "kg", "lb"),
    "lb_to_kg": lambda given: convert(given["lb"], "lb", "kg"),
    "load_from_1rm_nsca": lambda given: charts.load_from_1rm_nsca(
        given["one_rm"], int(given["reps"])
    ),
    "pain_zone": lambda given: PAIN_WORDS[pain_zone(int(given["nrs"]))],
    "mdc95_pct_from_cv": lambda given: least_change(given["cv_pct"]),
    "monotony": _monotony,
    "nearest_loadable": _nearest_loadable,
    "plates_per_side": _plates_per_side,
    "pct1rm_rpe_rts": lambda given: charts.pct1rm_rpe_rts(int(given["reps"]), given["rpe"]),
    "reps_at_pct1rm": lambda given: charts.reps_at_pct1rm(given["exercise"], given["pct"]),
    "reps_at_pct1rm_between_person_sd": lambda given: charts.reps_at_pct1rm_between_person_sd(
        given["pct"]
    ),
    "rir_from_rpe": lambda given: rir_from_rpe(given["rpe"]),
    "rm_to_rm_nsca_rounded": lambda given: charts.rm_to_rm_nsca_rounded(
        given["weight"], int(given["reps"]), int(given["target_reps"]), given["increment"]
    ),
    "session_load_srpe": lambda given: session_load(
        Effort(int(given["rpe"]), int(given["minutes"]) * 60)
    ),
    "strain": lambda given: WeekLoad(given["weekly_load"], 1, 0, given["monotony"]).strain,
    "tempo_seconds_per_rep": lambda given: tempo_seconds(given["tempo"]),
    "theil_sen_intercept_joint": lambda given: _intercept(given, joint_intercept),
    "theil_sen_intercept_separate": lambda given: _intercept(given, separate_intercept),
    "theil_sen_low": lambda given: _slopes(given)[1],
    "theil_sen_slope": lambda given: _slopes(given)[0],
    "two_for_two": lambda given: two_for_two(
        int(given["goal_reps"]), [int(reps) for reps in given["last_set_reps"]]
    ),
    "volume_load": lambda given: volume_load(
        [(given["load"], int(given["reps"]))] * int(given["sets"])
    ),
    "warmup_even_jumps": lambda given: even_jumps(
        given["start"], given["target"], int(given["warmups"])
    ),
    "weekly_sets_fractional": lambda given: fractional(
        int(given["direct"]), int(given["indirect"])
    ),
}


def _rows() -> list[dict[str, str]]:
    if not REFERENCE.exists():
        return []
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _rows()

pytestmark = pytest.mark.skipif(
    not ROWS, reason=f"the shared reference values are not beside this checkout: {REFERENCE}"
)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"line {line}: {row['calculation']}")
        for line, row in enumerate(ROWS, start=2)
    ],
)
def test_reproduces(row: dict[str, str]) -> None:
    given, expected = _decimals(row["inputs"]), _decimals(row["expected"])
    answer = CALCULATIONS[row["calculation"]](given)
    if isinstance(expected, Decimal):
        assert abs(answer - expected) <= Decimal(row["tolerance"])
    else:  # a word, or several numbers: all of them exact
        assert (answer, row["tolerance"]) == (expected, "0")


def _decimals(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def test_every_calculation_in_the_file_is_covered() -> None:
    assert {row["calculation"] for row in ROWS} == CALCULATIONS.keys()
