"""/api/v1/progress and progress/weeks"""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from legtraining.domain.trends import Point, theil_sen, verdict
from tests.exchange.reading import Reader, secret_of
from tests.factories import ExerciseFactory, make_session, make_set


@pytest.fixture
def reader(member):
    return Reader(secret_of(member))


def train(member, exercise, ago, *weights, reps=5, kind="work"):
    """A finished session so many days ago, with a set of each weight."""
    noon = datetime.combine(member.today() - timedelta(days=ago), time(12), tzinfo=UTC)
    session = make_session(member, exercise=exercise, finished=True, started_at=noon)
    for position, weight in enumerate(weights, 1):
        make_set(
            session.blocks.get(), position=position, weight=Decimal(weight), reps=reps, kind=kind
        )
    return session


def test_each_session_is_a_point_and_the_trend_is_the_domains(member, outsider, reader):
    squat = ExerciseFactory(slug="squat", name="Squat")
    for number in range(6):
        train(member, squat, 35 - 7 * number, 90, 100 + 2 * number)
    train(outsider, squat, 3, 300)
    train(member, ExerciseFactory(load="bodyweight"), 1, 10)
    found = reader.get("progress")
    assert (found["formula"], found["weeks"]) == ("epley", 12)
    [lift] = found["items"]
    assert (lift["exercise"], lift["name"]) == ("squat", "Squat")
    assert len(lift["points"]) == 6
    assert lift["points"][0] == {"day": str(member.today() - timedelta(days=35)), "e1rm_kg": 116.7}
    points = [
        Point(datetime.fromisoformat(each["day"]).date(), Decimal(str(each["e1rm_kg"])))
        for each in lift["points"]
    ]
    trend = theil_sen(points)
    assert lift["trend"] == pytest.approx(
        {"kg_per_week": trend.slope_per_week, "low": trend.low, "high": trend.high}
    )
    assert lift["verdict"] == verdict(points) == "progressing"
    assert lift["plateau"] is False


def test_a_plateau_is_told(member, reader):
    squat = ExerciseFactory(slug="squat")
    for number in range(8):
        train(member, squat, 7 * number, 100)
    [lift] = reader.get("progress")["items"]
    assert lift["plateau"] is True
    assert lift["verdict"] == "holding"


def test_one_day_has_no_trend(member, reader):
    train(member, ExerciseFactory(), 0, 100)
    [lift] = reader.get("progress")["items"]
    assert lift["trend"] is None
    assert lift["verdict"] == "not_enough"


def test_of_how_many_weeks(member, reader):
    squat = ExerciseFactory(slug="squat")
    for ago in (0, 13, 14, 83, 84):
        train(member, squat, ago, 100)
    counts = {
        weeks: len(reader.get("progress", weeks=weeks)["items"][0]["points"])
        for weeks in (1, 2, 12, 13)
    }
    assert counts == {1: 1, 2: 2, 12: 4, 13: 5}
    assert len(reader.get("progress")["items"][0]["points"]) == 4


def test_of_one_exercise(member, reader):
    for slug in ("squat", "press"):
        train(member, ExerciseFactory(slug=slug), 1, 100)
    assert [each["exercise"] for each in reader.get("progress", exercise="press")["items"]] == [
        "press"
    ]


def test_the_formula_is_the_members(member, reader):
    train(member, ExerciseFactory(), 1, 100, reps=5)
    member.formula = "brzycki"
    member.save()
    found = reader.get("progress")
    assert found["formula"] == "brzycki"
    assert found["items"][0]["points"][0]["e1rm_kg"] == 112.5  # 100 × 36 / 32; Epley says 116.7


# --- Weeks ----------------------------------------------------------------------------------------


def test_a_week_counts_sessions_hard_sets_and_volume(member, outsider, reader):
    squat = ExerciseFactory(slug="squat")
    squat.muscle_work.create(
        muscle=ExerciseFactory(muscle="glutes", muscle__group="glutes").muscles.get(), share=0.5
    )
    assisted = ExerciseFactory(load="assisted", muscle="glutes")
    today = member.today()
    train(member, squat, 7, 100, 100, 100)
    train(member, squat, 7, 40, kind="warmup")
    train(member, assisted, 7, 20)
    train(outsider, squat, 7, 100)
    make_session(member, exercise=squat, sets=3)  # open still
    weeks = reader.get("progress/weeks", weeks=3)["items"]
    monday = today - timedelta(days=today.weekday())
    assert [week["week"] for week in weeks] == [
        str(monday - timedelta(days=14)), str(monday - timedelta(days=7)), str(monday),
    ]  # fmt: skip
    assert weeks[1] == {
        "week": str(monday - timedelta(days=7)),
        "sessions": 3,
        "volume_kg": 1500.0,
        "groups": [{"group": "glutes", "sets": 2.5}, {"group": "quadriceps", "sets": 3.0}],
    }
    for week in (weeks[0], weeks[2]):
        assert (week["sessions"], week["volume_kg"], week["groups"]) == (0, 0, [])


def test_as_many_weeks_as_asked(reader):
    assert len(reader.get("progress/weeks")["items"]) == 12
    assert len(reader.get("progress/weeks", weeks=1)["items"]) == 1
    assert len(reader.get("progress/weeks", weeks=104)["items"]) == 104


@pytest.mark.parametrize(("path", "most"), [("progress", 4), ("progress/weeks", 5)])
def test_the_queries_are_as_many_for_many_sessions(
    member, reader, path, most, django_assert_max_num_queries
):
    train(member, ExerciseFactory(), 1, 100)
    reader.get(path)
    with django_assert_max_num_queries(most) as few:
        reader.get(path)
    for number in range(25):
        exercise = ExerciseFactory()
        for ago in (2, 9):
            train(member, exercise, ago + number, 100, 110)
    with django_assert_max_num_queries(len(few)) as many:
        reader.get(path)
    assert len(many) == len(few)
