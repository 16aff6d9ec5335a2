"""/programs/mine/, and skipping, repeating and choosing a workout"""

from uuid import uuid4

import pytest
from django.test import Client

from programs import services as programs
from programs.models import Assignment, Workout
from sessions.models import WorkoutSession
from sessions.plan import next_workout
from tests.factories import follow, make_written
from tests.sessions.training import train

TEXT = "Week 1-3\nDay 1\nSquat 2x5 @60kg ; linear +5kg"


@pytest.fixture
def assignment(trainer, member):
    return follow(trainer, member, TEXT)


def start(client, **more):
    return client.post("/sessions/start/", {"uuid": str(uuid4()), "planned": "on"} | more)


def test_loads_of_later_weeks_are_foreseen(assignment, member, signed_in):
    page = signed_in(member).get("/programs/mine/")
    for load in (60, 65, 70):
        assert f"2 × 5 @ {load} kg" in page.text
    train(assignment, reps=[5, 4])
    page = signed_in(member).get("/programs/mine/")
    assert "2 × 5 @ 65 kg" in page.text  # of week 3, if week 2 goes well
    assert "2 × 5 @ 70 kg" not in page.text


def test_today_shows_what_is_next_with_its_loads(assignment, member, signed_in):
    train(assignment)
    assert "2 × 5 @ 65 kg" in signed_in(member).get("/").text


def test_a_workout_is_skipped_and_taken_up_again(assignment, member, signed_in):
    client = signed_in(member)
    first = next_workout(assignment)
    for _n in range(2):
        assert client.post(f"/sessions/skip/{first.pk}/").url == "/programs/mine/#week-1"
    assert next_workout(assignment).week == 2
    assert "skipped" in client.get("/programs/mine/").text
    client.post(f"/sessions/unskip/{first.pk}/")
    assert next_workout(assignment).week == 1


def test_another_workout_than_the_next_is_trained(assignment, member, signed_in):
    client = signed_in(member)
    third = Workout.objects.get(program=assignment.program, week=3)
    start(client, workout=third.pk)
    session = WorkoutSession.objects.get()
    assert (session.workout, session.assignment) == (third, assignment)


def test_a_done_workout_is_trained_again(assignment, member, signed_in):
    done = train(assignment).workout
    start(signed_in(member), workout=done.pk)
    session = WorkoutSession.objects.open().get()
    assert session.workout == done
    assert session.blocks.get().targets[0]["weight"] == "65"


def test_workouts_of_others_are_no_choice(assignment, trainer, member, outsider, signed_in):
    other = follow(trainer, outsider, TEXT).program.workouts.first()
    template = make_written(trainer, TEXT).workouts.first()
    client = signed_in(member)
    for workout in (other, template):
        for address in ("skip", "unskip"):
            assert client.post(f"/sessions/{address}/{workout.pk}/").status_code == 404
        start(client, workout=workout.pk)
        session = WorkoutSession.objects.open().get(member=member)
        assert session.workout is None
        session.delete()
    assert not Workout.objects.filter(skipped_at__isnull=False).exists()


def test_not_by_looking_and_not_by_strangers(
    assignment, member, other_trainer, outsider, signed_in
):
    workout = next_workout(assignment)
    for address in ("skip", "unskip"):
        url = f"/sessions/{address}/{workout.pk}/"
        assert signed_in(member).get(url).status_code == 405
        for stranger in (other_trainer, outsider):
            assert signed_in(stranger).post(url).status_code == 404
        assert Client().post(url).url.startswith("/accounts/login/")
    assert next_workout(assignment) == workout


def test_a_paused_program_rests(assignment, member, signed_in):
    programs.pause_assignment(assignment=assignment, today=member.today())
    client = signed_in(member)
    assert "Your program rests." in client.get("/").text
    start(client)
    assert WorkoutSession.objects.get().workout is None


def test_the_next_program_begins_when_this_one_is_done(assignment, trainer, member, signed_in):
    template = make_written(trainer, "Program: Second\nDay 1\nLunge 2x8")
    waiting = programs.assign(
        program=template, member=member, trainer=trainer,
        start=programs.Start(member.today(), range(7)), queue=True,
    )  # fmt: skip
    assert waiting.status == "queued"
    client = signed_in(member)
    for _week in range(3):
        assert "Begin the next program" not in client.get("/").text
        train(assignment)
    assert "Begin the next program" in client.get("/").text
    start(client)
    session = WorkoutSession.objects.open().get()
    assert session.assignment == waiting
    assert dict(Assignment.objects.values_list("pk", "status")) == {
        assignment.pk: "ended",
        waiting.pk: "active",
    }


def test_the_number_of_queries_does_not_grow(trainer, member, signed_in, query_count):
    counts = []
    for weeks in (1, 13):
        follow(trainer, member, f"Week 1-{weeks}\nDay 1\nSquat 2x5 @60kg ; linear +5kg")
        counts.append(query_count(signed_in(member), "/programs/mine/"))
    assert counts[0] == counts[1]
