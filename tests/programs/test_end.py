"""POST /programs/assignments/<id>/end/"""

from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from programs.models import Assignment
from tests.factories import coach


def url_of(assignment):
    return f"/programs/assignments/{assignment.pk}/end/"


def row():
    return Assignment.objects.values().get()


def test_the_member_ends_it(assignment, member, signed_in, stored):
    program = stored(assignment.program)
    answer = signed_in(member).post(url_of(assignment), follow=True)
    assert answer.redirect_chain[-1][0] == "/programs/mine/"
    assert "What was logged stays." in answer.text
    assert "You follow no program now." in answer.text
    assert row()["status"] == "ended"
    assert row()["ended_at"]
    assert stored(assignment.program) == program


def test_a_trainer_of_theirs_ends_it(assignment, member, other_trainer, trainer, signed_in):
    coach(other_trainer, member)
    for person in (trainer, other_trainer):
        Assignment.objects.update(status="active", ended_at=None)
        answer = signed_in(person).post(url_of(assignment))
        assert answer.url == f"/coaching/members/{member.pk}/"
        assert row()["status"] == "ended"


def test_ending_twice_keeps_the_first_date(assignment, member, signed_in):
    signed_in(member).post(url_of(assignment))
    ended = row()
    assert signed_in(member).post(url_of(assignment)).status_code == 302
    assert row() == ended


def test_outsider(assignment, outsider, other_trainer, admin, trainer, signed_in):
    before = row()
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).post(url_of(assignment)).status_code == 404
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(trainer).post(url_of(assignment)).status_code == 404
    assert row() == before


def test_anonymous_signs_in_first(assignment):
    before = row()
    assert Client().post(url_of(assignment)).url == f"/accounts/login/?next={url_of(assignment)}"
    assert row() == before


def test_wrong_method(assignment, member, signed_in):
    before = row()
    assert signed_in(member).get(url_of(assignment)).status_code == 405
    assert row() == before


def test_bad_id(member, signed_in):
    for bad in ("0", "999999", "99999999999999999999"):
        assert signed_in(member).post(f"/programs/assignments/{bad}/end/").status_code == 404
