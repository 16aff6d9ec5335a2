"""GET /progress/"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from exercises.models import Muscle, MuscleWork
from legtraining.domain.consistency import WEEK, monday
from progress.models import WeeklyBand
from sessions.models import SetLog
from tests.factories import (
    ExerciseFactory,
    agree,
    make_check_in,
    make_session,
    make_set,
)

URL = "/progress/"


def text_of(page):
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def at(member, day, hour=12):
    """An hour of a local day of the member."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=member.zone).astimezone(UTC)


def train(member, *, weeks_ago=0, exercise=None, sets=1, weekday=0, minutes=60, **fields):
    """A finished session on a weekday of a week before this one."""
    day = monday(member.today()) - WEEK * weeks_ago + timedelta(days=weekday)
    start = at(member, day)
    session = make_session(
        member, exercise=exercise, sets=sets, finished=True, started_at=start, **fields
    )
    session.finished_at = start + timedelta(minutes=minutes)
    session.save(update_fields=["finished_at"])
    return session


@pytest.fixture
def press(db):
    """Trains the quadriceps, and the calves along."""
    exercise = ExerciseFactory(name="Leg Press", slug="leg-press")
    calf, _made = Muscle.objects.get_or_create(
        slug="soleus", defaults={"name": "Soleus", "group": "calves", "side": "back"}
    )
    MuscleWork.objects.create(exercise=exercise, muscle=calf, share=0.5)
    return exercise


