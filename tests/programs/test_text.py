"""/programs/new/, /programs/<id>/text/ and /programs/check/: a program as one text"""

from decimal import Decimal

import pytest
from django.test import Client

from exercises.services import load_library
from programs import services
from programs.models import LiftState, Prescription, Program, Workout
from programs.plans import text_of
from tests.factories import ExerciseFactory, coach, follow, make_written
from tests.sessions.training import train

EXAMPLE = """Week 1-3
Day 1 Squat
  Back Squat  3x5, 1x5+ @75% rest 3:00
  A1 Seated Leg Curl 3x8-12 @RIR2 tempo 3-1-1-0 ; double +2.5kg
  A2 Standing Calf Raise 3x10-15
"""
NEW = "/programs/new/"


def url_of(program):
    return f"/programs/{program.pk}/text/"


def opened(client, program):
    form = client.get(url_of(program)).context["form"]
    return {name: form[name].value() for name in ("title", "goal", "text", "version")}


def test_the_example_becomes_a_program(trainer, signed_in):
    load_library()
    client = signed_in(trainer)
    answer = client.post(NEW, {"title": "Squats", "goal": "", "text": EXAMPLE})
    program = Program.objects.get(owner=trainer)
    assert answer.url == f"/programs/{program.pk}/"
    assert (program.title, program.weeks, program.workouts.count()) == ("Squats", 3, 3)
    rows = Prescription.objects.filter(workout__program=program, workout__week=2)
    assert [
        (row.exercise.slug, row.superset, row.tempo, row.rest_seconds, row.rule, row.lane)
        for row in rows.order_by("order")
    ] == [
        ("back-squat", "", "", 180, "", ""),
        ("seated-leg-curl", "A", "3-1-1-0", None, "double +2.5kg", "double 3x8-12"),
        ("standing-calf-raise", "A", "", None, "", ""),
    ]
    columns = ("kind", "count", "reps_min", "reps_max", "basis", "load", "rir")
    squat = rows.order_by("order")[0]
    assert list(squat.sets.values_list(*columns)) == [
        ("work", 3, 5, 5, "tm", Decimal(75), None),
        ("amrap", 1, 5, 5, "tm", Decimal(75), None),
    ]


