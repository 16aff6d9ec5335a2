"""/programs/<id>/edit/"""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from tests.factories import coach

FORM = {"title": "Renamed", "goal": "Stronger still", "weeks": "3"}


def url_of(program):
    return f"/programs/{program.pk}/edit/"


def test_saves_title_goal_and_length(template, trainer, signed_in, stored):
    client = signed_in(trainer)
    assert 'value="Strong legs"' in client.get(url_of(template)).text
    assert client.post(url_of(template), FORM).url == f"/programs/{template.pk}/"
    row, plan = stored(template)
    assert (row["title"], row["goal"], row["weeks"]) == ("Renamed", "Stronger still", 3)
    assert sorted({line[:2] for line in plan}) == [(w, d) for w in (1, 2, 3) for d in (1, 2)]


def test_a_template_and_the_copies_of_it_change_apart(assignment, trainer, signed_in, stored):
    template, copy = assignment.program.copied_from, assignment.program
    client = signed_in(trainer)
    before = stored(copy)
    client.post(url_of(template), FORM)
    assert stored(copy) == before
    before = stored(template)
    assert client.post(url_of(copy), FORM | {"title": "Just for Mia"}).status_code == 302
    assert stored(template) == before
    assert stored(copy)[0]["title"] == "Just for Mia"


@pytest.mark.parametrize(
    ("field", "bad"), [("title", " "), ("weeks", "0"), ("weeks", "53"), ("weeks", "1.5")]
)
def test_a_refused_form_changes_nothing(template, trainer, signed_in, stored, field, bad):
    before = stored(template)
    page = signed_in(trainer).post(url_of(template), FORM | {field: bad})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "Stronger still" in page.text
    assert page.context["form"][field].value() == bad
    assert stored(template) == before


def test_the_member_may_read_but_not_change_their_copy(assignment, member, signed_in, stored):
    before = stored(assignment.program)
    for method in ("get", "post"):
        answer = getattr(signed_in(member), method)(url_of(assignment.program), FORM)
        assert answer.status_code == 403
    assert "This is not yours to change" in answer.text
    assert stored(assignment.program) == before


def test_another_trainer_of_the_member_may_not(
    assignment, member, other_trainer, signed_in, stored
):
    coach(other_trainer, member)
    before = stored(assignment.program)
    assert signed_in(other_trainer).post(url_of(assignment.program), FORM).status_code == 403
    assert stored(assignment.program) == before


def test_outsider(template, assignment, outsider, other_trainer, admin, signed_in, stored):
    for program in (template, assignment.program):
        before = stored(program)
        for person in (outsider, other_trainer, admin):
            assert signed_in(person).post(url_of(program), FORM).status_code == 404
        assert stored(program) == before


def test_a_former_trainer_may_not(assignment, trainer, signed_in, stored):
    Coaching.objects.update(ended_at=timezone.now())
    before = stored(assignment.program)
    assert signed_in(trainer).post(url_of(assignment.program), FORM).status_code == 404
    assert stored(assignment.program) == before


def test_anonymous_signs_in_first(template, stored):
    before = stored(template)
    answer = Client().post(url_of(template), FORM)
    assert answer.url == f"/accounts/login/?next={url_of(template)}"
    assert stored(template) == before


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).delete(url_of(template)).status_code == 405


def test_bad_id(trainer, signed_in):
    assert signed_in(trainer).post("/programs/999999/edit/", FORM).status_code == 404
