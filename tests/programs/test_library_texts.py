"""programs/library: the gym's own programs, as texts, held against the facts of the exercises"""

import re
import tomllib
from decimal import Decimal

import pytest
from django.conf import settings

from legtraining.domain.balance import (
    DIRECT,
    INDIRECT,
    MAIN_GROUPS,
    Worked,
    hard_sets,
    missing_actions,
    missing_groups,
    shares_by_group,
)
from legtraining.domain.rules import Cycle, Reps, lane_of
from legtraining.domain.setgroups import Basis
from legtraining.domain.shorthand import parse_plan, write_plan

KEYS = [
    "calves-and-ankles",
    "five-three-one-legs",
    "hips-and-glutes",
    "home-no-equipment",
    "machines-beginner",
    "two-short-days",
    "whole-leg-strength",
]
FOLDER = settings.BASE_DIR / "programs/library"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
PLANS = {key: parse_plan(text) for key, text in TEXTS.items()}

FACTS = tomllib.loads((settings.BASE_DIR / "exercises/library/facts.toml").read_text("utf-8"))
GROUPS = {slug: muscle["group"] for slug, muscle in FACTS["muscles"].items()}
EXERCISES = {
    name.casefold(): facts
    for facts in FACTS["exercises"].values()
    for name in (facts["name"], *facts["aliases"])
}

# safety.md: what the product does not say. And no promise: it will, you get, guaranteed.
NOT_SAID = re.compile(
    r"diagnos|treat|rehab|prevent|safe to train|risk|heal|cure|injur|pain|guarant|will |you get|"
    r"burn|slim|shape|tone|best|fast results",
    re.IGNORECASE,
)

texts = pytest.mark.parametrize("key", TEXTS)


def lines_of(plan):
    return [line for days in plan.weeks for day in days for line in day.lines]


def is_easy(days):
    return all(day.title.startswith("Easy") for day in days)


def worked(days):
    """The exercises of a week, without their warm-ups, as `balance` counts them."""
    for day in days:
        for line in day.lines:
            facts = EXERCISES[line.exercise.casefold()]
            muscles = [(GROUPS[slug], DIRECT) for slug in facts["primary"]]
            muscles += [(GROUPS[slug], INDIRECT) for slug in facts["secondary"]]
            sets = sum(group.count for group in line.groups if group.counts)
            yield Worked(sets, shares_by_group(muscles), frozenset(facts["joint_actions"]))


def working_weeks(key):
    return [
        pytest.param(days, id=f"{key}, week {week}")
        for week, days in enumerate(PLANS[key].weeks, 1)
        if not is_easy(days)
    ]


every_week = pytest.mark.parametrize("week", [week for key in TEXTS for week in working_weeks(key)])


def test_all_texts_are_there():
    assert list(TEXTS) == KEYS


@texts
def test_is_read_back(key):
    assert parse_plan(write_plan(PLANS[key])) == PLANS[key]


@texts
def test_has_a_title_and_says_in_two_sentences_what_it_is_for(key):
    plan = PLANS[key]
    assert plan.title
    assert re.fullmatch(r"[A-Z][^.]*[a-z0-9)]\. [A-Z][^.]*[a-z]\.", plan.goal), plan.goal


@texts
def test_promises_nothing_and_is_no_medicine(key):
    assert not NOT_SAID.findall(TEXTS[key])


@texts
def test_takes_six_to_twelve_weeks_with_training_days_in_each(key):
    plan = PLANS[key]
    assert 6 <= len(plan.weeks) <= 12
    for days in plan.weeks:
        assert [day.number for day in days] == list(range(1, len(days) + 1))
        assert 2 <= len(days) <= 3
        assert all(day.title and day.lines for day in days)


@texts
def test_its_exercises_are_in_the_library(key):
    assert {line.exercise.casefold() for line in lines_of(PLANS[key])} <= EXERCISES.keys()


@every_week
def test_every_week_works_all_main_groups_and_movements(week):
    exercises = list(worked(week))
    assert missing_groups(exercises) == []
    assert missing_actions(exercises) == []


