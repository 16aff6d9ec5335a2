"""coaching.letters: mails of the link and of programs name people and addresses, and no more"""

import re
from datetime import date

import pytest
from django.core import mail
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import Coaching, Handover, Letter, MailKind, User
from accounts.services import accept, ask_handovers, end_link, invite, share_health
from accounts.stops import stop
from coaching.linking import answer_handover
from coaching.services import give
from programs import services as programs
from programs.models import Assignment, Program
from tests.factories import make_check_in, make_program, make_session

FIRST = date(2026, 3, 2)
# What no mail of the link has a word of: health, figures, what somebody typed for themselves.
NEVER = re.compile(
    r"check-in|health|pain|knee|sore|sleep|\bkg\b|\brep|\bset\b|e1rm|adherence|private|Olga’s link",
    re.IGNORECASE,
)


def sent():
    deliver_due()
    return list(mail.outbox)


def whole(message):
    return f"{message.subject}\n{message.body}\n{message.alternatives[0].content}"


def given(trainer, member, **more):
    program = make_program(trainer)
    start = programs.Start(FIRST, [0, 3])
    (outcome,) = give(program=program, trainer=trainer, starts=[(member, start)], **more)
    return outcome.assignment


def test_no_mail_has_health_or_figures(trainer, other_trainer, member, outsider):
    """Everything that is mailed here, of people who have health data and a log."""
    for person in (member, outsider):
        make_check_in(person, pain=8, pain_place="knee")
        make_session(person, sets=3, finished=True)
    link = Coaching.objects.get(member=member)
    share_health(link=link, share=True)
    given(trainer, member)
    _invitation, token = invite(trainer=trainer, label="Olga’s link", email="olga@example.com")
    sent()
    accept(token=token, member=outsider, share_health=True)
    theirs = Coaching.objects.get(member=outsider)
    handovers = ask_handovers(links=[link, theirs], to=other_trainer)
    sent()
    answer_handover(handover=handovers[0], accept=True, share_health=True)
    answer_handover(handover=handovers[1], accept=False)
    sent()
    end_link(link=theirs, by=trainer)
    end_link(link=Coaching.objects.open().get(member=member), by=member)
    letters = sent()
    assert [message.subject for message in letters] == [
        "A new program: Strong legs",
        "Tara Trainer invites you to train together",
        "Olga Outsider joined you",
        "Go on with Otto Other?",
        "Go on with Otto Other?",
        "Mia Member goes on with Otto Other",
        "Mia Member trains with you now",
        "Olga Outsider stays with you",
        "Tara Trainer no longer coaches you",
        "Mia Member no longer trains with you",
    ]
    for message in letters:
        assert NEVER.findall(whole(message)) == [], message.subject
    assert not Letter.objects.waiting().exists()


def test_who_gave_a_program_and_when_it_begins(trainer, member):
    given(trainer, member)
    (message,) = sent()
    assert message.to == [member.email]
    assert message.subject == "A new program: Strong legs"
    told = "Tara Trainer gave you “Strong legs”. Its first day is Monday 2 March 2026."
    assert told in message.body
    assert told in message.alternatives[0].content
    assert "/programs/mine/" in message.body


def test_one_that_waits_has_no_first_day_yet(trainer, member):
    given(trainer, member)
    given(trainer, member, busy="queue")
    assert "It begins when the program before it ends." in sent()[1].body


def test_a_program_that_was_not_given_or_has_ended_is_no_news(trainer, member):
    first = given(trainer, member)
    assert given(trainer, member) is None
    assert Letter.objects.count() == 1
    programs.end_assignment(assignment=first)
    assert sent() == []
    assert Assignment.objects.count() == 1


def test_names_are_one_line_and_escaped(trainer, member):
    User.objects.filter(pk=trainer.pk).update(name="Tara\r\nBcc: x@y.z <b>&")
    given(trainer, member)
    Program.objects.update(title="Legs\n<script>")
    (message,) = sent()
    assert message.subject == "A new program: Legs <script>"
    assert "Tara Bcc: x@y.z <b>& gave you" in message.body
    page = message.alternatives[0].content
    assert "Tara Bcc: x@y.z &lt;b&gt;&amp; gave you" in page
    assert "<script>" not in page
    message.message()  # raises where a header is broken


def test_a_kind_that_is_stopped_stays_away(trainer, member, outsider):
    stop(kind=MailKind.PROGRAM, email=member.email)
    stop(kind=MailKind.COACHING, email=trainer.email)
    given(trainer, member)
    _invitation, token = invite(trainer=trainer, label="x")
    accept(token=token, member=outsider)
    assert sent() == []


@pytest.mark.parametrize("gone", ["answered", "link ended"])
def test_a_question_that_is_closed_is_not_mailed(trainer, other_trainer, member, gone):
    (link,) = Coaching.objects.all()
    ask_handovers(links=[link], to=other_trainer)
    if gone == "answered":
        Handover.objects.update(answered_at=timezone.now())
    else:
        Coaching.objects.update(ended_at=timezone.now())
    assert sent() == []


def test_who_joined_and_left_before_the_mail_went_out(trainer, outsider):
    _invitation, token = invite(trainer=trainer, label="x")
    link = accept(token=token, member=outsider)
    end_link(link=link, by=outsider)
    assert [message.subject for message in sent()] == ["Olga Outsider no longer trains with you"]


def test_an_unknown_word_is_dropped(trainer):
    Letter.objects.create(kind=MailKind.COACHING, about=1, member=trainer, what="nonsense")
    for what in ("joined", "ended", "stopped", "handover", "declined", "handed_over"):
        Letter.objects.create(kind=MailKind.COACHING, about=999999, member=trainer, what=what)
    Letter.objects.create(kind=MailKind.PROGRAM, about=999999, member=trainer, what="given")
    Letter.objects.create(kind=MailKind.INVITATION, about=999999)
    assert sent() == []
    assert not Letter.objects.waiting().exists()
