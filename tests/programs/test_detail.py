"""GET /programs/<id>/"""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from legtraining.domain.setgroups import parse_sets
from programs.models import Program, Workout
from programs.services import Prescribed, write_workout
from tests.factories import ExerciseFactory, coach, make_assignment, make_program


def url_of(program):
    return f"/programs/{program.pk}/"


def test_shows_every_day_with_its_targets(template, trainer, signed_in):
    page = signed_in(trainer).get(url_of(template)).text
    assert page.count("Back Squat") == 4
    assert page.count("3 × 8–10 @ 60 kg, RIR 2") == 4
    assert f'href="/programs/{template.pk}/week/2/day/2/"' in page
    assert f'href="/programs/{template.pk}/assign/"' in page


@pytest.mark.parametrize("who", ["member", "second trainer"])
def test_is_read_only_for_who_follows_it_and_for_another_trainer(
    assignment, member, other_trainer, signed_in, who
):
    coach(other_trainer, member)
    reader = member if who == "member" else other_trainer
    page = signed_in(reader).get(url_of(assignment.program)).text
    assert "Back Squat" in page
    for change in ("/edit/", "/delete/", "/week/"):
        assert change not in page


def test_the_copy_is_the_trainers_to_change_but_not_to_give(assignment, trainer, signed_in):
    page = signed_in(trainer).get(url_of(assignment.program)).text
    assert "Mia Member’s program" in page
    assert "/week/1/day/1/" in page
    assert "/delete/" not in page
    assert "/assign/" not in page


def test_outsider(template, assignment, outsider, other_trainer, member, admin, signed_in):
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).get(url_of(template)).status_code == 404
        assert signed_in(person).get(url_of(assignment.program)).status_code == 404
    assert signed_in(member).get(url_of(template)).status_code == 404


def test_a_former_trainer_sees_it_no_more_but_the_member_does(
    assignment, trainer, member, signed_in
):
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(trainer).get(url_of(assignment.program)).status_code == 404
    assert signed_in(member).get(url_of(assignment.program)).status_code == 200


def test_a_deleted_template_is_gone_and_its_copy_is_not(assignment, trainer, member, signed_in):
    template = assignment.program.copied_from
    Program.objects.filter(pk=template.pk).update(deleted_at=timezone.now())
    assert signed_in(trainer).get(url_of(template)).status_code == 404
    assert signed_in(member).get(url_of(assignment.program)).status_code == 200


def test_anonymous_signs_in_first(template):
    assert Client().get(url_of(template)).url == f"/accounts/login/?next={url_of(template)}"


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).post(url_of(template)).status_code == 405


def test_bad_id(trainer, signed_in):
    for bad in ("0", "999999", "99999999999999999999", "x"):
        assert signed_in(trainer).get(f"/programs/{bad}/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    trainer, member, signed_in, query_count, no_lazy_queries
):
    exercises = [ExerciseFactory() for _n in range(10)]
    small = make_program(trainer, exercises=exercises[:1], weeks=1, days=1)
    large = make_program(trainer, exercises=exercises, weeks=6, days=3)
    client = signed_in(trainer)
    assert query_count(client, url_of(large)) == query_count(client, url_of(small))
    copy = make_assignment(trainer, member, exercises=exercises).program
    assert query_count(signed_in(member), url_of(copy)) <= query_count(client, url_of(small))


def test_one_day_can_hold_fifty_rows(trainer, template, signed_in, query_count, no_lazy_queries):
    client = signed_in(trainer)
    before = query_count(client, url_of(template))
    rows = [Prescribed(exercise=ExerciseFactory(), groups=parse_sets("3x5,1x5+"))] * 50
    write_workout(workout=Workout.objects.first(), title="Long", rows=rows)
    assert query_count(client, url_of(template)) == before
