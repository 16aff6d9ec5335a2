"""POST /accounts/coaching/<id>/end/"""

import pytest
from django.test import Client

from accounts.models import Coaching, User


@pytest.fixture
def link(member):
    return Coaching.objects.get(member=member)


def url_of(link):
    return f"/accounts/coaching/{link.pk}/end/"


def is_open(link):
    return Coaching.objects.open().filter(pk=link.pk).exists()


def test_closes_the_log_to_the_trainer(link, trainer, member, signed_in):
    answer = signed_in(member).post(url_of(link), follow=True)
    assert "Tara Trainer no longer sees your log." in answer.text
    assert not is_open(link)
    assert not User.objects.coached_by(trainer).exists()
    assert signed_in(trainer).get(f"/coaching/members/{member.pk}/").status_code == 404


def test_ended_once_stays_as_it_ended(link, member, signed_in):
    signed_in(member).post(url_of(link))
    ended = Coaching.objects.values().get()
    assert signed_in(member).post(url_of(link)).status_code == 404
    assert Coaching.objects.values().get() == ended


def test_somebody_elses_is_hidden(link, trainer, outsider, admin, signed_in):
    for person in (trainer, outsider, admin):
        assert signed_in(person).post(url_of(link)).status_code == 404
    assert is_open(link)


def test_wrong_method(link, member, signed_in):
    assert signed_in(member).get(url_of(link)).status_code == 405
    assert is_open(link)


def test_bad_id(member, signed_in):
    for bad in ("0", "999999", "99999999999999999999", "x"):
        assert signed_in(member).post(f"/accounts/coaching/{bad}/end/").status_code == 404


def test_anonymous_signs_in_first(link):
    assert Client().post(url_of(link)).url == f"/accounts/login/?next={url_of(link)}"
    assert is_open(link)
