"""GET /coaching/roster.csv"""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessRecord, Coaching
from legtraining.csv_cells import cell
from tests.factories import UserFactory, agree, coach, make_check_in, make_session, make_set
from tests.sessions.training_days import follow

URL = "/coaching/roster.csv"


def rows(page):
    return list(csv.reader(StringIO(page.content.decode("utf-8-sig"))))


def test_a_line_a_member(trainer, member, signed_in):
    start = member.today() - timedelta(days=3)
    assignment = follow(member, start, weekdays=range(7), workouts=20)
    before = timezone.now() - timedelta(days=3)
    work = {"kind": "work"}
    made = make_session(
        member, assignment=assignment, started_at=before, finished=True, targets=[work] * 2
    )
    make_set(made.blocks.get(), target=work)
    page = signed_in(trainer).get(URL)
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    today = trainer.today()
    assert page["Content-Disposition"] == f'attachment; filename="roster-{today}.csv"'
    assert page.content.startswith(b"\xef\xbb\xbfName,")
    _head, line = rows(page)
    day = f"{start:%-d %B}"
    assert line == [
        "Mia Member",
        member.email,
        "Strong legs",
        str(start),
        "1",
        "3",
        "1",
        "2",
        str(member.today()),
        f"2 planned days missed since {day}",
    ]


def test_a_member_without_anything(trainer, member, signed_in):
    assert rows(signed_in(trainer).get(URL))[1] == ["Mia Member", member.email, *[""] * 8]


def test_all_lines_of_what_is_chosen(trainer, signed_in):
    for n in range(60):
        letters = f"{chr(97 + n // 26)}{chr(97 + n % 26)}"  # an address is searched too
        coach(trainer, UserFactory(name=f"Person {n:02}", email=f"{letters}@example.com"))
    client = signed_in(trainer)
    assert len(rows(client.get(f"{URL}?q=person"))) == 61
    assert [row[0] for row in rows(client.get(f"{URL}?q=person+1&sort=name&dir=desc"))][1] == (
        "Person 51"
    )
    assert len(rows(client.get(f"{URL}?q=nobody"))) == 1


def test_pain_is_never_in_it_nor_can_be_read_from_who_is(trainer, member, signed_in):
    agree(member)
    Coaching.objects.update(health_shared_at=timezone.now())
    make_check_in(member, pain=8, signs=["pop"])
    client = signed_in(trainer)
    assert "Reported pain" in client.get("/coaching/?reason=any").text
    page = client.get(URL)
    assert rows(page)[1][-1] == ""
    assert "pain" not in page.text.lower()
    for reason in ("pain", "any"):
        assert len(rows(client.get(f"{URL}?reason={reason}"))) == 1
    assert URL not in client.get("/coaching/?reason=pain").text


def test_a_name_that_would_be_a_formula_is_text(trainer, signed_in):
    coach(trainer, UserFactory(name='=HYPERLINK("http://x")'))
    assert rows(signed_in(trainer).get(URL))[1][0] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_start_of_a_formula(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_stay_as_they_are():
    assert [cell(each) for each in ("a=b", "", None, 0, 7)] == ["a=b", "", "", "0", "7"]


def test_each_member_in_it_finds_it_in_their_record(trainer, member, outsider, signed_in):
    other = UserFactory(name="Someone")
    coach(trainer, other)
    client = signed_in(trainer)
    client.get(f"{URL}?q=mia")
    (record,) = AccessRecord.objects.all()
    assert (record.member, record.viewer, record.what, record.times) == (
        member,
        trainer,
        "export",
        1,
    )
    client.get(URL)
    assert set(AccessRecord.objects.values_list("member", "what", "times")) == {
        (member.pk, "export", 2),
        (other.pk, "export", 1),
    }


def test_only_ones_own(other_trainer, member, signed_in):
    assert len(rows(signed_in(other_trainer).get(URL))) == 1
    assert not AccessRecord.objects.exists()


def test_is_a_trainers(member, outsider, admin, signed_in):
    for person in (member, outsider, admin):
        assert signed_in(person).get(URL).status_code == 403
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"


def test_wrong_method(trainer, member, signed_in):
    assert signed_in(trainer).post(URL).status_code == 405
    assert not AccessRecord.objects.exists()


def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries):
    def one_more():
        person = UserFactory()
        coach(trainer, person)
        made = make_session(
            person, assignment=follow(person, person.today()), sets=1, finished=True
        )
        assert made.pk

    one_more()
    client = signed_in(trainer)
    one = query_count(client, URL)
    for _n in range(49):
        one_more()
    assert len(rows(client.get(URL))) == 51
    assert query_count(client, URL) == one
