"""GET /progress/<slug>/"""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from exercises.models import MuscleWork
from sessions.models import SetLog
from tests.factories import ExerciseFactory, make_check_in, make_session, make_set

NBSP = "\N{NO-BREAK SPACE}"
URL = "/progress/back-squat/"


@pytest.fixture
def squat(db):
    return ExerciseFactory(name="Back squat", slug="back-squat")


def train(person, exercise, ago, *sets, **fields):
    session = make_session(
        person,
        exercise=exercise,
        started_at=timezone.now() - timedelta(days=ago),
        **{"finished": True} | fields,
    )
    block = session.blocks.select_related("exercise", "session__member").get()
    for position, done in enumerate(sets, 1):
        make_set(block, position=position, **done)
    return session


def kg(weight, reps=5, **more):
    return {"weight": None if weight is None else Decimal(weight), "reps": reps} | more


def words(answer):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split())).replace(NBSP, " ")


def page(client, url=URL, **query):
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer


def dots(answer):
    """(address, words) of each point of the chart."""
    return [
        (url, unescape(said).replace(NBSP, " "))
        for url, said in re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">', answer.text)
    ]


def test_each_session_is_a_point_that_opens_it(member, squat, signed_in):
    before = train(member, squat, 10, kg(95), kg(100))
    after = train(member, squat, 3, kg(102), kg(130, kind="warmup"))
    answer = page(signed_in(member))
    assert "<title>Progress in Back squat · Legtraining</title>" in answer.text
    assert [url for url, _said in dots(answer)] == [
        before.get_absolute_url(),
        after.get_absolute_url(),
    ]
    assert [said.split(": ")[1] for _url, said in dots(answer)] == ["116.7 kg", "119 kg"]
    assert "2 sessions since" in words(answer)
    assert "the last one 3 days ago" in words(answer)


@pytest.mark.parametrize(
    ("weights", "verdict", "slope"),
    [
        ((100, 103, 106, 109, 112), "Progressing", "+3.5 kg a week (95 %: +3.5 to +3.5)"),
        ((112, 109, 106, 103, 100), "Declining", "−3.5 kg a week (95 %: −3.5 to −3.5)"),
        ((100, 100, 100, 100, 100), "Holding", "0 kg a week (95 %: 0 to 0)"),
        ((100, 130, 90, 120, 95), "Not enough to say", "a week"),
        ((100, 103), "Not enough to say", "+3.5 kg a week"),
    ],
)
def test_the_verdict_and_the_slope_with_its_interval(
    member, squat, signed_in, weights, verdict, slope
):
    for number, weight in enumerate(weights):
        train(member, squat, 7 * (len(weights) - number), kg(weight))
    answer = page(signed_in(member))
    assert f"{verdict} " in words(answer)
    assert slope in words(answer)
    assert ('class="slope"' in answer.text) == (verdict != "Not enough to say")


def test_it_says_the_same_as_the_list_of_lifts(member, squat, signed_in):
    for number in range(6):
        train(member, squat, 40 - 7 * number, kg(100 + number))
    client = signed_in(member)
    assert "Progressing" in words(page(client))
    assert "Progressing" in words(client.get("/progress/"))


def test_numbers_are_in_the_readers_unit_and_sets_as_they_were_typed(member, squat, signed_in):
    User.objects.filter(pk=member.pk).update(unit="lb")
    train(member, squat, 3, kg(100))
    train(member, squat, 2, kg(225, 3, unit="lb"))
    text = words(page(signed_in(member)))
    assert "257.3 lb" in text  # 116.7 kg
    assert "100 kg × 5 (≈ 220.5 lb)" in text
    assert "225 lb × 3 (≈" not in text


