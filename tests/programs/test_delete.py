"""POST /programs/<id>/delete/ and /programs/<id>/restore/"""

import pytest
from django.test import Client

from programs.models import Assignment, Program


def url_of(program, act="delete"):
    return f"/programs/{program.pk}/{act}/"


def deleted(program):
    return Program.objects.get(pk=program.pk).deleted_at is not None


def test_takes_a_template_away_and_brings_it_back(template, trainer, signed_in, stored):
    before = stored(template)
    client = signed_in(trainer)
    assert client.post(url_of(template)).url == f"/programs/?deleted={template.pk}"
    assert deleted(template)
    for page in ("", "edit/", "assign/", "week/1/day/1/"):
        assert client.get(f"/programs/{template.pk}/{page}").status_code == 404

    assert client.post(url_of(template, "restore")).url == f"/programs/{template.pk}/"
    assert stored(template) == before
    assert client.get(f"/programs/{template.pk}/").status_code == 200


def test_who_follows_it_keeps_their_copy(assignment, trainer, member, signed_in, stored):
    before = stored(assignment.program), Assignment.objects.values().get()
    signed_in(trainer).post(url_of(assignment.program.copied_from))
    assert deleted(assignment.program.copied_from)
    assert (stored(assignment.program), Assignment.objects.values().get()) == before
    assert "Back Squat" in signed_in(member).get("/programs/mine/").text


@pytest.mark.parametrize(("act", "status"), [("delete", 403), ("restore", 404)])
def test_a_copy_that_is_followed_is_ended_not_deleted(
    assignment, trainer, member, signed_in, act, status
):
    for person in (trainer, member):
        assert signed_in(person).post(url_of(assignment.program, act)).status_code == status
    assert not deleted(assignment.program)


def test_outsider(template, outsider, other_trainer, member, admin, trainer, signed_in):
    for person in (outsider, other_trainer, member, admin):
        assert signed_in(person).post(url_of(template)).status_code == 404
    assert not deleted(template)
    signed_in(trainer).post(url_of(template))
    for person in (outsider, other_trainer, member, admin):
        assert signed_in(person).post(url_of(template, "restore")).status_code == 404
    assert deleted(template)


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_anonymous_signs_in_first(template, act):
    assert (
        Client().post(url_of(template, act)).url == f"/accounts/login/?next={url_of(template, act)}"
    )
    assert not deleted(template)


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_wrong_method(template, trainer, signed_in, act):
    assert signed_in(trainer).get(url_of(template, act)).status_code == 405
    assert not deleted(template)


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_bad_id(trainer, signed_in, act):
    for bad in ("0", "999999", "99999999999999999999"):
        assert signed_in(trainer).post(f"/programs/{bad}/{act}/").status_code == 404
