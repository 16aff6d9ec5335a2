"""POST /sessions/<uuid>/comments/read/, .../settle/, .../<uuid>/delete/ and .../restore/"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from sessions import services
from sessions.models import Comment, CommentRead
from tests.factories import coach, make_comment, make_session
from tests.sessions.conftest import from_phone, words

NOBODYS = UUID("5a1f0f3e-8a52-4b0e-9d1a-7b1f6f0f2a11")


@pytest.fixture
def done(member, squat):
    return make_session(member, exercise=squat, sets=1, finished=True)


@pytest.fixture
def kept():
    """Calling it reads what the database has of comments now."""

    def read():
        return [list(model.objects.order_by("pk").values()) for model in (Comment, CommentRead)]

    return read


def address(session, ending):
    return f"/sessions/{session.uuid}/comments/{ending}"


def test_read_by_the_button(trainer, member, done, signed_in):
    make_comment(done, trainer)
    last = make_comment(done, trainer)
    client = signed_in(member)
    page = client.get(f"/sessions/{done.uuid}/")
    assert "Comments 2 new" in words(page)
    assert "Mark as read" in words(page)
    answer = client.post(address(done, "read/"), {"newest": last.uuid})
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{done.uuid}/#comments")
    page = client.get(f"/sessions/{done.uuid}/")
    assert "new" not in words(page).rpartition(" Comments ")[2].partition("About")[0]
    assert "Mark as read" not in words(page)


def test_read_by_the_script_twice(trainer, member, done, signed_in, kept):
    last = make_comment(done, trainer)
    for _again in range(2):
        answer = signed_in(member).post(
            address(done, "read/"), {"newest": last.uuid}, headers=from_phone(member)
        )
        assert (answer.status_code, answer.content) == (204, b"")
        assert list(CommentRead.objects.values_list("comment", "reader")) == [(last.pk, member.pk)]


def test_what_came_meanwhile_stays_new(trainer, member, done, signed_in):
    seen = make_comment(done, trainer)
    later = make_comment(done, trainer, written_at=seen.written_at + timedelta(seconds=1))
    client = signed_in(member)
    client.post(address(done, "read/"), {"newest": seen.uuid})
    assert list(Comment.objects.unread_by(member)) == [later]
    client.post(address(done, "read/"))
    assert not Comment.objects.unread_by(member).exists()


def test_the_newest_may_be_deleted_meanwhile(trainer, member, done, signed_in):
    make_comment(done, trainer)
    last = make_comment(done, trainer)
    services.delete_comment(comment=last)
    answer = signed_in(member).post(address(done, "read/"), {"newest": last.uuid})
    assert answer.status_code == 302
    assert not Comment.objects.unread_by(member).exists()


def test_reading_is_everybodys_own(trainer, other_trainer, member, done, signed_in):
    coach(other_trainer, member)
    asked = make_comment(done, member)
    signed_in(trainer).post(address(done, "read/"))
    assert not Comment.objects.unread_by(trainer).exists()
    assert list(Comment.objects.unread_by(other_trainer)) == [asked]


def test_looking_reads_nothing(trainer, member, done, signed_in, kept):
    make_comment(done, trainer)
    before = kept()
    for url in (f"/sessions/{done.uuid}/", "/sessions/comments/", "/today/"):
        assert signed_in(member).get(url).status_code == 200
    assert kept() == before


def test_no_answer_is_needed(trainer, other_trainer, member, done, signed_in):
    coach(other_trainer, member)
    asked, client = make_comment(done, member), signed_in(trainer)
    assert "No answer needed" in words(client.get(f"/sessions/{done.uuid}/"))
    assert "No answer needed" not in words(signed_in(member).get(f"/sessions/{done.uuid}/"))
    for _again in range(2):
        answer = client.post(address(done, "settle/"), {"newest": asked.uuid})
        assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{done.uuid}/#comments")
        asked.refresh_from_db()
        at = asked.settled_at
        assert at is not None
    assert asked.settled_at == at
    for person in (trainer, other_trainer):
        page = signed_in(person).get(f"/sessions/{done.uuid}/")
        assert "No answer needed" not in words(page)


def test_what_is_asked_meanwhile_stays_open(trainer, member, done, signed_in):
    seen = make_comment(done, member)
    later = make_comment(done, member, written_at=seen.written_at + timedelta(seconds=1))
    signed_in(trainer).post(address(done, "settle/"), {"newest": seen.uuid})
    assert list(Comment.objects.unanswered()) == [later]


def test_the_member_settles_nothing(member, done, signed_in, kept):
    make_comment(done, member)
    before = kept()
    assert signed_in(member).post(address(done, "settle/")).status_code == 403
    assert kept() == before


@pytest.mark.parametrize("who", ["trainer", "member"])
def test_deleted_and_brought_back(request, who, trainer, member, done, signed_in):
    author = request.getfixturevalue(who)
    reader = member if author == trainer else trainer
    mine = make_comment(done, author, "Regretted")
    client = signed_in(author)
    for _again in range(2):
        answer = client.post(address(done, f"{mine.uuid}/delete/"))
        assert answer.status_code == 302
        assert answer["Location"] == f"/sessions/{done.uuid}/?gone={mine.uuid}#gone"
    page = client.get(answer["Location"])
    assert "Your comment was deleted. Undo" in words(page)
    for person, query in [(author, ""), (reader, f"?gone={mine.uuid}"), (reader, "")]:
        page = signed_in(person).get(f"/sessions/{done.uuid}/{query}")
        assert "Regretted" not in page.content.decode()
        assert "was deleted" not in words(page)
    for _again in range(2):
        answer = client.post(address(done, f"{mine.uuid}/restore/"))
        assert answer["Location"] == f"/sessions/{done.uuid}/#comment-{mine.uuid}"
    assert "Regretted" in signed_in(reader).get(f"/sessions/{done.uuid}/").content.decode()


def test_only_ones_own_can_be_deleted(trainer, member, done, signed_in, kept):
    theirs, mine = make_comment(done, member), make_comment(done, trainer)
    before = kept()
    for ending in ("delete/", "restore/"):
        assert signed_in(trainer).post(address(done, f"{theirs.uuid}/{ending}")).status_code == 403
        assert signed_in(member).post(address(done, f"{mine.uuid}/{ending}")).status_code == 403
    assert kept() == before
    services.delete_comment(comment=theirs)
    before = kept()
    for ending in ("delete/", "restore/"):
        assert signed_in(trainer).post(address(done, f"{theirs.uuid}/{ending}")).status_code == 404
    assert kept() == before


@pytest.fixture
def mine(done, member):
    return make_comment(done, member)


ENDINGS = ["read/", "settle/", "{uuid}/delete/", "{uuid}/restore/"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_who_may_not(member, outsider, other_trainer, admin, done, mine, signed_in, kept, ending):
    former = coach(other_trainer, member)
    former.ended_at = timezone.now()
    former.save()
    before, url = kept(), address(done, ending.format(uuid=mine.uuid))
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).post(url).status_code == 404
    assert Client().post(url)["Location"].startswith("/accounts/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert strict.post(url).status_code == 403
    for method in ("get", "head", "put", "patch", "delete"):
        assert getattr(signed_in(member), method)(url).status_code == 405
    assert kept() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_in_another_session_it_is_not_there(
    trainer, member, outsider, done, mine, signed_in, kept, ending
):
    old, theirs = make_session(member, finished=True), make_session(outsider)
    foreign = make_comment(theirs, outsider)
    before = kept()
    for person, session, comment in [
        (member, old, mine),
        (trainer, old, mine),
        (member, done, foreign),
        (member, theirs, foreign),
        (outsider, theirs, mine),
    ]:
        if (person, ending) == (member, "settle/"):
            continue
        url = address(session, ending.format(uuid=comment.uuid))
        answer = signed_in(person).post(url, {"newest": comment.uuid})
        assert answer.status_code == 404 if person != outsider or ending != "settle/" else 403
    assert kept() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_bad_ids(trainer, done, mine, signed_in, kept, ending):
    before, client = kept(), signed_in(trainer)
    for uuid in (NOBODYS, "1", "%00"):
        assert (
            client.post(f"/sessions/{uuid}/comments/{ending.format(uuid=uuid)}").status_code == 404
        )
        url = address(done, ending.format(uuid=uuid))
        assert client.post(url, {"newest": uuid}).status_code == 404
    assert kept() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_discarded_session_is_gone(trainer, member, done, mine, signed_in, kept, ending):
    services.discard_session(session=done)
    before, url = kept(), address(done, ending.format(uuid=mine.uuid))
    for person in (trainer, member):
        assert signed_in(person).post(url).status_code == 404
    assert kept() == before


def test_somebody_elses_script_reads_nothing(trainer, member, done, signed_in, kept):
    """A tab of the member is still open, and the trainer has signed in on that phone."""
    make_comment(done, member)
    before = kept()
    answer = signed_in(trainer).post(address(done, "read/"), headers=from_phone(member))
    assert answer.status_code == 409
    assert kept() == before
