"""Writing, giving and following programs."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from exercises.models import Exercise
from legtraining.doors import editable_or_refuse
from programs import services
from programs.forms import (
    AssignForm,
    NewProgramForm,
    WorkoutForm,
    form_of,
    prescription_rows,
)
from programs.models import Assignment, Program

form_page = require_http_methods(["GET", "HEAD", "POST"])


def my_program(request: SignedInRequest, pk: int) -> Program:
    """The door to a program that the request changes."""
    return editable_or_refuse(Program.objects, request.user, pk=pk)


def my_template(request: SignedInRequest, pk: int) -> Program:
    """The same door, for what is done to templates only. A copy is its member's to follow."""
    program = my_program(request, pk)
    if Assignment.objects.filter(program=program).exists():
        raise PermissionDenied
    return program


@require_safe
@trainer_required
def templates(request: SignedInRequest) -> HttpResponse:
    mine = Program.objects.templates_of(request.user).order_by("title", "pk")
    deleted = request.GET.get("deleted", "")
    context = {
        "programs": mine.annotate(followers=Count("copies__assignment")),
        "deleted": Program.objects.filter(
            owner=request.user, deleted_at__isnull=False, pk=deleted
        ).first()
        if deleted.isascii() and deleted.isdigit() and len(deleted) < 19
        else None,
    }
    return render(request, "programs/list.html", context)


@form_page
@trainer_required
def new(request: SignedInRequest) -> HttpResponse:
    form = NewProgramForm(request.POST or None, initial={"weeks": 6, "days_a_week": 2})
    if form.is_valid():
        program = services.create_program(owner=request.user, **form.cleaned_data)
        return redirect("programs:edit_workout", program.pk, 1, 1)
    return render(request, "programs/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    assignment = (
        Assignment.objects.visible_to(request.user)
        .filter(program=program)
        .select_related("member")
        .first()
    )
    context = {
        "program": program,
        "weeks": program.workouts.by_week(),
        "assignment": assignment,
        "can_edit": Program.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "programs/detail.html", context)


@form_page
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    program = my_program(request, pk)
    form = form_of(program, request.POST or None)
    if form.is_valid():
        services.change_program(program=program, **form.cleaned_data)
        return redirect(program)
    context = {"form": form, "program": program}
    return render(request, "programs/edit.html", context, status=422 if form.errors else 200)


@form_page
def edit_workout(request: SignedInRequest, pk: int, week: int, day: int) -> HttpResponse:
    program = my_program(request, pk)
    workout = get_object_or_404(program.workouts.with_plan(), week=week, day=day)
    data = request.POST or None
    form = WorkoutForm(
        data, initial={"title": workout.title, "later_weeks": week == 1 and program.weeks > 1}
    )
    rows = prescription_rows(workout, data)
    if data and form.is_valid() and rows.is_valid():
        services.write_workout(workout=workout, rows=rows.rows(), **form.cleaned_data)
        messages.success(request, _("%(title)s is saved.") % {"title": form.cleaned_data["title"]})
        return redirect(f"{program.get_absolute_url()}#week-{week}")
    context = {
        "program": program,
        "workout": workout,
        "form": form,
        "rows": rows,
        "exercise_names": Exercise.objects.values_list("name", flat=True),
    }
    return render(request, "programs/edit_workout.html", context, status=422 if data else 200)


@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a template away. What members follow are copies, and stays."""
    program = my_template(request, pk)
    Program.objects.filter(pk=program.pk).update(deleted_at=timezone.now())
    return redirect(f"{reverse('programs:list')}?deleted={program.pk}")


@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(Program, pk=pk, owner=request.user, assignment__isnull=True)
    Program.objects.filter(pk=program.pk).update(deleted_at=None)
    return redirect(program)


@form_page
@trainer_required
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    program = my_template(request, pk)
    initial = {"start_date": request.user.today(), "member": request.GET.get("member")}
    form = AssignForm(request.POST or None, initial=initial, trainer=request.user)
    if form.is_valid():
        member = form.cleaned_data["member"]
        try:
            services.assign(program=program, trainer=request.user, **form.cleaned_data)
        except services.AlreadyActive:
            form.add_error(
                "member",
                _("%(name)s follows a program already. Tick the box below to end that one.")
                % {"name": member},
            )
        else:
            messages.success(
                request,
                _("%(name)s now follows “%(title)s”.") % {"name": member, "title": program.title},
            )
            return redirect("coaching:member", member.pk)
    context = {"form": form, "program": program}
    return render(request, "programs/assign.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = editable_or_refuse(Assignment.objects, request.user, pk=pk)
    services.end_assignment(assignment=assignment)
    messages.success(request, _("The program has ended. What was logged stays."))
    if assignment.member_id == request.user.pk:
        return redirect("my_program")
    return redirect("coaching:member", assignment.member_id)