@pytest.mark.parametrize(
    ("formula", "estimate"), [("epley", "126.7"), ("brzycki", "124.1"), ("lombardi", "123.1")]
)
def test_the_estimate_is_by_the_members_formula(member, squat, signed_in, formula, estimate):
    User.objects.filter(pk=member.pk).update(formula=formula)
    train(member, squat, 3, kg(100, 6, rir=Decimal(2)))
    text = words(page(signed_in(member)))
    assert f"≈ {estimate} kg" in text
    assert f"formula of {formula.capitalize()}" in text


def test_an_estimate_is_labelled_and_explained(member, squat, signed_in):
    train(member, squat, 3, kg(100), kg(70, 20))
    train(member, squat, 2, kg(70, 20))
    text = words(page(signed_in(member)))
    assert "not a maximum that was tested" in text
    assert "differs by up to 12 %" in text
    assert "In another exercise the same number means something else." in text
    assert "1 session in that time has no set of at most 10 repetitions to failure" in text
    assert len(dots(page(signed_in(member)))) == 1


# --- Which weeks ----------------------------------------------------------------------------------


@pytest.fixture
def long(member, squat):
    """Sessions 3, 100, 200 and 400 days ago, as heavy as many days are past."""
    for ago in (400, 200, 100, 3):
        train(member, squat, ago, kg(ago, 1))


@pytest.mark.parametrize(
    ("weeks", "shown"),
    [
        ("12", {"3 kg"}),
        ("26", {"100 kg", "3 kg"}),
        ("52", {"200 kg", "100 kg", "3 kg"}),
        ("all", {"400 kg", "200 kg", "100 kg", "3 kg"}),
        ("", {"3 kg"}),
        ("13", {"3 kg"}),
        ("-1", {"3 kg"}),
        ("\x00", {"3 kg"}),
    ],
)
def test_the_range_is_chosen_and_records_are_of_all_the_time(member, long, signed_in, weeks, shown):
    answer = page(signed_in(member), weeks=weeks)
    assert {said.split(": ")[1] for _url, said in dots(answer)} == shown
    assert "Heaviest 400 kg × 1" in words(answer)
    current = re.findall(r'\?weeks=(\w+)#trend" aria-current="true"', answer.text)
    assert current == [weeks if weeks in {"12", "26", "52", "all"} else "12"]


def test_twelve_weeks_are_84_days(member, squat, signed_in):
    train(member, squat, 84, kg(100, 1))
    train(member, squat, 83, kg(90, 1))
    assert len(dots(page(signed_in(member), weeks="12"))) == 1


def test_what_was_not_trained_lately_shows_all_and_says_so_when_asked(member, squat, signed_in):
    train(member, squat, 200, kg(100))
    client = signed_in(member)
    assert len(dots(page(client))) == 1
    asked = page(client, weeks="12")
    assert dots(asked) == []
    assert "No session with this exercise in that time." in words(asked)
    assert "Heaviest 100 kg × 5" in words(asked)


def test_ten_years_are_drawn_by_their_best_weeks_or_months_and_listed_in_pages(
    member, squat, signed_in
):
    number = count(160, -1)
    for ago in range(0, 480, 3):
        train(member, squat, ago, kg(next(number)))
    answer = page(signed_in(member), weeks="all")
    assert "each point is the best of a week" in words(answer)
    assert 60 < len(dots(answer)) <= 70
    rows = answer.text.count('<th scope="row"><a href="/sessions/')
    assert rows == 30
    second = page(signed_in(member), weeks="all", page="2")
    assert "Page 2 of 6" in words(second)
    assert "<details" in second.text
    assert re.search(r'<details[^>]* open id="numbers">', second.text)
    for odd in ("0", "x", "999"):
        assert page(signed_in(member), weeks="all", page=odd)


# --- What was best --------------------------------------------------------------------------------


def best(answer):
    """Of each record: its title, what was done, and where it leads."""
    part = re.search(r'<dl class="bests">(.*?)</dl>', answer.text, re.DOTALL)[1]
    rows = re.findall(
        r"<dt>(.*?)</dt><dd><strong>(.*?)</strong>.*?href=\"(.*?)\"", part, re.DOTALL
    )  # fmt: skip
    return {title: (unescape(said).replace(NBSP, " "), url) for title, said, url in rows}


