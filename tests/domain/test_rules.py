"""legtraining.domain.rules and rule_reading: progressions as they are written"""

import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legtraining.domain import rules
from legtraining.domain.reading import Unreadable
from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.rules import (
    Amrap,
    Backoff,
    Cycle,
    Double,
    Linear,
    Offset,
    Reps,
    Stages,
    Step,
    TwoForTwo,
    lane_of,
)
from legtraining.domain.setgroups import SetGroup, parse_sets
from tests.domain.strategies import every_rule

KG5, KG2H, LB5 = Step(Decimal(5), "kg"), Step(Decimal("2.5"), "kg"), Step(Decimal(5), "lb")
TEN_LESS = Step(Decimal(-10), None)


@pytest.mark.parametrize("kind", every_rule, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_written_is_read_back(kind, data):
    rule = data.draw(every_rule[kind].filter(lambda rule: len(str(rule)) <= 200))
    assert type(rule) is kind
    assert parse_rule(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("linear +2.5kg", Linear(KG2H)),
        ("Linear 2,5 KG", Linear(KG2H)),
        ("linear +5lb every 3", Linear(LB5, 3)),
        ("linear +5kg, -10% after 3", Linear(KG5, backoff=Backoff(TEN_LESS, 3))),
        ("linear +5kg, −10% after 3 failures", Linear(KG5, backoff=Backoff(TEN_LESS, 3))),
        ("linear +2%", Linear(Step(Decimal(2), None))),
        ("double +2.5kg", Double(KG2H)),
        ("double +2.5kg, -5kg after 1", Double(KG2H, Backoff(Step(Decimal(-5), "kg"), 1))),
        ("2for2 +5kg", TwoForTwo(KG5)),
        ("2-for-2 +5kg", TwoForTwo(KG5)),
        ("2 for 2 +5kg", TwoForTwo(KG5)),
        ("cycle +5kg", Cycle(KG5)),
        ("cycle +5kg every 4 weeks", Cycle(KG5, 4)),
        ("cycle +5kg every 4 weeks, -10% after 2", Cycle(KG5, 4, Backoff(TEN_LESS, 2))),
        ("amrap 5+: +2.5kg", Amrap(((5, KG2H),))),
        ("amrap 10+: +5kg, 5+: +2.5kg, 0: -5%", Amrap(
            ((0, Step(Decimal(-5), None)), (5, KG2H), (10, KG5))
        )),
        ("stages +5kg / 6x2 / 10x1 / restart 85%", Stages(
            KG5, ((SetGroup(6, 2, 2),), (SetGroup(10, 1, 1),)), percent=Decimal(85)
        )),
        ("stages +5kg / 6x2, 1x2+ / test 1x5 / restart 85%", Stages(
            KG5, ((SetGroup(6, 2, 2), SetGroup(1, 2, 2, amrap=True)),), (SetGroup(1, 5, 5),),
            percent=Decimal(85),
        )),
        ("stages +5kg / 3x8 / restart first +5kg", Stages(KG5, ((SetGroup(3, 8, 8),),), first=KG5)),
        ("stages +5kg / restart 90%", Stages(KG5, (), percent=Decimal(90))),
        ("test", rules.Test(Decimal(100))),
        ("test 90%", rules.Test(Decimal(90))),
        ("weekly +2.5kg", Offset(KG2H, "weekly")),
        ("daily -10%", Offset(TEN_LESS, "daily")),
        ("reps +1 to 20", Reps(1, 20)),
        ("reps 5 up to 60", Reps(5, 60)),
    ],
)  # fmt: skip
def test_reads(text, rule):
    assert parse_rule(text) == rule