def test_title_and_goal_may_stand_in_the_text(trainer, signed_in):
    ExerciseFactory(name="Squat")
    text = "Program: Whole text\nGoal: Stronger\nDay 1\nSquat 3x5"
    signed_in(trainer).post(NEW, {"title": "", "goal": "", "text": text})
    program = Program.objects.get(owner=trainer)
    assert (program.title, program.goal) == ("Whole text", "Stronger")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Day 1\nBack Squat 3x5 @75", "Line 2, column 17: “75”: write the unit behind it"),
        ("Day 1\n\nUnicycle 3x5", "Line 3, column 1: There is no exercise called “Unicycle”"),
        ("Day 1\nCurl 3x5\nPlank 3x5", "Line 2, column 1: “Curl” could be"),
        ("Back Squat 3x5", "Line 1, column 1: Write “Day 1” before the first exercise."),
        ("Week 1", "Line 1, column 1: Write at least one day"),
        ("Day 1\nHold 3x5", "Line 2, column 1: Hold is held for a time"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(trainer, signed_in, text, sentence):
    for name in ("Back Squat", "Lying Leg Curl", "Seated Leg Curl"):
        ExerciseFactory(name=name)
    ExerciseFactory(name="Hold", load="time")
    page = signed_in(trainer).post(NEW, {"title": "T", "goal": "G", "text": text})
    assert page.status_code == 422
    assert sentence in page.context["form"].errors["text"][0]
    assert page.context["form"]["text"].value() == text
    assert not Program.objects.exists()


def test_all_mistakes_are_listed_with_what_may_be_meant(trainer, signed_in):
    for name in ("Lying Leg Curl", "Seated Leg Curl"):
        ExerciseFactory(name=name)
    page = signed_in(trainer).post(
        "/programs/check/", {"text": "Day 1\nLeg Curl 3x5\nCurl 3x5\n Curl 3x5"}
    )
    assert page.status_code == 200
    assert [(each.row, each.column) for each in page.context["mistakes"]] == [
        (2, 1),
        (3, 1),
        (4, 2),
    ]
    assert 'data-name="Seated Leg Curl"' in page.text


def test_a_part_of_one_name_is_asked_for(trainer, signed_in):
    ExerciseFactory(name="Copenhagen Plank")
    page = signed_in(trainer).post("/programs/check/", {"text": "Day 1\nPlank 3x60s"})
    (mistake,) = page.context["mistakes"]
    assert mistake.choices == ("Copenhagen Plank",)


def test_names_are_looked_up_although_other_lines_cannot_be_read(trainer, signed_in):
    ExerciseFactory(name="Squat")
    text = "Day 1\nUnicycle 3x5\nSquat 3x5 @75\nWeek 3\nDay 1\nTrampoline 3x5"
    page = signed_in(trainer).post("/programs/check/", {"text": text})
    assert [each.row for each in page.context["mistakes"]] == [2, 3, 6]


def test_a_title_in_the_text_is_found_once_the_text_can_be_read(trainer, signed_in):
    page = signed_in(trainer).post(NEW, {"title": "", "text": "Program: Mine\nDay 1\nSquat"})
    assert list(page.context["form"].errors) == ["text"]


def test_what_is_done_in_turn_is_said(trainer, signed_in):
    for name in ("Squat", "Lunge"):
        ExerciseFactory(name=name)
    page = signed_in(trainer).post(
        "/programs/check/", {"text": "Day 1\nT1 Squat 3x5\nT2 Lunge 3x5"}
    )
    assert "Superset T, done in turn: Squat, Lunge" in page.text


def test_a_slip_of_the_pen_is_understood(trainer, signed_in):
    ExerciseFactory(name="Seated Leg Curl")
    ExerciseFactory(name="Leg Extension")
    signed_in(trainer).post(NEW, {"title": "T", "text": "Day 1\nSeated Leg Crul 3x5"})
    assert Prescription.objects.get().exercise.name == "Seated Leg Curl"


def test_check_says_what_the_weeks_work_and_saves_nothing(trainer, signed_in):
    load_library()
    page = signed_in(trainer).post("/programs/check/", {"text": EXAMPLE})
    assert "3 weeks, ready to save." in page.text
    (week,) = page.context["balance"]
    assert (week.first, week.last) == (1, 3)
    assert dict(week.sets)["Quadriceps"] == "4"
    assert dict(week.sets)["Calves"] == "6.5"  # 3, half of 4 squats, half of 3 leg curls
    assert not Program.objects.exists()


@pytest.mark.parametrize("text", ["", "\0", "x" * 70_000, "3x" * 9000, "Day 1\n" + "A 3x5\n" * 400])
def test_check_of_anything(trainer, signed_in, text):
    assert signed_in(trainer).post("/programs/check/", {"text": text}).status_code == 200


def test_nothing_written_and_no_numbers(trainer, signed_in):
    page = signed_in(trainer).post(NEW, {"title": "T", "text": " "})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"weeks", "days_a_week"}


def test_saving_what_is_shown_changes_nothing(trainer, signed_in, plan_of):
    program = make_written(trainer, EXAMPLE)
    before = plan_of(program)
    rows = list(Prescription.objects.values_list("pk", flat=True))
    client = signed_in(trainer)
    assert client.post(url_of(program), opened(client, program)).status_code == 302
    assert plan_of(program) == before
    assert list(Prescription.objects.values_list("pk", flat=True)) == rows


def test_a_day_that_stays_keeps_its_row_and_one_that_goes_is_gone(trainer, signed_in):
    program = make_written(trainer, EXAMPLE)
    first = Workout.objects.get(program=program, week=1)
    client = signed_in(trainer)
    form = opened(client, program) | {"text": "Week 1-2\nDay 1 Other\nBack Squat 5x5 @60kg"}
    client.post(url_of(program), form)
    assert Program.objects.get().weeks == 2
    assert list(program.workouts.values_list("week", "title")) == [(1, "Other"), (2, "Other")]
    assert Workout.objects.filter(pk=first.pk, title="Other").exists()


def test_a_change_made_meanwhile_is_told_and_what_was_typed_stays(trainer, signed_in):
    program = make_written(trainer, EXAMPLE)
    client = signed_in(trainer)
    form = opened(client, program) | {"title": "Mine"}
    services.remove_day(workout=program.workouts.get(week=3))
    page = client.post(url_of(program), form)
    assert page.status_code == 422
    assert "was changed since this page was opened" in page.text
    assert page.context["form"]["text"].value() == form["text"]
    again = {name: page.context["form"][name].value() for name in form}
    assert client.post(url_of(program), again).status_code == 302
    assert program.workouts.filter(week=3).exists()


def test_a_retired_exercise_may_stay(trainer, signed_in):
    program = make_written(trainer, "Day 1\nSquat 3x5")
    Prescription.objects.get().exercise.__class__.objects.update(retired_at="2026-01-01T00:00Z")
    client = signed_in(trainer)
    form = opened(client, program) | {"text": "Day 1\nSquat 4x5"}
    assert client.post(url_of(program), form).status_code == 302
    assert "Squat 4x5" in text_of(program)


