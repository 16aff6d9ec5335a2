"""/coaching/join/<token>/"""

import re
from datetime import timedelta
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import Coaching, Invitation, User
from accounts.services import invite
from sessions.models import CheckIn
from tests.factories import PASSWORD, agree, make_check_in


@pytest.fixture
def url(trainer):
    _invitation, token = invite(trainer=trainer, label="Olga")
    return f"/coaching/join/{token}/"


def links():
    return list(Coaching.objects.values_list("trainer", "member"))


def refused(client, url):
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 404
        assert "This link does not work" in answer.text
    return True


def test_says_what_a_trainer_will_see_and_then_opens_the_log(url, trainer, outsider, signed_in):
    client = signed_in(outsider)
    page = client.get(url)
    assert "Train with Tara Trainer" in page.text
    assert "see your name and e-mail address, your sessions and every set in them" in page.text
    for words in (
        "private notes about you",
        "comments on your sessions",
        "is written down for you",
    ):
        assert words in page.text
    box = re.search(r'<input[^>]*name="share_health"[^>]*>', page.text)[0]
    assert "checked" not in box
    assert links() == [], "reading is not accepting"

    answer = client.post(url, follow=True)
    assert answer.redirect_chain[-1][0] == "/"
    assert "Tara Trainer now sees your log." in answer.text
    assert links() == [(trainer.pk, outsider.pk)]


def test_check_ins_are_shared_only_with_the_tick(trainer, outsider, member, signed_in):
    for person, typed, shared in ((outsider, {"share_health": "on"}, True), (member, {}, False)):
        agree(person)
        make_check_in(person)
        Coaching.objects.filter(member=member).delete()
        _invitation, token = invite(trainer=trainer, label="x")
        signed_in(person).post(f"/coaching/join/{token}/", typed)
        link = Coaching.objects.open().get(member=person)
        assert (link.health_shared_at is not None) == shared
        assert CheckIn.objects.shared_with(trainer).filter(member=person).exists() == shared


def test_without_check_ins_the_tick_is_about_later_ones(url, trainer, outsider, signed_in):
    client = signed_in(outsider)
    page = client.get(url)
    assert "You keep no check-ins now" in page.text
    assert 'href="/accounts/health/"' in page.text
    client.post(url, {"share_health": "on"})
    outsider.refresh_from_db()
    assert outsider.health_consent_at is None, "keeping them is a consent of its own"
    assert not CheckIn.objects.shared_with(trainer).exists()
    make_check_in(outsider)
    assert CheckIn.objects.shared_with(trainer).count() == 1


def test_whoever_is_linked_already_reads_so(url, trainer, member, outsider, signed_in):
    page = signed_in(member).get(url)
    assert page.status_code == 200
    assert "Tara Trainer coaches you already" in page.text
    assert ">Accept</button>" not in page.text
    signed_in(outsider).post(url)
    assert "coaches you already" in signed_in(outsider).get(url).text


def test_the_trainer_gets_a_mail(url, trainer, outsider, signed_in):
    client = signed_in(outsider)
    client.post(url, {"share_health": "on"})
    client.post(url)
    deliver_due()
    (message,) = mail.outbox
    assert message.to == [trainer.email]
    assert message.subject == "Olga Outsider joined you"
    assert f"/coaching/members/{outsider.pk}/" in message.body
    assert "check-in" not in message.body


@pytest.mark.parametrize("change", [{"is_trainer": False}, {"is_active": False}])
def test_one_of_a_former_trainer_does_not_work(url, trainer, outsider, signed_in, change):
    User.objects.filter(pk=trainer.pk).update(**change)
    assert refused(signed_in(outsider), url)
    assert links() == []


def test_two_taps_give_one_link(url, trainer, outsider, signed_in):
    client = signed_in(outsider)
    assert client.post(url).status_code == client.post(url).status_code == 302
    assert links() == [(trainer.pk, outsider.pk)]


def test_a_used_one_does_not_work_for_anybody_else(url, trainer, outsider, admin, signed_in):
    signed_in(outsider).post(url)
    assert refused(signed_in(admin), url)
    assert links() == [(trainer.pk, outsider.pk)]


@pytest.mark.parametrize("what", ["expired", "revoked"])
def test_an_old_or_withdrawn_one_does_not_work(url, outsider, signed_in, what):
    long_ago = timezone.now() - timedelta(days=20)
    if what == "expired":
        Invitation.objects.update(created_at=long_ago, expires_at=long_ago + timedelta(days=14))
    else:
        Invitation.objects.update(revoked_at=timezone.now())
    assert refused(signed_in(outsider), url)
    assert links() == []


def test_ones_own_does_not_work(url, trainer, signed_in):
    assert refused(signed_in(trainer), url)
    assert links() == []


def test_an_invented_one_does_not_work(url, outsider, signed_in):
    kept = Invitation.objects.get().token_hash
    for token in ("invented", kept, "x" * 500, "%00"):
        assert refused(signed_in(outsider), f"/coaching/join/{token}/")
    assert links() == []


def test_anonymous_signs_in_and_comes_back(url, trainer, outsider):
    EmailAddress.objects.create(user=outsider, email=outsider.email, verified=True, primary=True)
    client = Client()
    asked = client.get(url).url
    assert asked == f"/accounts/login/?next={url}"
    form = {"login": outsider.email, "password": PASSWORD, "next": url}
    assert client.post(asked, form).url == url
    assert "Train with Tara Trainer" in client.get(url).text
    assert client.post(url).status_code == 302
    assert links() == [(trainer.pk, outsider.pk)]


def test_who_has_no_account_signs_up_and_comes_back(url, trainer):
    client = Client()
    asked = client.get(url).url
    sign_up = re.search(r'href="(/accounts/signup/[^"]*)"', client.get(asked).text)[1]
    form = {"name": "Nina New", "email": "nina@example.com", "password1": PASSWORD}
    page = client.get(unescape(sign_up))
    kept = re.search(r'<input[^>]*name="next"[^>]*value="([^"]*)"', page.text)[1]
    assert kept == url
    client.post("/accounts/signup/", form | {"next": kept})
    confirm = re.search(r"https?://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[
        1
    ]
    answer = client.post(confirm)
    assert answer.url == url
    assert "Train with Tara Trainer" in client.get(answer.url).text


def test_anonymous_accepts_nothing(url):
    assert Client().post(url).url == f"/accounts/login/?next={url}"
    assert links() == []


def test_wrong_method(url, outsider, signed_in):
    assert signed_in(outsider).delete(url).status_code == 405
    assert links() == []
