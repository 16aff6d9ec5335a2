"""legtraining.domain.targets: what a member is asked to do today"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.outing import State
from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.setgroups import MAX_SETS, Basis, parse_sets
from legtraining.domain.targets import Day, Target, active_groups, cycle_of, targets
from legtraining.domain.units import MAX_REPS, MAX_SECONDS, MAX_WEIGHT
from tests.domain.simulate import loadable
from tests.domain.strategies import any_rule, groups

NOBODY_KNOWS = State()


def at(weight=None, unit="kg", **more):
    return State(None if weight is None else Decimal(str(weight)), unit, **more)


def asked(sets, rule="", state=NOBODY_KNOWS, *, of_max=NOBODY_KNOWS, unit="kg", week=1, day=1):
    """Each set as `(reps, weight)`, the weight with its unit where that is not the member's."""
    found = targets(
        parse_sets(sets),
        parse_rule(rule) if rule else None,
        state,
        of_max,
        Day(week, day, unit, loadable),
    )
    return [_short(target, unit) for target in found]


def _short(target, unit):
    low = target.reps_min if target.seconds is None else target.seconds
    if target.weight is None or target.unit == unit:
        return (low, target.weight)
    return (low, target.weight, target.unit)


def sets(*each):
    return [
        (reps, None if weight is None else Decimal(str(weight)), *unit)
        for reps, weight, *unit in each
    ]


def test_every_part_of_a_target():
    found = targets(
        parse_sets("w 1x10 @40kg, 2x8-12 @60kg @RIR2, 1x5+ @80%, d 1x15 @50% top, 1x30-45s @open"),
        None,
        NOBODY_KNOWS,
        at(100),
        Day(1, 1, "kg", loadable),
    )
    work = Target("work", 8, 12, None, None, Decimal(60), "kg", Decimal(2))
    assert found == [
        Target("warmup", 10, 10, None, None, Decimal(40), "kg", None),
        work,
        work,
        Target("amrap", 5, 5, None, None, Decimal(80), "kg", None, percent=Decimal(80)),
        Target("drop", 15, 15, None, None, Decimal(40), "kg", None),
        Target("work", None, None, 30, 45, None, "kg", None),
    ]


# --- What a load is measured by -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "of_max", "unit", "expected"),
    [
        ("2x5", at(100), "kg", sets((5, None), (5, None))),
        ("1x5 @open", at(100), "kg", sets((5, None))),
        # A weight in the member's unit stays as it is written, loadable or not.
        ("1x5 @61.3kg", at(), "kg", sets((5, "61.3"))),
        ("1x5 @0kg", at(), "kg", sets((5, 0))),
        # In the other one it is converted and rounded: 61.23 kg, 132.28 lb.
        ("1x5 @135lb", at(), "kg", sets((5, 60))),
        ("1x5 @60kg", at(), "lb", sets((5, 130))),
        ("1x5 @10kg", at(), "kg", sets((5, 10))),
        ("1x5 @5lb", at(), "kg", sets((5, 20))),  # nothing is lighter than the bar
        # Exactly means exactly, in its own unit.
        ("1x5 @=61.3kg", at(), "kg", sets((5, "61.3"))),
        ("1x5 @=135lb", at(), "kg", sets((5, 135, "lb"))),
        # Percent of the training max, in the member's unit: 97.5, 81.25, 214.95 lb.
        ("1x5 @65%", at(150), "kg", sets((5, "97.5"))),
        ("1x5 @65%", at(125), "kg", sets((5, 80))),
        ("1x5 @65%", at(150), "lb", sets((5, 215))),
        ("1x5 @65%", at(330, "lb"), "kg", sets((5, "97.5"))),
        ("1x5 @65%", at(), "kg", sets((5, None))),
        ("1x5 @70%+10kg", at(150), "kg", sets((5, 115))),
        ("1x5 @70%-10kg", at(150), "kg", sets((5, 95))),
        ("1x5 @70%+20lb", at(150), "kg", sets((5, 115))),  # 114.07
        ("1x5 @10%-100kg", at(150), "kg", sets((5, 20))),
        ("1x5 @200%", at(2000), "kg", sets((5, 515))),
    ],
)
def test_loads(written, of_max, unit, expected):
    assert asked(written, of_max=of_max, unit=unit) == expected