def test_what_a_member_has_done_stays_done(trainer, member, signed_in):
    assignment = follow(trainer, member, "Week 1-3\nDay 1\nSquat 3x5 @60kg ; linear +5kg")
    session = train(assignment)
    client = signed_in(trainer)
    program = assignment.program
    text = "Week 1-3\nDay 1\nSquat 5x5 @60kg ; linear +5kg\nLunge 3x8"
    ExerciseFactory(name="Lunge")
    assert client.post(url_of(program), opened(client, program) | {"text": text}).status_code == 302
    session.refresh_from_db()
    assert session.workout.week == 1
    assert session.sets.count() == 3
    lift = LiftState.objects.get(lane="linear 5x5")
    assert lift.weight == 65
    assert not program.workouts.filter(edited_at=None).exists()


def test_the_member_may_not(trainer, member, signed_in):
    assignment = follow(trainer, member, "Day 1\nSquat 3x5")
    assert signed_in(member).get(url_of(assignment.program)).status_code == 403


def test_another_trainer_may_look_at_a_shared_one_and_copy_it(trainer, other_trainer, signed_in):
    program = make_written(trainer, EXAMPLE)
    client = signed_in(other_trainer)
    assert client.get(f"/programs/{program.pk}/").status_code == 404
    Program.objects.update(shared=True)
    assert client.get(f"/programs/{program.pk}/").status_code == 200
    assert client.get(url_of(program)).status_code == 403
    assert client.post(url_of(program), {"text": "x"}).status_code == 403
    answer = client.post(f"/programs/{program.pk}/copy/")
    mine = Program.objects.get(owner=other_trainer)
    assert answer.url == f"/programs/{mine.pk}/"
    assert text_of(mine) == text_of(program)
    assert mine.copied_from == program


def test_outsiders(trainer, member, outsider, admin, signed_in):
    program = make_written(trainer, EXAMPLE)
    for person in (member, outsider, admin):
        assert signed_in(person).post(url_of(program), {"text": "x"}).status_code == 404
        assert signed_in(person).post(f"/programs/{program.pk}/copy/").status_code in (403, 404)
    for person in (member, outsider):
        assert signed_in(person).post("/programs/check/", {"text": "x"}).status_code == 403
        assert signed_in(person).get(NEW).status_code == 403


def test_anonymous_signs_in_first(trainer):
    program = make_written(trainer, EXAMPLE)
    for url in (url_of(program), NEW, "/programs/check/"):
        assert Client().post(url).url.startswith("/accounts/login/")


def test_wrong_method_and_bad_id(trainer, signed_in):
    client = signed_in(trainer)
    assert client.get("/programs/check/").status_code == 405
    assert client.put(NEW).status_code == 405
    assert client.get("/programs/999999/text/").status_code == 404
    assert client.get(f"/programs/{make_written(trainer, EXAMPLE).pk}/copy/").status_code == 405


def thirteen_weeks(exercises=3):
    lines = "\n".join(f"Move {n} 3x8 @{n}0kg ; linear +5kg" for n in range(1, exercises + 1))
    days = "\n".join(f"Day {day}\n{lines}" for day in range(1, 5))
    return f"Week 1-13\n{days}"


def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count):
    small = make_written(trainer, "Day 1\nMove 1 3x8 @10kg ; linear +5kg")
    large = make_written(trainer, thirteen_weeks())
    client = signed_in(trainer)
    for url in ("/programs/{}/text/", "/programs/{}/", "/programs/{}/preview/"):
        counts = [query_count(client, url.format(each.pk)) for each in (small, large)]
        assert counts[0] == counts[1], url


def test_writing_takes_as_many_queries_whatever_is_written(
    trainer, signed_in, django_assert_max_num_queries
):
    program = make_written(trainer, thirteen_weeks())
    client = signed_in(trainer)
    form = opened(client, program)
    form["text"] = form["text"].replace("3x8", "4x8")
    with django_assert_max_num_queries(40):
        assert client.post(url_of(program), form).status_code == 302
    assert (
        Prescription.objects.filter(workout__program=program, sets__count=4).count() == 13 * 4 * 3
    )


def test_members_of_the_trainer_are_not_shown_to_others(trainer, other_trainer, member, signed_in):
    coach(other_trainer, member)
    assignment = follow(trainer, member, "Day 1\nSquat 3x5")
    assert signed_in(other_trainer).get(url_of(assignment.program)).status_code == 403
