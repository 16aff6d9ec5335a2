"""/coaching/members/<id>/handover/, /coaching/handover/, POST .../handovers/<id>/withdraw/ and
.../answer/: a member goes on with another trainer, once they say yes"""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import Coaching, Handover, User
from accounts.services import ask_handovers, end_link, share_health
from coaching.linking import link_of
from programs import services as programs
from programs.models import Assignment, Program
from sessions.models import CheckIn
from tests.factories import UserFactory, coach, make_assignment, make_check_in, make_session

MANY = "/coaching/handover/"


def url_of(member):
    return f"/coaching/members/{member.pk}/handover/"


def answer_url(handover):
    return f"/coaching/handovers/{handover.pk}/answer/"


def withdraw_url(handover):
    return f"/coaching/handovers/{handover.pk}/withdraw/"


def rows():
    found = Handover.objects.order_by("pk")
    return list(found.values_list("coaching__member", "to", "accepted"))


def links():
    return set(Coaching.objects.open().values_list("trainer", "member"))


def mailed():
    deliver_due()
    return sorted((message.to[0], message.subject) for message in mail.outbox)


@pytest.fixture
def link(member):
    return Coaching.objects.get(member=member)


@pytest.fixture
def asked(link, other_trainer):
    (handover,) = ask_handovers(links=[link], to=other_trainer)
    return handover


# --- Asking ---------------------------------------------------------------------------------------


