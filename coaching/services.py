"""Writes that need the log: giving a program to many, and bringing changes to its copies.

Nothing here ever touches a logged set.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from accounts.letters import post
from accounts.models import MailKind, User
from coaching.assigning import LEAVE, QUEUE, REPLACE, follows_words, has_it_words
from coaching.followers import Comparison, Template, compare
from exercises.models import Exercise
from programs.models import Assignment, Program
from programs.plans import training_max_lifts
from programs.services import AlreadyActive, Start, assign, write_days

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one member. `why_not` is a sentence where they were not given it."""

    member: User
    assignment: Assignment | None = None
    why_not: str = ""
    had_it: bool = False

    @property
    def waits(self) -> bool:
        return self.assignment is not None and self.assignment.status == Assignment.Status.QUEUED


def give(
    *, program: Program, trainer: User, starts: Iterable[tuple[User, Start]], busy: str = LEAVE
) -> list[Outcome]:
    """Gives `program` to each member with nothing in the way; the others stop nobody.

    Each in a transaction of its own. `busy` says what is done about a program they follow now:
    leave the member out, queue this one behind it, or end that one.
    """
    lifts = training_max_lifts(program)
    outcomes = []
    for member, start in starts:
        try:
            outcome = _give(program, member, trainer, start, busy, lifts)
        except DatabaseError:
            logger.exception("A program could not be given.")
            outcome = Outcome(
                member,
                why_not=_("%(name)s did not get it: it could not be saved. Give it once more.")
                % {"name": member},
            )
        outcomes.append(outcome)
    return outcomes


@transaction.atomic
def _give(
    program: Program, member: User, trainer: User, start: Start, busy: str, lifts: list[Exercise]
) -> Outcome:
    """The member's row is locked before anything is looked up, so that two taps give one copy."""
    coached = User.objects.coached_by(trainer).select_for_update(of=("self",), no_key=True)
    if not coached.filter(pk=member.pk).exists():
        return Outcome(
            member, why_not=_("%(name)s is no longer one of your members.") % {"name": member}
        )
    theirs = Assignment.objects.filter(member=member).select_related("program")
    same = theirs.unended().filter(program__copied_from=program, start_date=start.first_day)
    if same.exists():
        return Outcome(member, why_not=has_it_words(member), had_it=True)
    missing = [lift.name for lift in lifts if lift not in start.maxes]
    if missing:
        return Outcome(member, why_not=missing_words(member, missing))
    try:
        given = assign(
            program=program,
            member=member,
            trainer=trainer,
            start=start,
            replace=busy == REPLACE,
            queue=busy == QUEUE,
        )
    except AlreadyActive:
        return Outcome(member, why_not=follows_words(member, theirs.current().get()))
    post(kind=MailKind.PROGRAM, about=given.pk, member=member, what="given")
    return Outcome(member, given)


def missing_words(member: User, names: list[str]) -> str:
    return _("%(name)s did not get it without a training max of %(exercises)s.") % {
        "name": member,
        "exercises": ", ".join(names),
    }


@transaction.atomic
def push(*, template: Template, assignment: Assignment) -> Comparison | None:
    """Brings what the template says now into the workouts that are still to do of one copy.

    What was done, skipped, is being trained, or was written for this member stays as it is, and so
    do the working weights. Twice is once. None if the member follows it no longer; the answer is
    what was changed. A constant number of queries.
    """
    User.objects.select_for_update(no_key=True).get(pk=assignment.member_id)
    unended = Assignment.objects.unended().select_related("program", "member")
    current = unended.filter(pk=assignment.pk).first()
    if current is None:
        return None
    copy = Program.objects.select_for_update(no_key=True).get(pk=current.program_id)
    (found,) = compare(template, [current])
    copy.workouts.filter(pk__in=[day.workout for day in found.days if day.is_gone]).delete()
    write_days(program=copy, days=found.to_write(), edited=False)
    copy.title, copy.goal = template.program.title, template.program.goal
    copy.weeks = found.weeks
    copy.save(update_fields=["title", "goal", "weeks"])
    return found
