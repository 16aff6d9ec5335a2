"""GET /coaching/, which is also a trainer's first page"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Invitation, User
from accounts.services import invite
from coaching.roster import roster_lines, with_sets
from programs.models import Assignment, Program, Workout
from sessions.models import Comment, WorkoutSession
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    agree,
    coach,
    make_assignment,
    make_check_in,
    make_session,
    make_set,
)
from tests.sessions.training_days import follow, train

URL = "/coaching/"
WORK = {"kind": "work"}


def cells(page):
    """The table row by row, as it is read."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)[1:]
    words = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in words]


def names(client, query=""):
    return [row[0] for row in cells(client.get(f"{URL}?{query}"))]


def days_ago(n):
    return timezone.now() - timedelta(days=n)


def test_shows_the_last_session_and_what_was_done_of_what_was_planned(trainer, member, signed_in):
    """The program began ten days ago and asks for every day; two days were trained, not today."""
    start = member.today() - timedelta(days=10)
    assignment = make_assignment(trainer, member, start=start, weeks=6)
    make_session(member, assignment=assignment, sets=1, finished=True, started_at=days_ago(3))
    last = make_session(
        member, assignment=assignment, finished=True, started_at=days_ago(1), targets=[WORK] * 3
    )
    for position in (1, 2):
        make_set(last.blocks.get(), position=position, target=WORK)
    make_set(last.blocks.get(), position=9, kind="warmup")
    make_set(last.blocks.get(), position=10, deleted_at=timezone.now())
    make_session(member, sets=1)

    page = signed_in(trainer).get(URL)
    assert cells(page) == [
        [
            "Mia Member",
            "Strong legs",
            "Leg session yesterday, 2 of 3 sets",
            "2 / 10",
            "2 / 3",
            "Day 1 today",
            "–",
        ]
    ]
    assert f'href="/sessions/{last.uuid}/"' in page.text
    assert f'href="/coaching/members/{member.pk}/"' in page.text


def test_today_counts_once_it_was_trained(trainer, member, signed_in):
    assignment = make_assignment(trainer, member, weeks=6)
    client = signed_in(trainer)
    assert cells(client.get(URL))[0][2:] == ["none yet", "0 / 0", "–", "Day 1 today", "–"]
    make_session(member, assignment=assignment, sets=1, finished=True)
    (row,) = cells(client.get(URL))
    assert row[2:] == ["Leg session today, 1 set", "1 / 1", "–", "Day 1 tomorrow", "–"]


def test_a_member_without_program_or_session(trainer, member, signed_in):
    assert cells(signed_in(trainer).get(URL)) == [
        ["Mia Member", "none", "none yet", "–", "–", "–", "–"]
    ]


def test_what_is_next_while_it_rests_when_nothing_is_left_and_when_another_one_waits(
    trainer, member, signed_in
):
    assignment = follow(member, member.today(), weekdays=range(7), workouts=1)
    client = signed_in(trainer)
    assert cells(client.get(URL))[0][5:] == ["A1 today", "Program ends today"]
    train(assignment, member.today())
    assert cells(client.get(URL))[0][5:] == ["nothing left", "Program is finished"]
    waiting = follow(member, member.today(), workouts=3, status="queued")
    Program.objects.filter(pk=waiting.program_id).update(title="Stronger legs")
    assert cells(client.get(URL))[0][5:] == ["“Stronger legs” waits", "–"]
    Assignment.objects.filter(pk=assignment.pk).update(status="paused")
    assert cells(client.get(URL))[0][1] == "Strong legs paused"
    assert cells(client.get(URL))[0][5:] == ["paused", "–"]


def test_by_name_and_only_ones_own(trainer, other_trainer, member, outsider, signed_in):
    former = UserFactory(name="Fred Former")
    Coaching.objects.create(trainer=trainer, member=former, ended_at=timezone.now() + timedelta(1))
    coach(other_trainer, outsider)
    coach(trainer, UserFactory(name="Anna"))
    assert names(signed_in(trainer)) == ["Anna", "Mia Member"]
    assert names(signed_in(other_trainer)) == ["Olga Outsider"]


def test_an_empty_one_teaches_the_first_step(other_trainer, signed_in):
    page = signed_in(other_trainer).get(URL).text
    assert "No member has joined you yet." in page
    assert 'href="/coaching/invite/"' in page


def test_a_discarded_session_is_not_the_last_one(trainer, member):
    kept = make_session(member, sets=1, finished=True, started_at=days_ago(2))
    make_session(member, sets=1, finished=True, started_at=days_ago(1), deleted_at=timezone.now())
    (line,) = with_sets(roster_lines(trainer))
    assert (line.last, line.days_ago, line.last.sets_done) == (kept, 2, 1)


# --- Searching, choosing, sorting -----------------------------------------------------------------


