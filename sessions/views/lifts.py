"""The working weights of a program: where each stands, what changed them, and a trainer's word."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import Looked
from accounts.services import note_look
from programs.models import Assignment, Program
from sessions import services
from sessions.foresight import foresee
from sessions.forms import LiftForm
from sessions.lifts import lift_lines, newest_events
from sessions.plan import done_workouts
from sessions.planner import Planner


def _assignment(request: SignedInRequest, pk: int) -> Assignment:
    """The door to who follows the program number `pk`."""
    visible = Assignment.objects.visible_to(request.user).select_related("program", "member")
    return get_object_or_404(visible, program=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def lifts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Members read it; whoever may edit their program sets a weight here."""
    assignment = _assignment(request, pk)
    note_look(viewer=request.user, members=[assignment.member], what=Looked.LOG)
    can_edit = Program.objects.editable_by(request.user).filter(pk=pk).exists()
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    lines = lift_lines(assignment)
    form = LiftForm(request.POST or None, lines=lines, initial={"unit": assignment.member.unit})
    if form.is_valid():
        line = form.cleaned_data["lift"]
        services.override_lift(
            assignment=assignment,
            exercise=line.exercise,
            lane=line.lane,
            by=request.user,
            **{name: form.cleaned_data[name] for name in ("weight", "unit", "reason")},
        )
        messages.success(request, _("%(name)s goes on from there.") % {"name": line.exercise})
        return redirect("lifts", pk)
    context = {
        "assignment": assignment,
        "program": assignment.program,
        "lines": lines,
        "events": newest_events(assignment),
        "form": form if can_edit and lines else None,
        "is_mine": assignment.member_id == request.user.pk,
    }
    return render(request, "programs/lifts.html", context, status=422 if form.errors else 200)


@require_safe
def week_sheet(request: SignedInRequest, pk: int, week: int) -> HttpResponse:
    """One week to print and write on: of a member's program with their loads, else as written."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    weeks = dict(program.workouts.by_week())
    if week not in weeks:
        raise Http404
    days = weeks[week]
    visible = Assignment.objects.visible_to(request.user).select_related("member")
    assignment = visible.filter(program=program).first()
    if assignment:
        note_look(viewer=request.user, members=[assignment.member], what=Looked.LOG)
        done = done_workouts(assignment)
        upto = [day for number in sorted(weeks) if number <= week for day in weeks[number]]
        foresee(Planner(assignment.member, assignment), [day for day in upto if day.pk not in done])
    context = {"program": program, "week": week, "days": days, "assignment": assignment}
    return render(request, "programs/sheet.html", context)
