"""/coaching/join/<token>/"""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching, Invitation
from accounts.services import invite
from tests.factories import PASSWORD


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
    assert "see your sessions and every set in them" in page.text
    assert links() == [], "reading is not accepting"

    answer = client.post(url, follow=True)
    assert answer.redirect_chain[-1][0] == "/"
    assert "Tara Trainer now sees your log." in answer.text
    assert links() == [(trainer.pk, outsider.pk)]


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


def test_anonymous_accepts_nothing(url):
    assert Client().post(url).url == f"/accounts/login/?next={url}"
    assert links() == []


def test_wrong_method(url, outsider, signed_in):
    assert signed_in(outsider).delete(url).status_code == 405
    assert links() == []
