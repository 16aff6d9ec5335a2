"""GET /coaching/, which is also a trainer's first page"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from coaching.roster import roster_lines
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    coach,
    make_assignment,
    make_session,
    make_set,
)

URL = "/coaching/"


def cells(page):
    """The table row by row, as it is read."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)[1:]
    words = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in words]


def days_ago(n):
    return timezone.now() - timedelta(days=n)


def test_shows_the_last_session_and_what_was_done_of_what_was_planned(trainer, member, signed_in):
    """The program began ten days ago and asks for every day; two days were trained, not today."""
    start = member.today() - timedelta(days=10)
    assignment = make_assignment(trainer, member, start=start)
    make_session(member, assignment=assignment, sets=1, finished=True, started_at=days_ago(3))
    last = make_session(
        member,
        assignment=assignment,
        sets=2,
        finished=True,
        started_at=days_ago(1),
        targets=[{"kind": "work"}] * 3,
    )
    make_set(last.blocks.get(), position=9, kind="warmup")
    make_set(last.blocks.get(), position=10, deleted_at=timezone.now())
    make_session(member, sets=1)

    page = signed_in(trainer).get(URL)
    assert cells(page) == [
        ["Mia Member", "Strong legs", "Leg session yesterday", "2 / 3", "2 / 10"]
    ]
    assert f'href="/sessions/{last.uuid}/"' in page.text
    assert f'href="/coaching/members/{member.pk}/"' in page.text


def test_today_counts_once_it_was_trained(trainer, member, signed_in):
    assignment = make_assignment(trainer, member)
    client = signed_in(trainer)
    assert cells(client.get(URL))[0][2:] == ["none yet", "–", "0 / 0"]
    make_session(member, assignment=assignment, sets=1, finished=True)
    assert cells(client.get(URL))[0][2:] == ["Leg session today", "1", "1 / 1"]


def test_a_member_without_program_or_session(trainer, member, signed_in):
    assert cells(signed_in(trainer).get(URL)) == [["Mia Member", "none", "none yet", "–", "–"]]


def test_by_name_and_only_ones_own(trainer, other_trainer, member, outsider, signed_in):
    former = UserFactory(name="Fred Former")
    Coaching.objects.create(trainer=trainer, member=former, ended_at=timezone.now() + timedelta(1))
    coach(other_trainer, outsider)
    coach(trainer, UserFactory(name="Anna"))
    assert [row[0] for row in cells(signed_in(trainer).get(URL))] == ["Anna", "Mia Member"]
    assert [row[0] for row in cells(signed_in(other_trainer).get(URL))] == ["Olga Outsider"]


def test_an_empty_one_teaches_the_first_step(other_trainer, signed_in):
    page = signed_in(other_trainer).get(URL).text
    assert "No member has joined you yet." in page
    assert 'href="/coaching/invite/"' in page


def test_a_discarded_session_is_not_the_last_one(trainer, member):
    kept = make_session(member, sets=1, finished=True, started_at=days_ago(2))
    make_session(member, sets=1, finished=True, started_at=days_ago(1), deleted_at=timezone.now())
    (line,) = roster_lines(trainer)
    assert (line.last, line.days_ago, line.last.sets_done) == (kept, 2, 1)


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(URL).status_code == 403


def test_anonymous_signs_in_first(db):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"


def test_wrong_method(trainer, signed_in):
    assert signed_in(trainer).post(URL).status_code == 405


@pytest.mark.parametrize("url", [URL, "/"])
def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries, url):
    exercise = ExerciseFactory()

    def one_more():
        person = UserFactory()
        coach(trainer, person)
        assignment = make_assignment(trainer, person, exercises=[exercise], weeks=1, days=1)
        make_session(person, exercise=exercise, assignment=assignment, sets=1, finished=True)

    one_more()
    client = signed_in(trainer)
    one = query_count(client, url)
    for _n in range(49):
        one_more()
    assert len(cells(client.get(url))) == 50
    assert query_count(client, url) == one
