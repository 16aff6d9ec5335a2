"""What the mails of the link and of programs say: names and addresses, never health or figures.

Each function writes a letter of its kind when it is sent. None: it is no longer true, or wanted.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.letters import Written
from accounts.models import Coaching, Handover, Invitation, Letter
from accounts.services import token_of
from programs.models import Assignment
from sessions.calendar import one_line


def invitation(letter: Letter) -> Written | None:
    """To the address that the trainer typed, which may have no account."""
    invited = Invitation.objects.usable().select_related("trainer").filter(pk=letter.about).first()
    if invited is None or not invited.email or not invited.trainer.is_trainer:
        return None
    trainer = one_line(str(invited.trainer))
    context = {
        "trainer": trainer,
        "url": settings.SITE_URL + reverse("coaching:join", args=[token_of(invited)]),
        "until": date_format(invited.expires_at, "j F"),
    }
    subject = _("%(name)s invites you to train together") % {"name": trainer}
    return Written(subject=subject, template="invitation", context=context, to=invited.email)


def coaching(letter: Letter) -> Written | None:
    """That somebody joined, ended it, or is asked to go on with another trainer."""
    write = NEWS.get(letter.what)
    return write(letter) if write else None


def _joined(letter: Letter) -> Written | None:
    link = _link(letter)
    if link is None or link.ended_at:
        return None
    sentence = _("%(name)s accepted. You see their log now.") % {"name": _name(link.member)}
    address = reverse("coaching:member", args=[link.member_id])
    return _news(_("%(name)s joined you") % {"name": _name(link.member)}, sentence, address)


def _ended(letter: Letter) -> Written | None:
    """To the trainer. Why is the member's own affair."""
    if (link := _ended_link(letter)) is None:
        return None
    sentence = _("%(name)s ended the link with you. You no longer see their log.")
    subject = _("%(name)s no longer trains with you")
    name = {"name": _name(link.member)}
    return _news(subject % name, sentence % name, reverse("home"))


def _stopped(letter: Letter) -> Written | None:
    if (link := _ended_link(letter)) is None:
        return None
    name = {"name": _name(link.trainer)}
    sentence = _(
        "%(name)s no longer coaches you and no longer sees your log. What you logged stays."
    )
    subject = _("%(name)s no longer coaches you")
    return _news(subject % name, sentence % name, reverse("coaching:sharing"))


def _asked(letter: Letter) -> Written | None:
    asked = (
        Handover.objects.open().filter(pk=letter.about).select_related("coaching__trainer", "to")
    )
    if (handover := asked.first()) is None:
        return None
    names = {"old": _name(handover.coaching.trainer), "new": _name(handover.to)}
    sentence = _(
        "You are asked whether %(new)s may coach you instead of %(old)s. Nothing changes before "
        "you say yes."
    )
    subject = _("Go on with %(new)s?")
    return _news(subject % names, sentence % names, reverse("coaching:sharing"))


def _declined(letter: Letter) -> Written | None:
    if (handover := _answered(letter, accepted=False)) is None:
        return None
    link = handover.coaching
    names = {"name": _name(link.member), "new": _name(handover.to)}
    sentence = _("%(name)s was asked to go on with %(new)s, and stays with you.")
    address = reverse("coaching:member", args=[link.member_id])
    return _news(_("%(name)s stays with you") % names, sentence % names, address)


def _handed_over(letter: Letter) -> Written | None:
    """To both trainers; only the new one gets a way to the member."""
    if (handover := _answered(letter, accepted=True)) is None:
        return None
    link = handover.coaching
    names = {"name": _name(link.member), "new": _name(handover.to)}
    if letter.member_id == handover.to_id:
        subject = _("%(name)s trains with you now")
        names["old"] = _name(link.trainer)
        sentence = _("%(name)s trained with %(old)s and said yes to going on with you.")
        address = reverse("coaching:member", args=[link.member_id])
    else:
        subject = _("%(name)s goes on with %(new)s")
        sentence = _("%(name)s said yes to going on with %(new)s. You no longer see their log.")
        address = reverse("home")
    return _news(subject % names, sentence % names, address)


NEWS = {
    "joined": _joined,
    "ended": _ended,
    "stopped": _stopped,
    "handover": _asked,
    "declined": _declined,
    "handed_over": _handed_over,
}


def program(letter: Letter) -> Written | None:
    """That a trainer gave a program, as long as it is followed or waits."""
    unended = Assignment.objects.unended().filter(pk=letter.about, member=letter.member_id)
    given = unended.select_related("program", "assigned_by").first()
    if given is None:
        return None
    names = {
        "name": _name(given.assigned_by) if given.assigned_by else _("Your trainer"),
        "title": one_line(given.program.title),
        "day": date_format(given.start_date, "l j F Y"),
    }
    if given.is_queued:
        sentence = _("%(name)s gave you “%(title)s”. It begins when the program before it ends.")
    else:
        sentence = _("%(name)s gave you “%(title)s”. Its first day is %(day)s.")
    subject = _("A new program: %(title)s")
    return _news(subject % names, sentence % names, reverse("my_program"))


def _news(subject: str, sentence: str, address: str) -> Written:
    context = {"sentence": sentence, "url": settings.SITE_URL + address}
    return Written(subject=subject, template="news", context=context)


def _name(person: object) -> str:
    return one_line(str(person))


def _link(letter: Letter) -> Coaching | None:
    return Coaching.objects.select_related("trainer", "member").filter(pk=letter.about).first()


def _ended_link(letter: Letter) -> Coaching | None:
    """None where the two found together again before the mail went out."""
    link = _link(letter)
    if link is None or link.ended_at is None:
        return None
    again = Coaching.objects.open().filter(trainer=link.trainer_id, member=link.member_id)
    return None if again.exists() else link


def _answered(letter: Letter, *, accepted: bool) -> Handover | None:
    found = Handover.objects.filter(pk=letter.about, accepted=accepted)
    return found.select_related("coaching__trainer", "coaching__member", "to").first()