@pytest.mark.parametrize(
    ("text", "column", "because"),
    [
        ("", 1, "“” is not a progression."),
        ("faster", 1, "“faster” is not a progression."),
        ("linear", 7, "Write by how much, for example +2.5kg, +5lb or +2%, not “”."),
        ("linear +5", 8, "Write by how much, for example +2.5kg, +5lb or +2%, not “+5”."),
        ("linear -5kg", 8, "“-5kg”: success adds something."),
        ("linear +0kg", 8, "“+0kg”: success adds something."),
        ("linear +501kg", 8, "“+501kg”: a step is at most 500, with at most 3 decimals."),
        ("linear +101%", 8, "“+101%”: a step is at most 100, with at most 3 decimals."),
        ("linear +5kg every 0", 13, "Write after how many successes: “every 1” to “every 9”."),
        ("linear +5kg every 3 weeks", 13, "Write after how many successes"),
        ("linear +5kg, 10% after 3", 14, "Failures take weight away: write -10%."),
        ("linear +5kg, -10%", 18, "Write after how many failures in a row"),
        ("linear +5kg, -10% after 10", 19, "Write after how many failures in a row"),
        ("linear +5kg please", 13, "“please” does not belong to this progression."),
        ("double +5kg every 3", 13, "“every” does not belong to this progression."),
        ("cycle +5kg every 4", 12, "Write how long a cycle is, for example “every 4 weeks”."),
        ("cycle +5kg every 53 weeks", 12, "Write how long a cycle is"),
        ("amrap +5kg", 7, "Write repetitions and the step, for example “8+: +2.5kg”."),
        ("amrap 5+: +5kg, 5+: +2kg", 17, "5 repetitions are written twice."),
        ("amrap 201+: +5kg", 7, "Write repetitions and the step"),
        ("stages +5kg", 12, "Write “/” and the next stage, and “restart 85%” at the end."),
        ("stages +5kg / 6x2", 18, "Write “/” and the next stage"),
        ("stages +5kg / 6x2 @60kg / restart 85%", 15, "A stage has sets and repetitions only"),
        ("stages +5kg / test 1x5 / 6x2 / restart 85%", 26, "After the test comes “restart 85%”."),
        ("stages +5kg / 6x2 / restart", 28, "Write a percentage, for example 85%."),
        ("test 151%", 6, "Write a percentage, for example 85%."),
        ("weekly", 7, "Write by how much"),
        ("reps +1", 6, "Write how many more and the most, for example “+1 to 20”."),
        ("reps +0 to 20", 6, "Write how many more and the most"),
        ("reps +1 to 9999", 6, "Write how many more and the most"),
        ("stages +5kg" + (" / " + "10x10-12, " * 10 + "9x9") * 2 + " / restart 5%", 1,
         "Write a progression in at most 200 characters."),
    ],
)  # fmt: skip
def test_refuses(text, column, because):
    with pytest.raises(Unreadable) as refusal:
        parse_rule(text)
    assert str(refusal.value).startswith(because)
    assert refusal.value.column == column


PARTS = [
    *("linear", "double", "2for2", "cycle", "amrap", "stages", "test", "weekly", "reps", "+5kg"),
    *("-10%", "5+:", "8:", "/", ",", "3x5", "every", "after", "3", "weeks", "restart", "first"),
    *("85%", "to", "20", "+", "@60kg", ";"),
]


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(PARTS),
            max_size=9,
        ).map(" ".join),
    )
)
@example("2for2")
@example("reps ٣ to ٤")
@example("linear +0.0000001kg")
def test_any_text_is_read_back_or_refused_with_its_column(text):
    try:
        rule = parse_rule(text)
    except Unreadable as refusal:
        column = refusal.column
    else:
        assert parse_rule(str(rule)) == rule
        return
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "linear" + " " * 20_000,
        "linear +5kg" + " " * 20_000 + "x",
        "amrap " + "1+: +1kg, " * 2_000,
        "stages +5kg" + " / 3x5" * 3_000,
        "stages +5kg / " + "3x5, " * 4_000,
        "linear " + "9" * 20_000,
    ],
    ids=range(7),
)
def test_a_long_text_is_refused_at_once(text):
    began = time.process_time()
    with pytest.raises(Unreadable):
        parse_rule(text)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("step", "weight", "unit", "after"),
    [
        (KG5, "60", "kg", "65"),
        (TEN_LESS, "60", "kg", "54"),
        (LB5, "100", "kg", "102.26796185"),
        (Step(Decimal(-5), "kg"), "3", "kg", "0"),
        (Step(Decimal(500), "kg"), "1900", "kg", "2000"),
    ],
)
def test_a_step_is_added_in_the_unit_of_the_weight_and_within_bounds(step, weight, unit, after):
    assert step.added_to(Decimal(weight), unit) == Decimal(after)


@pytest.mark.parametrize(
    ("sets", "rule", "label", "lane"),
    [
        ("3x5", None, "", ""),
        ("3x5 @60kg", None, "x", ""),
        ("3x5 @60kg", "weekly +2.5kg", "", ""),
        ("3x5 @60kg", "daily +2.5kg", "x", ""),
        ("3x5, 1x5+ @75%", "amrap 5+: +5kg", "", "tm"),
        ("1x5 @100kg", "test 90%", "", "tm"),
        ("3x5", "cycle +5kg every 4 weeks", "", "tm"),
        ("3x5 @60kg", "linear +5kg", "", "linear 3x5"),
        ("w 2x5 @40kg, 3x5 @80kg", "linear +2kg, -10% after 3", "", "linear 3x5"),
        ("3x8-12 @RIR2, d 1x15", "double +5kg", "", "double 3x8-12"),
        ("3x5", "linear +5kg", "Heavy", "#heavy"),
        ("3x5 @75%", "linear +5kg", "heavy", "tm"),
        ("3x20-30s", "reps +5 to 60", "", "reps 3x20-30s"),
    ],
)
def test_which_lines_share_a_weight(sets, rule, label, lane):
    assert lane_of(parse_sets(sets), parse_rule(rule) if rule else None, label) == lane
