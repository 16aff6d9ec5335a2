"""POST /accounts/coaching/<id>/end/"""

import pytest
from django.core import mail
from django.test import Client

from accounts.delivery import deliver_due
from accounts.models import Coaching, Handover, User
from accounts.services import ask_handovers
from sessions.models import SetLog
from tests.factories import coach, make_session


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
    assert answer.redirect_chain[-1][0] == "/accounts/sharing/"


def test_the_trainer_gets_a_mail_without_a_reason(link, trainer, member, signed_in):
    signed_in(member).post(url_of(link))
    signed_in(member).post(url_of(link))
    deliver_due()
    (message,) = mail.outbox
    assert message.to == [trainer.email]
    assert message.subject == "Mia Member no longer trains with you"
    assert "You no longer see their log." in message.body
    assert "/coaching/members/" not in message.body


def test_who_came_back_before_the_mail_has_not_gone(link, trainer, member, signed_in):
    signed_in(member).post(url_of(link))
    coach(trainer, member)
    deliver_due()
    assert mail.outbox == []


def test_an_open_question_of_a_handover_is_closed(link, other_trainer, member, signed_in):
    (handover,) = ask_handovers(links=[link], to=other_trainer)
    signed_in(member).post(url_of(link))
    handover.refresh_from_db()
    assert handover.answered_at
    assert handover.accepted is None
    assert not Handover.objects.of_member(member).exists()


def test_what_was_logged_stays_with_the_member(link, trainer, member, signed_in):
    session = make_session(member, sets=3, finished=True)
    signed_in(member).post(url_of(link))
    assert signed_in(trainer).get(f"/sessions/{session.uuid}/").status_code == 404
    assert signed_in(member).get(f"/sessions/{session.uuid}/").status_code == 200
    assert SetLog.objects.filter(member=member).count() == 3


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