def page_of(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return answer.context["page"]


def group(page, label):
    return next(line for line in page.muscles.lines if line.label == label)


def rows(chart):
    return {row.when: list(row.figures) for row in chart.rows}


def this_week(chart):
    return rows(chart)["this week"]


# --- Who sees it, and when there is nothing -------------------------------------------------------


def test_without_a_finished_session_it_says_how_to_begin(member, signed_in):
    make_session(member, sets=2)
    train(member, deleted_at=timezone.now())
    answer = signed_in(member).get(URL)
    assert answer.context["page"] is None
    assert "This page fills with your first finished session" in text_of(answer)
    assert 'href="/today/"' in answer.text


def test_everybody_sees_their_own(member, outsider, trainer, signed_in, press):
    train(member, exercise=press, sets=3)
    for person in (outsider, trainer):
        answer = signed_in(person).get(URL)
        assert answer.status_code == 200
        assert answer.context["page"] is None
        assert "Leg Press" not in answer.text
    assert "Leg Press" in signed_in(member).get(URL).text


def test_who_is_not_signed_in(db):
    assert Client().get(URL).url.startswith("/accounts/login/")


def test_only_reading(member, signed_in):
    client = signed_in(member)
    for method in (client.post, client.put, client.delete):
        assert method(URL).status_code == 405


def test_an_address_that_cannot_be_read_is_the_usual_page(member, signed_in, press):
    train(member, exercise=press)
    client = signed_in(member)
    usual = page_of(client)
    for bad in ({"weeks": "-1"}, {"weeks": "9" * 99}, {"group": "ears"}, {"map": "\x00"}):
        page = page_of(client, **bad)
        assert (page.span, page.muscles.chart) == (usual.span, usual.muscles.chart)


# --- Consistency ----------------------------------------------------------------------------------


def test_weeks_in_a_row_and_of_the_last_twelve(member, signed_in, press):
    for ago in (1, 2, 3, 5, 11, 12):
        train(member, weeks_ago=ago, exercise=press)
    train(member, weeks_ago=1, exercise=press, weekday=6)
    answer = signed_in(member).get(URL)
    now = answer.context["page"].consistency
    assert (now.in_a_row, now.trained) == (3, 5)
    assert [week.sessions for week in now.weeks] == [1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 2, 0]
    text = text_of(answer)
    assert "3 weeks trained in a row" in text
    assert "5 of the last 12 weeks trained" in text
    assert "This week : not yet" in text.replace("week:", "week :")


def test_the_running_week_counts_once_it_was_trained(member, signed_in, press):
    train(member, weeks_ago=1, exercise=press)
    make_session(member, exercise=press, sets=1)  # open
    client = signed_in(member)
    assert page_of(client).consistency.in_a_row == 1
    member.workout_sessions.filter(finished_at=None).update(finished_at=timezone.now())
    assert page_of(client).consistency.in_a_row == 2


def test_a_week_is_that_of_the_members_own_calendar(member, signed_in, press):
    """Sunday 23:30 in Los Angeles is Monday in the server's time."""
    member.time_zone = "America/Los_Angeles"
    member.save()
    sunday = monday(member.today()) - WEEK + timedelta(days=6)
    start = at(member, sunday, 23) + timedelta(minutes=30)
    assert start.date() == sunday + timedelta(days=1)
    make_session(member, exercise=press, sets=2, finished=True, started_at=start)
    page = page_of(signed_in(member))
    assert [week.sessions for week in page.consistency.weeks][-2:] == [1, 0]
    assert this_week(page.muscles.chart) == ["0"]


# --- Hard sets ------------------------------------------------------------------------------------


def test_direct_sets_are_one_and_indirect_ones_a_half(member, signed_in, press):
    train(member, exercise=press, sets=3)
    for ago in (1, 4):
        train(member, weeks_ago=ago, exercise=press, sets=5)
    train(member, weeks_ago=5, exercise=press, sets=50)
    page = page_of(signed_in(member))
    quads, calves = group(page, "Quadriceps"), group(page, "Calves")
    assert (quads.now, quads.average) == ("3", "2.5")
    assert (calves.now, calves.average) == ("1.5", "1.3")  # 5 / 4, half up
    shins = group(page, "Shins")
    assert (shins.now, shins.average, shins.is_zero) == ("0", "0", True)


def test_what_counts_as_a_hard_set(member, signed_in, press):
    block = train(member, exercise=press, sets=0).blocks.get()
    make_set(block, position=1, kind="warmup")
    make_set(block, position=2, reps=0)
    make_set(block, position=3, reps=None, seconds=0)
    make_set(block, position=4, deleted_at=timezone.now())
    assert this_week(page_of(signed_in(member)).muscles.chart) == ["0"]
    make_set(block, position=5, reps=None, seconds=30, weight=None)
    make_set(block, position=6, kind="drop")
    make_set(block, position=7, kind="failed", reps=3)
    assert this_week(page_of(signed_in(member)).muscles.chart) == ["3"]


def test_the_sets_of_open_and_discarded_sessions_do_not_count(member, signed_in, press):
    train(member, exercise=press, sets=2)
    train(member, exercise=press, sets=4, deleted_at=timezone.now())
    make_session(member, exercise=press, sets=8)
    page = page_of(signed_in(member))
    assert this_week(page.muscles.chart) == ["2"]
    assert this_week(page.volume) == ["960\N{NO-BREAK SPACE}kg"]


def test_the_group_with_most_sets_is_shown_until_another_is_chosen(member, signed_in, press):
    train(member, exercise=press, sets=4)
    client = signed_in(member)
    assert page_of(client).muscles.chart.heading.title == "Quadriceps"
    page = page_of(client, group="calves", weeks="26")
    assert page.muscles.chart.heading.title == "Calves"
    assert this_week(page.muscles.chart) == ["2"]
    assert group(page, "Calves").is_current
    assert group(page, "Trunk").href == "?weeks=26&group=trunk#group"


def test_the_map_shows_the_average_or_this_week(member, signed_in, press):
    train(member, exercise=press, sets=3)
    client = signed_in(member)

    def figures(**query):
        return [figure.text for figure in page_of(client, **query).muscles.map.figures]

    assert sorted(figures()) == ["1.5", "3"]  # there is no whole week yet
    train(member, weeks_ago=2, exercise=press, sets=10)
    assert sorted(figures()) == ["1.3", "2.5"]
    assert sorted(figures(map="now")) == ["1.5", "3"]


def test_sets_of_an_exercise_without_muscles_are_told(member, signed_in, press):
    own = ExerciseFactory(name="Sled", slug="sled")
    own.muscle_work.all().delete()
    train(member, exercise=own, sets=3)
    answer = signed_in(member).get(URL)
    assert this_week(answer.context["page"].muscles.chart) == ["0"]
    assert "3 sets of the weeks below are of exercises whose muscles are not known" in answer.text


def test_a_target_is_drawn_and_said_and_it_is_said_whose_it_is(member, trainer, signed_in, press):
    band = WeeklyBand.objects.create(
        member=member, group="quadriceps", low=10, high=20, set_by=trainer
    )
    for ago in range(1, 5):
        train(member, weeks_ago=ago, exercise=press, sets=12)
    answer = signed_in(member).get(URL)
    muscles = answer.context["page"].muscles
    assert "12 sets a week on average of the last 4 whole weeks, within 10 to 20." in answer.text
    assert "10 to 20, set by Tara Trainer on" in answer.text
    assert muscles.chart.stripe
    assert muscles.chart.mark is None
    assert group(answer.context["page"], "Quadriceps").verdict == "within 10 to 20"
    for low, high, word in ((13, 20, "below"), (1, 11, "above"), (12, 12, "within")):
        WeeklyBand.objects.update(low=low, high=high, set_by=member)
        answer = signed_in(member).get(URL)
        assert f"{word} {low} to {high}" in answer.text
        assert "set by you on" in answer.text
    band.delete()
    answer = signed_in(member).get(URL)
    assert answer.context["page"].muscles.chart.stripe is None
    assert answer.context["page"].muscles.chart.mark
    assert "It is no target" in answer.text
    assert group(answer.context["page"], "Quadriceps").verdict == ""


# --- Volume, load, soreness -----------------------------------------------------------------------


def test_volume_is_weight_times_reps_in_the_readers_unit(member, signed_in, press):
    block = train(member, exercise=press, sets=2).blocks.get()  # 2 × 60 kg × 8
    make_set(block, position=3, weight=100, unit="lb", reps=5)
    helped = ExerciseFactory(load="assisted", name="Assisted Pistol")
    train(member, exercise=helped, sets=3, weekday=1)
    client = signed_in(member)
    # 960 kg and 226.796 kg of the pounds; what helps is not lifted.
    assert this_week(page_of(client).volume) == ["1,187\N{NO-BREAK SPACE}kg"]
    member.unit = "lb"
    member.save()
    assert this_week(page_of(client).volume) == ["2,616\N{NO-BREAK SPACE}lb"]


def test_load_monotony_and_strain_of_a_whole_week(member, signed_in, press):
    for weekday, rpe, minutes in ((1, 5, 60), (3, 7, 60), (5, 8, 60)):
        train(member, weeks_ago=1, exercise=press, weekday=weekday, rpe=rpe, minutes=minutes)
    page = page_of(signed_in(member))
    # Loads 300, 420 and 480: see tests/domain/test_training_load.py.
    assert [figure for _label, figure in page.loads.last] == ["1,200", "0.84", "1,009"]
    assert this_week(page.loads.chart) == ["0", "0"]
    assert [this_week(chart) for chart in page.loads.spread] == [["–"], ["–"]]
    day = monday(member.today()) - WEEK
    last = f"{day.day} {day:%b %Y}"
    assert rows(page.loads.chart)[last] == ["1,200", "3"]
    assert [rows(chart)[last] for chart in page.loads.spread] == [["0.84"], ["1,009"]]


def test_a_session_without_rpe_or_duration_is_left_out_and_told(member, signed_in, press):
    train(member, weeks_ago=1, exercise=press, rpe=5, weekday=0)
    train(member, weeks_ago=1, exercise=press, rpe=5, weekday=2)
    train(member, weeks_ago=1, exercise=press, rpe=None, weekday=3)
    train(member, weeks_ago=1, exercise=press, rpe=9, minutes=0, weekday=4)
    train(member, weeks_ago=1, exercise=press, rpe=9, minutes=600, weekday=5)
    answer = signed_in(member).get(URL)
    assert "3 of 5 sessions have no RPE, no duration, or one above five hours" in answer.text
    assert [figure for _label, figure in answer.context["page"].loads.last] == ["600", "–", "–"]


def test_without_any_load_there_is_no_chart_of_it(member, signed_in, press):
    train(member, exercise=press, rpe=None)
    answer = signed_in(member).get(URL)
    assert "No session of these weeks has both an RPE and a duration" in answer.text
    assert "Monotony is" not in answer.text


def test_nothing_is_said_about_injury_but_that_nothing_is_known(member, signed_in, press):
    train(member, exercise=press, rpe=7)
    text = text_of(signed_in(member).get(URL)).lower()
    assert "do not foretell injuries" in text
    for word in ("diagnos", "treat", "rehabilit", "prevent", "safe to train"):
        assert word not in text


def test_soreness_is_the_mean_of_all_ratings_of_the_week(member, signed_in, press):
    train(member, exercise=press)
    start = monday(member.today())
    make_check_in(member, day=start - WEEK, soreness={"quadriceps": 6, "calves": 1}, pain=9)
    make_check_in(member, day=start - WEEK + timedelta(days=1), soreness={"glutes": 4})
    make_check_in(member, day=start - WEEK + timedelta(days=2), soreness={}, pain=8)
    make_check_in(
        member,
        day=start - WEEK + timedelta(days=3),
        soreness={"glutes": 10},
        deleted_at=timezone.now(),
    )
    answer = signed_in(member).get(URL)
    when = start - WEEK
    found = rows(answer.context["page"].soreness)
    assert found[f"{when.day} {when:%b %Y}"] == ["3.7", "2"]  # (6 + 1 + 4) / 3
    assert found["this week"] == ["none noted", "0"]
    assert "pain" not in text_of(answer).lower()


def test_no_soreness_without_consent_or_without_a_rating(member, outsider, signed_in, press):
    train(member, exercise=press)
    make_check_in(outsider)
    client = signed_in(member)
    assert page_of(client).soreness is None
    make_check_in(member)
    assert page_of(client).soreness
    member.health_consent_at = None
    member.save()
    answer = client.get(URL)
    assert answer.context["page"].soreness is None
    assert "Soreness" not in answer.text


# --- How far back ---------------------------------------------------------------------------------


def test_the_ranges(member, signed_in, press):
    train(member, weeks_ago=60, exercise=press, sets=9)
    train(member, exercise=press, sets=1)
    client = signed_in(member)
    counts = {weeks: len(page_of(client, weeks=weeks).span.periods) for weeks in ("12", "26", "52")}
    assert counts == {"12": 12, "26": 26, "52": 52}
    everything = page_of(client, weeks="all")
    assert len(everything.span.periods) == 61
    assert everything.muscles.chart.rows[-1].figures == ["9"]
    assert page_of(client).muscles.chart.rows[-1].figures == ["0"]


def test_not_more_weeks_than_there_are_and_at_least_twelve(member, signed_in, press):
    train(member, weeks_ago=15, exercise=press)
    assert len(page_of(signed_in(member), weeks="52").span.periods) == 16
    member.workout_sessions.all().delete()
    train(member, exercise=press)
    assert len(page_of(signed_in(member), weeks="52").span.periods) == 12


def test_more_than_two_years_are_drawn_by_months_of_average_weeks(member, signed_in, press):
    oldest = train(member, weeks_ago=140, exercise=press, sets=8, rpe=6).day
    train(member, exercise=press, sets=3)
    page = page_of(signed_in(member), weeks="all")
    assert page.span.by_month
    assert 32 <= len(page.span.periods) <= 34
    assert sum(period.weeks for period in page.span.periods) == 141
    first = page.span.periods[0]
    assert (first.first.year, first.first.month) == (oldest.year, oldest.month)
    last_row = page.muscles.chart.rows[-1]
    assert last_row.when == f"{oldest:%B %Y}"
    sets = (Decimal(8) / first.weeks).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    assert [Decimal(figure) for figure in last_row.figures] == [sets]
    # What is said of this week and the last four is by weeks all the same.
    assert group(page, "Quadriceps").now == "3"


# --- Lifts ----------------------------------------------------------------------------------------


def test_lifts_of_the_last_weeks_and_the_others_folded(member, signed_in, press):
    old = ExerciseFactory(name="Hack Squat", slug="hack-squat")
    train(member, weeks_ago=30, exercise=old, sets=2)
    train(member, exercise=press, sets=2)
    answer = signed_in(member).get(URL)
    page = answer.context["page"]
    assert [lift.name for lift in page.lifts] == ["Leg Press"]
    assert [other.name for other in page.others] == ["Hack Squat"]
    assert 'href="/progress/leg-press/"' in answer.text
    assert 'href="/progress/hack-squat/"' in answer.text
    assert "1 exercise that was not trained in the last 12 weeks" in answer.text


# --- The drawing ----------------------------------------------------------------------------------


def test_every_chart_is_a_picture_with_a_sentence_and_has_its_numbers(member, signed_in, press):
    train(member, exercise=press, sets=2, rpe=7)
    train(member, weeks_ago=1, exercise=press, sets=2, rpe=7)
    make_check_in(member)
    text = signed_in(member).get(URL).text
    charts = re.findall(r'<svg class="bars"[^>]*role="img" aria-label="([^"]+)"', text)
    assert len(charts) == len(re.findall("<caption", text)) == 6
    assert all(words.endswith(".") for words in charts)
    assert "style=" not in text


def test_bars_lie_inside_the_picture_and_are_as_high_as_their_numbers(member, signed_in, press):
    for ago, sets in enumerate((3, 6, 12)):
        train(member, weeks_ago=ago, exercise=press, sets=sets)
    chart = page_of(signed_in(member)).muscles.chart
    heights = [float(bar.height) for bar in chart.bars]
    assert heights == pytest.approx([heights[2] * 4, heights[2] * 2, heights[2]], abs=0.02)
    for bar in chart.bars:
        assert float(bar.y) + float(bar.height) == pytest.approx(chart.floor, abs=0.02)
        assert float(chart.left) <= float(bar.x) <= 100 - float(bar.width)
    assert [bar.is_running for bar in chart.bars] == [False, False, True]


# --- Cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("weeks", ["12", "all"])
def test_the_number_of_queries_does_not_grow(
    member, signed_in, query_count, no_lazy_queries, press, weeks
):
    client = signed_in(agree(member))
    train(member, weeks_ago=130, exercise=press, sets=1)
    train(member, exercise=press, sets=1)
    make_check_in(member)
    WeeklyBand.objects.create(member=member, group="calves", low=1, high=2, set_by=member)
    one = query_count(client, f"{URL}?weeks={weeks}")
    for ago in range(1, 50):
        other = press if ago % 2 else ExerciseFactory()
        train(member, weeks_ago=ago, exercise=other, sets=2, rpe=ago % 11)
        make_check_in(member, day=member.today() - timedelta(days=ago))
    for place in ("glutes", "trunk", "shins"):
        WeeklyBand.objects.create(member=member, group=place, low=1, high=2, set_by=member)
    assert SetLog.objects.count() == 100
    assert query_count(client, f"{URL}?weeks={weeks}") == one
    assert one <= 14


def test_it_does_not_matter_that_a_trainer_went(member, trainer, signed_in, press):
    WeeklyBand.objects.create(member=member, group="quadriceps", low=1, high=2, set_by=trainer)
    train(member, exercise=press)
    Coaching.objects.all().delete()
    trainer.delete()
    assert "by somebody who has left" in signed_in(member).get(URL).text
