"""GET /programs/<id>/shorthand.txt"""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from legtraining.domain.shorthand import parse_plan
from programs.models import Program
from programs.plans import plan_of
from tests.factories import coach, make_written

TEXT = """Program: Big Legs & Calves
Goal: Get up the stairs

Week 1-2
Day 1 Heavy
  Back Squat 3x5, 1x5+ @75% ; linear +2.5kg
  A1 Leg Curl 3x8-12 @RIR2 tempo 3-1-1-0 "slowly"
"""


def url_of(program):
    return f"/programs/{program.pk}/shorthand.txt"


@pytest.fixture
def written(trainer):
    return make_written(trainer, TEXT)


def test_is_the_whole_program_and_can_be_read_again(written, trainer, signed_in):
    answer = signed_in(trainer).get(url_of(written))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="big-legs-calves.txt"'
    assert parse_plan(answer.text) == plan_of(written)
    assert answer.text.startswith("Program: Big Legs & Calves\nGoal: Get up the stairs\n")


def test_is_on_the_page_of_the_program(written, trainer, signed_in):
    assert url_of(written) in signed_in(trainer).get(written.get_absolute_url()).text


def test_whoever_may_see_the_program_may_have_its_text(
    assignment, member, trainer, other_trainer, signed_in
):
    coach(other_trainer, member)
    for person in (member, trainer, other_trainer):
        assert "Back Squat" in signed_in(person).get(url_of(assignment.program)).text
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(trainer).get(url_of(assignment.program)).status_code == 404
    assert signed_in(member).get(url_of(assignment.program)).status_code == 200


def test_outsider(assignment, written, member, outsider, other_trainer, admin, signed_in):
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).get(url_of(written)).status_code == 404
        assert signed_in(person).get(url_of(assignment.program)).status_code == 404
    assert signed_in(member).get(url_of(written)).status_code == 404
    Program.objects.update(deleted_at=timezone.now())
    assert Client().get(url_of(written)).url.startswith("/accounts/login/")


def test_wrong_method_and_bad_id(written, trainer, signed_in):
    assert signed_in(trainer).post(url_of(written)).status_code == 405
    assert signed_in(trainer).get("/programs/999999/shorthand.txt").status_code == 404


def test_a_title_without_a_letter_for_a_file(written, trainer, signed_in):
    Program.objects.filter(pk=written.pk).update(title='腿"\n')
    answer = signed_in(trainer).get(url_of(written))
    assert answer["Content-Disposition"] == 'attachment; filename="program.txt"'


def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries):
    few = make_written(trainer, "Day 1\nBack Squat 3x5")
    lines = "\n".join(f"Exercise {n} 3x5" for n in range(20))
    many = make_written(trainer, "\n".join(f"Day {day}\n{lines}" for day in range(1, 8)))
    client = signed_in(trainer)
    assert query_count(client, url_of(few)) == query_count(client, url_of(many))
