"""POST /programs/assignments/<id>/reopen/: the Undo of ending a program"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from programs import services
from programs.models import Assignment
from tests.factories import coach, follow, make_assignment

TEXT = "Day 1\nSquat 3x5"


@pytest.fixture
def ended(assignment):
    services.end_assignment(assignment=assignment)
    return assignment


def url_of(assignment):
    return f"/programs/assignments/{assignment.pk}/reopen/"


def row(assignment):
    return Assignment.objects.values("status", "ended_at").get(pk=assignment.pk)


ACTIVE = {"status": "active", "ended_at": None}


def test_the_member_and_a_trainer_of_theirs_undo_it(
    ended, member, trainer, other_trainer, signed_in
):
    coach(other_trainer, member)
    for person, page in (
        (member, "/programs/mine/"),
        (trainer, f"/coaching/members/{member.pk}/"),
        (other_trainer, f"/coaching/members/{member.pk}/"),
    ):
        client = signed_in(person)
        assert url_of(ended) in client.get(page).text
        assert client.post(url_of(ended)).url == page
        assert row(ended) == ACTIVE
        assert client.post(url_of(ended)).status_code == 302
        assert row(ended) == ACTIVE
        assert url_of(ended) not in client.get(page).text
        services.end_assignment(assignment=Assignment.objects.get(pk=ended.pk))


def test_not_beside_another_program(ended, trainer, member, signed_in):
    before = row(ended)
    other = make_assignment(trainer, member)
    page = signed_in(member).post(url_of(ended), follow=True)
    assert "Another program is followed now." in page.text
    assert row(ended) == before
    assert row(other) == ACTIVE


def test_it_is_offered_for_a_day(ended, member, signed_in):
    Assignment.objects.update(ended_at=timezone.now() - timedelta(hours=25))
    assert url_of(ended) not in signed_in(member).get("/programs/mine/").text


def test_what_begins_instead_is_said(trainer, member, signed_in):
    first = follow(trainer, member, TEXT)
    waiting = services.assign(
        program=services.copy_program(program=first.program, owner=trainer),
        member=member,
        trainer=trainer,
        start=services.Start(member.today(), range(7)),
        queue=True,
    )
    end = f"/programs/assignments/{first.pk}/end/"
    page = signed_in(member).post(end, follow=True)
    assert "“Strong legs” begins now." in page.text
    assert row(waiting) == ACTIVE


def test_outsiders(ended, outsider, other_trainer, admin, signed_in):
    before = row(ended)
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).post(url_of(ended)).status_code == 404
    assert Client().post(url_of(ended)).url.startswith("/accounts/login/")
    assert signed_in(ended.member).get(url_of(ended)).status_code == 405
    assert signed_in(ended.member).post("/programs/assignments/999999/reopen/").status_code == 404
    assert row(ended) == before
