"""/coaching/members/<id>/swap/"""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from programs.models import LiftState, Program, Workout
from programs.plans import text_of
from programs.services import end_assignment
from sessions.models import WorkoutSession
from tests.factories import ExerciseFactory, coach, follow
from tests.sessions.training import start, train

TEXT = """Week 1-3
Day 1
Squat 2x5 @60kg ; linear +5kg
Leg Press 3x8-10 @100kg RIR2 rest 2:00 tempo 3010 "slow"
Day 2
Squat #light 2x8 @75% ; cycle +5kg
"""


@pytest.fixture
def assignment(trainer, member):
    return follow(trainer, member, TEXT, maxes={"Squat": "100"})


@pytest.fixture
def front(db):
    return ExerciseFactory(name="Front squat", slug="front-squat")


@pytest.fixture
def client(trainer, signed_in):
    return signed_in(trainer)


def url_of(person):
    return f"/coaching/members/{person.pk}/swap/"


def swap(client, person, old="squat", name="Front squat", **more):
    return client.post(url_of(person), {"exercise": old, "name": name} | more)


def text(assignment):
    return text_of(Program.objects.get(pk=assignment.program_id))


def test_in_every_workout_ahead(client, member, assignment, front):
    train(assignment)
    answer = swap(client, member)
    assert answer.url == f"/coaching/members/{member.pk}/"
    said = text(assignment)
    first, rest = said.split("Week 2", 1)
    assert "Squat 2x5 @60kg ; linear +5kg" in first  # done
    assert "Front squat #light 2x8 @75% ; cycle +5kg" in first
    assert "Front squat 2x5 ; linear +5kg" in rest
    assert "Squat 2x5 @60kg" not in rest
    assert 'Leg Press 3x8-10 @100kg @RIR2 rest 2:00 tempo 3010 "slow"' in rest
    edited = Workout.objects.filter(edited_at__isnull=False).values_list("week", "day")
    assert sorted(edited) == [(1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]
    page = client.get(answer.url).text
    assert "Front squat instead of Squat in 5 workouts ahead." in page
    assert page.count("written for this member") == 5
    assert "Its percentages need a training max of Front squat" in page


def test_twice_is_once(client, member, assignment, front):
    swap(client, member)
    before = list(Workout.objects.order_by("pk").values())
    answer = swap(client, member)
    assert answer.status_code == 302
    assert "Squat is in no workout ahead. Nothing was changed." in client.get(answer.url).text
    assert list(Workout.objects.order_by("pk").values()) == before


def test_the_lane_is_the_new_ones_and_its_weight_not_the_old_ones(
    client, member, assignment, front
):
    train(assignment)
    squat = LiftState.objects.get(lane="linear 2x5")
    swap(client, member)
    rows = Workout.objects.get(program=assignment.program, week=2, day=1).prescriptions
    row = rows.get(exercise=front)
    assert row.lane == "linear 2x5"
    assert not LiftState.objects.filter(exercise=front).exists()
    assert LiftState.objects.get(pk=squat.pk).weight == squat.weight
    session = start(assignment, Workout.objects.get(program=assignment.program, week=2, day=1))
    assert [t["weight"] for t in session.blocks.get(exercise=front).targets] == [None, None]


def test_what_is_written_in_kilograms_stays_where_that_is_said(client, member, assignment, front):
    swap(client, member, "leg-press", keep_loads="on")
    assert "Front squat 3x8-10 @100kg @RIR2 rest 2:00" in text(assignment)
    swap(client, member, "front-squat", "Leg Press")
    assert "Leg Press 3x8-10 @RIR2 rest 2:00" in text(assignment)


def test_a_training_max_is_asked_for_only_where_it_is_needed(client, member, assignment, front):
    answer = swap(client, member, "leg-press")
    assert "need a training max" not in client.get(answer.url).text
    LiftState.objects.create(assignment=assignment, exercise=front, lane="tm", weight=90, start=90)
    answer = swap(client, member)
    assert "need a training max" not in client.get(answer.url).text


def test_what_is_being_trained_is_left_alone(client, member, assignment, front):
    session = start(assignment)
    swap(client, member)
    assert "Squat 2x5 @60kg" in text(assignment).split("Day 2")[0]
    block = session.blocks.first()
    assert block.exercise.name == "Squat"


def test_a_slip_of_the_pen_is_read_and_several_are_asked_for(client, member, assignment, front):
    ExerciseFactory(name="Split squat")
    answer = swap(client, member, name="squat xx")
    assert answer.status_code == 422
    answer = swap(client, member, name="squ")
    assert answer.status_code == 422
    assert 'name="name" value="Front squat"' in answer.text
    assert 'value="squ"' in answer.text
    assert "Front" not in text(assignment)
    assert swap(client, member, name="Front sqaut").status_code == 302
    assert "Front squat" in text(assignment)


@pytest.mark.parametrize(
    ("old", "name"),
    [("squat", ""), ("squat", "Squat"), ("", "Front squat"), ("x", "Front squat"), ("squat", "Nn")],
)
def test_refused_with_a_sentence(client, member, assignment, front, old, name):
    before = text(assignment)
    answer = swap(client, member, old, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert text(assignment) == before


def test_an_exercise_that_cannot_be_done_so_is_refused(client, member, assignment):
    ExerciseFactory(name="Wall sit", load="time")
    answer = swap(client, member, name="Wall sit")
    assert answer.status_code == 422
    assert "Wall sit is held for a time" in answer.text
    assert "Wall sit" not in text(assignment)


def test_only_what_is_ahead_is_offered(client, member, assignment):
    page = client.get(url_of(member))
    assert page.status_code == 200
    assert [each.name for each in page.context["ahead"]] == ["Leg Press", "Squat"]
    for workout in Workout.objects.filter(day=1):
        train(assignment, workout=workout)
    assert [each.name for each in client.get(url_of(member)).context["ahead"]] == ["Squat"]


def test_nothing_left(client, member, assignment):
    Workout.objects.update(skipped_at=timezone.now())
    assert "No workout of this program is left to change." in client.get(url_of(member)).text


def test_another_trainers_copy_is_read_only(
    trainer, other_trainer, member, assignment, front, signed_in
):
    coach(other_trainer, member)
    client, before = signed_in(other_trainer), text(assignment)
    assert client.get(url_of(member)).status_code == 403
    assert swap(client, member).status_code == 403
    page = client.get(f"/coaching/members/{member.pk}/").text
    assert "Another trainer gave this program." in page
    assert url_of(member) not in page
    assert text(assignment) == before


def test_who_may(trainer, other_trainer, member, outsider, admin, assignment, front, signed_in):
    before = text(assignment)
    for person, status in ((member, 403), (outsider, 403), (admin, 403), (other_trainer, 404)):
        client = signed_in(person)
        assert client.get(url_of(member)).status_code == status
        assert swap(client, member).status_code == status
    assert swap(Client(), member).url.startswith("/accounts/login/")
    Coaching.objects.update(ended_at=timezone.now())
    assert swap(signed_in(trainer), member).status_code == 404
    assert text(assignment) == before


def test_without_a_program_wrong_method_and_bad_id(client, member, outsider, assignment):
    assert client.put(url_of(member)).status_code == 405
    assert client.get(url_of(outsider)).status_code == 404
    assert client.get("/coaching/members/999999/swap/").status_code == 404
    end_assignment(assignment=assignment)
    assert client.get(url_of(member)).status_code == 404
    assert WorkoutSession.objects.count() == 0
