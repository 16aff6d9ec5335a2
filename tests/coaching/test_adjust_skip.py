"""POST /sessions/skip/<id>/ and .../unskip/<id>/ by a trainer, and pausing a member's program"""

import pytest
from django.utils import timezone

from accounts.models import Coaching
from programs.models import Assignment, Workout
from programs.services import end_assignment
from sessions.plan import next_workout
from tests.factories import follow

TEXT = "Week 1-9\nDay 1\nSquat 2x5 @60kg"


@pytest.fixture
def assignment(trainer, member):
    return follow(trainer, member, TEXT)


def page(client, person):
    return client.get(f"/coaching/members/{person.pk}/")


def test_skipped_and_taken_up_again_from_the_members_page(trainer, member, assignment, signed_in):
    client, first = signed_in(trainer), next_workout(assignment)
    for _tap in range(2):
        answer = client.post(f"/sessions/skip/{first.pk}/")
        assert answer.url == f"/coaching/members/{member.pk}/#ahead"
    assert next_workout(assignment).week == 2
    # It was skipped in a week before the present one: it is no longer one of the next.
    assert [w.week for w in page(client, member).context["ahead"]] == [2, 3, 4, 5, 6, 7]
    for _tap in range(2):
        answer = client.post(f"/sessions/unskip/{first.pk}/")
        assert answer.url == f"/coaching/members/{member.pk}/#ahead"
    assert next_workout(assignment).week == 1


def test_one_of_the_present_week_can_be_taken_up_again(trainer, member, assignment, signed_in):
    client = signed_in(trainer)
    second = Workout.objects.get(week=2, program=assignment.program)
    client.post(f"/sessions/skip/{second.pk}/")
    answer = page(client, member)
    assert [w.week for w in answer.context["ahead"]] == [1, 2, 3, 4, 5, 6]
    assert f'action="/sessions/unskip/{second.pk}/"' in answer.text
    assert f'action="/sessions/skip/{second.pk}/"' not in answer.text


def test_paused_from_there(trainer, member, assignment, signed_in):
    client = signed_in(trainer)
    assert f'action="/programs/assignments/{assignment.pk}/pause/"' in page(client, member).text
    client.post(f"/programs/assignments/{assignment.pk}/pause/")
    assert Assignment.objects.get().is_paused
    assert f'action="/programs/assignments/{assignment.pk}/resume/"' in page(client, member).text


def test_not_by_a_former_trainer_nor_of_an_ended_program(trainer, member, assignment, signed_in):
    client, first = signed_in(trainer), next_workout(assignment)
    end_assignment(assignment=assignment)
    assert client.post(f"/sessions/skip/{first.pk}/").status_code == 404
    Assignment.objects.update(status="active", ended_at=None)
    Coaching.objects.update(ended_at=timezone.now())
    for verb in ("skip", "unskip"):
        assert client.post(f"/sessions/{verb}/{first.pk}/").status_code == 404
    assert not Workout.objects.filter(skipped_at__isnull=False).exists()


def test_not_of_a_template(trainer, assignment, signed_in):
    template = assignment.program.copied_from.workouts.first()
    assert signed_in(trainer).post(f"/sessions/skip/{template.pk}/").status_code == 404
    assert Workout.objects.get(pk=template.pk).skipped_at is None