@every_week
def test_every_week_has_a_sound_number_of_hard_sets(week):
    sets = hard_sets(worked(week))
    assert all(2 <= sets[group] <= 20 for group in MAIN_GROUPS), sets
    assert max(sets.values()) <= 20, sets


@texts
def test_easy_weeks_have_at_most_two_thirds_of_the_sets(key):
    weeks = PLANS[key].weeks
    totals = {easy: [] for easy in (True, False)}
    for days in weeks:
        totals[is_easy(days)].append(sum(each.sets for each in worked(days)))
    assert totals[False]
    assert all(easy <= min(totals[False]) * Decimal(2) / 3 for easy in totals[True])


@pytest.mark.parametrize(
    "key", ["calves-and-ankles", "five-three-one-legs", "hips-and-glutes", "two-short-days"]
)
def test_longer_programs_have_an_easy_week(key):
    assert any(is_easy(days) for days in PLANS[key].weeks)


@texts
def test_every_exercise_of_a_working_week_has_a_progression(key):
    plan = PLANS[key]
    working = [day for days in plan.weeks if not is_easy(days) for day in days]
    assert [line for day in working for line in day.lines if line.rule is None] == []


@texts
def test_lines_that_share_a_weight_have_one_progression(key):
    rules = {}
    for line in lines_of(PLANS[key]):
        lane = lane_of(line.groups, line.rule, line.label)
        if lane:
            rules.setdefault((line.exercise, lane), set()).add(line.rule)
    assert all(len(found) == 1 for found in rules.values())


@texts
def test_no_weight_is_invented_for_a_stranger(key):
    groups = [group for line in lines_of(PLANS[key]) for group in line.groups]
    assert not {group.load.basis for group in groups} & {Basis.WEIGHT, Basis.EXACT}


@texts
def test_a_training_max_changes_in_every_program_that_uses_one(key):
    of_max = [
        line
        for line in lines_of(PLANS[key])
        if any(group.load.basis == Basis.TRAINING_MAX for group in line.groups)
    ]
    assert all(isinstance(line.rule, Cycle) for line in of_max)


@texts
def test_supersets_have_two_exercises_that_follow_each_other(key):
    for days in PLANS[key].weeks:
        for day in days:
            letters = "".join(line.superset or "-" for line in day.lines)
            assert re.fullmatch(r"-*(AA-*(BB-*)?)?", letters), day


@texts
def test_only_what_is_held_is_planned_in_seconds(key):
    for line in lines_of(PLANS[key]):
        held = EXERCISES[line.exercise.casefold()]["load"] == "time"
        assert all((group.seconds is not None) == held for group in line.groups), line.exercise


def test_nothing_is_needed_at_home():
    lines = lines_of(PLANS["home-no-equipment"])
    needed = {slug for line in lines for slug in EXERCISES[line.exercise.casefold()]["equipment"]}
    assert needed == {"bodyweight"}
    assert all(isinstance(line.rule, Reps) for line in lines)


def test_beginners_use_machines_only():
    lines = lines_of(PLANS["machines-beginner"])
    assert {tuple(EXERCISES[line.exercise.casefold()]["equipment"]) for line in lines} == {
        ("machine",)
    }


def test_glutes_and_calves_come_first_where_the_title_says_so():
    for key, group in (("hips-and-glutes", "glutes"), ("calves-and-ankles", "calves")):
        sets = hard_sets(worked(PLANS[key].weeks[0]))
        assert max(sets, key=sets.__getitem__) == group
    assert hard_sets(worked(PLANS["calves-and-ankles"].weeks[0]))["shins"] >= 4


def test_short_days_take_half_an_hour():
    for days in PLANS["two-short-days"].weeks:
        assert len(days) == 2
        for day in days:
            sets = [(group.count, line.rest_seconds) for line in day.lines for group in line.groups]
            assert sum(count * (45 + rest) for count, rest in sets) <= 30 * 60
