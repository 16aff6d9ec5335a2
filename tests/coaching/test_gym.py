"""/coaching/gym/ and POST /coaching/gym/handover/: an admin sees counts, not logs"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import Coaching, Handover, Looked, User
from accounts.services import invite, note_look
from coaching.models import TrainerNote
from programs.models import Program
from sessions.models import Comment
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    coach,
    make_assignment,
    make_check_in,
    make_program,
    make_session,
)

URL = "/coaching/gym/"
ASK = "/coaching/gym/handover/"


def cells(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)[1:]
    words = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in words]


def trained(member, days, **more):
    at = timezone.now() - timedelta(days=days)
    return make_session(member, finished=True, started_at=at, **more)


def test_counts_by_trainer(trainer, other_trainer, member, outsider, admin, signed_in):
    nina, theo = UserFactory(name="Nina"), UserFactory(name="Theo")
    for person in (nina, theo):
        coach(trainer, person)
    Coaching.objects.create(
        trainer=trainer, member=outsider, ended_at=timezone.now() + timedelta(1)
    )
    trained(member, 0)
    trained(member, 3)
    trained(nina, 6)
    trained(theo, 7)
    trained(outsider, 1)
    make_session(theo)
    make_assignment(trainer, member)
    make_assignment(trainer, nina)
    Program.objects.filter(assignment__isnull=True).update(shared=True)
    make_program(trainer)
    invite(trainer=trainer, label="Somebody")
    invite(trainer=trainer, label="Old", at=timezone.now() - timedelta(days=20))
    assert cells(signed_in(admin).get(URL)) == [
        ["Otto Other", "0", "0", "0", "0", "0", "0"],
        ["Tara Trainer", "3", "2", "3", "2", "2", "1"],
    ]


def test_the_edges_of_seven_and_28_days(trainer, member, admin, signed_in):
    for days, counted in ((6, ["1", "1"]), (7, ["0", "1"]), (27, ["0", "1"]), (28, ["0", "0"])):
        session = trained(member, 0)
        session.day = admin.today() - timedelta(days=days)
        session.save()
        assert cells(signed_in(admin).get(URL))[0][2:4] == counted, days
        session.delete()


def test_who_lost_the_role_is_there_as_long_as_links_are(trainer, member, admin, signed_in):
    client = signed_in(admin)
    User.objects.filter(pk=trainer.pk).update(is_trainer=False)
    assert cells(client.get(URL))[0][:2] == ["Tara Trainer no trainer now", "1"]
    User.objects.filter(pk=trainer.pk).update(is_trainer=True, is_active=False)
    assert cells(client.get(URL))[0][:2] == ["Tara Trainer account closed", "1"]
    Coaching.objects.update(ended_at=timezone.now())
    assert cells(client.get(URL)) == []


def test_totals(trainer, member, outsider, admin, signed_in):
    UserFactory(name="Gone", is_active=False)
    page = signed_in(admin).get(URL)
    assert (page.context["totals"].members, page.context["totals"].without_trainer) == (2, 1)
    User.objects.filter(pk=trainer.pk).update(is_trainer=False)
    totals = signed_in(admin).get(URL).context["totals"]
    assert (totals.members, totals.without_trainer) == (3, 3)


def test_sessions_of_eight_weeks(member, admin, signed_in):
    today = admin.today()
    monday = today - timedelta(days=today.weekday())
    for day, n in ((monday, 1), (monday - timedelta(days=1), 2), (monday - timedelta(weeks=7), 1)):
        for _each in range(n):
            session = trained(member, 0)
            session.day = day
            session.save()
    early = trained(member, 0)
    early.day = monday - timedelta(weeks=7, days=1)
    early.save()
    weeks = signed_in(admin).get(URL).context["totals"].weeks
    assert [n for _monday, n in weeks] == [1, 0, 0, 0, 0, 0, 2, 1]
    assert [each.weekday() for each, _n in weeks] == [0] * 8


def test_nothing_of_a_members_log_stands_there(trainer, member, admin, signed_in):
    exercise = ExerciseFactory(name="Zercher squat")
    session = make_session(member, exercise=exercise, sets=3, finished=True, title="Heavy day")
    make_assignment(trainer, member, exercises=[exercise])
    make_check_in(member, pain=7, pain_place="knee")
    text = {"text": "A word about Mia"}
    said = {"author": trainer, "author_name": trainer.name}
    Comment.objects.create(session=session, member=member, **said, **text)
    TrainerNote.objects.create(trainer=trainer, trainer_name="x", member=member, **text)
    note_look(viewer=trainer, members=[member], what=Looked.LOG)
    page = signed_in(admin).get(URL).text.split('id="main"')[1]
    secrets = ("Zercher", "Heavy day", "Mia", member.email, "Strong legs", "60 kg", "knee")
    for secret in (*secrets, "A word about"):
        assert secret not in page, secret


def test_is_for_who_gives_the_roles(trainer, member, outsider, admin, signed_in):
    editor = UserFactory(is_staff=True)
    for person in (trainer, member, outsider, editor):
        assert signed_in(person).get(URL).status_code == 403
        assert signed_in(person).post(ASK, {}).status_code == 403
    editor.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert signed_in(editor).get(URL).status_code == 200
    User.objects.filter(pk=editor.pk).update(is_staff=False)
    assert signed_in(editor).get(URL).status_code == 403
    assert signed_in(admin).get(URL).status_code == 200
    for url in (URL, ASK):
        assert Client().get(url).url == f"/accounts/login/?next={url}"
    assert signed_in(admin).post(URL).status_code == 405
    assert signed_in(admin).get(ASK).status_code == 405


def test_the_admin_leads_here(admin, signed_in):
    editor = UserFactory(is_staff=True)
    for person, leads in ((admin, True), (editor, False)):
        page = signed_in(person).get("/admin/")
        assert page.status_code == 200
        assert (f'href="{URL}"' in page.text) == leads


# --- A trainer leaves -----------------------------------------------------------------------------


@pytest.mark.parametrize("left", [{}, {"is_trainer": False}, {"is_active": False}])
def test_every_member_is_asked_for_themselves(
    trainer, other_trainer, member, outsider, admin, signed_in, left
):
    coach(trainer, outsider)
    coach(trainer, other_trainer)
    User.objects.filter(pk=trainer.pk).update(**left)
    client = signed_in(admin)
    typed = {"trainer": trainer.pk, "to": other_trainer.pk}
    answer = client.post(ASK, typed, follow=True)
    assert answer.redirect_chain[-1][0] == URL
    assert "2 members are asked." in answer.text
    asked = Handover.objects.open()
    assert set(asked.values_list("coaching__member", "to")) == {
        (member.pk, other_trainer.pk),
        (outsider.pk, other_trainer.pk),
    }
    assert "Nobody new is asked" in client.post(ASK, typed, follow=True).text
    assert Coaching.objects.open().filter(trainer=trainer).count() == 3
    deliver_due()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [member.email, outsider.email]
    )
    handover = asked.get(coaching__member=member)
    signed_in(member).post(f"/coaching/handovers/{handover.pk}/answer/", {"answer": "yes"})
    assert list(User.objects.coached_by(other_trainer)) == [member]


def test_bad_choices(trainer, other_trainer, member, outsider, admin, signed_in):
    client = signed_in(admin)
    good = {"trainer": trainer.pk, "to": other_trainer.pk}
    for change, field in (
        ({"to": trainer.pk}, "to"),
        ({"to": outsider.pk}, "to"),
        ({"to": ""}, "to"),
        ({"to": "9" * 30}, "to"),
        ({"trainer": other_trainer.pk}, "trainer"),
        ({"trainer": "x"}, "trainer"),
    ):
        page = client.post(ASK, good | change)
        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert "Tara Trainer" in page.text
    assert not Handover.objects.exists()


def test_the_number_of_queries_does_not_grow(admin, signed_in, query_count, no_lazy_queries):
    exercise = ExerciseFactory()

    def one_more():
        person, member = UserFactory(is_trainer=True), UserFactory()
        coach(person, member)
        make_session(member, exercise=exercise, finished=True)
        make_assignment(person, member, exercises=[exercise], weeks=1, days=1)
        invite(trainer=person, label="x")

    one_more()
    client = signed_in(admin)
    one = query_count(client, URL)
    for _n in range(49):
        one_more()
    assert query_count(client, URL) == one