@pytest.mark.parametrize(
    ("written", "of_max", "expected"),
    [
        ("1x5 @100kg, 1x5 @90% top", at(), sets((5, 100), (5, 90))),
        ("1x5 @90% top, 1x5 @100kg", at(), sets((5, 90), (5, 100))),
        ("1x5 @80kg, 1x5 @100kg, 1x5 @50% top", at(), sets((5, 80), (5, 100), (5, 50))),
        ("1x5 @=101kg, 1x5 @90% top", at(), sets((5, 101), (5, 90))),  # 90.9
        ("1x5 @225lb, 1x5 @90% top", at(), sets((5, "102.5"), (5, "92.5"))),  # 102.06, 91.85
        ("1x5 @100kg, 1x5 @90% top+2.5kg", at(), sets((5, 100), (5, "92.5"))),
        ("1x5 @85%, 3x8 @80% top", at(150), sets((5, "127.5"), *[(8, 102.5)] * 3)),  # 102
        # Of what is exact, not of what is loaded: 61.25 is 60, half of it 30.625.
        ("1x5 @61.25%, 1x5 @50% top", at(100), sets((5, 60), (5, 30))),
        ("1x5, 1x5 @90% top", at(), sets((5, None), (5, None))),
        ("3x5 @90% top", at(), sets(*[(5, None)] * 3)),
    ],
)
def test_percent_of_the_heaviest_set(written, of_max, expected):
    assert asked(written, of_max=of_max) == expected


# --- Where the lift stands ------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["linear +2.5kg", "double +2.5kg", "2for2 +5kg", "amrap 5+: +5kg"])
def test_a_rules_own_weight(rule):
    assert asked("2x5", rule, at("63.25")) == sets(*[(5, "62.5")] * 2)
    assert asked("1x5 @60kg", rule, at("63.25")) == sets((5, "62.5"))
    assert asked("1x5 @60kg", rule, at()) == sets((5, 60))
    assert asked("1x5 @=60kg", rule, at("63.25")) == sets((5, 60))
    assert asked("1x5", rule, at("63.25"), unit="lb") == sets((5, 140))  # 139.44
    assert asked("1x5", rule, at(135, "lb")) == sets((5, 60))  # 61.23
    assert asked("2x5 @open, 1x8 @80% top", rule, at(100)) == sets((5, 100), (5, 100), (8, 80))


def test_without_a_top_set_there_is_nothing_to_be_a_percentage_of():
    assert asked("2x5 @90% top", "linear +5kg", at(100)) == sets((5, None), (5, None))


def test_no_more_than_a_set_may_hold_and_no_less_than_nothing():
    exact = Day(1, 1, "lb", lambda weight, _unit: weight)
    heavy, light = parse_sets("1x5 @200%"), parse_sets("1x5 @1%-50kg")
    for written, expected in ((heavy, MAX_WEIGHT), (light, 0)):
        (target,) = targets(written, None, NOBODY_KNOWS, at(1500), exact)
        assert target.weight == expected


def test_lighter_groups_keep_their_share_of_the_heaviest():
    # 90 % of 110 are 99, 80 % 88.
    written = "1x5 @100kg, 1x5 @90kg, 1x5 @80kg"
    expected = sets((5, 110), (5, 100), (5, 87.5))
    assert asked(written, "linear +5kg", at(110)) == expected
    assert asked("w 1x5 @50kg, 1x5 @100kg", "linear +5kg", at(120)) == sets((5, 60), (5, 120))
    assert asked("1x5 @220lb, 1x5 @110lb", "linear +5kg", at(100)) == sets((5, 100), (5, 50))


