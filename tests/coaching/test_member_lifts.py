"""GET /coaching/members/<id>/: exercises of the last 12 weeks, their trend and record"""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from coaching.lift_trends import lifts_of, polyline
from legtraining.domain.trends import Point
from tests.factories import ExerciseFactory, make_session, make_set

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def squat(db):
    return ExerciseFactory(name="Back squat", slug="back-squat")


def train(member, exercise, ago, *sets):
    session = make_session(
        member,
        exercise=exercise,
        finished=True,
        started_at=timezone.now() - timedelta(days=ago),
    )
    for position, done in enumerate(sets, 1):
        make_set(session.blocks.get(), position=position, **done)
    return session


def kg(weight, reps=5, **more):
    return {"weight": Decimal(weight), "reps": reps} | more


def lifts(member, unit="kg"):
    return lifts_of(member, member.today(), unit)


def page(client, member):
    answer = client.get(f"/coaching/members/{member.pk}/")
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


def test_the_last_best_set_the_estimate_and_the_record(member, squat):
    train(member, squat, 300, kg(140, 1))
    train(member, squat, 10, kg(110))
    train(member, squat, 3, kg(100), kg(105), kg(105, 6), kg(120, kind="warmup"))
    (lift,) = lifts(member)
    assert (lift.sessions, lift.last, lift.estimate) == (2, f"105{NBSP}kg × 6", f"126{NBSP}kg")
    assert lift.record == f"140{NBSP}kg × 1"
    assert lift.trained.record.session.day == member.today() - timedelta(days=300)


def test_the_record_is_the_first_time_it_was_done(member, squat):
    train(member, squat, 20, kg(100))
    train(member, squat, 3, kg(100))
    (lift,) = lifts(member)
    assert lift.trained.record.session.day == member.today() - timedelta(days=20)


def test_pounds_and_kilograms_are_compared_by_weight(member, squat):
    train(member, squat, 3, kg(100), kg(225, unit="lb"))
    (lift,) = lifts(member)
    assert lift.record == f"225{NBSP}lb × 5"


def test_progress_in_words_and_in_the_readers_unit(member, squat):
    for week in range(6):
        train(member, squat, 35 - 7 * week, kg(100 + 3 * week, 5, rir=Decimal(1)))
    (lift,) = lifts(member)
    assert (lift.verdict, lift.plateau) == ("Progressing", False)
    assert lift.trend_words == f"+3.6{NBSP}kg a week (95 %: +3.6 to +3.6)"
    (lift,) = lifts(member, "lb")
    assert lift.trend_words.startswith(f"+7.9{NBSP}lb a week")
    assert lift.estimate == f"304.2{NBSP}lb"


def test_a_plateau_is_told(trainer, member, squat, signed_in):
    for ago in (36, 29, 22, 15, 8, 1):
        train(member, squat, ago, kg(100))
    (lift,) = lifts(member)
    assert (lift.verdict, lift.plateau) == ("Holding", True)
    assert lift.trend_words == f"0{NBSP}kg a week (95 %: 0 to 0)"
    text = page(signed_in(trainer), member)
    assert "Back squat plateau Holding" in text
    assert "Estimated 1RM ≈ 116.7" in text


def test_too_little_says_so(member, squat):
    train(member, squat, 3, kg(100))
    (lift,) = lifts(member)
    assert (lift.verdict, lift.trend_words, lift.curve) == ("Not enough to say", "", "")


def test_older_than_twelve_weeks_is_not_shown(trainer, member, squat, signed_in):
    train(member, squat, 84, kg(100))
    assert lifts(member) == []
    assert "No set was logged in the last 12 weeks." in page(signed_in(trainer), member)
    train(member, squat, 83, kg(90))
    assert lifts(member)[0].record == f"100{NBSP}kg × 5"


@pytest.mark.parametrize(
    ("load", "sets", "last", "record"),
    [
        ("bodyweight", [kg(0, 9), kg(10, 5)], f"+10{NBSP}kg × 5", f"+10{NBSP}kg × 5"),
        ("bodyweight", [{"weight": None, "reps": 9}], "9 reps", "9 reps"),
        ("assisted", [kg(30, 8), kg(20, 6)], f"20{NBSP}kg of assistance × 6", None),
        ("reps_only", [{"weight": None, "reps": 9}, {"weight": None, "reps": 12}], "12 reps", None),
        ("time", [{"weight": None, "reps": None, "seconds": 45}], f"45{NBSP}s", None),
    ],
)
def test_other_kinds_of_load_have_no_estimate(member, load, sets, last, record):
    exercise = ExerciseFactory(load=load)
    train(member, exercise, 3, *sets)
    (lift,) = lifts(member)
    assert (lift.points, lift.estimate, lift.last) == ([], "", last)
    assert lift.record == (record or last)


def test_a_timed_set_with_weight_says_both(member):
    exercise = ExerciseFactory(load="time")
    train(member, exercise, 3, {"weight": Decimal(10), "reps": None, "seconds": 45})
    assert lifts(member)[0].last == f"10{NBSP}kg, 45{NBSP}s"


def test_the_most_trained_come_first_and_nobody_elses(member, outsider, squat):
    press = ExerciseFactory(name="A press")
    for ago in (9, 6, 3):
        train(member, squat, ago, kg(100))
    train(member, press, 4, kg(100))
    train(outsider, ExerciseFactory(), 4, kg(100))
    assert [lift.exercise for lift in lifts(member)] == [squat, press]


def test_the_curve_lies_in_its_box_and_has_words(trainer, member, squat, signed_in):
    for ago, weight in ((20, 100), (10, 110), (3, 105)):
        train(member, squat, ago, kg(weight))
    (lift,) = lifts(member)
    places = [tuple(map(float, place.split(","))) for place in lift.curve.split()]
    assert places[0] == (3, 29)
    assert places[1][1] == 3
    assert places[2][0] == 117
    assert "at most 128.3" in lift.curve_words
    text = signed_in(trainer).get(f"/coaching/members/{member.pk}/").text
    assert f'role="img" aria-label="{lift.curve_words}"' in text


def test_a_flat_curve_is_in_the_middle(member):
    day = member.today()
    points = [Point(day, Decimal(100)), Point(day + timedelta(days=7), Decimal(100))]
    assert polyline(points) == "3.0,16.0 117.0,16.0"


def test_four_queries_however_much_was_done(member, squat, django_assert_num_queries):
    for ago in range(30):
        train(member, squat if ago % 2 else ExerciseFactory(), ago, kg(100), kg(90))
    with django_assert_num_queries(4):
        for lift in lifts(member):
            _all = lift.last, lift.record, lift.trend_words, lift.curve, lift.exercise.name
