"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from sessions.models import Block, CheckIn, SetLog, WorkoutSession
from tests.factories import ExerciseFactory, make_check_in, make_session, make_set


def refused(name):
    """The block inside must break the constraint `name`."""
    return pytest.raises(IntegrityError, match=rf'constraint "{name}"')


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("workouts_set_weight_bounded", {"weight": Decimal("-0.001")}),
        ("workouts_set_weight_bounded", {"weight": Decimal("2000.001")}),
        ("workouts_set_reps_bounded", {"reps": 201}),
        ("workouts_set_seconds_bounded", {"seconds": 7201}),
        ("workouts_set_reps_or_seconds", {"reps": None}),
        ("workouts_set_rir_bounded", {"rir": Decimal("10.5")}),
        ("workouts_set_rir_bounded", {"rir": Decimal("-0.5")}),
        ("workouts_set_unit_known", {"unit": "st"}),
    ],
)
def test_a_set_is_possible(session, name, values):
    with refused(name), transaction.atomic():
        make_set(session.blocks.get(), **values)
    assert not SetLog.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"weight": 0, "reps": 0, "rir": 0},
        {"weight": 2000, "unit": "lb", "reps": 200, "rir": 10},
        {"weight": None, "reps": None, "seconds": 7200},
    ],
)
def test_the_limits_belong_to_what_is_possible(session, values):
    make_set(session.blocks.get(), **values)
    assert SetLog.objects.count() == 1


def test_a_client_key_is_one_row_of_a_member(member, outsider):
    first = make_set(make_session(member).blocks.get())
    make_set(make_session(outsider).blocks.get(), client_key=first.client_key)
    another = make_session(member, finished=True).blocks.get()
    with refused("workouts_set_one_a_client_key"), transaction.atomic():
        make_set(another, client_key=first.client_key)
    assert SetLog.objects.count() == 2


def test_a_member_has_one_open_session(member, outsider, session):
    make_session(outsider)
    make_session(member, finished=True)
    make_session(member, deleted_at=session.started_at)
    with refused("workouts_session_one_open"), transaction.atomic():
        make_session(member)
    assert WorkoutSession.objects.open().filter(member=member).get() == session


def test_rpe_ends_at_ten(member):
    make_session(member, finished=True, rpe=10)
    with refused("workouts_session_rpe_bounded"), transaction.atomic():
        make_session(member, finished=True, rpe=11)


def test_a_session_ends_after_its_start(session):
    session.finished_at = session.started_at - timedelta(microseconds=1)
    with refused("workouts_session_ends_after_start"), transaction.atomic():
        session.save()
    session.finished_at = session.started_at
    session.save()


def test_a_place_holds_one_exercise(session):
    with refused("workouts_block_one_a_place"), transaction.atomic():
        Block.objects.create(session=session, order=1, place=1, exercise=ExerciseFactory())
    assert session.blocks.count() == 1


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("workouts_checkin_soreness_bounded", {"soreness": {"calves": 11}}),
        ("workouts_checkin_soreness_bounded", {"soreness": {"calves": -1, "glutes": 1}}),
        ("workouts_checkin_soreness_bounded", {"soreness": {"calves": 2.5}}),
        ("workouts_checkin_soreness_bounded", {"soreness": {"calves": "3"}}),
        ("workouts_checkin_soreness_bounded", {"soreness": {"calves": None}}),
        ("workouts_checkin_soreness_bounded", {"soreness": [3]}),
        ("workouts_checkin_pain_bounded", {"pain": 11}),
        ("workouts_checkin_place_has_pain", {"pain_place": "knee"}),
        ("workouts_checkin_place_has_pain", {"pain_side": "left"}),
        ("workouts_checkin_place_known", {"pain": 1, "pain_place": "elbow"}),
        ("workouts_checkin_side_known", {"pain": 1, "pain_side": "top"}),
        ("workouts_checkin_signs_known", {"signs": ["pop", "hiccup"]}),
        ("workouts_checkin_says_something", {"soreness": {}}),
        ("workouts_checkin_body_weight_bounded", {"body_weight": Decimal("19.999")}),
        ("workouts_checkin_body_weight_bounded", {"body_weight": Decimal("900.001")}),
        ("workouts_checkin_unit_known", {"body_weight": 80, "body_weight_unit": "st"}),
    ],
)
def test_a_check_in_is_possible(member, name, values):
    with refused(name), transaction.atomic():
        make_check_in(member, **values)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"soreness": {"calves": 0, "glutes": 10}},
        {"soreness": {}, "pain": 0},
        {"soreness": {}, "pain": 10, "pain_place": "knee", "pain_side": "both"},
        {"soreness": {}, "signs": ["pop", "sharp_joint"]},
    ],
)
def test_the_limits_of_a_check_in_belong_to_it(member, values):
    make_check_in(member, **values)
    assert CheckIn.objects.count() == 1


def test_a_day_has_one_check_in(member, outsider):
    make_check_in(member)
    make_check_in(outsider)
    with refused("workouts_checkin_one_a_day"), transaction.atomic():
        make_check_in(member)
    assert CheckIn.objects.of_member(member).count() == 1


def test_every_constraint_is_tried_here():
    text = open(__file__, encoding="utf-8").read()  # noqa: PTH123, SIM115
    for model in (WorkoutSession, Block, SetLog, CheckIn):
        for constraint in model._meta.constraints:
            assert f'"{constraint.name}"' in text