def test_a_warm_ups_weight_is_not_the_heaviest():
    written = "w 1x5 @41kg, 3x5, d 1x10 @31kg"
    assert asked(written, "linear +5kg", at(100)) == sets((5, 41), *[(5, 100)] * 3, (10, 31))
    # A warm-up or a drop set with no weight has none from the rule either.
    assert asked("w 1x5, 1x5, d 1x10", "linear +5kg", at(100)) == sets(
        (5, None), (5, 100), (10, None)
    )
    assert asked("w 1x5 @50% top, 1x5, d 1x10 @70% top", "linear +5kg", at(100)) == sets(
        (5, 50), (5, 100), (10, 70)
    )


def test_what_no_rule_has_moved_stays_as_it_is_written():
    # After a first day that was no success the weight is known, and the same.
    rule = "double +2.5kg"
    assert asked("1x5 @61kg, 1x5 @41kg", rule, at(61)) == sets((5, 61), (5, 41))
    assert asked("1x5 @61kg", rule, at("61.001")) == sets((5, 60))
    assert asked("1x5 @136lb", rule, at("61.68856232"), unit="lb") == sets((5, 136))
    assert asked("1x5 @61kg", rule, at(61), unit="lb") == sets((5, 135))  # 134.48


@pytest.mark.parametrize("rule", ["", "cycle +5kg", "test 90%", "weekly +2.5kg"])
def test_other_rules_have_no_weight_of_their_own(rule):
    assert asked("1x5 @60kg, 1x5", rule, at(100)) == sets((5, 60), (5, None))


def test_a_rule_on_the_training_max():
    of_max = at(120)
    assert asked("1x5 @90%, 1x5", "linear +5kg", of_max, of_max=of_max) == sets(
        (5, 107.5), (5, None)
    )


# --- More each week or day ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "rule", "week", "day", "expected"),
    [
        ("1x5 @61kg", "weekly +2.5kg", 1, 3, sets((5, 61))),
        ("1x5 @61kg", "weekly +2.5kg", 3, 1, sets((5, 65))),  # 66
        ("1x5 @61kg", "daily +2.5kg", 3, 1, sets((5, 61))),
        ("1x5 @61kg", "daily +2.5kg", 1, 3, sets((5, 65))),
        ("1x5 @100kg", "weekly -5kg", 3, 1, sets((5, 90))),
        ("1x5 @100kg", "weekly +10lb", 3, 1, sets((5, 110))),  # 109.07
        ("1x5 @100kg", "weekly +2%", 3, 1, sets((5, 105))),  # 104.04
        ("1x5 @100kg", "weekly -10%", 4, 1, sets((5, 72.5))),  # 72.9
        ("1x5 @100kg", "weekly -100%", 4, 1, sets((5, 20))),
        ("1x5 @100kg", "weekly -500kg", 2, 1, sets((5, 20))),
        ("1x5 @100kg", "weekly +100%", 52, 1, sets((5, 515))),
        ("1x5 @70%", "weekly +5kg", 3, 1, sets((5, 115))),
        ("1x5 @70%", "weekly +2%", 2, 1, sets((5, 107.5))),  # 107.1
        ("1x5 @70%+10kg", "weekly +10%", 2, 1, sets((5, 127.5))),  # (105 + 10) 1.1 = 126.5
        ("1x5 @100kg, 1x5 @90% top", "weekly +10kg", 2, 1, sets((5, 110), (5, 100))),  # 99
        ("1x5 @=61kg, 1x5 @50% top", "weekly +10kg", 2, 1, sets((5, 61), (5, 30))),  # 30.5
        ("1x5", "weekly +10kg", 2, 1, sets((5, None))),
    ],
)
def test_offsets(written, rule, week, day, expected):
    assert asked(written, rule, of_max=at(150), week=week, day=day) == expected


@pytest.mark.parametrize(
    ("rule", "week", "cycle"),
    [
        ("cycle +5kg every 4 weeks", 1, 0),
        ("cycle +5kg every 4 weeks", 4, 0),
        ("cycle +5kg every 4 weeks", 5, 1),
        ("cycle +5kg every 1 weeks", 3, 2),
        ("cycle +5kg", 52, 0),
        ("linear +5kg", 30, 0),
    ],
)
def test_cycles(rule, week, cycle):
    assert cycle_of(parse_rule(rule), week) == cycle
    assert cycle_of(None, week) == 0


