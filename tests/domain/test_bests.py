"""legtraining.domain.bests: what each session reached, and the best that was ever done."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.bests import History, Logged, body_mass_on, estimated
from legtraining.domain.records import Done
from legtraining.domain.strength import FORMULAS

DAY = date(2026, 3, 2)


def one(weight, reps=5, *, day=0, unit="kg", kind="work", **more):
    weight = None if weight is None else Decimal(weight)
    rir = more.pop("rir", None)
    return Logged(
        weight,
        unit,
        reps,
        more.pop("seconds", None),
        None if rir is None else Decimal(rir),
        kind,
        more.pop("session", f"s{day}"),
        DAY + timedelta(days=day),
    )


def history(load, *sets, **more):
    return History(load, sets, **more)


def values(found):
    return [(point.of.session, point.value) for point in found.exposures]


# --- The estimate of one set ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "value"),
    [
        (one(100), "116.7"),
        (one(100, 1), "100"),
        (one("61.25", 1), "61.25"),
        (one(100, 10), "133.3"),
        (one(100, 11), None),
        (one(100, 8, rir=2), "133.3"),
        (one(100, 8, rir="2.5"), None),  # 10.5 to failure
        (one(100, 3, rir=3), "120"),
        (one(100, 3, rir="3.5"), None),
        (one(100, kind="amrap"), "116.7"),
        (one(100, kind="warmup"), None),
        (one(100, kind="drop"), None),
        (one(100, kind="failed"), None),
        (one(0), None),
        (one(None), None),
        (one(100, 0), None),
        (one(100, None, seconds=30), None),
        (one(220, 1, unit="lb"), "99.7903214"),
    ],
)
def test_what_a_set_is_estimated_at(done, value):
    assert estimated(done) == (None if value is None else Decimal(value))


def test_it_is_by_the_formula_that_is_asked_for():
    assert {name: str(estimated(one(100), name)) for name in FORMULAS} == {
        "epley": "116.7",
        "brzycki": "112.5",
        "lombardi": "117.5",
        "mayhew": "119.0",
        "wathan": "116.6",
        "oconner": "112.5",
    }


# --- Session by session ---------------------------------------------------------------------------


def test_a_point_is_the_best_estimate_of_its_session():
    found = history("external", one(90), one(100), one(95), one(80, day=3), one(60, 15, day=3))
    assert found.measure == "estimate"
    assert values(found) == [("s0", Decimal("116.7")), ("s3", Decimal("93.3"))]
    assert found.exposures[0].of == one(100)


def test_two_sessions_of_one_day_are_two_points():
    found = history("external", one(90, session="a"), one(100, session="b"))
    assert values(found) == [("a", Decimal(105)), ("b", Decimal("116.7"))]


def test_what_can_never_be_estimated_is_followed_by_its_weight():
    found = history("external", one(40, 15), one(45, 12), one(50, 15, day=3))
    assert found.measure == "weight"
    assert values(found) == [("s0", 45), ("s3", 50)]


@pytest.mark.parametrize(
    ("load", "sets", "measure", "expected"),
    [
        ("bodyweight", [one(None, 9), one(None, 12)], "reps", [12]),
        ("bodyweight", [one(10, 5), one(15, 3)], "added", [15]),
        # Once in three sessions a weight: that is no measure of the others.
        ("bodyweight", [one(0, 9), one(5, 6, day=1), one(0, 8, day=2)], "reps", [9, 6, 8]),
        ("bodyweight", [one(0, 9), one(5, 6, day=1), one(5, 7, day=2)], "added", [0, 5, 5]),
        ("assisted", [one(30, 8), one(20, 5), one(25, 8, day=1)], "assistance", [-20, -25]),
        ("assisted", [one(None, 3), one(0, 5, day=1), one(20, 5, day=2)], "reps", [3, 5, 5]),
        ("reps_only", [one(20, 9), one(None, 11)], "reps", [11]),
        ("time", [one(None, None, seconds=40), one(10, None, seconds=30)], "hold", [40]),
    ],
)
def test_others_are_followed_by_what_fits_them(load, sets, measure, expected):
    found = history(load, *sets)
    assert (found.measure, [point.value for point in found.exposures]) == (measure, expected)


def test_what_does_not_count_gives_no_point():
    sets = [one(100, kind="warmup"), one(100, 0), one(None)]
    found = history("external", *sets)
    assert (found.counting, found.exposures, found.best, found.heaviest) == ([], [], None, None)
    assert (found.best_volume, found.rep_maxes(), found.at_each_weight()) == (None, [], [])


# --- The best ever --------------------------------------------------------------------------------


def test_the_heaviest_knows_units_and_is_the_first_of_equals():
    found = history("external", one(100), one(221, unit="lb", day=1), one(221, unit="lb", day=2))
    assert found.heaviest == one(221, unit="lb", day=1)
    assert history("external", one(100), one("220.4", unit="lb", day=1)).heaviest == one(100)


def test_of_help_the_least_is_the_heaviest():
    assert history("assisted", one(30, 8), one(20, 3), one(25, 9)).heaviest == one(20, 3)
    assert history("assisted", one(5, 8), one(None, 2)).heaviest == one(None, 2)
    assert history("reps_only", one(5, 8)).heaviest is None


def test_drop_and_failed_sets_were_lifted_and_warm_ups_do_not_count():
    found = history(
        "external", one(100), one(110, 2, kind="failed"), one(105, kind="drop"),
        one(120, kind="warmup"),
    )  # fmt: skip
    assert found.heaviest == one(110, 2, kind="failed")
    assert found.best.value == Decimal("116.7")


def test_most_repetitions_and_the_longest_hold():
    assert history("external", one(60, 12), one(80, 12), one(100, 5)).most == one(80, 12)
    holds = [one(None, None, seconds=60), one(10, None, seconds=60), one(20, None, seconds=30)]
    assert history("time", *holds).most == holds[1]


def test_the_most_weight_for_each_number_of_repetitions():
    found = history(
        "external", one(120, 1), one(110, 3), one(100, 5, day=1), one(100, 5), one(90, 4),
        one(60, 15),
    )  # fmt: skip
    assert [(each.low, each.high, each.of) for each in found.rep_maxes()] == [
        (1, 1, one(120, 1)),
        (2, 3, one(110, 3)),
        (4, 5, one(100, 5, day=1)),
        (6, 10, one(60, 15)),
    ]


def test_the_most_repetitions_at_each_weight_exactly():
    pounds = one("220.463", 6, unit="lb", day=2)  # 100.0003 kg: another weight
    found = history("external", one(100, 5), one(100, 7, day=1), one(100, 7), pounds, one(60, 8))
    assert found.at_each_weight() == [pounds, one(100, 7, day=1), one(60, 8)]
    exact = one("45.359237", 9)
    same = one(100, 10, unit="lb")
    assert history("external", exact, same).at_each_weight() == [same]


def test_at_each_help_the_least_comes_first():
    found = history("assisted", one(30, 8), one(20, 3), one(30, 9))
    assert found.at_each_weight() == [one(20, 3), one(30, 9)]


# --- Work -----------------------------------------------------------------------------------------


def test_the_best_volume_is_a_sessions_sum_without_warm_ups():
    found = history(
        "external", one(50, kind="warmup"), one(100), one(100, kind="drop"), one(120, day=1),
    )  # fmt: skip
    best = found.best_volume
    assert (best.session, best.kilograms, best.is_estimate) == ("s0", 1000, False)
    assert found.volumes["s1"].kilograms == 600


def test_pounds_are_summed_exactly():
    assert history("external", one(100, 3, unit="lb"), one(10, 1)).best_volume.kilograms == (
        Decimal("146.077711")
    )


MASSES = [(DAY, Decimal(80)), (DAY + timedelta(days=7), Decimal(82))]


@pytest.mark.parametrize(
    ("day", "mass"), [(-1, None), (0, 80), (6, 80), (7, 82), (700, 82)]
)  # fmt: skip
def test_the_body_mass_of_a_day_is_the_latest_up_to_it(day, mass):
    assert body_mass_on(DAY + timedelta(days=day), MASSES) == mass


def test_a_share_of_the_body_is_moved_where_both_are_known():
    sets = one(None, 10, day=-1), one(10, 10, day=0), one(None, 10, day=8)
    found = history("bodyweight", *sets, movement="bodyweight-squat", masses=MASSES)
    # De Leva's men: 0.886 of 80 kg and the 10 kg that were added, and of 82 kg.
    assert {name: (v.kilograms, v.is_estimate) for name, v in found.volumes.items()} == {
        "s0": (Decimal("808.8"), True),
        "s8": (Decimal("726.52"), True),
    }
    assert found.best_volume.session == "s0"


def test_else_only_what_was_added_counts():
    sets = one(None, 10), one(10, 10, day=1)
    for more in ({"movement": "nordic-curl", "masses": MASSES}, {"movement": "bodyweight-squat"}):
        volumes = history("bodyweight", *sets, **more).volumes
        assert [(v.session, v.kilograms, v.is_estimate) for v in volumes.values()] == [
            ("s1", 100, False)
        ]


@pytest.mark.parametrize("load", ["assisted", "reps_only", "time"])
def test_what_helps_or_is_held_is_no_volume(load):
    assert history(load, one(20, 8, seconds=30)).best_volume is None


# --- What always holds ----------------------------------------------------------------------------

logs = st.builds(
    one,
    st.none() | st.decimals(0, 300, places=1),
    st.none() | st.integers(0, 20),
    day=st.integers(0, 9),
    unit=st.sampled_from(["kg", "lb"]),
    kind=st.sampled_from(["work", "warmup", "drop", "amrap", "failed"]),
    rir=st.none() | st.integers(0, 5),
)
loads = st.sampled_from(["external", "bodyweight", "assisted", "reps_only"])


@given(loads, st.lists(logs, max_size=12))
def test_rep_maxes_are_the_heaviest_of_all_sets_with_so_many(load, sets):
    found = history(load, *sorted(sets, key=lambda each: each.day))
    rows = found.rep_maxes()
    if load == "reps_only":
        assert rows == []
        return
    assert [(a.high + 1, a.of == b.of) for a, b in pairwise(rows)] == [
        (b.low, False) for b in rows[1:]
    ]
    for row in rows:
        for reps in range(row.low, row.high + 1):
            enough = [each for each in found.counting if each.reps >= reps]
            assert found.effort(row.of) == max(map(found.effort, enough))
            assert row.of in enough
    longest = max((min(each.reps, 10) for each in found.counting), default=0)
    assert (rows[-1].high if rows else 0) == longest


@given(loads, st.lists(logs, max_size=12))
def test_every_best_is_one_of_the_sets_that_count(load, sets):
    found = history(load, *sorted(sets, key=lambda each: each.day))
    assert len({point.of.session for point in found.exposures}) == len(found.exposures)
    weights = [found.effort(each) for each in found.at_each_weight()]
    assert weights == sorted(set(map(found.effort, found.counting)), reverse=True)
    for each in found.counting:
        assert any(
            found.effort(best) == found.effort(each) and best.reps >= each.reps
            for best in found.at_each_weight()
        )
    best = found.best
    assert best is None or best.value == max(point.value for point in found.exposures)


def test_it_reads_a_set_as_the_records_do():
    assert one(100, kind="failed").best() == Done(Decimal(100), "kg", 5, kind="failed").best()
