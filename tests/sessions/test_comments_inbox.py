"""GET /sessions/comments/, POST /sessions/comments/read/, and what Today says of it"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sessions.models import Comment, CommentRead
from tests.factories import coach, make_comment, make_session
from tests.sessions.conftest import words

INBOX = "/sessions/comments/"


def threads(page):
    """The links of the list, in order."""
    return re.findall(r'<a href="(/sessions/[0-9a-f-]{36}/#comments)">', page.content.decode())


def link(session):
    return f"/sessions/{session.uuid}/#comments"


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def test_nothing_yet(trainer, outsider, signed_in):
    assert "you and your members write" in words(signed_in(trainer).get(INBOX))
    page = signed_in(outsider).get(INBOX)
    assert "you and your trainer write" in words(page)
    assert "Mark all as read" not in words(page)


def test_the_newest_thread_comes_first(trainer, member, signed_in):
    old = make_session(member, finished=True, title="Monday")
    new = make_session(member, finished=True, title="Tuesday")
    make_comment(new, trainer, "First words", written_at=ago(30))
    make_comment(old, trainer, "Then here", written_at=ago(20))
    make_comment(new, member, "And again", written_at=ago(10))
    make_comment(old, member, "Not any more", written_at=ago(5), deleted_at=ago(4))
    page = signed_in(member).get(INBOX)
    assert threads(page) == [link(new), link(old)]
    said = words(page)
    assert "Tuesday You: And again" in said
    assert "Monday Tara Trainer: Then here" in said
    assert "First words" not in said
    assert "Not any more" not in said
    assert said.count("1 new") == 2
    page = signed_in(trainer).get(INBOX)
    assert threads(page) == [link(new), link(old)]
    assert "Mia Member: Tuesday And again" in words(page)
    assert "Mia Member: Monday You: Then here" in words(page)


def test_ones_own_sessions_and_those_of_ones_members(trainer, other_trainer, member, signed_in):
    coach(other_trainer, trainer)
    mine, theirs = make_session(trainer, title="Mine"), make_session(member, title="Theirs")
    make_comment(mine, other_trainer, written_at=ago(2))
    make_comment(theirs, member, written_at=ago(1))
    page = signed_in(trainer).get(INBOX)
    assert threads(page) == [link(theirs), link(mine)]
    assert threads(signed_in(other_trainer).get(INBOX)) == [link(mine)]


def test_nobody_else_sees_any(trainer, member, outsider, other_trainer, admin, signed_in):
    make_comment(make_session(member), member, "Secret words")
    former = coach(other_trainer, member)
    former.ended_at = timezone.now()
    former.save()
    for person in (outsider, other_trainer, admin):
        page = signed_in(person).get(INBOX)
        assert threads(page) == []
        assert "Secret" not in page.content.decode()
        assert "Mia Member" not in page.content.decode()
    answer = Client().get(INBOX)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_who_is_no_trainer_any_more_sees_none(trainer, member, signed_in):
    make_comment(make_session(member), member, "Secret words")
    trainer.is_trainer = False
    trainer.save()
    assert "Secret" not in signed_in(trainer).get(INBOX).content.decode()


def test_words_are_text_and_short(trainer, member, signed_in):
    make_comment(make_session(member), trainer, "<img src=x onerror=alert(1)>" + "long " * 100)
    html = signed_in(member).get(INBOX).content.decode()
    assert "&lt;img src=x" in html
    assert "<img src=x" not in html
    assert html.count("long ") < 20


def test_twenty_a_page(trainer, member, signed_in):
    for number in range(21):
        make_comment(make_session(member, finished=True), trainer, written_at=ago(number))
    client = signed_in(member)
    first, second = client.get(INBOX), client.get(f"{INBOX}?page=2")
    assert (len(threads(first)), len(threads(second))) == (20, 1)
    assert not set(threads(first)) & set(threads(second))
    assert client.get(f"{INBOX}?page=x").status_code == 200
    assert client.get(f"{INBOX}?page=99").status_code == 200


@pytest.mark.parametrize("reader", ["member", "trainer"])
def test_queries_do_not_grow(
    request, trainer, member, signed_in, query_count, no_lazy_queries, reader
):
    client = signed_in(request.getfixturevalue(reader))
    make_comment(make_session(member, finished=True), trainer)
    one = query_count(client, INBOX)
    for number in range(50):
        session = make_session(member, finished=True)
        for author in (trainer, member):
            make_comment(session, author, written_at=ago(number))
    assert one == query_count(client, INBOX) <= 8


def test_all_are_read(trainer, member, signed_in):
    for minutes in (3, 2):
        last = make_comment(make_session(member, finished=True), trainer, written_at=ago(minutes))
    meanwhile = make_comment(make_session(member), trainer, written_at=ago(1))
    client = signed_in(member)
    assert f'name="newest" value="{meanwhile.uuid}"' in client.get(INBOX).content.decode()
    for _again in range(2):
        answer = client.post(f"{INBOX}read/", {"newest": last.uuid})
        assert (answer.status_code, answer["Location"]) == (302, INBOX)
        assert list(Comment.objects.unread_by(member)) == [meanwhile]
    client.post(f"{INBOX}read/")
    assert not Comment.objects.unread_by(member).exists()
    assert "Mark all as read" not in words(client.get(INBOX))


def test_everybody_reads_for_themselves(trainer, member, outsider, signed_in):
    asked, said = [make_comment(make_session(member, finished=True), p) for p in (member, trainer)]
    signed_in(outsider).post(f"{INBOX}read/")
    signed_in(member).post(f"{INBOX}read/")
    assert list(CommentRead.objects.values_list("comment", "reader")) == [(said.pk, member.pk)]
    assert list(Comment.objects.unread_by(trainer)) == [asked]


def test_bad_ids_and_methods(trainer, member, outsider, signed_in):
    secret = make_comment(make_session(outsider), outsider)
    make_comment(make_session(member), trainer)
    client = signed_in(member)
    for newest in (secret.uuid, "x", "\x00"):
        assert client.post(f"{INBOX}read/", {"newest": newest}).status_code == 404
    for method in ("get", "head", "put", "delete"):
        assert getattr(client, method)(f"{INBOX}read/").status_code == 405
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(INBOX).status_code == 405
    assert Client().post(f"{INBOX}read/")["Location"].startswith("/accounts/login/")
    assert not CommentRead.objects.exists()


def test_today_says_how_many_are_new(trainer, member, signed_in, query_count):
    client = signed_in(member)
    assert "new comment" not in words(client.get("/today/"))
    none = query_count(client, "/today/")
    session = make_session(member)
    make_comment(session, trainer)
    assert "1 new comment" in words(client.get("/today/"))
    make_comment(session, trainer)
    page = client.get("/today/")
    assert "2 new comments" in words(page)
    assert f'href="{INBOX}"' in page.content.decode()
    assert query_count(client, "/today/") == none
    client.post(f"{INBOX}read/")
    assert "new comment" not in words(client.get("/today/"))


def test_the_log_leads_there(member, signed_in):
    assert f'href="{INBOX}"' in signed_in(member).get("/sessions/").content.decode()
