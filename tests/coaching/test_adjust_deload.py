"""/coaching/members/<id>/deload/"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from coaching.adjusting import EXTRA, INSTEAD, plan_deload
from programs.models import LiftState, Program, Workout
from programs.plans import text_of
from sessions.models import ProgressionEvent
from sessions.plan import next_workout, open_workouts
from tests.factories import coach, follow
from tests.sessions.training import start, train

TEXT = """Week 1-3
Day 1
Squat w 1x5 @40kg, 3x5 @60kg, 1x5+ @60kg ; linear +5kg
Leg Press 5x8-10 @100kg RIR2
Day 2
Deadlift 3x5 @75%, 1x5 @85%
Leg Curl 3x12
"""


@pytest.fixture
def assignment(trainer, member):
    return follow(trainer, member, TEXT, maxes={"Deadlift": "100"})


@pytest.fixture
def client(trainer, signed_in):
    return signed_in(trainer)


def url_of(person):
    return f"/coaching/members/{person.pk}/deload/"


def seen(client, person, how):
    plans = client.get(url_of(person)).context["plans"]
    return next(plan.seen for plan in plans if plan.how == how)


def deload(client, person, how=EXTRA, token=None):
    token = seen(client, person, how) if token is None else token
    return client.post(url_of(person), {"how": how, "seen": token})


def program(assignment):
    return Program.objects.get(pk=assignment.program_id)


def text(assignment):
    return text_of(program(assignment))


def days(assignment):
    rows = program(assignment).workouts.order_by("week", "day")
    return list(rows.values_list("week", "day", "title"))


EASIER = [
    "Squat w 1x5 @=35kg, 2x5, 1x5 @=55kg",
    "Leg Press 3x8-10 @=90kg @RIR2",
]


def test_an_extra_week_before_the_rest(client, member, assignment):
    page = client.get(url_of(member))
    assert "It becomes week 1." in page.text
    assert "6 workouts come a week later, and the program is a week longer." in page.text
    before = text(assignment)
    answer = deload(client, member)
    assert answer.url == f"/coaching/members/{member.pk}/"
    assert "Week 1 is a deload week now." in client.get(answer.url).text
    assert program(assignment).weeks == 4
    assert days(assignment)[:3] == [
        (1, 1, "Day 1 (deload)"),
        (1, 2, "Day 2 (deload)"),
        (2, 1, "Day 1"),
    ]
    first, rest = text(assignment).split("Week 2", 1)
    assert before.split("Day 1", 1)[1] == rest.split("Day 1", 1)[1]
    assert "Deadlift 2x5 @65%, 1x5 @75%" in first
    assert "Leg Curl 2x12" in first
    assert "; linear" not in first
    assert not Workout.objects.filter(program=assignment.program, edited_at__isnull=True).exists()
    assert [each.title for each in open_workouts(assignment)][:2] == [
        "Day 1 (deload)",
        "Day 2 (deload)",
    ]


def test_the_sets_and_weights_of_an_easier_day(client, member, assignment):
    deload(client, member)
    lines = text(assignment).splitlines()
    index = next(n for n, line in enumerate(lines) if "deload" in line)
    assert [line.strip() for line in lines[index + 1 : index + 3]] == EASIER


def test_a_weight_that_a_rule_moved_is_the_one_that_is_lowered(client, member, assignment):
    train(assignment)
    train(assignment)
    assert LiftState.objects.get(exercise__name="Squat").weight == 65
    deload(client, member)
    squat = start(assignment).blocks.get(exercise__name="Squat")
    assert next_workout(assignment).title == "Day 1 (deload)"
    # Nine tenths of 65 are 58.5, and the nearest that can be loaded by steps of 5 is 60.
    assert {t["weight"] for t in squat.targets if t["kind"] == "work"} == {"60"}
    assert (squat.rule, squat.lane) == ("", "")


def test_no_rule_moves_by_it_and_goes_on_afterwards(client, member, assignment):
    deload(client, member)
    for _day in range(2):
        train(assignment)
    assert ProgressionEvent.objects.count() == 0
    assert not LiftState.objects.filter(exercise__name="Squat").exists()
    session = start(assignment)
    assert (session.workout.week, session.title) == (2, "Day 1")
    squat = session.blocks.get(exercise__name="Squat")
    assert [t["weight"] for t in squat.targets if t["kind"] == "work"] == ["60", "60", "60"]
    assert squat.rule == "linear +5kg"


def test_twice_is_once(client, member, assignment):
    token = seen(client, member, EXTRA)
    deload(client, member, token=token)
    before = text(assignment)
    answer = deload(client, member, token=token)
    assert answer.status_code == 302
    assert "The next week is a deload week already." in client.get(answer.url).text
    assert text(assignment) == before


def test_in_place_of_the_next_workouts(client, member, assignment):
    answer = deload(client, member, INSTEAD)
    assert answer.status_code == 302
    assert program(assignment).weeks == 3
    assert days(assignment)[:3] == [
        (1, 1, "Day 1 (deload)"),
        (1, 2, "Day 2 (deload)"),
        (2, 1, "Day 1"),
    ]
    edited = Workout.objects.filter(program=assignment.program, edited_at__isnull=False)
    assert sorted(edited.values_list("week", "day")) == [(1, 1), (1, 2)]


def test_of_a_week_that_is_begun_the_rest_comes_first(client, member, assignment):
    train(assignment)
    deload(client, member)
    assert days(assignment)[:5] == [
        (1, 1, "Day 1"),
        (1, 2, "Day 2"),
        (2, 1, "Day 1 (deload)"),
        (2, 2, "Day 2 (deload)"),
        (3, 1, "Day 1"),
    ]
    assert [(w.week, w.day) for w in open_workouts(assignment)][:2] == [(1, 2), (2, 1)]


def test_in_place_in_a_week_that_is_begun(client, member, assignment):
    train(assignment)
    deload(client, member, INSTEAD)
    assert days(assignment)[:2] == [(1, 1, "Day 1"), (1, 2, "Day 2 (deload)")]


def test_after_the_last_week_that_is_begun_it_is_made_of_that_one(client, member, assignment):
    for _n in range(5):
        train(assignment)
    deload(client, member)
    assert days(assignment)[-2:] == [(4, 1, "Day 1 (deload)"), (4, 2, "Day 2 (deload)")]
    assert program(assignment).weeks == 4


def test_it_is_next_also_where_a_later_day_was_done_already(client, member, assignment):
    train(assignment, workout=Workout.objects.get(program=assignment.program, week=3, day=1))
    deload(client, member)
    assert next_workout(assignment).title == "Day 1 (deload)"


def test_what_changed_since_it_was_looked_at_is_not_overwritten(client, member, assignment):
    token = seen(client, member, EXTRA)
    train(assignment)
    before = text(assignment)
    answer = deload(client, member, token=token)
    assert answer.status_code == 422
    assert "The program was changed since you looked." in answer.text
    assert text(assignment) == before
    assert deload(client, member, token="").status_code == 422
    assert deload(client, member).status_code == 302


def test_what_is_being_trained_is_left_alone(client, member, assignment):
    start(assignment)
    deload(client, member, INSTEAD)
    assert days(assignment)[:2] == [(1, 1, "Day 1"), (1, 2, "Day 2 (deload)")]


def test_a_program_of_a_year_has_no_room(client, member, assignment):
    Program.objects.filter(pk=assignment.program_id).update(weeks=52)
    page = client.get(url_of(member))
    assert [plan.how for plan in page.context["plans"]] == [INSTEAD]
    assert "A program has at most 52 weeks." in page.text
    assert deload(client, member, EXTRA, token="x").status_code == 422


def test_a_program_that_counts_its_weeks_says_so(trainer, client, member):
    text = "Week 1-4\nDay 1\nSquat 3x5 @75% ; cycle +5kg every 2 weeks"
    assignment = follow(trainer, member, text, maxes={"Squat": "100"})
    assert "This program counts its weeks" in client.get(url_of(member)).text
    deload(client, member, INSTEAD)
    first = Workout.objects.get(program=assignment.program, week=1).prescriptions.get()
    # The training max goes up at the end of its weeks, whatever was done in them.
    assert (first.rule, first.sets.get().load) == ("cycle +5kg every 2 weeks", 65)


def test_less_help_is_no_easier(trainer, client, member):
    text = "Week 1-2\nDay 1\nNordic 4x5 @20kg"
    assignment = follow(trainer, member, text, nordic="assisted")
    plan = plan_deload(assignment, EXTRA)
    assert plan.texts == [("Day 1 (deload)", ["Nordic 3x5 @=20kg"])]


def test_a_long_title_keeps_its_end(client, member, assignment):
    Workout.objects.filter(week=1, day=1).update(title="x" * 60)
    deload(client, member)
    title = days(assignment)[0][2]
    assert (len(title), title.endswith("x (deload)")) == (60, True)


def test_nothing_left(client, member, assignment):
    Workout.objects.update(skipped_at=timezone.now() - timedelta(days=1))
    page = client.get(url_of(member))
    assert page.text.count("No workout of this program is left to change.") == 1
    assert page.context["plans"] == []


def test_another_trainers_copy_is_read_only(other_trainer, member, assignment, signed_in):
    coach(other_trainer, member)
    client, before = signed_in(other_trainer), text(assignment)
    assert client.get(url_of(member)).status_code == 403
    assert deload(client, member, token="x").status_code == 403
    assert text(assignment) == before


def test_who_may(trainer, other_trainer, member, outsider, admin, assignment, signed_in):
    before = text(assignment)
    for person, status in ((member, 403), (outsider, 403), (admin, 403), (other_trainer, 404)):
        client = signed_in(person)
        assert client.get(url_of(member)).status_code == status
        assert deload(client, member, token="x").status_code == status
    assert deload(Client(), member, token="x").url.startswith("/accounts/login/")
    Coaching.objects.update(ended_at=timezone.now())
    assert deload(signed_in(trainer), member, token="x").status_code == 404
    assert text(assignment) == before


def test_wrong_method_and_bad_values(client, member, outsider, assignment):
    before = text(assignment)
    assert client.put(url_of(member)).status_code == 405
    assert client.get(url_of(outsider)).status_code == 404
    assert deload(client, member, "x", token="x").status_code == 404
    assert client.get("/coaching/members/999999/deload/").status_code == 404
    assert text(assignment) == before
