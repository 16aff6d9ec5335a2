"""Removing a person with all that is theirs, at once and for good: docs/export.md.

What is theirs goes, and with it what others keep about them. What a trainer gave to others stays
with those others, without the trainer's name: the programs that members follow, and the words that
were written to them.

The large tables go first, by one statement each: Django would fetch every row to look for what
hangs on it. That is looked after here, and the rest is left to Django, so that a table that comes
later goes along by its foreign key. All foreign keys are checked at the end of the transaction.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import (
    AccessRecord,
    Coaching,
    Handover,
    Invitation,
    Letter,
    MailKind,
    MailStop,
    User,
)
from coaching.models import TrainerNote
from exchange.locks import lock_imports
from exchange.models import ImportedSession, ImportedSet
from exercises.models import Exercise, InstructionRevision
from programs.models import (
    Assignment,
    DayChange,
    LiftState,
    Pause,
    PrescribedSet,
    Prescription,
    Program,
    Reminder,
    Workout,
)
from sessions.models import Block, Comment, CommentRead, ProgressionEvent, SetLog, WorkoutSession


class LastAdmin(Exception):
    """Nobody would be left who can give roles. The text is the sentence for the page."""


def refuse_last_admin(member: User) -> None:
    """Raises LastAdmin for the only active person who may do everything."""
    others = User.objects.filter(is_superuser=True, is_staff=True, is_active=True)
    if member.is_superuser and not others.exclude(pk=member.pk).exists():
        raise LastAdmin(
            _("You are the only admin. Give somebody else that role first, then you can go.")
        )


@transaction.atomic
def delete_account(*, member: User) -> None:
    """Removes `member` and everything of theirs. Raises LastAdmin.

    It waits for an import of theirs that runs. The rows of all admins are locked first, so that of
    the last two who go at once one stays.
    """
    lock_imports(member.pk)
    admins = User.objects.select_for_update().filter(Q(is_superuser=True) | Q(pk=member.pk))
    list(admins.order_by("pk"))
    person = User.objects.filter(pk=member.pk).first()
    if person is None:
        return
    refuse_last_admin(person)
    _forget_mail(person)
    _forget_name(person)
    _delete_log(person)
    _delete_programs(person)
    Exercise.objects.filter(owner=person).delete()
    _delete_signed_in(person)
    person.delete()


def _erase(rows: QuerySet[Any]) -> None:
    """One statement, without looking at what hangs on the rows: that went before."""
    rows._raw_delete(rows.db)  # noqa: SLF001


# --- What others know ---------------------------------------------------------------------------


def _forget_mail(person: User) -> None:
    """Letters about them to others, invitations to them, and what their addresses do not want."""
    addresses = {
        person.email,
        *EmailAddress.objects.filter(user=person).values_list("email", flat=True),
    }
    addresses = {address.lower() for address in addresses}
    MailStop.objects.filter(email__in=addresses).delete()
    links = Coaching.objects.filter(Q(member=person) | Q(trainer=person))
    invitations = Invitation.objects.filter(
        Q(trainer=person)
        | Q(email__in=addresses)
        | Q(trainer__in=links.values("trainer"), label__iexact=person.name)
    )
    comments = Comment.objects.filter(Q(member=person) | Q(author=person))
    handovers = Handover.objects.filter(Q(coaching__in=links) | Q(to=person))
    given = Assignment.objects.filter(member=person)
    for kind, rows in (
        (MailKind.COMMENT, comments),
        (MailKind.COACHING, links),
        (MailKind.COACHING, handovers),
        (MailKind.PROGRAM, given),
        (MailKind.INVITATION, invitations),
    ):
        ids: QuerySet[Any] = rows.order_by().values("pk")
        Letter.objects.filter(kind=kind, about__in=ids).delete()
    invitations.delete()


def _forget_name(person: User) -> None:
    """What they wrote to members, and when they looked, stays with those, without a name."""
    nobody = _("a former trainer")
    Comment.objects.filter(author=person).exclude(member=person).update(author_name=nobody)
    TrainerNote.objects.filter(trainer=person).update(trainer_name=nobody)
    AccessRecord.objects.filter(viewer=person).update(viewer_name=nobody)
    events = list(ProgressionEvent.objects.filter(by=person).exclude(assignment__member=person))
    for event in events:
        event.values = {**event.values, "name": nobody}
    ProgressionEvent.objects.bulk_update(events, ["values"], 500)
    # A draft is its author's own; what was sent in or published is the library's.
    InstructionRevision.objects.filter(author=person, status="draft").delete()
    _forget_in_admin(person)


def _forget_in_admin(person: User) -> None:
    """The admin's record of what was done names them. That they were deleted stays, without a name.

    What they did themselves goes with them.
    """
    of = {
        User: [person.pk],
        EmailAddress: EmailAddress.objects.filter(user=person).values_list("pk", flat=True),
        Coaching: Coaching.objects.filter(Q(member=person) | Q(trainer=person)).values_list(
            "pk", flat=True
        ),
    }
    for model, pks in of.items():
        there = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=[str(pk) for pk in pks],
        )
        there.filter(action_flag=DELETION).update(object_repr=_("a deleted person"), object_id=None)
        there.exclude(action_flag=DELETION).delete()


# --- What is theirs -----------------------------------------------------------------------------


def _delete_log(person: User) -> None:
    mine = {"session__member": person}
    _erase(CommentRead.objects.filter(comment__member=person))
    _erase(Comment.objects.filter(member=person))
    _erase(ImportedSet.objects.filter(set_log__member=person))
    _erase(ImportedSession.objects.filter(**mine))
    _erase(ProgressionEvent.objects.filter(Q(**mine) | Q(assignment__member=person)))
    _erase(SetLog.objects.filter(member=person))
    _erase(Block.objects.filter(**mine))
    _erase(WorkoutSession.objects.filter(member=person))


def _delete_programs(person: User) -> None:
    """The copies that they follow, whoever gave them, and the templates that they wrote. Members
    keep the copies that they were given: those have no owner afterwards."""
    for model in (LiftState, Pause, DayChange, Reminder):
        _erase(model._base_manager.filter(assignment__member=person))
    followed = list(Assignment.objects.filter(member=person).values_list("program", flat=True))
    written = Program.objects.filter(owner=person, assignment__isnull=True)
    going = [*followed, *written.values_list("pk", flat=True)]
    _erase(Assignment.objects.filter(member=person))
    Program.objects.filter(copied_from__in=going).update(copied_from=None)
    WorkoutSession.objects.filter(workout__program__in=going).update(workout=None)
    _erase(PrescribedSet.objects.filter(prescription__workout__program__in=going))
    _erase(Prescription.objects.filter(workout__program__in=going))
    _erase(Workout.objects.filter(program__in=going))
    _erase(Program.objects.filter(pk__in=going))


def _delete_signed_in(person: User) -> None:
    """Every browser that is signed in as them. Whose a session is stands inside it, signed."""
    keys = [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(pk__in=keys).delete()
