"""POST /sessions/<uuid>/comments/, and what the session page shows of it"""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Coaching
from sessions import services
from sessions.models import Comment, CommentRead
from tests.factories import ExerciseFactory, coach, make_comment, make_session, make_set
from tests.sessions.conftest import words


@pytest.fixture
def done(member, squat):
    """A finished session of `member` with two sets of squats."""
    return make_session(member, exercise=squat, sets=2, finished=True)


def write(client, session, text="Deeper next time.", *, about="", uuid=None, **kwargs):
    form = {"uuid": uuid or uuid4(), "text": text, "about": about}
    return client.post(f"/sessions/{session.uuid}/comments/", form, **kwargs)


def page(client, session, query=""):
    return client.get(f"/sessions/{session.uuid}/{query}")


def thread(answer):
    """What a reader sees under "Comments"."""
    return words(answer).rpartition(" Comments ")[2]


def test_a_trainer_writes_and_the_member_answers(trainer, member, done, signed_in):
    answer = write(signed_in(trainer), done)
    first = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/sessions/{done.uuid}/#comment-{first.uuid}",
    )
    assert (first.session, first.member, first.author) == (done, member, trainer)
    assert (first.author_name, first.text, first.set_log) == (
        "Tara Trainer",
        "Deeper next time.",
        None,
    )
    write(signed_in(member), done, "I will.")
    said = thread(page(signed_in(member), done))
    assert "Tara Trainer · today," in said
    assert said.index("Deeper next time.") < said.index("You · today,") < said.index("I will.")
    said = thread(page(signed_in(trainer), done))
    assert said.index("You · today,") < said.index("Mia Member · today,") < said.index("I will.")


def test_a_session_that_is_open_is_commented_too(trainer, session, signed_in):
    write(signed_in(trainer), session)
    assert "Deeper next time." in thread(page(signed_in(session.member), session))


def test_it_is_about_a_set_as_it_is_logged_now(trainer, member, done, signed_in):
    second = done.sets.get(position=2)
    write(signed_in(trainer), done, about=second.client_key)
    assert Comment.objects.get().set_log == second
    second.weight, second.reps = Decimal("102.5"), 5
    second.save()
    html = page(signed_in(member), done).content.decode()
    link = f'<a href="#set-{second.client_key}">Back squat, set 2: 102.5 kg × 5</a>'
    assert link in html
    assert f'id="set-{second.client_key}"' in html


def test_a_warmup_is_named_as_one(trainer, done, signed_in):
    make_set(done.blocks.get(), position=0, kind="warmup", weight=20, client_key=uuid4())
    html = page(signed_in(trainer), done).content.decode()
    assert ">Back squat, warm-up: 20 kg × 8</option>" in html


def test_what_was_said_of_a_deleted_set_stays(trainer, member, done, signed_in):
    second = done.sets.get(position=2)
    write(signed_in(trainer), done, about=second.client_key)
    services.delete_set(session=done, client_key=second.client_key)
    said = thread(page(signed_in(member), done))
    assert "a set that was deleted Deeper next time." in said
    assert "set 2: 60" not in said


def test_the_set_that_the_address_names_is_chosen(trainer, done, signed_in):
    second = done.sets.get(position=2)
    html = page(signed_in(trainer), done, f"?about={second.client_key}").content.decode()
    assert f'<option value="{second.client_key}" selected>Back squat, set 2: 60 kg × 8<' in html
    for about in (uuid4(), "x", "%00", '"><script>'):
        html = page(signed_in(trainer), done, f"?about={about}").content.decode()
        assert " selected>Back squat" not in html
        assert "<script>" not in html