def test_records_open_their_sessions(member, squat, signed_in):
    heavy = train(member, squat, 30, kg(140, 1), kg(200, 1, kind="warmup"))
    strong = train(member, squat, 20, kg(130, 5))
    much = train(member, squat, 10, kg(60, 30), kg(60, 30))
    train(member, squat, 5, kg(140, 1))
    answer = page(signed_in(member))
    assert best(answer) == {
        "Best estimated 1RM": ("≈ 151.7 kg", strong.get_absolute_url()),
        "Heaviest": ("140 kg × 1", heavy.get_absolute_url()),
        "Most reps": ("60 kg × 30", much.get_absolute_url()),
        "Best volume of a session": ("3,600 kg", much.get_absolute_url()),
    }
    text = words(answer)
    assert "1 140 kg × 1" in text
    assert "2–5 130 kg × 5" in text
    assert "6–10 60 kg × 30" in text


@pytest.mark.parametrize(
    ("load", "sets", "title", "expected"),
    [
        ("bodyweight", [kg(None, 9)], "Most repetitions in a set", {"Most reps": "9 reps"}),
        (
            "bodyweight",
            [kg(10, 6)],
            "Weight added",
            {"Heaviest": "+10 kg × 6", "Best volume of a session": "60 kg"},
        ),
        (
            "assisted",
            [kg(20, 6), kg(25, 9)],
            "Least assistance",
            {"Least assistance": "20 kg of assistance × 6", "Most reps": "25 kg of assistance × 9"},
        ),
        ("reps_only", [kg(None, 15)], "Most repetitions in a set", {"Most reps": "15 reps"}),
        ("time", [kg(None, None, seconds=45)], "Longest hold", {"Longest hold": "45 s"}),
        (
            "external",
            [kg(60, 15)],
            "Heaviest set",
            {"Heaviest": "60 kg × 15", "Best volume of a session": "900 kg"},
        ),
    ],
)
def test_other_kinds_of_load_show_what_fits_them(member, signed_in, load, sets, title, expected):
    exercise = ExerciseFactory(load=load, slug="other")
    train(member, exercise, 3, *sets)
    answer = page(signed_in(member), "/progress/other/")
    assert f'<h2 id="trend-title">{title}</h2>' in answer.text
    assert {name: said for name, (said, _url) in best(answer).items()} == expected
    assert "maximum that was tested" not in words(answer)
    assert len(dots(answer)) == 1


def test_less_assistance_is_progress(member, signed_in):
    exercise = ExerciseFactory(load="assisted", slug="other")
    for week, weight in enumerate((20, 21, 24, 26, 29)):
        train(member, exercise, 7 * week, kg(weight))
    text = words(page(signed_in(member), "/progress/other/"))
    found = re.search(r"Progressing −(\S+) kg a week \(95 %: −(\S+) to −(\S+)\)", text)
    least, most = float(found[3]), float(found[2])
    assert least < float(found[1]) < most


def test_more_repetitions_are_progress(member, signed_in):
    exercise = ExerciseFactory(load="reps_only", slug="other")
    for week, reps in enumerate((14, 13, 12, 11, 10)):
        train(member, exercise, 7 * week, kg(None, reps))
    text = words(page(signed_in(member), "/progress/other/"))
    assert "Progressing +1 reps a week" in text


# --- The body's share -----------------------------------------------------------------------------


@pytest.fixture
def bodyweight(db):
    return ExerciseFactory(load="bodyweight", slug="bodyweight-squat", name="Bodyweight squat")