# --- Stages ---------------------------------------------------------------------------------------

STAGES = "stages +5kg / 2x2, 1x2+ / test 1x5 / restart 85%"


def test_stages():
    written = "w 1x5 @50% top, 2x3 @100kg, d 1x10 @70% top"
    first = sets((5, 50), (3, 100), (3, 100), (10, 70))
    assert asked(written, STAGES) == asked(written, STAGES, at(100)) == first
    # A stage has the warm-ups, no drop sets, and the weight of the rule.
    second = sets((5, 55), (2, 110), (2, 110), (2, 110))
    assert asked(written, STAGES, at(110, stage=1)) == second
    # A test finds the weight.
    assert asked(written, STAGES, at(110, stage=2)) == sets((5, None), (5, None))


def test_a_stage_of_percentages_keeps_the_percentage():
    of_max = at(120, stage=1)
    assert asked("1x3 @70%, 1x3 @85%", STAGES, of_max, of_max=of_max) == sets(*[(2, 102.5)] * 3)
    tested = at(120, stage=2)
    assert asked("2x3 @85%", STAGES, tested, of_max=tested) == sets((5, None))


def test_an_edited_rule_with_fewer_stages():
    shorter = "stages +5kg / 1x2 / restart 85%"
    assert asked("2x3", shorter, at(100, stage=3)) == sets((2, 100))
    assert asked("2x3", "stages +5kg / restart 85%", at(100, stage=3)) == sets((3, 100), (3, 100))
    tested = "stages +5kg / 1x2 / test 1x5 / restart 85%"
    assert asked("2x3", tested, at(100, stage=3)) == sets((5, None))


# --- More repetitions -----------------------------------------------------------------------------


def test_more_repetitions():
    written = parse_sets("w 1x5, 1x8-12, 1x30-45s, 1x10+")
    rule = parse_rule("reps +1 to 14")
    more = active_groups(written, rule, State(extra=3))
    assert more == parse_sets("w 1x5, 1x11-14, 1x30-45s, 1x13+")
    assert active_groups(written, rule, State()) == written
    assert active_groups(written, parse_rule("linear +5kg"), State(extra=3)) == written
    seconds = active_groups(parse_sets("1x30-45s"), parse_rule("reps +5 to 60"), State(extra=20))
    assert seconds == parse_sets("1x50-60s")


def test_more_than_a_set_may_hold_is_not_asked():
    rule = parse_rule(f"reps +500 to {MAX_SECONDS}")
    found = active_groups(parse_sets("1x190, 1x7000s"), rule, State(extra=500))
    assert found == parse_sets(f"1x{MAX_REPS}, 1x{MAX_SECONDS}s")


def test_more_repetitions_with_a_weight():
    assert asked("1x8 @20kg", "reps +1 to 12", at(20, extra=2)) == sets((10, 20))


# --- Whatever is written --------------------------------------------------------------------------

weights = st.decimals(0, MAX_WEIGHT, places=3)
units = st.sampled_from(["kg", "lb"])
states = st.builds(State, st.none() | weights, units, stage=st.integers(0, 4))


@given(
    st.lists(groups(), min_size=1, max_size=4),
    st.none() | any_rule,
    states,
    states,
    st.builds(Day, st.integers(1, 52), st.integers(1, 7), units, st.just(loadable)),
)
def test_every_target_can_be_loaded_or_was_written_so(written, rule, state, of_max, day):
    found = targets(written, rule, state, of_max, day)
    as_written = {
        (each.load.amount, each.load.unit)
        for each in written
        if each.load.basis in (Basis.WEIGHT, Basis.EXACT)
    }
    assert 0 < len(found) <= MAX_SETS * 12
    for target in found:
        if target.weight is not None and (target.weight, target.unit) not in as_written:
            assert target.unit == day.unit
            assert loadable(target.weight, target.unit) == target.weight
        if target.weight is not None:
            assert 0 <= target.weight <= MAX_WEIGHT