def test_a_set_leads_to_the_form_and_says_how_much_was_said(trainer, member, done, signed_in):
    first, second = done.sets.order_by("position")
    for _number in range(2):
        make_comment(done, trainer, set_log=second)
    make_comment(done, trainer, set_log=second, deleted_at=timezone.now())
    answer = page(signed_in(trainer), done)
    assert "Comment : set 1 of Back squat" in words(answer)
    assert "2 comments : set 2 of Back squat" in words(answer)
    assert f'href="/sessions/{done.uuid}/?about={first.client_key}#say"' in answer.text
    answer = page(signed_in(member), done)
    assert words(answer).count("Comment on this set") == 3  # both, and the one to copy
    assert "2 comments : set 2 of Back squat" in words(answer)
    assert "Comment : set 1 of Back squat" not in words(answer)


def test_an_open_row_says_nothing_of_comments(trainer, member, planned, signed_in):
    for person in (trainer, member):
        html = page(signed_in(person), planned).content.decode()
        exercises = html.partition('id="exercises"')[2].partition("</section>")[0]
        assert "say" not in exercises


def test_in_the_middle_of_a_workout_the_form_is_a_link_away(trainer, member, planned, signed_in):
    client = signed_in(member)
    answer = page(client, planned)
    assert 'href="?about=#say"' in answer.text
    assert 'name="text"' not in answer.text
    assert "comments" not in re.findall(r"js/(\w+)", answer.text)
    asked = page(client, planned, "?about=")
    assert 'name="text"' in asked.text
    make_comment(planned, trainer)
    assert 'name="text"' in page(client, planned).text
    assert 'name="text"' in page(signed_in(trainer), planned).text


def test_without_a_trainer_there_is_nothing_to_see(outsider, signed_in):
    session = make_session(outsider, sets=1, finished=True)
    html = page(signed_in(outsider), session).content.decode()
    for trace in ('id="comments"', "comments.js", "Comment on this set"):
        assert trace not in html
    answer = write(signed_in(outsider), session)
    assert answer.status_code == 422
    assert "You have no trainer any more who would read this." in words(answer)
    assert not Comment.objects.exists()


def test_what_a_former_trainer_wrote_stays_readable(trainer, member, done, signed_in):
    write(signed_in(trainer), done)
    Coaching.objects.update(ended_at=timezone.now())
    answer = page(signed_in(member), done)
    assert "Deeper next time." in words(answer)
    assert 'id="say"' not in answer.text
    answer = write(signed_in(member), done, "Are you there?")
    assert answer.status_code == 422
    assert ">Are you there?</textarea>" in answer.text


def test_sent_twice_it_is_one_comment(trainer, done, signed_in):
    client, uuid = signed_in(trainer), uuid4()
    places = {write(client, done, uuid=uuid)["Location"] for _again in range(3)}
    assert Comment.objects.count() == len(places) == 1
    write(client, done, "Other words of the same form.", uuid=uuid)
    write(client, done, about=done.sets.first().client_key, uuid=uuid)
    assert Comment.objects.count() == 3