@pytest.fixture
def people(trainer):
    """Three members: Ágnes missed two days, Bernd's program rests, Cleo has none."""
    agnes, bernd, cleo = (
        UserFactory(name=name, email=f"{mail}@example.com")
        for name, mail in (("Ágnes Nagy", "an"), ("Bernd", "b"), ("Cleo", "c"))
    )
    for person in (agnes, bernd, cleo):
        coach(trainer, person)
    follow(agnes, agnes.today() - timedelta(days=2), weekdays=range(7), workouts=20)
    follow(bernd, bernd.today(), weekdays=range(7), workouts=20, status="paused")
    make_session(bernd, finished=True, started_at=days_ago(5))
    make_session(cleo, finished=True, started_at=days_ago(1))
    return agnes, bernd, cleo


ALL = ["Ágnes Nagy", "Bernd", "Cleo"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=agnes", ["Ágnes Nagy"]),
        ("q=NAGY+an@", ["Ágnes Nagy"]),
        ("q=example.com", ALL),
        ("q=nobody", []),
        ("q=%25", []),
        ("reason=any", ["Ágnes Nagy"]),
        ("reason=missed", ["Ágnes Nagy"]),
        ("reason=pain", []),
        ("reason=invitation", []),
        ("program=yes", ["Ágnes Nagy", "Bernd"]),
        ("program=no", ["Cleo"]),
        ("program=paused", ["Bernd"]),
        ("program=yes&reason=any&q=b", []),
    ],
)
def test_what_is_shown_is_chosen_in_the_address(trainer, people, signed_in, query, shown):
    assert names(signed_in(trainer), query) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Ágnes Nagy", "Bernd", "Cleo"]),
        ("sort=attention&dir=desc", ["Ágnes Nagy", "Bernd", "Cleo"]),
        ("sort=name&dir=desc", ["Cleo", "Bernd", "Ágnes Nagy"]),
        ("sort=last", ["Cleo", "Bernd", "Ágnes Nagy"]),
        ("sort=last&dir=desc", ["Bernd", "Cleo", "Ágnes Nagy"]),
        ("sort=adherence", ["Ágnes Nagy", "Bernd", "Cleo"]),
        ("sort=next", ["Ágnes Nagy", "Bernd", "Cleo"]),
    ],
)
def test_sorted_with_those_last_who_have_nothing_to_sort_by(
    trainer, people, signed_in, query, shown
):
    assert names(signed_in(trainer), query) == shown


def test_the_worst_adherence_comes_first(trainer, signed_in):
    for name, done in (("Often", 3), ("Never", 0), ("Once", 1)):
        person = UserFactory(name=name)
        coach(trainer, person)
        start = person.today() - timedelta(days=4)
        followed = follow(person, start, weekdays=range(7), workouts=20)
        for n in range(done):
            train(followed, start + timedelta(days=n))
    client = signed_in(trainer)
    assert names(client, "sort=adherence") == ["Never", "Once", "Often"]
    assert names(client, "sort=adherence&dir=desc") == ["Often", "Once", "Never"]


@pytest.mark.parametrize(
    "query",
    [
        "sort=password",
        "sort=last&dir=up",
        "reason=rich&program=maybe",
        "q=%00",
        f"q={'x' * 101}",
        "page=two",
        "page=99",
        "page=-1",
    ],
)
def test_what_cannot_be_read_is_left_out(trainer, people, signed_in, query):
    assert sorted(names(signed_in(trainer), query)) == sorted(ALL)


def test_the_choice_stays_in_the_form_and_in_every_link(trainer, people, signed_in):
    page = signed_in(trainer).get(f"{URL}?q=example&sort=name&dir=desc&page=1").text
    assert 'name="q" value="example"' in page
    assert '<option value="name" selected>' in page
    assert '<input type="hidden" name="dir" value="desc"' in page
    assert 'href="?q=example&amp;sort=last&amp;dir=asc"' in page
    assert 'href="?q=example&amp;sort=name&amp;dir=asc"' in page
    assert 'aria-sort="descending"' in page
    assert 'href="/coaching/roster.csv?q=example&amp;sort=name&amp;dir=desc"' in page


def test_what_is_typed_is_text(trainer, people, signed_in):
    page = signed_in(trainer).get(f'{URL}?q="><img src=x>').text
    assert "<img src=x>" not in page
    assert "Nobody is shown for this choice." in page


def test_the_numbers_lead_to_those_they_count(trainer, people, signed_in):
    invitation, _token = invite(trainer=trainer, label="Olga", at=days_ago(4))
    page = signed_in(trainer).get(URL).text
    counts = re.findall(r'<a href="([^"]+)"[^>]*>(\d[^<]+)</a>', page)
    assert counts == [
        ("/coaching/", "3 members"),
        ("/coaching/?reason=any", "1 needs attention"),
        ("/coaching/?reason=invitation", "1 invitation without an answer"),
    ]
    assert f'href="/coaching/invitations/{invitation.pk}/"' in page


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("reason=invitation", True),
        ("reason=any", True),
        ("q=olga", True),
        ("q=anna", False),
        ("reason=pain", False),
        ("program=yes", False),
    ],
)
def test_invitations_without_an_answer_stand_above(trainer, people, signed_in, query, there):
    invite(trainer=trainer, label="Ólga", at=days_ago(4))
    invite(trainer=trainer, label="Fresh", at=days_ago(2))
    page = signed_in(trainer).get(f"{URL}?{query}").text
    assert ("Ólga" in page) == there
    assert "Fresh" not in page


