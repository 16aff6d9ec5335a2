"""Whom a trainer should look after, and why in words. The rules are in domain/attention.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from exercises.models import Exercise
from legtraining.domain import attention
from legtraining.domain.schedule import Schedule
from legtraining.domain.trends import PLATEAU_RECENT
from sessions.exposures import plateaus
from sessions.models import CheckIn, Comment, WorkoutSession
from sessions.plan import Adherence


class Kind(TextChoices):
    """What a trainer should look at, in the order of the roster: the most urgent first."""

    PAIN = "pain", gettext_lazy("Pain reported")
    COMMENT = "comment", gettext_lazy("A comment waits for an answer")
    MISSED = "missed", gettext_lazy("Planned days missed")
    ENDING = "ending", gettext_lazy("Program ends this week")
    HARD = "hard", gettext_lazy("Unusually hard session")
    FALLEN = "fallen", gettext_lazy("Adherence is down")
    PLATEAU = "plateau", gettext_lazy("No progress in a lift")
    INVITATION = "invitation", gettext_lazy("Invitation without an answer")


URGENCY = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Reason:
    kind: Kind
    words: str


@dataclass(frozen=True)
class Standing:
    """Where a member stands in a program that does not rest."""

    schedule: Schedule
    adherence: Adherence
    left: int  # workouts
    first: date  # the next day on which they may train
    has_another: bool  # program, which waits for this one to end


@dataclass(frozen=True)
class Known:
    """What the rules need of many members, by their ids."""

    pain: Mapping[int, tuple[date, int | None]]
    comments: Mapping[int, tuple[int, datetime]]
    rpes: Mapping[int, list[tuple[date, int]]]
    stuck: Mapping[int, list[Exercise]]


def look(
    trainer: User,
    members: list[User],
    today_of: Mapping[int, date],
    last: Mapping[int, WorkoutSession],
) -> Known:
    """Five queries at most, however many `members` of the trainer's they are."""
    return Known(
        pain=_pain(trainer, members, today_of),
        comments=_comments(trainer, members),
        rpes=_rpes_before(last, today_of),
        stuck=plateaus(members, today_of),
    )


def reasons(
    known: Known,
    member: User,
    standing: Standing | None,
    last: WorkoutSession | None,
    today: date,
) -> list[Reason]:
    """Why `member` needs attention, the most urgent first."""
    words = {
        Kind.PAIN: _pain_words(known.pain.get(member.pk), today),
        Kind.COMMENT: _comment_words(known.comments.get(member.pk), member, today),
        Kind.HARD: _hard_words(last, known.rpes.get(member.pk, []), today),
        Kind.PLATEAU: _plateau_words(known.stuck.get(member.pk, [])),
    }
    if standing:
        words |= _words_about_the_plan(standing, last, today)
    return [Reason(kind, words[kind]) for kind in Kind if words.get(kind)]


def short_date(day: date, today: date) -> str:
    return date_format(day, "j F" if day.year == today.year else "j F Y")


# --- Pain: only through the door of what is shared ------------------------------------------------


def _pain(
    trainer: User, members: list[User], today_of: Mapping[int, date]
) -> dict[int, tuple[date, int | None]]:
    """The latest day, and its pain or None where only a warning sign was noted."""
    if not members:
        return {}
    rows = (
        CheckIn.objects.shared_with(trainer)
        .filter(Q(pain__gte=attention.PAIN_LEAST) | ~Q(signs=[]))
        .filter(member__in=members, day__gte=attention.pain_since(min(today_of.values())))
        .order_by("day")
        .values_list("member", "day", "pain")
    )
    return {
        member: (day, pain)
        for member, day, pain in rows
        if attention.pain_since(today_of[member]) <= day <= today_of[member]
    }


def _pain_words(found: tuple[date, int | None] | None, today: date) -> str:
    if found is None:
        return ""
    day, pain = found
    if attention.is_painful(pain):
        return _("Reported pain on %(day)s") % {"day": short_date(day, today)}
    return _("Noted a warning sign on %(day)s") % {"day": short_date(day, today)}