def test_the_share_of_the_body_is_counted_from_the_weight_noted_last(member, bodyweight, signed_in):
    day = member.today()
    make_check_in(member, day=day - timedelta(days=20), body_weight=Decimal(80))
    make_check_in(member, day=day - timedelta(days=2), body_weight=Decimal(90))
    make_check_in(
        member, day=day - timedelta(days=4), body_weight=Decimal(200), deleted_at=timezone.now()
    )
    train(member, bodyweight, 3, kg(None, 20))
    answer = page(signed_in(member), "/progress/bodyweight-squat/")
    assert best(answer)["Best volume of a session"][0] == "≈ 1,418 kg"  # 80 × 0.886 × 20
    assert "The volume counts the share of the body that moves" in words(answer)


@pytest.mark.parametrize("slug", ["bodyweight-squat", "nordic-curl"])
def test_without_consent_or_a_known_share_it_is_not(member, signed_in, slug):
    exercise = ExerciseFactory(load="bodyweight", slug=slug)
    make_check_in(member, day=member.today() - timedelta(days=20), body_weight=Decimal(80))
    if slug == "bodyweight-squat":
        User.objects.filter(pk=member.pk).update(health_consent_at=None)
    train(member, exercise, 3, kg(None, 20), kg(10, 5))
    answer = page(signed_in(member), f"/progress/{slug}/")
    assert best(answer)["Best volume of a session"][0] == "50 kg"
    assert "The volume counts only what was added to the body." in words(answer)


# --- A plateau ------------------------------------------------------------------------------------


@pytest.fixture
def stuck(member, squat):
    for ago in (50, 43, 36, 29):
        train(member, squat, ago, kg(100), kg(100), kg(100))
    for ago in (22, 15, 8, 1):
        train(
            member, squat, ago, kg(100, rir=Decimal(4)), kg(100, rir=Decimal(0)), kg(100),
            kg(50, kind="warmup"),
        )  # fmt: skip
    return squat


def test_a_plateau_offers_what_to_look_at_with_ones_own_data(member, stuck, signed_in):
    MuscleWork.objects.filter(exercise=stuck).update(share=1)
    text = words(page(signed_in(member)))
    assert "A plateau" in text
    assert "12 work sets in the last four weeks." in text
    assert "4 had more than 3 repetitions in reserve." in text
    assert "4 do not say how many were left." in text
    assert re.search(r"Quadriceps: [\d.]+ hard sets a week in the last four weeks", text)
    assert "None in the last 12 weeks." in text
    assert "The instructions for Back squat" in text
    assert "Sleep" in text
    answer = page(signed_in(member))
    assert 'href="/why/#hormones-break-plateaus"' in answer.text
    assert 'href="/exercises/back-squat/"' in answer.text


def test_without_a_plateau_nothing_is_offered(member, stuck, signed_in):
    train(member, stuck, 0, kg(110))
    answer = page(signed_in(member))
    assert 'id="plateau"' not in answer.text


def test_it_follows_the_last_eight_weeks_whatever_is_shown(member, stuck, signed_in):
    train(member, stuck, 300, kg(90))
    assert 'id="plateau"' in page(signed_in(member), weeks="all").text


# --- Doors ----------------------------------------------------------------------------------------


def test_what_was_never_logged_has_a_friendly_page(member, squat, signed_in):
    train(member, squat, 3)
    train(member, squat, 2, kg(100), finished=False)
    train(member, squat, 4, kg(100), deleted_at=timezone.now())
    train(member, squat, 5, kg(100, deleted_at=timezone.now()))
    train(member, squat, 6, kg(100, kind="warmup"))
    text = words(page(signed_in(member)))
    assert "You have not finished a session with this exercise yet." in text
    assert "How it is done" in text


def test_nobody_elses_sets(member, outsider, trainer, squat, signed_in):
    train(member, squat, 3, kg(123))
    for person in (outsider, trainer):
        assert "123" not in page(signed_in(person)).text


