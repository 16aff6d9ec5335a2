"""accounts.services: invite, accept"""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Coaching, Invitation
from accounts.services import InvitationGone, accept, invite, token_of


def links():
    return list(Coaching.objects.values_list("trainer", "member"))


def test_only_the_hash_of_the_token_is_kept(trainer):
    invitation, token = invite(trainer=trainer, label="Olga")
    kept = Invitation.objects.values().get(pk=invitation.pk)
    assert kept["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in map(str, kept.values())
    assert len(token) >= 32
    assert kept["expires_at"] - kept["created_at"] == timedelta(days=14)


def test_the_token_is_made_of_the_row_and_the_key(trainer, settings):
    invitation, token = invite(trainer=trainer, label="Olga")
    kept = Invitation.objects.get(pk=invitation.pk)
    assert token_of(kept) == token
    assert len(token) == 43
    settings.SECRET_KEY = "another key"
    assert token_of(kept) != token, "who reads the table alone cannot make it"


def test_accepting_opens_one_link(trainer, outsider):
    invitation, token = invite(trainer=trainer, label="Olga")
    accept(token=token, member=outsider)
    invitation.refresh_from_db()
    assert invitation.used_at
    assert links() == [(trainer.pk, outsider.pk)]


def test_accepting_twice_gives_the_same_link(trainer, outsider):
    _invitation, token = invite(trainer=trainer, label="Olga")
    assert accept(token=token, member=outsider) == accept(token=token, member=outsider)
    assert links() == [(trainer.pk, outsider.pk)]


def test_whoever_is_coached_already_does_not_use_it_up(trainer, member, outsider):
    invitation, token = invite(trainer=trainer, label="Olga")
    accept(token=token, member=member)
    invitation.refresh_from_db()
    assert invitation.used_at is None
    accept(token=token, member=outsider)
    assert sorted(links()) == sorted([(trainer.pk, member.pk), (trainer.pk, outsider.pk)])


def test_a_used_one_works_for_nobody_else(trainer, outsider, other_trainer):
    _invitation, token = invite(trainer=trainer, label="Olga")
    accept(token=token, member=outsider)
    with pytest.raises(InvitationGone):
        accept(token=token, member=other_trainer)
    assert links() == [(trainer.pk, outsider.pk)]


def test_a_used_one_does_not_reopen_what_the_member_ended(trainer, outsider):
    _invitation, token = invite(trainer=trainer, label="Olga")
    accept(token=token, member=outsider)
    Coaching.objects.update(ended_at=timezone.now() + timedelta(seconds=1))
    with pytest.raises(InvitationGone):
        accept(token=token, member=outsider)
    assert not Coaching.objects.open().exists()


def test_it_works_until_the_last_moment(trainer, outsider):
    made = timezone.now() - timedelta(days=20)
    invitation, token = invite(trainer=trainer, label="Olga", at=made)
    with pytest.raises(InvitationGone):
        accept(token=token, member=outsider, at=invitation.expires_at)
    assert links() == []
    accept(token=token, member=outsider, at=invitation.expires_at - timedelta(microseconds=1))
    assert links() == [(trainer.pk, outsider.pk)]


def test_a_revoked_one_does_not_work(trainer, outsider):
    invitation, token = invite(trainer=trainer, label="Olga")
    invitation.revoked_at = timezone.now()
    invitation.save()
    with pytest.raises(InvitationGone):
        accept(token=token, member=outsider)
    assert links() == []


def test_ones_own_and_an_invented_one_do_not_work(trainer):
    _invitation, token = invite(trainer=trainer, label="Myself")
    for tried in (token, "invented", ""):
        with pytest.raises(InvitationGone):
            accept(token=tried, member=trainer)
    assert links() == []