def test_asks_the_member_and_changes_nothing(trainer, other_trainer, member, signed_in):
    client = signed_in(trainer)
    page = client.get(url_of(member))
    assert "nothing changes before they say yes" in page.text
    assert f'<option value="{other_trainer.pk}">Otto Other</option>' in page.text
    answer = client.post(url_of(member), {"to": other_trainer.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/coaching/members/{member.pk}/"
    assert "Mia Member is asked whether Otto Other may coach them." in answer.text
    assert rows() == [(member.pk, other_trainer.pk, None)]
    assert links() == {(trainer.pk, member.pk)}
    assert mailed() == [(member.email, "Go on with Otto Other?")]
    assert not User.objects.coached_by(other_trainer).exists()


def test_twice_asks_once(trainer, other_trainer, member, signed_in):
    client = signed_in(trainer)
    third = UserFactory(name="Tom Third", is_trainer=True)
    for to in (other_trainer, other_trainer, third):
        answer = client.post(url_of(member), {"to": to.pk}, follow=True)
    assert "Mia Member is asked already." in answer.text
    assert rows() == [(member.pk, other_trainer.pk, None)]
    assert len(mailed()) == 1
    page = client.get(url_of(member)).text
    assert "Mia Member is asked about Otto Other" in page
    assert "<select" not in page


def test_only_another_active_trainer_can_be_asked(trainer, member, outsider, signed_in):
    former = UserFactory(name="Fred Former", is_trainer=True, is_active=False)
    client = signed_in(trainer)
    for bad in (trainer.pk, member.pk, outsider.pk, former.pk, "", "x", "9" * 30, "\0"):
        page = client.post(url_of(member), {"to": bad})
        assert page.status_code == 422, bad
        assert list(page.context["form"].errors) == ["to"]
    assert rows() == []
    assert "There is no other trainer in this gym yet." in client.get(url_of(member)).text


def test_a_member_who_is_a_trainer_is_not_handed_to_themselves(trainer, other_trainer, signed_in):
    coach(trainer, other_trainer)
    client = signed_in(trainer)
    assert client.post(url_of(other_trainer), {"to": other_trainer.pk}).status_code == 422
    client.post(MANY, {"members": [other_trainer.pk], "to": other_trainer.pk})
    assert rows() == []


def test_many_at_once(trainer, other_trainer, member, signed_in):
    nina, theo = UserFactory(name="Nina"), UserFactory(name="Theo")
    for person in (nina, theo):
        coach(trainer, person)
    client = signed_in(trainer)
    assert "Mia Member" in client.get(MANY).text
    typed = {"members": [member.pk, nina.pk], "to": other_trainer.pk}
    assert "2 members are asked." in client.post(MANY, typed, follow=True).text
    assert rows() == [(member.pk, other_trainer.pk, None), (nina.pk, other_trainer.pk, None)]
    again = client.post(MANY, typed | {"members": [nina.pk, theo.pk]}, follow=True)
    assert "1 member is asked." in again.text
    assert "Nobody new is asked" in client.post(MANY, typed, follow=True).text
    assert len(rows()) == len(mailed()) == 3


def test_only_ones_own_members_are_handed_over(trainer, other_trainer, member, outsider, signed_in):
    coach(other_trainer, outsider)
    client = signed_in(trainer)
    for members in ([outsider.pk], [member.pk, outsider.pk], [], ["x"], ["9" * 30]):
        page = client.post(MANY, {"members": members, "to": other_trainer.pk})
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["members"]
    refused = client.post(MANY, {"members": [member.pk], "to": ""})
    assert list(refused.context["form"].errors) == ["to"]
    box = re.search(rf'<input[^>]*name="members"[^>]*value="{member.pk}"[^>]*>', refused.text)[0]
    assert "checked" in box
    assert rows() == []
    assert "Olga Outsider" not in client.get(MANY).text


def test_the_pages_are_a_trainers_of_this_member(
    trainer, other_trainer, member, outsider, admin, signed_in
):
    typed = {"to": other_trainer.pk}
    for person, status in ((other_trainer, 404), (member, 403), (outsider, 403), (admin, 403)):
        assert signed_in(person).get(url_of(member)).status_code == status
        assert signed_in(person).post(url_of(member), typed).status_code == status
    for person in (member, admin):
        assert signed_in(person).get(MANY).status_code == 403
    for url in (MANY, url_of(member)):
        assert Client().get(url).url == f"/accounts/login/?next={url}"
        assert signed_in(trainer).put(url).status_code == 405
    end_link(link=Coaching.objects.get(), by=member)
    assert signed_in(trainer).post(url_of(member), typed).status_code == 404
    assert rows() == []


# --- Taking it back -------------------------------------------------------------------------------


def test_the_question_is_taken_back(asked, trainer, member, signed_in):
    client = signed_in(trainer)
    assert "The question is taken back." in client.post(withdraw_url(asked), follow=True).text
    before = Handover.objects.values().get()
    assert before["answered_at"]
    assert before["accepted"] is None
    answer = client.post(withdraw_url(asked), follow=True)
    assert "That question is no longer open." in answer.text
    assert Handover.objects.values().get() == before
    assert not Handover.objects.of_member(member).exists()
    assert mailed() == [], "the member has nothing to answer any more"
    typed = {"answer": "yes"}
    assert "no longer open" in signed_in(member).post(answer_url(asked), typed, follow=True).text
    assert links() == {(trainer.pk, member.pk)}


def test_only_who_asked_takes_it_back(asked, other_trainer, member, outsider, admin, signed_in):
    for person, status in ((other_trainer, 404), (member, 403), (outsider, 403), (admin, 403)):
        assert signed_in(person).post(withdraw_url(asked)).status_code == status
    assert Client().post(withdraw_url(asked)).url.startswith("/accounts/login/")
    assert Handover.objects.open().count() == 1


def test_wrong_method_and_bad_id(asked, trainer, member, signed_in):
    assert signed_in(trainer).get(withdraw_url(asked)).status_code == 405
    assert signed_in(member).get(answer_url(asked)).status_code == 405
    for bad in ("0", "999999", "99999999999999999999", "x"):
        assert signed_in(trainer).get(f"/coaching/members/{bad}/handover/").status_code == 404
        assert signed_in(trainer).post(f"/coaching/handovers/{bad}/withdraw/").status_code == 404
        url = f"/coaching/handovers/{bad}/answer/"
        assert signed_in(member).post(url, {"answer": "yes"}).status_code == 404


# --- The member's word ----------------------------------------------------------------------------


def test_yes_moves_the_link_and_the_program(asked, trainer, other_trainer, member, signed_in):
    session = make_session(member, sets=1, finished=True)
    ended = make_assignment(trainer, member)
    programs.end_assignment(assignment=ended)
    current = make_assignment(trainer, member)
    template = current.program.copied_from
    mail.outbox.clear()
    deliver_due()
    mail.outbox.clear()
    answer = signed_in(member).post(answer_url(asked), {"answer": "yes"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/sharing/"
    assert "Otto Other coaches you now." in answer.text
    assert links() == {(other_trainer.pk, member.pk)}
    assert rows() == [(member.pk, other_trainer.pk, True)]
    for person, status in ((trainer, 404), (other_trainer, 200)):
        client = signed_in(person)
        assert client.get(f"/coaching/members/{member.pk}/").status_code == status
        assert client.get(f"/sessions/{session.uuid}/").status_code == status
        edit = f"/programs/{current.program_id}/edit/"
        assert client.get(edit).status_code == status
    owners = dict(Program.objects.values_list("pk", "owner"))
    assert owners[current.program_id] == other_trainer.pk
    assert owners[ended.program_id] == owners[template.pk] == trainer.pk
    assert Assignment.objects.get(pk=current.pk).assigned_by == trainer, "who gave it stays"
    assert mailed() == sorted(
        [
            (other_trainer.email, "Mia Member trains with you now"),
            (trainer.email, "Mia Member goes on with Otto Other"),
        ]
    )
    old = next(message for message in mail.outbox if message.to == [trainer.email])
    assert f"/coaching/members/{member.pk}/" not in old.body


def test_programs_of_other_trainers_stay_theirs(asked, other_trainer, member, signed_in):
    third = UserFactory(is_trainer=True)
    coach(third, member)
    theirs = make_assignment(third, member)
    signed_in(member).post(answer_url(asked), {"answer": "yes"})
    assert Program.objects.get(pk=theirs.program_id).owner == third
    assert (third.pk, member.pk) in links()


@pytest.mark.parametrize("ticked", [True, False])
def test_check_ins_are_a_new_consent(
    asked, link, trainer, other_trainer, member, signed_in, ticked
):
    make_check_in(member)
    share_health(link=link, share=True)
    typed = {"answer": "yes"} | ({"share_health": "on"} if ticked else {})
    signed_in(member).post(answer_url(asked), typed)
    assert CheckIn.objects.shared_with(other_trainer).exists() == ticked
    assert not CheckIn.objects.shared_with(trainer).exists()


def test_an_open_link_with_the_other_one_stays(asked, other_trainer, member, signed_in):
    there = coach(other_trainer, member)
    signed_in(member).post(answer_url(asked), {"answer": "yes"})
    assert Coaching.objects.open().get() == there
    assert Coaching.objects.get(pk=there.pk).accepted_at == there.accepted_at


def test_no_keeps_everything(asked, trainer, other_trainer, member, signed_in):
    deliver_due()
    mail.outbox.clear()
    client = signed_in(member)
    for _each in range(2):
        answer = client.post(answer_url(asked), {"answer": "no", "share_health": "on"}, follow=True)
        assert "Nothing changes." in answer.text
    assert links() == {(trainer.pk, member.pk)}
    assert rows() == [(member.pk, other_trainer.pk, False)]
    assert mailed() == [(trainer.email, "Mia Member stays with you")]


def test_yes_twice_is_once(asked, other_trainer, member, signed_in):
    client = signed_in(member)
    client.post(answer_url(asked), {"answer": "yes"})
    before = list(Coaching.objects.order_by("pk").values())
    again = client.post(answer_url(asked), {"answer": "yes"}, follow=True)
    assert "Otto Other coaches you now." in again.text
    changed = client.post(answer_url(asked), {"answer": "no"}, follow=True)
    assert "That question is no longer open. Nothing changed." in changed.text
    assert list(Coaching.objects.order_by("pk").values()) == before


def test_who_is_no_trainer_any_more_gets_nobody(asked, trainer, other_trainer, member, signed_in):
    for change in ({"is_trainer": False}, {"is_trainer": True, "is_active": False}):
        User.objects.filter(pk=other_trainer.pk).update(**change)
        answer = signed_in(member).post(answer_url(asked), {"answer": "yes"}, follow=True)
        assert "Nothing changed." in answer.text
    assert links() == {(trainer.pk, member.pk)}


def test_when_the_link_ends_the_question_ends(asked, link, trainer, member, signed_in):
    end_link(link=link, by=trainer)
    answer = signed_in(member).post(answer_url(asked), {"answer": "yes"}, follow=True)
    assert "Nothing changed." in answer.text
    assert links() == set()
    assert rows() == [(member.pk, asked.to_id, None)]


@pytest.mark.parametrize("typed", [{}, {"answer": "perhaps"}, {"answer": "\0"}])
def test_what_is_no_answer_is_refused(asked, member, signed_in, typed):
    assert signed_in(member).post(answer_url(asked), typed).status_code == 404
    assert Handover.objects.open().count() == 1


def test_only_the_member_answers(asked, trainer, other_trainer, outsider, admin, signed_in):
    for person in (trainer, other_trainer, outsider, admin):
        assert signed_in(person).post(answer_url(asked), {"answer": "yes"}).status_code == 404
    assert Client().post(answer_url(asked)).url.startswith("/accounts/login/")
    assert Handover.objects.open().count() == 1


# --- What the member page includes ----------------------------------------------------------------


def test_the_link_as_the_trainer_sees_it(trainer, other_trainer, member, django_assert_num_queries):
    with django_assert_num_queries(2):
        link = link_of(trainer, member)
    assert (link.trainer, link.member, link.open_handover) == (trainer, member, None)
    (handover,) = ask_handovers(links=[link], to=other_trainer)
    assert link_of(trainer, member).open_handover == handover
    assert link_of(other_trainer, member) is None
    Coaching.objects.update(ended_at=timezone.now())
    assert link_of(trainer, member) is None
