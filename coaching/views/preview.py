"""A program as a member would see it: every week, with their loads, and what it works."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Looked, User
from accounts.services import note_look
from coaching.assigning import estimates_of
from legtraining.domain.outing import State
from legtraining.domain.rules import TRAINING_MAX
from programs.balance import balance_of
from programs.models import Assignment, Program
from programs.plans import training_max_lifts, written_day
from programs.views import whole_weeks
from sessions.foresight import foresee
from sessions.planner import Planner


@require_safe
@trainer_required
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """With `?member=` for one of the trainer's members, else as it is written."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    members = list(User.objects.coached_by(request.user))
    assignment = Assignment.objects.filter(program=program).select_related("member").first()
    chosen = request.GET.get("member", "")
    member = next((each for each in members if str(each.pk) == chosen), None)
    member = assignment.member if assignment else member
    if member:
        note_look(viewer=request.user, members=[member], what=Looked.LOG)
    weeks = whole_weeks(program)
    workouts = [workout for _week, days in weeks for workout in days]
    planner = planner_for(program, member, assignment) if member else None
    if planner:
        foresee(planner, workouts)
    context = {
        "program": program,
        "weeks": weeks,
        "members": [] if assignment else members,
        "member": member,
        "guessed": guessed(program, planner) if planner and not assignment else [],
        "place": "programs",
        "balance": balance_of(written_day(workout) for workout in workouts),
    }
    return render(request, "programs/preview.html", context)


def planner_for(program: Program, member: User, assignment: Assignment | None) -> Planner:
    """With where the member's lifts stand in it, or with training maxes estimated from the log."""
    if assignment:
        return Planner(member, assignment)
    lifts = training_max_lifts(program)
    estimates = estimates_of([member], lifts).get(member.pk, {}) if lifts else {}
    planner = Planner(member, None)
    for exercise, estimate in estimates.items():
        planner.states[exercise, TRAINING_MAX] = State(estimate.weight, planner.unit)
    return planner


def guessed(program: Program, planner: Planner) -> list[str]:
    """The exercises whose training max is not known, so that their loads are left open."""
    return [
        lift.name
        for lift in training_max_lifts(program)
        if planner.state(lift.pk, TRAINING_MAX).weight is None
    ]
