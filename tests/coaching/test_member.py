"""GET /coaching/members/<id>/"""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from programs.models import Assignment
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    coach,
    make_assignment,
    make_program,
    make_session,
    make_set,
)


def url_of(person):
    return f"/coaching/members/{person.pk}/"


def text_of(page):
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def sessions(client, person, **query):
    return [each.pk for each in client.get(url_of(person), query).context["page"]]


def test_shows_the_program_and_what_was_done_of_it(trainer, member, signed_in):
    start = member.today() - timedelta(days=5)
    assignment = make_assignment(trainer, member, start=start)
    session = make_session(
        member,
        assignment=assignment,
        sets=2,
        finished=True,
        started_at=timezone.now() - timedelta(days=2),
        rpe=7,
    )
    make_set(session.blocks.get(), position=3, weight=100, unit="lb", reps=5)
    make_set(session.blocks.get(), position=4, kind="warmup", weight=20)
    page = signed_in(trainer).get(url_of(member))
    text = text_of(page)
    assert "Strong legs" in text
    assert "1 of 5 planned sessions done in the last four weeks" in text
    assert "Last session: Leg session" in text
    # 2 × 60 kg × 8, and 100 lb × 5 = 226.8 kg; warm-ups do not count.
    assert "3 sets · 1,187\N{NO-BREAK SPACE}kg" in page.text
    assert f'href="/sessions/{session.uuid}/"' in page.text
    assert f'action="/programs/assignments/{assignment.pk}/end/"' in page.text
    assert f"/assign/?member={member.pk}" in page.text


def test_more_sessions_than_planned_are_said_as_such(trainer, member, signed_in):
    assignment = make_assignment(trainer, member)
    for _session in range(2):
        make_session(member, assignment=assignment, sets=1, finished=True)
    text = text_of(signed_in(trainer).get(url_of(member)))
    assert "2 sessions done in the last four weeks, 1 planned" in text


def test_their_sessions_open_read_only(trainer, member, signed_in):
    session = make_session(member, sets=1, finished=True)
    client = signed_in(trainer)
    page = client.get(f"/sessions/{session.uuid}/")
    assert page.status_code == 200
    assert f'action="/sessions/{session.uuid}/finish/' not in page.text
    assert f'action="/sessions/{session.uuid}/sets/' not in page.text
    before = session.sets.values().get()
    answer = client.post(f"/sessions/{session.uuid}/finish/", {"rpe": "1"})
    assert answer.status_code == 403
    assert session.sets.values().get() == before


def test_without_program_and_sessions(trainer, member, signed_in):
    make_program(trainer)
    text = text_of(signed_in(trainer).get(url_of(member)))
    assert "Mia Member follows no program now." in text
    assert "Give “Strong legs”" in text
    assert "No finished session yet." in text


def test_finished_sessions_newest_first_twenty_a_page(trainer, member, outsider, signed_in):
    exercise = ExerciseFactory()
    now = timezone.now()
    made = [
        make_session(
            member, exercise=exercise, finished=True, started_at=now - timedelta(days=n)
        ).pk
        for n in range(25)
    ]
    make_session(member, exercise=exercise)
    make_session(member, exercise=exercise, finished=True, deleted_at=now, started_at=now)
    make_session(outsider, exercise=exercise, finished=True)
    client = signed_in(trainer)
    assert sessions(client, member) == made[:20]
    assert sessions(client, member, page=2) == made[20:]
    assert sessions(client, member, page="x") == made[:20]
    assert sessions(client, member, page="-7") == made[20:]


def test_an_ended_program_is_not_shown(trainer, member, signed_in):
    make_assignment(trainer, member)
    Assignment.objects.update(status="ended", ended_at=timezone.now())
    text = text_of(signed_in(trainer).get(url_of(member)))
    assert "follows no program now" in text


def test_outsider(trainer, other_trainer, member, outsider, signed_in):
    coach(other_trainer, outsider)
    assert signed_in(other_trainer).get(url_of(member)).status_code == 404
    assert signed_in(trainer).get(url_of(outsider)).status_code == 404
    assert signed_in(trainer).get(url_of(trainer)).status_code == 404


def test_a_former_trainer(trainer, member, signed_in):
    session = make_session(member, sets=1, finished=True)
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(trainer).get(url_of(member)).status_code == 404
    assert signed_in(trainer).get(f"/sessions/{session.uuid}/").status_code == 404


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(url_of(member)).status_code == 403


def test_anonymous_signs_in_first(member):
    assert Client().get(url_of(member)).url == f"/accounts/login/?next={url_of(member)}"


def test_wrong_method(trainer, member, signed_in):
    assert signed_in(trainer).post(url_of(member)).status_code == 405


def test_bad_id(trainer, signed_in):
    for bad in ("0", "999999", "99999999999999999999", "x"):
        assert signed_in(trainer).get(f"/coaching/members/{bad}/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    trainer, member, signed_in, query_count, no_lazy_queries
):
    exercise = ExerciseFactory()
    client = signed_in(trainer)
    busy = UserFactory()
    coach(trainer, busy)
    for person, rows in ((member, 1), (busy, 200)):
        assignment = make_assignment(trainer, person, exercises=[exercise], weeks=1, days=1)
        for n in range(rows):
            session = make_session(
                person,
                exercise=exercise,
                assignment=assignment,
                sets=1,
                finished=True,
                started_at=timezone.now() - timedelta(days=n / 3),
            )
            # Always better than before: a plateau is named by one query more.
            session.sets.update(weight=300 - n)
    # Neither a second page nor more weeks ask for anything more than the first.
    assert query_count(client, url_of(busy)) == query_count(client, url_of(member))
    assert query_count(client, url_of(busy) + "?page=3") == query_count(client, url_of(member))
    assert query_count(client, url_of(busy) + "?weeks=52") == query_count(client, url_of(member))
