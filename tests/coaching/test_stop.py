"""POST /coaching/members/<id>/stop/: the trainer's own end of the link"""

from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from accounts.delivery import deliver_due
from accounts.models import Coaching, User
from accounts.services import ask_handovers, share_health
from coaching.linking import link_of
from tests.factories import agree, make_session


def url_of(member):
    return f"/coaching/members/{member.pk}/stop/"


def test_ends_it_at_once_and_the_member_gets_a_mail(trainer, member, signed_in):
    session = make_session(member, sets=1, finished=True)
    client = signed_in(trainer)
    answer = client.post(url_of(member), follow=True)
    assert answer.redirect_chain[-1][0] == "/"
    assert "You no longer coach Mia Member and no longer see their log." in answer.text
    assert not User.objects.coached_by(trainer).exists()
    for url in (f"/coaching/members/{member.pk}/", f"/sessions/{session.uuid}/"):
        assert client.get(url).status_code == 404
    deliver_due()
    (message,) = mail.outbox
    assert message.to == [member.email]
    assert message.subject == "Tara Trainer no longer coaches you"
    assert "/accounts/sharing/" in message.body


def test_twice_is_once(trainer, member, signed_in):
    client = signed_in(trainer)
    client.post(url_of(member))
    before = Coaching.objects.values().get()
    assert client.post(url_of(member)).status_code == 404
    assert Coaching.objects.values().get() == before
    deliver_due()
    assert len(mail.outbox) == 1


def test_nobody_else_can(trainer, other_trainer, member, outsider, admin, signed_in):
    for person, status in ((other_trainer, 404), (member, 403), (outsider, 403), (admin, 403)):
        assert signed_in(person).post(url_of(member)).status_code == status
    assert Client().post(url_of(member)).url == f"/accounts/login/?next={url_of(member)}"
    assert Coaching.objects.open().count() == 1


def test_wrong_method_and_bad_id(trainer, member, signed_in):
    assert signed_in(trainer).get(url_of(member)).status_code == 405
    for bad in ("0", "999999", "99999999999999999999", "x"):
        assert signed_in(trainer).post(f"/coaching/members/{bad}/stop/").status_code == 404
    assert Coaching.objects.open().count() == 1


def drawn(trainer, member):
    page = render_to_string("coaching/_link.html", {"link": link_of(trainer, member)})
    return " ".join(page.split())


def test_the_part_of_the_members_page(trainer, other_trainer, member):
    page = drawn(trainer, member)
    assert f'action="{url_of(member)}"' in page
    assert f'href="/coaching/members/{member.pk}/handover/"' in page
    assert "Their check-ins are not shared with you." in page
    agree(member)
    (link,) = Coaching.objects.all()
    share_health(link=link, share=True)
    (handover,) = ask_handovers(links=[link], to=other_trainer)
    page = drawn(trainer, member)
    assert "They share their check-ins with you." in page
    assert "whether Otto Other may coach them. No answer yet." in page
    assert f'action="/coaching/handovers/{handover.pk}/withdraw/"' in page
    assert "/handover/" not in page
