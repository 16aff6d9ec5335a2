"""/coaching/invite/ and POST /coaching/invitations/<id>/revoke/"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation
from accounts.querysets import hash_token
from accounts.services import accept, invite

URL = "/coaching/invite/"


def link_on(page):
    return re.search(r'value="http://testserver(/coaching/join/([^/"]+)/)"', page.text)


def revoke_url(invitation):
    return f"/coaching/invitations/{invitation.pk}/revoke/"


def test_shows_the_link_once_and_keeps_only_its_hash(trainer, signed_in):
    client = signed_in(trainer)
    found = link_on(client.post(URL, {"label": "Olga from the gym"}))
    kept = Invitation.objects.get()
    assert (kept.trainer, kept.label) == (trainer, "Olga from the gym")
    assert kept.token_hash == hash_token(found[2])
    assert found[2] not in str(Invitation.objects.values().get())

    page = client.get(URL)
    assert link_on(page) is None
    assert found[2] not in page.text
    assert kept.token_hash not in page.text
    assert "Olga from the gym" in page.text


@pytest.mark.parametrize("bad", ["", "   ", "x" * 101])
def test_a_refused_form_makes_no_link(trainer, signed_in, bad):
    page = signed_in(trainer).post(URL, {"label": bad})
    assert page.status_code == 422
    assert page.context["form"]["label"].value() == bad
    assert link_on(page) is None
    assert not Invitation.objects.exists()


def test_lists_ones_own_that_still_work(trainer, other_trainer, outsider, signed_in):
    now = timezone.now()
    invite(trainer=trainer, label="waiting")
    invite(trainer=trainer, label="too old", at=now - timedelta(days=15))
    invite(trainer=other_trainer, label="theirs")
    _used, token = invite(trainer=trainer, label="used")
    accept(token=token, member=outsider)
    revoked, _token = invite(trainer=trainer, label="withdrawn")
    signed_in(trainer).post(revoke_url(revoked))
    page = signed_in(trainer).get(URL)
    assert [each.label for each in page.context["invitations"]] == ["waiting"]


def test_revoking_ends_the_link(trainer, outsider, signed_in):
    invitation, token = invite(trainer=trainer, label="Olga")
    answer = signed_in(trainer).post(revoke_url(invitation), follow=True)
    assert answer.redirect_chain[-1][0] == URL
    assert "The link no longer works." in answer.text
    assert signed_in(outsider).get(f"/coaching/join/{token}/").status_code == 404

    revoked = Invitation.objects.values().get()
    signed_in(trainer).post(revoke_url(invitation))
    assert Invitation.objects.values().get() == revoked


def test_outsider_cannot_revoke(trainer, other_trainer, member, admin, signed_in):
    invitation, _token = invite(trainer=trainer, label="Olga")
    for person in (other_trainer, member, admin):
        assert signed_in(person).post(revoke_url(invitation)).status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(URL).status_code == 403
        assert signed_in(person).post(URL, {"label": "x"}).status_code == 403
    assert not Invitation.objects.exists()


def test_anonymous_signs_in_first(trainer):
    invitation, _token = invite(trainer=trainer, label="Olga")
    for url in (URL, revoke_url(invitation)):
        assert Client().post(url).url == f"/accounts/login/?next={url}"
    assert Invitation.objects.get().revoked_at is None


def test_wrong_method(trainer, signed_in):
    invitation, _token = invite(trainer=trainer, label="Olga")
    assert signed_in(trainer).put(URL).status_code == 405
    assert signed_in(trainer).get(revoke_url(invitation)).status_code == 405


def test_bad_id(trainer, signed_in):
    for bad in ("0", "999999", "99999999999999999999"):
        assert signed_in(trainer).post(f"/coaching/invitations/{bad}/revoke/").status_code == 404


def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries):
    invite(trainer=trainer, label="first")
    client = signed_in(trainer)
    one = query_count(client, URL)
    for n in range(49):
        invite(trainer=trainer, label=f"number {n}")
    assert query_count(client, URL) == one
