"""The mail about a comment: to whom, when, and that it names no content"""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.delivery import deliver_letter
from accounts.models import Coaching, Letter, MailKind, MailStop
from sessions import services
from sessions.models import Comment
from tests.factories import coach, make_session


@pytest.fixture
def done(member, squat):
    return make_session(member, exercise=squat, sets=1, finished=True, title="Heavy Monday")


def say(session, author, text="Words that nobody else reads", **more):
    said = services.write_comment(session=session, author=author, text=text, uuid=uuid4(), **more)
    assert said is not None
    return said


def told():
    return sorted(Letter.objects.waiting().values_list("member__name", flat=True))


def deliver(mailoutbox):
    """Delivers what waits, and returns the new mails."""
    before = len(mailoutbox)
    for pk in list(Letter.objects.waiting().values_list("pk", flat=True)):
        deliver_letter(pk)
    return mailoutbox[before:]


def test_the_member_is_told(trainer, member, done, mailoutbox, settings):
    settings.SITE_URL = "https://legs.example.org"
    say(done, trainer, about=done.sets.get())
    assert not mailoutbox
    (mail,) = deliver(mailoutbox)
    assert mail.to == [member.email]
    assert mail.subject == "Tara Trainer wrote a comment for you"
    link = f"https://legs.example.org/sessions/{done.uuid}/#comments"
    (html, kind), *_others = mail.alternatives
    assert kind == "text/html"
    for part in (mail.body, html):
        assert link in part
        assert "Tara Trainer wrote a comment for you." in part
        for content in ("Words that", "Heavy Monday", "Back squat", "60", str(done.day)):
            assert content not in part.replace(str(done.uuid), "")


def test_every_trainer_is_told(trainer, other_trainer, member, done, mailoutbox):
    coach(other_trainer, member)
    say(done, member)
    assert told() == ["Otto Other", "Tara Trainer"]
    mails = deliver(mailoutbox)
    assert [mail.subject for mail in mails] == ["Mia Member wrote a comment for you"] * 2


def test_the_other_trainer_is_not_told_of_an_answer(trainer, other_trainer, member, done):
    coach(other_trainer, member)
    say(done, trainer)
    assert told() == ["Mia Member"]


def test_one_mail_until_it_is_read(trainer, member, done, mailoutbox):
    say(done, trainer)
    say(done, trainer, "And another one")
    assert told() == ["Mia Member"]
    assert len(deliver(mailoutbox)) == 1
    say(done, trainer, "And one more, after the mail")
    assert told() == []
    say(make_session(member), trainer, "About another session")
    assert told() == ["Mia Member"]
    deliver(mailoutbox)
    services.read_comments(reader=member, session=done)
    say(done, trainer, "News")
    assert told() == ["Mia Member"]


def test_the_mail_about_a_deleted_comment_is_not_enough(trainer, member, done, mailoutbox):
    services.delete_comment(comment=say(done, trainer))
    say(done, trainer, "Once more")
    assert told() == ["Mia Member", "Mia Member"]
    assert len(deliver(mailoutbox)) == 1


def test_a_mail_that_was_given_up_is_not_enough(trainer, done):
    say(done, trainer)
    Letter.objects.update(dropped_at=timezone.now())
    say(done, trainer, "Once more")
    assert told() == ["Mia Member"]


def test_answering_asks_for_the_next_mail(trainer, member, done, mailoutbox):
    say(done, trainer)
    deliver(mailoutbox)
    say(done, member, "An answer")
    assert told() == ["Tara Trainer"]
    say(done, trainer, "Back again")
    assert told() == ["Mia Member", "Tara Trainer"]


def test_sent_twice_is_told_once(trainer, done):
    uuid = uuid4()
    for _again in range(2):
        services.write_comment(session=done, author=trainer, text="Once", uuid=uuid)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("what", ["deleted", "read", "discarded", "ended", "demoted"])
def test_what_is_no_longer_wanted_is_dropped(trainer, member, done, mailoutbox, what):
    asked = say(done, member)
    if what == "deleted":
        services.delete_comment(comment=asked)
    elif what == "read":
        services.read_comments(reader=trainer)
    elif what == "discarded":
        services.discard_session(session=done)
    elif what == "ended":
        Coaching.objects.update(ended_at=timezone.now())
    else:
        trainer.is_trainer = False
        trainer.save()
    assert deliver(mailoutbox) == []
    assert Letter.objects.get().dropped_at is not None


def test_who_wants_none_gets_none(trainer, member, done):
    MailStop.objects.create(email=member.email, kind=MailKind.COMMENT)
    say(done, trainer)
    assert not Letter.objects.exists()
    assert Comment.objects.unread_by(member).exists()


def test_former_trainers_and_closed_accounts_are_not_told(trainer, other_trainer, member, done):
    former = coach(other_trainer, member)
    former.ended_at = timezone.now()
    former.save()
    say(done, member)
    assert told() == ["Tara Trainer"]
    Letter.objects.all().delete()
    other_trainer.is_active = False
    other_trainer.save()
    coach(other_trainer, member)
    say(done, member, "Again")
    assert told() == ["Tara Trainer"]


def test_it_leaves_after_the_commit(
    trainer, done, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        say(done, trainer)
        assert not mailoutbox
    assert len(mailoutbox) == 1


def test_a_name_breaks_no_header(trainer, done, mailoutbox):
    trainer.name = "Tara\r\nBcc: all@example.com"
    trainer.save()
    say(done, trainer)
    (mail,) = deliver(mailoutbox)
    assert mail.subject == "Tara Bcc: all@example.com wrote a comment for you"
    assert "\n" not in mail.subject