# --- Comments -------------------------------------------------------------------------------------


def _comments(trainer: User, members: list[User]) -> dict[int, tuple[int, datetime]]:
    waiting = Comment.objects.unanswered().visible_to(trainer).filter(member__in=members)
    rows = waiting.order_by().values("member").annotate(n=Count("pk"), since=Min("written_at"))
    return {row["member"]: (row["n"], row["since"]) for row in rows}


def _comment_words(found: tuple[int, datetime] | None, member: User, today: date) -> str:
    if found is None:
        return ""
    number, since = found
    sentence = ngettext(
        "%(number)d comment waits for an answer, since %(day)s",
        "%(number)d comments wait for an answer, since %(day)s",
        number,
    )
    day = timezone.localdate(since, member.zone)
    return sentence % {"number": number, "day": short_date(day, today)}


# --- How hard it was ------------------------------------------------------------------------------


def _rpes_before(
    last: Mapping[int, WorkoutSession], today_of: Mapping[int, date]
) -> dict[int, list[tuple[date, int]]]:
    """Of those whose last session may be a hard one: the day and RPE of those before it."""
    high = {
        member: session
        for member, session in last.items()
        if (session.rpe or 0) >= attention.RPE_HIGH
        and session.day > today_of[member] - attention.RPE_DAYS
    }
    if not high:
        return {}
    earliest = min(session.day for session in high.values()) - attention.RPE_BEFORE
    rows = (
        WorkoutSession.objects.finished()
        .filter(member__in=high, rpe__isnull=False, day__gte=earliest)
        .exclude(pk__in=[session.pk for session in high.values()])
        .newest_first()
        .values_list("member", "day", "rpe")
    )
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for member, day, rpe in rows:
        found[member].append((day, rpe or 0))
    return found


def _hard_words(last: WorkoutSession | None, before: list[tuple[date, int]], today: date) -> str:
    found = last and attention.hard(last.rpe, last.day, before, today)
    if not last or not found:
        return ""
    return _("Session RPE %(rpe)d on %(day)s, usually %(usual)s") % {
        "rpe": found.rpe,
        "day": short_date(last.day, today),
        "usual": f"{found.usual:g}",
    }


# --- Strength, and the plan -----------------------------------------------------------------------


def _plateau_words(stuck: list[Exercise]) -> str:
    if not stuck:
        return ""
    return _("No progress in %(exercises)s for %(weeks)d weeks") % {
        "exercises": ", ".join(exercise.name for exercise in stuck),
        "weeks": PLATEAU_RECENT.days // 7,
    }


def _words_about_the_plan(
    standing: Standing, last: WorkoutSession | None, today: date
) -> dict[Kind, str]:
    words = {}
    if standing.left:
        done = standing.adherence
        missed = attention.missed(standing.schedule, last.day if last else None, today)
        fallen = attention.fallen(done.done, done.planned, done.done_before, done.planned_before)
        words = {Kind.MISSED: _missed_words(missed, today), Kind.FALLEN: _fallen_words(fallen)}
    if not standing.has_another:
        found = attention.ending(standing.schedule, standing.left, standing.first, today)
        words[Kind.ENDING] = _ending_words(found, today)
    return words


def _missed_words(missed: attention.Missed | None, today: date) -> str:
    if missed is None:
        return ""
    return _("%(days)d planned days missed since %(day)s") % {
        "days": missed.days,
        "day": short_date(missed.since, today),
    }


def _fallen_words(fallen: attention.Fallen | None) -> str:
    if fallen is None:
        return ""
    return _(
        "Adherence is down to %(now)d\N{NO-BREAK SPACE}%% from %(before)d\N{NO-BREAK SPACE}%%"
    ) % {
        "now": fallen.now,
        "before": fallen.before,
    }


def _ending_words(ending: attention.Ending | None, today: date) -> str:
    if ending is None:
        return ""
    if ending.on is None:
        return _("Program is finished")
    if ending.on == today:
        return _("Program ends today")
    return _("Program ends on %(weekday)s") % {"weekday": date_format(ending.on, "l")}
