"""/programs/<id>/assign/"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from programs.models import Assignment, Program
from tests.factories import UserFactory, coach, make_assignment


def url_of(program):
    return f"/programs/{program.pk}/assign/"


def form(member, **changes):
    return {"member": member.pk, "start_date": "2026-03-02", "weekdays": ["0", "3"]} | changes


def rows():
    return list(Assignment.objects.order_by("pk").values())


def test_gives_the_member_a_copy_from_a_day_on(template, trainer, member, signed_in, plan_of):
    client = signed_in(trainer)
    answer = client.post(url_of(template), form(member), follow=True)
    assert answer.redirect_chain[-1][0] == f"/coaching/members/{member.pk}/"
    assert "Mia Member now follows “Strong legs”." in answer.text

    given = Assignment.objects.get()
    assert (given.member, given.assigned_by, given.status) == (member, trainer, "active")
    assert (given.start_date, given.weekdays) == (date(2026, 3, 2), [0, 3])
    assert (given.program.copied_from, given.program.owner) == (template, trainer)
    assert plan_of(given.program) == plan_of(template)
    assert "Strong legs" in signed_in(member).get("/").text


def test_the_link_from_a_members_page_chooses_them(template, trainer, member, signed_in):
    page = signed_in(trainer).get(url_of(template), {"member": member.pk}).text
    assert f'<option value="{member.pk}" selected>Mia Member</option>' in page
    assert f'value="{trainer.today():%Y-%m-%d}"' in page
    for bad in ("x", "999999", "9" * 30):
        assert signed_in(trainer).get(url_of(template), {"member": bad}).status_code == 200


def test_only_members_who_accepted_can_be_chosen(
    template, trainer, other_trainer, member, outsider, signed_in
):
    former = UserFactory(name="Fred Former")
    Coaching.objects.create(trainer=trainer, member=former, ended_at=timezone.now() + timedelta(1))
    theirs = UserFactory(name="Theo Theirs")
    coach(other_trainer, theirs)
    client = signed_in(trainer)
    page = client.get(url_of(template)).text
    assert member.name in page
    for person in (former, theirs, outsider, trainer):
        assert f'<option value="{person.pk}"' not in page
        refused = client.post(url_of(template), form(person))
        assert refused.status_code == 422
        assert list(refused.context["form"].errors) == ["member"]
    assert rows() == []
    assert Program.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("member", ""),
        ("member", "x"),
        ("member", "9" * 30),
        ("start_date", ""),
        ("start_date", "2026-02-30"),
        ("start_date", "soon"),
        ("weekdays", []),
        ("weekdays", ["7"]),
        ("weekdays", ["0", "x"]),
    ],
)
def test_a_refused_form_gives_nothing_and_keeps_what_was_typed(
    template, trainer, member, signed_in, field, bad
):
    typed = form(member) | {field: bad}
    page = signed_in(trainer).post(url_of(template), typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    if field != "start_date":
        assert 'value="2026-03-02"' in page.text
    if field != "member":
        assert f'<option value="{member.pk}" selected>' in page.text
    assert rows() == []


def test_one_program_at_a_time(template, assignment, trainer, member, signed_in):
    before = rows()
    client = signed_in(trainer)
    page = client.post(url_of(template), form(member))
    assert page.status_code == 422
    assert "Mia Member follows a program already. Tick the box below to end that one." in page.text
    assert rows() == before

    client.post(url_of(template), form(member, replace="on"))
    assert list(Assignment.objects.order_by("pk").values_list("status", flat=True)) == [
        "ended",
        "active",
    ]


def test_replacing_ends_nobody_elses(template, trainer, member, signed_in):
    neighbour = UserFactory()
    coach(trainer, neighbour)
    theirs = make_assignment(trainer, neighbour)
    before = rows()
    signed_in(trainer).post(url_of(template), form(member, replace="on"))
    assert rows()[0] == before[0]
    assert theirs.pk == before[0]["id"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_date_can_be_shown(template, trainer, member, signed_in, day):
    client = signed_in(trainer)
    client.post(url_of(template), form(member, start_date=day))
    assert Assignment.objects.get().start_date == date.fromisoformat(day)
    for url in ("/", f"/coaching/members/{member.pk}/"):
        assert client.get(url).status_code == 200
    for url in ("/", "/programs/mine/"):
        assert signed_in(member).get(url).status_code == 200


def test_a_members_copy_is_given_to_nobody(assignment, trainer, member, signed_in):
    before = rows()
    answer = signed_in(trainer).post(url_of(assignment.program), form(member, replace="on"))
    assert answer.status_code == 403
    assert rows() == before


def test_outsider(template, outsider, member, admin, other_trainer, signed_in):
    coach(other_trainer, member)
    assert signed_in(other_trainer).post(url_of(template), form(member)).status_code == 404
    for person in (outsider, member, admin):
        assert signed_in(person).post(url_of(template), form(member)).status_code == 403
    assert rows() == []


def test_anonymous_signs_in_first(template, member):
    answer = Client().post(url_of(template), form(member))
    assert answer.url == f"/accounts/login/?next={url_of(template)}"
    assert rows() == []


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).put(url_of(template)).status_code == 405


def test_bad_id(trainer, member, signed_in):
    assert signed_in(trainer).post("/programs/999999/assign/", form(member)).status_code == 404
