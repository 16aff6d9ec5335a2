"""The best estimated 1RM of each session, as the database works it out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from legtraining.domain.bests import History, Logged
from legtraining.domain.strength import FORMULAS, estimate_1rm
from legtraining.domain.trends import Point
from sessions.exposures import exposures, plateaus
from tests.factories import ExerciseFactory, UserFactory, make_session, make_set

TODAY = date(2026, 3, 30)


@pytest.fixture
def squat(db):
    return ExerciseFactory(name="Back squat")


def train(member, exercise, day, *sets, **fields):
    """A finished session on `day` (days before TODAY), a dict a set."""
    at = datetime.combine(TODAY - timedelta(days=day), time(12), tzinfo=member.zone)
    session = make_session(member, exercise=exercise, started_at=at, **{"finished": True} | fields)
    block = session.blocks.get()
    for position, done in enumerate(sets, 1):
        values = {name: Decimal(v) for name, v in done.items() if name in {"weight", "rir"} and v}
        make_set(block, position=position, **done | values)
    return session


def lift(weight, reps=5, **more):
    return {"weight": weight, "reps": reps} | more


def of(member, exercise, since=100):
    since = TODAY - timedelta(days=since)
    return exposures([member], since).get((member.pk, exercise.pk), [])


sets = st.fixed_dictionaries(
    {
        "weight": st.decimals("0.001", 600, places=3),
        "unit": st.sampled_from(["kg", "lb"]),
        "reps": st.integers(1, 12),
        "rir": st.none() | st.integers(0, 6).map(lambda half: Decimal(half) / 2),
    }
)


@settings(max_examples=120)
@given(done=st.lists(sets, min_size=1, max_size=5))
def test_it_is_what_the_domain_estimates(done):
    member, squat = UserFactory(), ExerciseFactory()
    session = train(member, squat, 0, *done)
    logs = list(session.sets.all())
    for formula in FORMULAS:
        member.formula = formula
        expected = [
            estimate_1rm(log.weight_kg, log.reps, formula, rir=log.rir or Decimal(0))
            for log in logs
        ]
        best = max((value for value in expected if value is not None), default=None)
        assert of(member, squat) == ([] if best is None else [Point(TODAY, best)]), formula
        sets = [Logged(x.weight, x.unit, x.reps, None, x.rir, x.kind, "a", TODAY) for x in logs]
        points = [Point(p.day, p.value) for p in History("external", sets, formula)._estimates]
        assert points == of(member, squat), "the page of the lift, set by set"


test_it_is_what_the_domain_estimates = pytest.mark.django_db(test_it_is_what_the_domain_estimates)


@pytest.mark.parametrize(
    ("weight", "reps", "estimate"),
    [
        ("100", 5, "116.7"),
        ("60.75", 10, "81"),
        ("20.025", 10, "26.7"),
        ("61.5", 1, "61.5"),
        ("100.123", 1, "100.123"),
    ],
)
def test_values_that_were_worked_out_by_hand(member, squat, weight, reps, estimate):
    train(member, squat, 0, lift(weight, reps))
    assert of(member, squat) == [Point(TODAY, Decimal(estimate))]


@pytest.mark.parametrize(
    ("formula", "weight", "reps", "rir", "estimate"),
    [
        ("brzycki", "10", 5, None, "11.3"),  # 11.25 exactly, up
        ("brzycki", "100", 5, None, "112.5"),
        ("oconner", "36.2", 5, None, "40.7"),  # 40.725
        ("oconner", "36", 5, "1", "41.4"),
        ("oconner", "50.1", 4, None, "55.1"),  # 55.11
        ("oconner", "50.5", 4, "0", "55.6"),  # 55.55 exactly, up
        ("brzycki", "41.55", 1, None, "41.55"),
        ("lombardi", "100", 5, None, "117.5"),
        ("mayhew", "100", 5, None, "119"),
        ("wathan", "100", 5, None, "116.6"),
        ("wathan", "100", 8, "2", "134.7"),
    ],
)
def test_the_other_formulas_by_hand(member, squat, formula, weight, reps, rir, estimate):
    member.formula = formula
    train(member, squat, 0, lift(weight, reps, rir=rir))
    assert of(member, squat) == [Point(TODAY, Decimal(estimate))]
    assert estimate_1rm(Decimal(weight), reps, formula, Decimal(rir or 0)) == Decimal(estimate)


def test_everybody_has_their_own_formula(member, outsider, squat):
    other = UserFactory(formula="mayhew")
    outsider.formula = "brzycki"
    outsider.save()
    for person in (member, outsider, other):
        train(person, squat, 0, lift(100))
    found = exposures([member, outsider, other], date(2020, 1, 1))
    assert [found[person.pk, squat.pk][0].value for person in (member, outsider, other)] == [
        Decimal("116.7"),
        Decimal("112.5"),
        Decimal(119),
    ]


def test_where_all_have_one_formula_the_people_are_not_read(member, outsider, squat):
    for formula in ("epley", "wathan"):
        member.formula = outsider.formula = formula
        with CaptureQueriesContext(connection) as queries:
            exposures([member, outsider], date(2020, 1, 1))
        assert "accounts_user" not in queries[0]["sql"]


def test_half_a_tenth_is_rounded_up_on_both_sides(member, squat):
    # 36.2 for 7.5 to failure is 45.25 exactly.
    train(member, squat, 0, lift("36.2", 7, rir="0.5"))
    assert estimate_1rm(Decimal("36.2"), 7, rir=Decimal("0.5")) == Decimal("45.3")
    assert of(member, squat) == [Point(TODAY, Decimal("45.3"))]


def test_a_point_is_the_best_of_its_session_and_the_oldest_comes_first(member, squat):
    train(member, squat, 3, lift(100), lift(110), lift(105))
    train(member, squat, 9, lift(90))
    assert [(p.day, p.value) for p in of(member, squat)] == [
        (TODAY - timedelta(days=9), Decimal(105)),
        (TODAY - timedelta(days=3), Decimal("128.3")),
    ]


def test_pounds_count_by_their_kilograms(member, squat):
    train(member, squat, 0, lift("220", 1, unit="lb"))
    assert of(member, squat) == [Point(TODAY, Decimal("99.7903214"))]


def test_sessions_before_the_day_are_left_out(member, squat):
    train(member, squat, 10, lift(100))
    train(member, squat, 9, lift(100))
    assert len(of(member, squat, since=9)) == 1


@pytest.mark.parametrize(
    "done",
    [
        lift(100, kind="warmup"),
        lift(100, kind="drop"),
        lift(100, 8, rir="2.5"),
        lift(100, 11),
        lift(100, 5, rir="3.5"),
        lift(0, 5),
        lift(100, 0),
        {"weight": None, "reps": 5},
        {"weight": 100, "reps": None, "seconds": 30},
        lift(100, deleted_at=timezone.now()),
    ],
)
def test_what_makes_no_estimate_gives_no_point(member, squat, done):
    train(member, squat, 0, done)
    assert of(member, squat) == []


def test_at_three_in_reserve_and_of_an_amrap_set_it_does(member, squat):
    train(member, squat, 1, lift(100, 5, rir="3"))
    train(member, squat, 0, lift(100, 5, kind="amrap"))
    assert len(of(member, squat)) == 2


def test_neither_an_open_nor_a_discarded_session_nor_another_kind_of_load(member, squat):
    train(member, squat, 0, lift(100), finished=False)
    train(member, squat, 1, lift(100), deleted_at=timezone.now())
    pull = ExerciseFactory(load="assisted")
    train(member, pull, 2, lift(100))
    assert exposures([member], date(2020, 1, 1)) == {}


def test_only_of_those_people_and_lifts(member, outsider, squat):
    press = ExerciseFactory()
    for person in (member, outsider):
        train(person, squat, 0, lift(100))
        train(person, press, 1, lift(100))
    since = date(2026, 1, 1)
    assert set(exposures([member], since)) == {(member.pk, squat.pk), (member.pk, press.pk)}
    assert set(exposures([member, outsider], since, [squat])) == {
        (member.pk, squat.pk),
        (outsider.pk, squat.pk),
    }
    assert exposures([], since) == {}


def test_it_is_one_query(member, squat, django_assert_num_queries):
    for day in range(20):
        train(member, squat, day, lift(100))
    with django_assert_num_queries(1):
        assert len(of(member, squat)) == 20


# --- Plateaus ------------------------------------------------------------------------------------


def flat(member, exercise, *days, weight=100):
    for day in days:
        train(member, exercise, day, lift(weight), lift(weight - 5))


def stuck(*members, today=TODAY):
    found = plateaus(members, {member.pk: today for member in members})
    return {member: [str(lift) for lift in lifts] for member, lifts in found.items()}


def test_a_lift_that_does_not_get_better_is_named(member, squat):
    flat(member, squat, 35, 28, 21, 14, 7, 0)
    flat(member, ExerciseFactory(name="A press"), 36, 29, 22, 15, 8, 1)
    assert stuck(member) == {member.pk: ["A press", "Back squat"]}


@pytest.mark.parametrize(
    "days",
    [
        (28, 21, 14, 7, 0),  # five
        (56, 28, 21, 14, 7, 0),  # one is too old
        (27, 20, 15, 10, 5, 0),  # less than four weeks
        (50, 43, 36, 29, 22, 15),  # not trained for more than two weeks
    ],
)
def test_the_edges_are_those_of_the_domain(member, squat, days):
    flat(member, squat, *days)
    assert stuck(member) == {}


@pytest.mark.parametrize(
    "days", [(55, 28, 21, 14, 7, 0), (28, 20, 15, 10, 5, 0), (49, 42, 35, 28, 21, 14)]
)
def test_and_just_within_them_it_is_one(member, squat, days):
    flat(member, squat, *days)
    assert stuck(member) == {member.pk: ["Back squat"]}


def test_a_plateau_is_one_by_the_formula_of_its_member(member, outsider, squat):
    # 100 × 8, then 114 × 3: less by Epley (126.7, 125.4), more by Mayhew (126.3, 129.9).
    for person in (member, outsider):
        for day in (35, 28):
            train(person, squat, day, lift(100, 8))
        for day in (21, 14, 7, 0):
            train(person, squat, day, lift(114, 3))
    outsider.formula = "mayhew"
    outsider.save()
    by_epley, by_mayhew = of(member, squat), of(outsider, squat)
    assert max(p.value for p in by_epley[2:]) < by_epley[0].value
    assert max(p.value for p in by_mayhew[2:]) > by_mayhew[0].value
    assert stuck(member, outsider) == {member.pk: ["Back squat"]}


def test_one_better_session_in_the_last_four_weeks_ends_it(member, squat):
    flat(member, squat, 35, 28, 21, 14, 7, 0)
    train(member, squat, 27, lift(102))
    assert stuck(member) == {}


def test_each_member_has_a_today_of_their_own(member, outsider, squat):
    for person in (member, outsider):
        flat(person, squat, 35, 28, 21, 14, 7, 0)
        train(person, squat, 28, lift(102))
    # A day earlier the best session is still one of the last four weeks.
    yesterday = TODAY - timedelta(days=1)
    todays = {member.pk: TODAY, outsider.pk: yesterday}
    assert set(plateaus([member, outsider], todays)) == {member.pk}


@pytest.mark.parametrize("people", [1, 12])
def test_it_is_two_queries_however_many(squat, people, django_assert_num_queries):
    members = [UserFactory() for _n in range(people)]
    for member in members:
        flat(member, squat, 35, 28, 21, 14, 7, 0)
    with django_assert_num_queries(2):
        assert len(stuck(*members)) == people


def test_of_nobody_it_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert plateaus([], {}) == {}