def test_fifty_a_page(trainer, signed_in):
    for n in range(51):
        coach(trainer, UserFactory(name=f"Person {n:02}"))
    client = signed_in(trainer)
    page = client.get(f"{URL}?sort=name&q=person")
    assert len(cells(page)) == 50
    assert 'href="?sort=name&amp;q=person&amp;page=2"' in page.text
    assert names(client, "sort=name&q=person&page=2") == ["Person 50"]


# --- Health ---------------------------------------------------------------------------------------


def test_pain_is_told_without_number_and_place_and_only_while_it_is_shared(
    trainer, member, signed_in
):
    agree(member)
    Coaching.objects.update(health_shared_at=timezone.now())
    make_check_in(member, pain=8, pain_place="groin", signs=["pop"])
    client = signed_in(trainer)
    page = client.get(URL).text
    assert "Reported pain on" in page
    for secret in ("groin", "pop", "8"):
        assert secret not in re.sub("<[^>]+>", " ", page).replace("28 days", "")
    Coaching.objects.update(health_shared_at=None)
    assert "Reported pain on" not in client.get(URL).text


def test_looking_is_not_written_down(trainer, member, signed_in):
    signed_in(trainer).get(URL)
    assert not AccessRecord.objects.exists()


# --- Who ------------------------------------------------------------------------------------------


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(URL).status_code == 403


def test_anonymous_signs_in_first(db):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"


def test_wrong_method(trainer, signed_in):
    assert signed_in(trainer).post(URL).status_code == 405


# --- How many queries -----------------------------------------------------------------------------


@pytest.mark.parametrize("url", [URL, "/"])
def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries, url):
    """Each with everything a line can have: a program, one that waits, sets, a high RPE, a comment,
    a check-in that is shared, a lift that stands still; and an invitation."""
    exercise = ExerciseFactory()

    def one_more():
        person = UserFactory()
        coach(trainer, person)
        Coaching.objects.update(health_shared_at=timezone.now())
        make_check_in(person, pain=5)
        assignment = make_assignment(trainer, person, exercises=[exercise], weeks=1, days=1)
        follow(person, person.today(), workouts=1, status="queued")
        for n in range(8):
            made = make_session(
                person,
                exercise=exercise,
                assignment=assignment,
                sets=1,
                finished=True,
                started_at=days_ago(5 * n),
                rpe=6 if n else 9,
            )
        Comment.objects.create(
            session=made, member=person, author=person, author_name="x", text="Hello"
        )
        invite(trainer=trainer, label="Olga", at=days_ago(4))

    one_more()
    client = signed_in(trainer)
    one = query_count(client, url)
    for _n in range(49):
        one_more()
    page = client.get(url)
    assert len(cells(page)) == 50
    for words in ("Reported pain on", "1 comment waits", "Session RPE 9", "No progress in Ex"):
        assert page.text.count(words) == 50
    assert query_count(client, url) == one


def test_five_hundred_members_take_as_many(trainer, signed_in, query_count, no_lazy_queries):
    def more(first, last):
        people = User.objects.bulk_create(
            User(email=f"m{n}@example.com", name=f"M {n:03}", password="!")
            for n in range(first, last)
        )
        Coaching.objects.bulk_create(Coaching(trainer=trainer, member=each) for each in people)
        programs = Program.objects.bulk_create(Program(title="Legs", weeks=9) for _ in people)
        workouts = Workout.objects.bulk_create(
            Workout(program=each, week=1, day=1, title="A") for each in programs
        )
        today = timezone.now().date()
        given = Assignment.objects.bulk_create(
            Assignment(member=each, program=program, start_date=today, weekdays=[0, 3])
            for each, program in zip(people, programs, strict=True)
        )
        WorkoutSession.objects.bulk_create(
            WorkoutSession(
                uuid=uuid4(),
                member=each.member,
                assignment=each,
                workout=workout,
                title="A",
                day=today,
                finished_at=timezone.now() + timedelta(minutes=1),
            )
            for each, workout in zip(given, workouts, strict=True)
        )

    more(0, 1)
    client = signed_in(trainer)
    one = query_count(client, URL)
    more(1, 500)
    page = client.get(URL)
    assert "500 members" in page.text
    assert len(cells(page)) == 50
    assert query_count(client, URL) == one
    assert Invitation.objects.count() == 0
