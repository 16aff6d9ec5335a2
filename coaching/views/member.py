"""One member, as their trainer sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Coaching, Looked, User
from accounts.services import note_look
from coaching.attention import Kind
from coaching.forms_review import NoteForm
from coaching.linking import link_of
from coaching.models import TrainerNote
from coaching.review import WEEKS, ahead_of, read_weeks, weeks_of
from coaching.roster import roster_lines, with_sets
from legtraining.domain.units import Unit
from programs.models import Assignment, Program
from progress.lifts import lifts_of
from sessions.models import CheckIn, WorkoutSession

PAGE = 20
CHECK_IN_DAYS = 28


def shares_health(trainer: User, member: User) -> bool:
    shared = Coaching.objects.of_trainer(trainer).sharing_health()
    return shared.filter(member=member).exists()


@require_safe
@trainer_required
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    return member_page(request, person)


def member_page(
    request: SignedInRequest,
    person: User,
    *,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with all that is reviewed, and what was typed in a form that was refused."""
    trainer, today = request.user, person.today()
    line = next(iter(with_sets(roster_lines(trainer, only=person.pk))), None)
    if line is None:  # ended since the door was passed
        raise Http404
    shares = shares_health(trainer, person)
    note_look(viewer=trainer, members=[person], what=Looked.LOG)
    if any(reason.kind == Kind.PAIN for reason in line.reasons):
        note_look(viewer=trainer, members=[person], what=Looked.HEALTH)
    wanted = read_weeks(request.GET.get("weeks"))
    weeks = weeks_of(person, line.assignment, today, wanted)
    finished = WorkoutSession.objects.finished().filter(member=person)
    context = {
        "member": person,
        "today": today,
        "line": line,
        "link": link_of(trainer, person),
        "shares": shares,
        "weeks": weeks,
        "free": sum(len(week.free) for week in weeks),
        "more_weeks": wanted + WEEKS if read_weeks(str(wanted + WEEKS)) > wanted else None,
        "lifts": lifts_of(person, today, cast("Unit", trainer.unit)),
        "page": Paginator(finished.with_totals().newest_first(), PAGE).get_page(
            request.GET.get("page")
        ),
        "place": "coaching",
        **_program(trainer, person, line.assignment),
        **_notes(request, person, note_form or NoteForm(shares=shares)),
    }
    return render(request, "coaching/member.html", context, status=status)


def _program(trainer: User, person: User, assignment: Assignment | None) -> dict[str, Any]:
    """What is followed and what comes of it, what waits, and what could be given."""
    theirs = Assignment.objects.filter(member=person).select_related("program")
    copies = Program.objects.editable_by(trainer)
    return {
        "assignment": assignment,
        "can_edit": assignment and copies.filter(pk=assignment.program_id).exists(),
        "ahead": ahead_of(assignment) if assignment else [],
        "queued": theirs.filter(status=Assignment.Status.QUEUED).order_by("pk"),
        "ended": None if assignment else theirs.just_ended().first(),
        "templates": Program.objects.templates_of(trainer).order_by("title"),
        "gyms": Program.objects.shared_with(trainer).order_by("title"),
    }


def _notes(request: SignedInRequest, person: User, form: NoteForm) -> dict[str, Any]:
    mine = TrainerNote.objects.of_trainer(request.user).filter(member=person)
    deleted = request.GET.get("deleted", "")
    is_number = deleted.isascii() and deleted.isdigit() and len(deleted) < 19
    gone = mine.filter(pk=deleted, deleted_at__isnull=False) if is_number else mine.none()
    return {"notes": mine.live(), "note_form": form, "deleted_note": gone.first()}


@require_safe
@trainer_required
def check_ins(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the member shares of how they felt: a page of its own, opened on purpose."""
    person = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    if not shares_health(request.user, person):
        raise Http404
    note_look(viewer=request.user, members=[person], what=Looked.HEALTH)
    today = person.today()
    since = today - timedelta(days=CHECK_IN_DAYS - 1)
    shared = CheckIn.objects.shared_with(request.user).filter(member=person, day__gte=since)
    context = {
        "member": person,
        "entries": shared.newest_first(),
        # As on the member's own page, yesterday's reminder is not over at midnight.
        "fresh": today - timedelta(days=1),
        "place": "coaching",
    }
    return render(request, "coaching/check_ins.html", context)
