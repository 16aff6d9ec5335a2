"""Two people, or two taps, at the same moment, with real commits"""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.models import Coaching, Handover, Invitation, Letter
from accounts.services import accept, ask_handovers, end_link, invite
from coaching.linking import answer_handover
from tests.factories import UserFactory
from tests.sessions.test_at_once import at_once, posts, wait_for_a_waiting_connection

TIMES = 4

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(other_trainer, member):
    (handover,) = ask_handovers(links=Coaching.objects.all(), to=other_trainer)
    return handover


def test_one_invitation_lets_one_person_in(trainer, signed_in):
    _invitation, token = invite(trainer=trainer, label="x")
    clients = [signed_in(UserFactory()) for _each in range(TIMES)]
    url = f"/coaching/join/{token}/"
    answers = at_once(*(lambda client=client: client.post(url) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [302, 404, 404, 404]
    assert Coaching.objects.count() == 1


def test_two_taps_and_two_invitations_open_one_link(trainer, outsider, signed_in):
    tokens = [invite(trainer=trainer, label=f"{n}")[1] for n in range(2)]
    taps = [(f"/coaching/join/{token}/", {}) for token in tokens * 2]
    answers = posts(signed_in(outsider), *taps)
    assert [answer.status_code for answer in answers] == [302] * 4
    assert Coaching.objects.count() == 1
    assert Invitation.objects.filter(used_at__isnull=False).count() == 1
    assert Letter.objects.filter(what="joined").count() == 1


def test_one_form_makes_one_invitation(trainer, signed_in):
    typed = {"label": "Olga", "email": "olga@example.com", "nonce": str(uuid4())}
    answers = posts(signed_in(trainer), *[("/coaching/invite/", typed)] * TIMES)
    (invitation,) = Invitation.objects.all()
    assert {answer["Location"] for answer in answers} == {f"/coaching/invitations/{invitation.pk}/"}
    assert Letter.objects.filter(kind="invitation").count() == 1


def test_one_address_is_invited_once(trainer, signed_in):
    typed = [{"label": "x", "email": "olga@example.com", "nonce": str(uuid4())} for _n in range(4)]
    answers = posts(signed_in(trainer), *(("/coaching/invite/", each) for each in typed))
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert Invitation.objects.count() == 1


def test_one_question_is_asked(trainer, other_trainer, member, signed_in):
    url = f"/coaching/members/{member.pk}/handover/"
    answers = posts(signed_in(trainer), *[(url, {"to": other_trainer.pk})] * TIMES)
    assert [answer.status_code for answer in answers] == [302] * TIMES
    assert Handover.objects.count() == 1
    assert Letter.objects.filter(what="handover").count() == 1


def test_two_yeses_open_one_link(asked, trainer, other_trainer, member, signed_in):
    url = f"/coaching/handovers/{asked.pk}/answer/"
    answers = posts(signed_in(member), *[(url, {"answer": "yes"})] * TIMES)
    assert [answer.status_code for answer in answers] == [302] * TIMES
    rows = Coaching.objects.order_by("pk").values_list("trainer", "ended_at")
    assert [(pk, bool(ended)) for pk, ended in rows] == [
        (trainer.pk, True),
        (other_trainer.pk, False),
    ]
    assert Letter.objects.filter(what="handed_over").count() == 2


def test_yes_and_no_at_once_are_one_of_them(asked, trainer, other_trainer, member, signed_in):
    url = f"/coaching/handovers/{asked.pk}/answer/"
    posts(signed_in(member), *[(url, {"answer": word}) for word in ("yes", "no", "yes", "no")])
    asked.refresh_from_db()
    kept = other_trainer if asked.accepted else trainer
    assert Coaching.objects.open().get().trainer == kept
    assert Letter.objects.filter(what="declined").exists() is not asked.accepted


def test_a_yes_after_the_end_opens_nothing(asked, member, signed_in):
    """The answer waits for the end of the link, and then there is nothing to answer."""
    link = Coaching.objects.get()
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            end_link(link=link, by=member)
            post = thread.submit(at_once, lambda: answer_handover(handover=asked, accept=True))
            wait_for_a_waiting_connection()
        assert post.result() == [False]
    assert not Coaching.objects.open().exists()


def second_comes_after(first, second):
    """What `second` answers when `first` is done but not yet committed as it begins."""
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            post = thread.submit(at_once, second)
            wait_for_a_waiting_connection()
        return post.result()[0]


def test_the_second_of_two_invitations_finds_the_link(trainer, outsider):
    tokens = [invite(trainer=trainer, label=f"{n}")[1] for n in range(2)]
    link = second_comes_after(
        *(lambda t=token: accept(token=t, member=outsider) for token in tokens)
    )
    assert link == Coaching.objects.get()


def test_an_invitation_finds_the_link_of_a_handover(asked, other_trainer, member):
    _invitation, token = invite(trainer=other_trainer, label="x")
    link = second_comes_after(
        lambda: answer_handover(handover=asked, accept=True),
        lambda: accept(token=token, member=member),
    )
    assert link == Coaching.objects.open().get()
    assert link.trainer == other_trainer


def test_a_handover_finds_the_link_of_an_invitation(asked, other_trainer, member):
    _invitation, token = invite(trainer=other_trainer, label="x")
    assert second_comes_after(
        lambda: accept(token=token, member=member),
        lambda: answer_handover(handover=asked, accept=True),
    )
    assert Coaching.objects.open().get().trainer == other_trainer


def test_nobody_is_asked_after_the_end(trainer, other_trainer, member):
    link = Coaching.objects.get()
    made = second_comes_after(
        lambda: end_link(link=link, by=member),
        lambda: ask_handovers(links=[link], to=other_trainer),
    )
    assert made == []
    assert not Handover.objects.exists()
