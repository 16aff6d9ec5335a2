"""What a trainer sees of a member's lifts: the list on their page, and one lift

GET /coaching/members/<id>/ and /coaching/members/<id>/progress/<slug>/"""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Looked, User
from coaching.assigning import estimates_of
from legtraining.domain.trends import Point
from progress.lifts import lifts_of, polyline
from tests.factories import (
    ExerciseFactory,
    agree,
    coach,
    make_check_in,
    make_session,
    make_set,
)

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
    block = session.blocks.select_related("exercise", "session__member").get()
    for position, done in enumerate(sets, 1):
        make_set(block, position=position, **done)
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


# --- One lift -------------------------------------------------------------------------------------


def url_of(person, slug="back-squat"):
    return f"/coaching/members/{person.pk}/progress/{slug}/"


def lift_words(client, person, slug="back-squat"):
    answer = client.get(url_of(person, slug))
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split())).replace(NBSP, " ")


CHOOSE = ' <a href="/accounts/settings/">Choose the formula</a>'


def numbers_of(page):
    """The page without its head, which says who it is about, and without the way to the settings,
    which only the member has."""
    return page[page.index('aria-labelledby="trend-title"') :].replace(CHOOSE, "").split()


def test_the_member_page_leads_to_the_lift(trainer, member, squat, signed_in):
    for ago in (36, 29, 22, 15, 8, 1):
        train(member, squat, ago, kg(100))
    text = signed_in(trainer).get(f"/coaching/members/{member.pk}/").text
    assert f'<a href="{url_of(member)}">Back squat</a>' in text
    assert f'href="{url_of(member)}#plateau"' in text


@pytest.mark.parametrize("formula", ["epley", "mayhew"])
def test_both_sides_see_the_same(trainer, member, squat, signed_in, formula):
    User.objects.filter(pk=member.pk).update(formula=formula)
    for ago in (36, 29, 22, 15, 8, 1):
        train(member, squat, ago, kg(100, 6))
    theirs = signed_in(trainer).get(url_of(member)).text
    mine = signed_in(member).get("/progress/back-squat/").text
    assert numbers_of(theirs) == numbers_of(mine)
    assert "A plateau" in theirs
    assert ("≈\N{NO-BREAK SPACE}120\N{NO-BREAK SPACE}kg" in theirs) == (formula == "epley")
    assert "Choose the formula" not in theirs


def test_the_list_and_the_training_max_go_by_the_members_formula_too(member, squat):
    train(member, squat, 3, kg(100))
    assert lifts(member)[0].estimate == f"116.7{NBSP}kg"
    member.formula = "brzycki"
    assert lifts(member)[0].estimate == f"112.5{NBSP}kg"
    assert estimates_of([member], [squat])[member.pk][squat.pk].weight == Decimal("101.5")  # 101.25


def test_the_best_set_for_a_training_max_is_the_one_that_their_formula_finds(member, squat):
    train(member, squat, 3, kg(100, 8), kg(114, 3))
    assert "100" in estimates_of([member], [squat])[member.pk][squat.pk].words
    member.formula = "mayhew"
    assert "114" in estimates_of([member], [squat])[member.pk][squat.pk].words


def test_numbers_are_in_the_trainers_unit(trainer, member, squat, signed_in):
    trainer.unit = "lb"
    trainer.save()
    train(member, squat, 3, kg(100))
    assert "≈ 257.3 lb" in lift_words(signed_in(trainer), member)


def test_looking_is_written_down(trainer, member, squat, signed_in):
    train(member, squat, 3, kg(100))
    answer = signed_in(trainer).get(url_of(member))
    assert answer["X-Not-Mine"] == "1"
    record = AccessRecord.objects.get()
    assert (record.viewer, record.member, record.what) == (trainer, member, Looked.LOG)


def test_the_bodys_share_is_shown_only_while_check_ins_are_shared(trainer, member, signed_in):
    exercise = ExerciseFactory(load="bodyweight", slug="bodyweight-squat")
    agree(member)
    make_check_in(member, day=member.today() - timedelta(days=9), body_weight=Decimal(80))
    train(member, exercise, 3, kg(10, 20))
    client = signed_in(trainer)
    text = lift_words(client, member, "bodyweight-squat")
    assert "200 kg" in text  # what was added, and no more
    assert "1,618" not in text
    assert not AccessRecord.objects.filter(what=Looked.HEALTH).exists()
    Coaching.objects.update(health_shared_at=timezone.now())
    assert "≈ 1,618 kg" in lift_words(client, member, "bodyweight-squat")
    assert AccessRecord.objects.filter(what=Looked.HEALTH).count() == 1
    member.health_consent_at = None
    member.save()
    assert "1,618" not in lift_words(client, member, "bodyweight-squat")


def test_an_exercise_of_the_members_own_has_no_way_to_its_page(trainer, member, signed_in):
    own = ExerciseFactory(name="Sled of mine", slug="sled-of-mine", owner=member)
    train(member, own, 3, kg(100))
    answer = signed_in(trainer).get(url_of(member, "sled-of-mine"))
    assert answer.status_code == 200
    assert "Instructions" not in answer.text


def test_nothing_logged_yet(trainer, member, squat, signed_in):
    text = lift_words(signed_in(trainer), member)
    assert "Mia Member has not finished a session with this exercise yet." in text


def test_who_may(trainer, other_trainer, member, outsider, admin, squat, signed_in):
    train(member, squat, 3, kg(123))
    train(outsider, squat, 3, kg(123))
    for person, status in ((other_trainer, 404), (member, 403), (outsider, 403), (admin, 403)):
        answer = signed_in(person).get(url_of(member))
        assert (answer.status_code, "123" in answer.text) == (status, False)
    assert signed_in(trainer).get(url_of(outsider)).status_code == 404
    assert Client().get(url_of(member)).url.startswith("/accounts/login/")
    coach(other_trainer, member)
    assert signed_in(other_trainer).get(url_of(member)).status_code == 200
    Coaching.objects.filter(trainer=trainer).update(ended_at=timezone.now())
    assert signed_in(trainer).get(url_of(member)).status_code == 404
    assert set(AccessRecord.objects.values_list("viewer__name", flat=True)) == {"Otto Other"}


def test_of_another_members_own_exercise_there_is_no_page(trainer, member, outsider, signed_in):
    ExerciseFactory(slug="not-hers", owner=outsider)
    assert signed_in(trainer).get(url_of(member, "not-hers")).status_code == 404


def test_wrong_method_and_bad_ids(trainer, member, squat, signed_in):
    client = signed_in(trainer)
    for method in (client.post, client.put, client.delete):
        assert method(url_of(member)).status_code == 405
    for bad in (f"/coaching/members/999999/progress/{squat.slug}/", url_of(member, "nothing")):
        assert client.get(bad).status_code == 404
    ExerciseFactory(slug="old", merged_into=squat, retired_at=timezone.now())
    assert client.get(url_of(member, "old"))["Location"] == url_of(member)


def test_the_number_of_queries_does_not_grow(
    trainer, member, squat, signed_in, query_count, no_lazy_queries
):
    client = signed_in(trainer)
    train(member, squat, 0, kg(200))
    url = f"{url_of(member)}?weeks=all"
    one = query_count(client, url)
    for ago in range(1, 51):
        train(member, squat, ago, kg(100), kg(90, 8))
    assert query_count(client, url) == one <= 12
