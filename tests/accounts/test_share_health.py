"""POST /accounts/coaching/<id>/health/"""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from sessions.models import CheckIn
from sessions.services import withdraw_health_consent
from tests.factories import agree, coach, make_check_in


@pytest.fixture
def link(member):
    make_check_in(member)
    return Coaching.objects.get(member=member)


def url_of(link):
    return f"/accounts/coaching/{link.pk}/health/"


def seen_by(trainer):
    return CheckIn.objects.shared_with(trainer).count()


def test_opens_and_closes_at_once(link, trainer, other_trainer, member, signed_in):
    coach(other_trainer, member)
    client = signed_in(member)
    assert seen_by(trainer) == 0
    answer = client.post(url_of(link), {"share": "yes"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/sharing/"
    assert "Tara Trainer reads your check-ins now." in answer.text
    assert (seen_by(trainer), seen_by(other_trainer)) == (1, 0)
    answer = client.post(url_of(link), {"share": "no"}, follow=True)
    assert "Tara Trainer reads your check-ins no longer." in answer.text
    assert seen_by(trainer) == 0


def test_said_twice_keeps_the_first_date(link, member, signed_in):
    client = signed_in(member)
    for share in ("yes", "no"):
        client.post(url_of(link), {"share": share})
        once = Coaching.objects.values().get()
        client.post(url_of(link), {"share": share})
        assert Coaching.objects.values().get() == once


def test_nothing_is_shared_by_who_keeps_none(trainer, member, signed_in):
    link = Coaching.objects.get(member=member)
    answer = signed_in(member).post(url_of(link), {"share": "yes"}, follow=True)
    assert "You keep no check-ins. Agree to keep them first." in answer.text
    link.refresh_from_db()
    assert link.health_shared_at is None


def test_who_erases_them_and_agrees_anew_shares_nothing(link, trainer, member, signed_in):
    signed_in(member).post(url_of(link), {"share": "yes"})
    withdraw_health_consent(member=member)
    agree(member)
    make_check_in(member)
    assert seen_by(trainer) == 0


@pytest.mark.parametrize("typed", [{}, {"share": ""}, {"share": "perhaps"}])
def test_what_is_neither_is_refused(link, member, signed_in, typed):
    assert signed_in(member).post(url_of(link), typed).status_code == 404
    assert Coaching.objects.get().health_shared_at is None


def test_nobody_else_can(link, trainer, outsider, admin, signed_in):
    for person in (trainer, outsider, admin):
        assert signed_in(person).post(url_of(link), {"share": "yes"}).status_code == 404
    assert Client().post(url_of(link)).url == f"/accounts/login/?next={url_of(link)}"
    assert Coaching.objects.get().health_shared_at is None


def test_an_ended_link_is_gone(link, member, signed_in):
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(member).post(url_of(link), {"share": "yes"}).status_code == 404


def test_wrong_method_and_bad_id(link, member, signed_in):
    assert signed_in(member).get(url_of(link)).status_code == 405
    for bad in ("0", "999999", "99999999999999999999", "x"):
        url = f"/accounts/coaching/{bad}/health/"
        assert signed_in(member).post(url, {"share": "yes"}).status_code == 404
