"""How much there is of somebody, for the pages about taking it along and about leaving."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext_lazy

from accounts.models import Coaching, User
from coaching.models import TrainerNote
from exchange.models import AccessToken
from exercises.models import Exercise, InstructionRevision
from programs.models import Assignment, Program
from sessions.models import CheckIn, Comment, SetLog, WorkoutSession


def what_there_is(member: User) -> list[str]:
    """What is the member's, each kind that there is any of in words. A query each."""
    return _in_words(
        (
            WorkoutSession.objects.live().filter(member=member),
            ngettext_lazy("%(n)s session", "%(n)s sessions", "n"),
        ),
        (
            SetLog.objects.live().filter(member=member),
            ngettext_lazy("%(n)s set", "%(n)s sets", "n"),
        ),
        (
            CheckIn.objects.of_member(member).live(),
            ngettext_lazy("%(n)s check-in", "%(n)s check-ins", "n"),
        ),
        (
            Assignment.objects.filter(member=member),
            ngettext_lazy(
                "%(n)s program that you follow or followed",
                "%(n)s programs that you follow or followed",
                "n",
            ),
        ),
        (
            Program.objects.templates_of(member),
            ngettext_lazy("%(n)s program that you wrote", "%(n)s programs that you wrote", "n"),
        ),
        (
            Exercise.objects.filter(owner=member),
            ngettext_lazy("%(n)s exercise of your own", "%(n)s exercises of your own", "n"),
        ),
        (
            Comment.objects.live().filter(member=member),
            ngettext_lazy("%(n)s comment on your sessions", "%(n)s comments on your sessions", "n"),
        ),
        (
            AccessToken.objects.filter(member=member),
            ngettext_lazy(
                "%(n)s key for your own programs", "%(n)s keys for your own programs", "n"
            ),
        ),
    )


def what_ends(person: User) -> list[str]:
    """The links that end. Two queries."""
    return _in_words(
        (
            Coaching.objects.open().filter(member=person),
            ngettext_lazy(
                "%(n)s trainer who sees your log", "%(n)s trainers who see your log", "n"
            ),
        ),
        (
            Coaching.objects.open().filter(trainer=person),
            ngettext_lazy("%(n)s member whom you coach", "%(n)s members whom you coach", "n"),
        ),
    )


def what_would_stay(person: User) -> list[str]:
    """What others keep, without the person's name. Four queries; nothing for most members."""
    texts = InstructionRevision.objects.filter(author=person).exclude(status="draft")
    return _in_words(
        (
            Assignment.objects.filter(program__owner=person).exclude(member=person),
            ngettext_lazy(
                "%(n)s program that a member of yours follows or followed",
                "%(n)s programs that members of yours follow or followed",
                "n",
            ),
        ),
        (
            Comment.objects.live().filter(author=person).exclude(member=person),
            ngettext_lazy(
                "%(n)s comment on a member’s session", "%(n)s comments on members’ sessions", "n"
            ),
        ),
        (
            TrainerNote.objects.live().filter(trainer=person),
            ngettext_lazy(
                "%(n)s note about a member, which that member finds in their own data",
                "%(n)s notes about members, which they find in their own data",
                "n",
            ),
        ),
        (
            texts,
            ngettext_lazy(
                "%(n)s text that you wrote for the library",
                "%(n)s texts that you wrote for the library",
                "n",
            ),
        ),
    )


def _in_words(*parts: tuple[QuerySet[Any], Any]) -> list[str]:
    counted = ((rows.count(), words) for rows, words in parts)
    return [words % {"n": n} for n, words in counted if n]
