from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.records import Best, Done, Kind, Load, Record, find_records, is_first
from legtraining.domain.strength import estimate_1rm
from legtraining.domain.units import Unit, to_kg

LOADS: list[Load] = list(get_args(Load.__value__))

loads = st.sampled_from(LOADS)
units: st.SearchStrategy[Unit] = st.sampled_from(["kg", "lb"])
sets = st.builds(
    Done,
    weight=st.none() | st.sampled_from([Decimal(n) / 2 for n in range(12)]),
    unit=units,
    reps=st.none() | st.integers(0, 12),
    seconds=st.none() | st.integers(1, 5),
    rir=st.none() | st.sampled_from([Decimal(n) / 2 for n in range(8)]),
    kind=st.sampled_from(["warmup", "work", "drop", "amrap"]),
)
sessions = st.lists(sets, max_size=6)


def done(weight: Any, reps: int | None, unit: Unit = "kg", **more: Any) -> Done:
    if isinstance(weight, str | int):
        weight = Decimal(weight)
    return Done(weight, unit, reps, **more)


def held(seconds: int, weight: int | None = None) -> Done:
    return done(weight, None, seconds=seconds)


def bests(past: list[Done]) -> list[Best]:
    return [each.best() for each in past]


def kinds(load: Load, now: list[Done], past: list[Done]) -> list[Kind]:
    return [record.kind for record in find_records(load, now, bests(past))]


def only(load: Load, now: list[Done], past: list[Done], kind: Kind) -> Record:
    (record,) = [each for each in find_records(load, now, bests(past)) if each.kind == kind]
    return record


# Heaviest


def test_heaviest() -> None:
    now = [done("100", 5), done("102.5", 5), done("102.5", 3), done("101", 8)]
    record = only("external", now, [done("90", 8), done("100", 5), done("95", 6)], "heaviest")
    assert (record.now.weight, record.now.reps) == (Decimal("102.5"), 5)
    assert record.before.weight == 100


def test_equal_is_not_heavier() -> None:
    assert kinds("external", [done("100", 5)], [done("100.000", 5)]) == []


def test_a_weight_that_was_not_lifted_is_no_record_and_beats_none() -> None:
    assert kinds("external", [done("120", 0)], [done("100", 5)]) == []
    assert kinds("external", [done("110", 1)], [done("120", 0), done("100", 5)])[0] == "heaviest"
    assert kinds("external", [done("120", None)], [done("100", 5)]) == []


def test_pounds_and_kilograms_are_compared_exactly() -> None:
    # 225 lb is 102.05828325 kg
    assert kinds("external", [done("102.058", 5)], [done("225", 5, "lb")]) == []
    record = only("external", [done("102.059", 1)], [done("225", 5, "lb")], "heaviest")
    assert (record.before.weight, record.before.unit) == (225, "lb")
    assert kinds("external", [done("225", 5, "lb")], [done("102.058", 5)]) == ["heaviest"]
    assert kinds("external", [done("225", 5, "lb")], [done("102.059", 5)]) == []
    assert kinds("external", [done("100", 5, "lb")], [done("60", 5)]) == []


def test_drop_sets_are_lifted_too() -> None:
    assert kinds("external", [done("105", 5, kind="drop")], [done("100", 5)]) == ["heaviest"]
    assert kinds("external", [done("105", 5)], [done("110", 5, kind="drop")]) == ["estimate"]


def test_without_a_weight_where_it_is_the_load_nothing_is_compared() -> None:
    assert kinds("external", [done(None, 20)], [done("60", 8)]) == []
    assert kinds("external", [done("60", 8)], [done(None, 20)]) == []


def test_a_weight_added_to_the_body() -> None:
    record = only("bodyweight", [done("5", 6)], [done(None, 20)], "heaviest")
    assert (record.now.weight, record.before.weight) == (5, None)
    assert kinds("bodyweight", [done("5", 6)], [done("5", 6)]) == []
    assert kinds("bodyweight", [done(None, 6)], [done("0", 8)]) == []


def test_less_assistance_is_more() -> None:
    record = only("assisted", [done("30", 9), done("20", 5)], [done("25", 5)], "heaviest")
    assert (record.now.weight, record.before.weight) == (20, 25)
    assert kinds("assisted", [done("30", 5)], [done("25", 5)]) == []
    record = only("assisted", [done(None, 2)], [done("25", 5)], "heaviest")
    assert record.now.weight is None
    assert kinds("assisted", [done("5", 2)], [done(None, 5)]) == []


