"""What is unread, for whom, and what is unanswered"""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Coaching
from sessions import services
from sessions.models import Comment, CommentRead
from tests.factories import UserFactory, coach, make_comment, make_session


@pytest.fixture
def done(member):
    return make_session(member, finished=True)


def unread(person):
    return list(Comment.objects.unread_by(person))


def test_what_others_wrote_and_one_has_not_looked_at(trainer, member, done):
    asked, said = make_comment(done, member), make_comment(done, trainer)
    assert unread(member) == [said]
    assert unread(trainer) == [asked]
    CommentRead.objects.create(comment=said, reader=member)
    assert (unread(member), unread(trainer)) == ([], [asked])


def test_a_new_trainer_sees_what_is_old_and_has_it_not_to_read(member, other_trainer, done):
    now = timezone.now()
    before = make_comment(done, member, written_at=now - timedelta(seconds=1))
    at_once = make_comment(done, member, written_at=now)
    Coaching.objects.create(trainer=other_trainer, member=member, accepted_at=now)
    assert list(Comment.objects.visible_to(other_trainer)) == [before, at_once]
    assert unread(other_trainer) == [at_once]


def test_a_trainer_who_comes_back_has_not_what_was_said_in_between(member, other_trainer, done):
    now = timezone.now()
    first = coach(other_trainer, member)
    first.accepted_at, first.ended_at = now - timedelta(days=9), now - timedelta(days=5)
    first.save()
    make_comment(done, member, written_at=now - timedelta(days=7))
    make_comment(done, member, written_at=now - timedelta(days=3))
    assert unread(other_trainer) == []
    Coaching.objects.create(trainer=other_trainer, member=member, accepted_at=now)
    assert unread(other_trainer) == []
    assert Comment.objects.visible_to(other_trainer).count() == 2


def test_a_former_trainer_has_nothing_to_read(trainer, member, done):
    make_comment(done, member)
    Coaching.objects.update(ended_at=timezone.now())
    assert unread(trainer) == []
    assert not Comment.objects.visible_to(trainer).exists()
    assert not Comment.objects.editable_by(trainer).exists()


def test_what_was_deleted_is_neither_unread_nor_unanswered(trainer, member, done):
    asked = make_comment(done, member)
    services.delete_comment(comment=asked)
    assert unread(trainer) == list(Comment.objects.unanswered()) == []
    services.restore_comment(comment=asked)
    assert unread(trainer) == list(Comment.objects.unanswered()) == [asked]


def test_a_discarded_session_asks_for_nothing(trainer, member, done):
    asked, said = make_comment(done, member), make_comment(done, trainer)
    services.discard_session(session=done)
    assert unread(trainer) == unread(member) == list(Comment.objects.unanswered()) == []
    services.restore_session(session=done)
    assert (unread(trainer), unread(member)) == ([asked], [said])
    assert list(Comment.objects.unanswered()) == [asked]


def test_the_answer_of_one_trainer_is_everybodys(trainer, other_trainer, member, done):
    coach(other_trainer, member)
    asked = make_comment(done, member)
    assert list(Comment.objects.unanswered()) == [asked]
    services.write_comment(session=done, author=other_trainer, text="Yes.", uuid=asked.uuid)
    assert not Comment.objects.unanswered().exists()
    assert unread(trainer) == [asked, Comment.objects.get(text="Yes.")]


def test_what_a_trainer_writes_asks_for_no_answer(trainer, done):
    make_comment(done, trainer)
    assert not Comment.objects.unanswered().exists()


def test_the_words_of_a_deleted_account_stay_to_read(trainer, other_trainer, member, done):
    coach(other_trainer, member)
    said = make_comment(done, other_trainer)
    other_trainer.delete()
    assert unread(member) == unread(trainer) == [said]
    assert not Comment.objects.unanswered().exists()


def test_nobody_else_has_anything_to_read(outsider, admin, done, member):
    make_comment(done, member)
    for person in (outsider, admin, UserFactory(is_trainer=True)):
        assert unread(person) == []