def test_an_exercise_of_ones_own_is_ones_own(member, outsider, trainer, signed_in):
    own = ExerciseFactory(name="Sled of mine", slug="sled-of-mine", owner=member)
    train(member, own, 3, kg(100))
    assert "≈ 116.7 kg" in words(page(signed_in(member), "/progress/sled-of-mine/"))
    for person in (outsider, trainer):
        answer = signed_in(person).get("/progress/sled-of-mine/")
        assert answer.status_code == 404
        assert "Sled of mine" not in answer.text


def test_a_merged_exercise_leads_on_and_a_retired_one_stays(member, squat, signed_in):
    ExerciseFactory(slug="old", merged_into=squat, retired_at=timezone.now())
    squat.retired_at = timezone.now()
    squat.save()
    client = signed_in(member)
    answer = client.get("/progress/old/")
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert page(client)


def test_wrong_method_unknown_and_anonymous(member, squat, signed_in):
    client = signed_in(member)
    for method in (client.post, client.put, client.delete):
        assert method(URL).status_code == 405
    assert client.get("/progress/no-such-thing/").status_code == 404
    assert Client().get(URL).url.startswith("/accounts/login/")


@pytest.mark.parametrize("load", ["external", "bodyweight"])
def test_the_number_of_queries_is_small_and_does_not_grow(
    member, signed_in, query_count, no_lazy_queries, load
):
    exercise = ExerciseFactory(slug="bodyweight-squat", load=load)
    make_check_in(member, body_weight=Decimal(80))
    client = signed_in(member)
    url = "/progress/bodyweight-squat/?weeks=all"
    train(member, exercise, 1, kg(100))
    one = query_count(client, url)
    for ago in range(2, 52):
        train(member, exercise, ago, kg(100), kg(90, 8), kg(80, 12))
    many = query_count(client, url)
    # A plateau reads two things more, however long it lasts.
    plateau = 2 if load == "external" else 0
    assert many == one + plateau
    assert many <= 12


def test_a_hostile_number_of_equal_days_is_drawn(member, squat, signed_in):
    """Everything on one day: no line, no slope, and no division by nothing."""
    session = train(member, squat, 3, kg(100))
    for _n in range(3):
        train(member, squat, 3, kg(100))
    answer = page(signed_in(member))
    assert len(dots(answer)) == 4
    assert "nan" not in answer.text.lower().replace("nano", "")
    SetLog.objects.filter(session=session).update(client_key=uuid4(), weight=Decimal("0.001"))
    assert page(signed_in(member))


# --- The ways to it -------------------------------------------------------------------------------


def test_a_finished_session_leads_to_its_lifts_and_an_open_one_does_not(
    member, trainer, squat, signed_in
):
    done = train(member, squat, 3, kg(100))
    going_on = train(member, squat, 0, kg(100), finished=False)
    client = signed_in(member)
    assert f'href="{URL}"' in client.get(done.get_absolute_url()).text
    assert URL not in client.get(going_on.get_absolute_url()).text
    theirs = f'href="/coaching/members/{member.pk}{URL}"'
    assert theirs in signed_in(trainer).get(done.get_absolute_url()).text


def test_so_does_the_exercise_for_who_is_signed_in(member, squat, signed_in):
    assert f'href="{URL}"' in signed_in(member).get("/exercises/back-squat/").text
    assert URL not in Client().get("/exercises/back-squat/").text


def test_a_slow_gain_is_no_zero(member, squat, signed_in):
    for number in range(5):
        train(member, squat, 70 * (5 - number), kg(100 + number, 1))
    text = words(page(signed_in(member), weeks="all"))
    assert "Progressing +0.1 kg a week" in text
    SetLog.objects.filter(weight=104).update(weight=Decimal("103.2"))
    SetLog.objects.filter(weight=103).update(weight=Decimal("102.4"))
    SetLog.objects.filter(weight=102).update(weight=Decimal("101.6"))
    SetLog.objects.filter(weight=101).update(weight=Decimal("100.8"))
    text = words(page(signed_in(member), weeks="all"))
    assert "Progressing +0.08 kg a week (95 %: +0.08 to +0.08)" in text