# Estimate


def test_best_estimate() -> None:
    now = [done("90", 8), done("100", 4), done("80", 9)]
    record = only("external", now, [done("100", 3), done("90", 6)], "estimate")
    assert record.now.weight == 90
    assert record.estimates == (Decimal("114.0"), Decimal("110.0"))


def test_reps_in_reserve_count() -> None:
    past = [done("100", 5)]
    assert kinds("external", [done("100", 5, rir=Decimal(2))], past) == ["estimate"]
    assert kinds("external", [done("100", 5, rir=Decimal(0))], past) == []
    assert kinds("external", [done("100", 6)], [done("100", 5, rir=Decimal(1))]) == ["reps"]


@pytest.mark.parametrize("tired", [{"kind": "drop"}, {"kind": "failed"}, {"rir": Decimal("2.5")}])
def test_sets_that_make_no_estimate(tired: dict[str, Any]) -> None:
    past = [done("100", 1)]
    assert "estimate" in kinds("external", [done("90", 8)], past)
    assert "estimate" not in kinds("external", [done("90", 8, **tired)], past)
    assert "estimate" in kinds("external", [done("85", 8)], [done("80", 8, **tired)])


def test_above_ten_reps_there_is_no_estimate() -> None:
    past = [done("60", 5)]
    assert kinds("external", [done("60", 10)], past) == ["estimate"]
    assert kinds("external", [done("60", 11)], past) == ["reps"]
    assert kinds("external", [done("60", 8, rir=Decimal(2), kind="amrap")], past)[0] == "estimate"


def test_an_estimate_below_what_was_lifted_before_is_not_the_best() -> None:
    past = [done("100", 12), done("80", 5)]
    assert kinds("external", [done("85", 5)], past) == []
    record = only("external", [done("85", 7)], past, "estimate")
    assert record.estimates == (Decimal("104.8"), Decimal("100.0"))


def test_a_single_with_none_in_reserve_is_no_estimate() -> None:
    assert kinds("external", [done("120", 1)], [done("100", 5)]) == ["heaviest"]
    assert kinds("external", [done("120", 1, rir=Decimal(1))], [done("100", 5)]) == [
        "heaviest",
        "estimate",
    ]
    record = only("external", [done("86", 6)], [done("100", 1)], "estimate")
    assert record.estimates == (Decimal("103.2"), Decimal("100.0"))


def test_a_gain_finer_than_the_formula_is_none() -> None:
    # 100 x 5 is 116.667, 97.285 x 6 is 116.742, which is shown alike, 97.306 x 6 is 116.767
    assert kinds("external", [done("97.285", 6)], [done("100", 5)]) == ["reps"]
    assert kinds("external", [done("97.306", 6)], [done("100", 5)]) == ["estimate"]


def test_estimates_of_both_units() -> None:
    record = only("external", [done("230", 3, "lb")], [done("100", 3)], "estimate")
    assert record.estimates == (Decimal("253.0"), Decimal("242.5"))
    record = only("external", [done("105", 3)], [done("225", 3, "lb")], "estimate")
    assert record.estimates == (Decimal("115.5"), Decimal("112.3"))


@pytest.mark.parametrize("load", [load for load in LOADS if load != "external"])
def test_no_estimate_where_the_weight_is_not_the_load(load: Load) -> None:
    for now, past in [(("20", 5), ("10", 5)), (("10", 5), ("20", 5)), (("10", 9), ("10", 5))]:
        assert "estimate" not in kinds(load, [done(*now)], [done(*past)])


def test_no_estimate_against_no_weight() -> None:
    assert kinds("external", [done("20", 5)], [done("0", 5)]) == ["heaviest"]


# Reps


def test_most_reps_at_a_weight() -> None:
    past = [done("60", 11), done("65", 11), done("50", 20)]
    record = only("external", [done("60", 12)], past, "reps")
    assert (record.now.reps, record.before.reps, record.before.weight) == (12, 11, 65)
    assert kinds("external", [done("60", 11)], past) == []
    assert kinds("external", [done("50", 20)], past) == []