def test_the_id_of_another_ones_form_takes_nothing_away(trainer, member, outsider, done, signed_in):
    uuid, theirs = uuid4(), make_session(outsider)
    coach(trainer, outsider)
    for client, session in [
        (signed_in(trainer), done),
        (signed_in(trainer), theirs),
        (signed_in(member), done),
    ]:
        write(client, session, uuid=uuid)
    assert sorted(Comment.objects.values_list("session", "author")) == sorted(
        [(done.pk, trainer.pk), (theirs.pk, trainer.pk), (done.pk, member.pk)]
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write something first."),
        (" \r\n ", "Write something first."),
        ("x" * 2001, "That is 2001 characters long, 2000 fit."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_refused_words_stay(trainer, done, signed_in, text, sentence):
    second = done.sets.get(position=2)
    answer = write(signed_in(trainer), done, text, about=second.client_key)
    assert answer.status_code == 422
    assert sentence in thread(answer)
    assert f'<option value="{second.client_key}" selected>' in answer.text
    if len(text) > 2000:
        assert f">{text}</textarea>" in answer.text
    assert not Comment.objects.exists()


def test_as_much_as_the_field_takes(trainer, member, done, signed_in):
    """A browser counts a line break as one character and sends two."""
    write(signed_in(trainer), done, "\r\n".join(["x" * 99] * 20) + "y")
    text = Comment.objects.get().text
    assert (len(text), text.count("\n")) == (2000, 19)
    assert text in page(signed_in(member), done).content.decode()


def test_a_set_of_another_session_is_refused(trainer, member, done, outsider, signed_in):
    old = make_session(member, sets=1, finished=True)
    theirs = make_session(outsider, sets=1, finished=True)
    gone = done.sets.get(position=1)
    services.delete_set(session=done, client_key=gone.client_key)
    keys = [session.sets.get().client_key for session in (old, theirs)]
    for about in (*keys, gone.client_key, uuid4(), "x"):
        answer = write(signed_in(trainer), done, about=about)
        assert answer.status_code == 422
        assert "This set is not in the session any more." in thread(answer)
        assert ">Deeper next time.</textarea>" in answer.text
    assert not Comment.objects.exists()


def test_a_form_without_its_id_is_asked_for_again(trainer, done, signed_in):
    for uuid in ("x", " "):
        answer = write(signed_in(trainer), done, uuid=uuid)
        assert answer.status_code == 422
        assert "That could not be sent. Send it once more." in thread(answer)
        assert f'name="uuid" value="{uuid}"' not in answer.text
    assert not Comment.objects.exists()


def test_words_are_text(trainer, member, done, signed_in):
    trainer.name = '"><b>Tara</b>'
    trainer.save()
    write(signed_in(trainer), done, "<script>alert(1)</script>\nhttps://example.com")
    for person in (trainer, member):
        html = page(signed_in(person), done).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;\nhttps://example.com" in html
        assert "<script>alert" not in html
        assert 'href="https://example.com' not in html
        assert "<b>Tara" not in html


def test_the_time_is_the_readers(trainer, member, done, signed_in):
    trainer.time_zone = "Asia/Tokyo"
    trainer.save()
    at = timezone.now().replace(hour=16, minute=5) - timedelta(days=2)
    make_comment(done, member, written_at=at)
    assert f" days ago, {at.astimezone(member.zone):%H:%M}" in thread(page(signed_in(member), done))
    assert " 01:05 Words of Mia" in thread(page(signed_in(trainer), done)).replace(" new", "")


def test_writing_answers_what_was_asked_before(trainer, other_trainer, member, done, signed_in):
    other = make_session(member, finished=True)
    coach(other_trainer, member)
    asked = make_comment(done, member)
    elsewhere = make_comment(other, member)
    from_before = make_comment(done, other_trainer)
    write(signed_in(trainer), done)
    for comment in (asked, elsewhere, from_before):
        comment.refresh_from_db()
    assert asked.settled_at is not None
    assert (elsewhere.settled_at, from_before.settled_at) == (None, None)
    write(signed_in(member), done, "One more question.")
    assert Comment.objects.get(text="One more question.").settled_at is None


def test_writing_is_having_read(trainer, member, done, signed_in):
    other = make_session(member, finished=True)
    here, elsewhere = make_comment(done, member), make_comment(other, member)
    write(signed_in(trainer), done)
    assert CommentRead.objects.get().comment == here
    assert list(Comment.objects.unread_by(trainer)) == [elsewhere]


def test_nobody_else_reads_or_writes(
    trainer, member, outsider, other_trainer, admin, done, signed_in
):
    make_comment(done, trainer, "Secret words")
    for person in (outsider, other_trainer, admin):
        client = signed_in(person)
        for answer in (page(client, done), write(client, done), client.get("/sessions/comments/")):
            assert "Secret words" not in answer.content.decode()
        assert write(client, done).status_code == page(client, done).status_code == 404
    answer = write(Client(), done)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert Comment.objects.count() == 1


def test_a_former_trainer_stands_before_a_closed_door(trainer, member, done, signed_in):
    """Also with the page still open: nothing is read, and nothing is written."""
    client = signed_in(trainer)
    mine, theirs = make_comment(done, trainer, "Secret words"), make_comment(done, member, "Mine")
    assert "Secret words" in page(client, done).content.decode()
    Coaching.objects.update(ended_at=timezone.now())
    before = list(Comment.objects.order_by("pk").values())
    here = f"/sessions/{done.uuid}/"
    for answer in (
        page(client, done),
        client.get(f"{here}version/"),
        write(client, done),
        client.post(f"{here}comments/read/"),
        client.post(f"{here}comments/settle/"),
        client.post(f"{here}comments/{mine.uuid}/delete/"),
        client.post(f"{here}comments/{mine.uuid}/restore/"),
    ):
        assert answer.status_code == 404
        assert "Secret words" not in answer.content.decode()
    inbox = client.get("/sessions/comments/").content.decode()
    assert "Mine" not in inbox
    assert "Mia Member" not in inbox
    assert list(Comment.objects.order_by("pk").values()) == before
    assert not CommentRead.objects.exists()
    assert theirs.text in page(signed_in(member), done).content.decode()


def test_nothing_is_written_once_the_door_is_closed(trainer, member, done):
    """The link may end, or the session go, while the comment is on its way."""
    asked = make_comment(done, member)
    Coaching.objects.update(ended_at=timezone.now())
    said = services.write_comment(session=done, author=trainer, text="Too late", uuid=uuid4())
    assert said is None
    services.discard_session(session=done)
    said = services.write_comment(session=done, author=member, text="Too late", uuid=uuid4())
    assert said is None
    asked.refresh_from_db()
    assert asked.settled_at is None
    assert Comment.objects.count() == 1


def test_a_discarded_session_takes_its_comments_along(trainer, member, done, signed_in):
    make_comment(done, trainer)
    services.discard_session(session=done)
    for person in (trainer, member):
        assert write(signed_in(person), done).status_code == 404
        assert "Words of" not in signed_in(person).get("/sessions/comments/").content.decode()
    services.restore_session(session=done)
    assert "Words of Tara" in page(signed_in(member), done).content.decode()


def test_by_get_it_leads_to_the_session(trainer, done, signed_in):
    answer = signed_in(trainer).get(f"/sessions/{done.uuid}/comments/")
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{done.uuid}/")
    for method in ("put", "patch", "delete"):
        answer = getattr(signed_in(trainer), method)(f"/sessions/{done.uuid}/comments/")
        assert answer.status_code == 405


@pytest.mark.parametrize("uuid", ["5a1f0f3e-8a52-4b0e-9d1a-7b1f6f0f2a11", "1", "%00"])
def test_a_bad_id(trainer, signed_in, uuid):
    assert signed_in(trainer).post(f"/sessions/{uuid}/comments/").status_code == 404


@pytest.mark.parametrize("reader", ["member", "trainer"])
def test_queries_do_not_grow_with_comments(
    request, trainer, member, done, signed_in, reader, no_lazy_queries
):
    client = signed_in(request.getfixturevalue(reader))
    with CaptureQueriesContext(connection) as none:
        page(client, done)
    for number in range(50):
        author = (trainer, member)[number % 2]
        make_comment(done, author, f"Words {number}", set_log=done.sets.first())
    with CaptureQueriesContext(connection) as fifty:
        assert "Words 49" in page(client, done).content.decode()
    assert len(none) == len(fifty) <= 13  # one more than while it is open: what it changed


def test_a_set_of_any_exercise_can_be_meant(trainer, member, done, signed_in):
    block = done.blocks.create(order=2, place=2, exercise=ExerciseFactory(name="Leg press"))
    log = make_set(block, weight=Decimal(200))
    make_comment(done, trainer, set_log=log)
    assert "Leg press, set 1: 200 kg × 8" in thread(page(signed_in(member), done))