def test_more_with_a_heavier_weight_before_is_more() -> None:
    assert kinds("external", [done("60", 12)], [done("60", 11), done("70", 13)]) == []


def test_the_first_time_at_a_weight_is_the_heaviest_and_not_the_most_reps() -> None:
    assert kinds("external", [done("70", 15)], [done("60", 8)]) == ["heaviest"]


def test_of_several_the_heavier_one_is_told() -> None:
    past = [done("60", 11), done("50", 14)]
    record = only("external", [done("50", 18), done("60", 12), done("60", 13)], past, "reps")
    assert (record.now.weight, record.now.reps) == (60, 13)


def test_one_set_is_not_told_twice() -> None:
    past = [done("60", 5), done("70", 3)]
    assert kinds("external", [done("60", 10)], past) == ["estimate"]
    # 60 x 11 is more than ever with 60 kg, and less than 72.5 x 12
    assert kinds("external", [done("72.5", 12), done("60", 11)], past) == ["heaviest"]
    assert kinds("external", [done("72.5", 12), done("60", 13)], past) == ["heaviest", "reps"]


def test_three_sets_may_make_three_records() -> None:
    past = [done("60", 10), done("100", 3)]
    now = [done("60", 15), done("102.5", 1), done("95", 8)]
    assert kinds("external", now, past) == ["heaviest", "estimate", "reps"]


def test_reps_across_units() -> None:
    assert kinds("external", [done("132", 12, "lb")], [done("60", 12)]) == []  # 59.9 kg
    assert kinds("external", [done("132", 13, "lb")], [done("60", 12)]) == ["reps"]
    assert kinds("external", [done("133", 13, "lb")], [done("60", 12)]) == ["heaviest"]


def test_reps_without_weight() -> None:
    for load in ("bodyweight", "reps_only"):
        record = only(load, [done(None, 21)], [done(None, 20), done(None, 12)], "reps")
        assert (record.now.reps, record.before.reps) == (21, 20)
        assert kinds(load, [done(None, 20)], [done(None, 20)]) == []
    assert kinds("bodyweight", [done(None, 19)], [done("5", 20)]) == []
    # What was typed as a weight says nothing about a band.
    assert kinds("reps_only", [done("5", 20)], [done(None, 20)]) == []
    assert kinds("reps_only", [done(None, 21)], [done("5", 20)]) == ["reps"]


def test_reps_with_at_most_this_assistance() -> None:
    assert kinds("assisted", [done("25", 8)], [done("25", 7), done("30", 12)]) == ["reps"]
    assert kinds("assisted", [done("25", 8)], [done("25", 7), done("20", 8)]) == []


# Holds


def test_longest_hold() -> None:
    record = only("time", [held(50), held(61)], [held(60)], "hold")
    assert (record.now.seconds, record.before.seconds) == (61, 60)
    assert kinds("time", [held(60)], [held(60)]) == []
    assert kinds("time", [held(61)], [held(60), held(61, 5)]) == []


def test_longest_hold_with_a_weight() -> None:
    record = only("time", [held(40, 20), held(70)], [held(60), held(30, 20)], "hold")
    assert (record.now.seconds, record.now.weight, record.before.seconds) == (40, 20, 30)
    assert kinds("time", [held(30, 20)], [held(60)]) == []


def test_seconds_of_counted_sets_and_reps_of_timed_ones_say_nothing() -> None:
    assert kinds("external", [done("60", 8, seconds=90)], [done("60", 8, seconds=45)]) == []
    assert kinds("time", [done(None, 9, seconds=30)], [done(None, 5, seconds=30)]) == []


# The first time


@pytest.mark.parametrize("load", LOADS)
def test_the_first_time_beats_nothing(load: Load) -> None:
    now = [done("60", 8, seconds=30)]
    assert find_records(load, now, []) == []
    assert is_first(load, now, [])
    assert not is_first(load, now, bests(now))


def test_what_does_not_count_is_not_a_first_time() -> None:
    assert not is_first("external", [], [])
    assert not is_first("external", [done("60", 0), done("20", 8, kind="warmup")], [])
    assert not is_first("time", [done(None, 8)], [])


def test_after_warm_ups_only_it_is_not_the_first_time_and_nothing_is_beaten() -> None:
    past = bests([done("20", 8, kind="warmup")])
    assert not is_first("external", [done("60", 8)], past)
    assert find_records("external", [done("60", 8)], past) == []


# Properties


@given(loads, sessions, sessions, st.randoms())
def test_order_does_not_matter(load: Load, now: list[Done], past: list[Done], random: Any) -> None:
    records = find_records(load, now, bests(past))
    now, past = list(now), list(past)
    random.shuffle(now)
    random.shuffle(past)
    assert find_records(load, now, bests(past)) == records


@given(loads, sessions, sessions)
def test_the_same_session_again_beats_nothing(
    load: Load, now: list[Done], past: list[Done]
) -> None:
    assert kinds(load, now, past + now) == []
    assert not now or not is_first(load, now, bests(past + now))


@given(loads, sessions, sessions, sessions)
def test_warm_ups_change_nothing(
    load: Load, now: list[Done], past: list[Done], more: list[Done]
) -> None:
    warmups = [replace(each, kind="warmup") for each in more]
    records = find_records(load, now, bests(past))
    assert find_records(load, now + warmups, bests(past)) == records
    assert find_records(load, now, bests(past + warmups)) == records
    assert is_first(load, now + warmups, []) == is_first(load, now, [])


@given(loads, sessions, sessions)
def test_the_unit_does_not_matter(load: Load, now: list[Done], past: list[Done]) -> None:
    def in_kg(each: Done) -> Done:
        if each.weight is None:
            return each
        return replace(each, weight=to_kg(each.weight, each.unit), unit="kg")

    def told(now: list[Done], past: list[Done]) -> list[tuple[Any, ...]]:
        return [
            (record.kind, record.now.reps, record.now.seconds, record.before.reps)
            for record in find_records(load, now, bests(past))
        ]

    assert told(now, past) == told(list(map(in_kg, now)), list(map(in_kg, past)))


@given(loads, sessions, sessions)
def test_at_most_one_of_each_kind_in_the_order_of_importance(
    load: Load, now: list[Done], past: list[Done]
) -> None:
    order = ["hold"] if load == "time" else ["heaviest", "estimate", "reps"]
    found = kinds(load, now, past)
    assert found == [kind for kind in order if kind in found]


@given(sessions, sessions)
def test_an_estimate_is_what_estimate_1rm_says(now: list[Done], past: list[Done]) -> None:
    for record in find_records("external", now, bests(past)):
        if record.kind == "estimate":
            shown, before = record.estimates
            assert record.now.weight is not None
            assert record.now.to_failure is not None
            rir = record.now.to_failure - (record.now.reps or 0)
            estimate = estimate_1rm(record.now.weight, record.now.reps or 0, rir=rir)
            assert estimate == max(shown, record.now.weight)
            assert before < shown


@given(loads, sessions, sessions)
def test_grouping_the_past_by_weight_changes_nothing(
    load: Load, now: list[Done], past: list[Done]
) -> None:
    def most(*values: Any) -> Any:
        return max((value for value in values if value is not None), default=None)

    grouped: dict[Any, Best] = {}
    for best in bests(past):
        key = best.weight, best.unit
        other = grouped.get(key, Best(*key))
        grouped[key] = replace(
            best,
            reps=most(best.reps, other.reps),
            to_failure=most(best.to_failure, other.to_failure),
            seconds=most(best.seconds, other.seconds),
        )

    def told(before: list[Best]) -> list[tuple[Any, ...]]:
        """What a reader is told of each record."""
        return [
            (
                record.kind,
                record.now,
                {
                    "heaviest": record.before.weight or 0,
                    "estimate": record.estimates,
                    "reps": record.before.reps,
                    "hold": record.before.seconds,
                }[record.kind],
            )
            for record in find_records(load, now, before)
        ]

    assert told(list(grouped.values())) == told(bests(past))


def test_the_formula_decides_which_set_is_the_better_estimate():
    # 100 × 8 against 114 × 3: 126.7 and 125.4 by Epley, 126.3 and 129.9 by Mayhew.
    before = [Done(Decimal(100), "kg", 8).best(), Done(Decimal(120), "kg", 1).best()]
    now = [Done(Decimal(114), "kg", 3)]

    def estimates(formula):
        found = find_records("external", now, before, formula)
        return [record.estimates for record in found if record.kind == "estimate"]

    assert estimates("epley") == []
    assert estimates("mayhew") == [(Decimal("129.9"), Decimal("126.3"))]
