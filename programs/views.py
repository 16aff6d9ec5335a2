"""Writing, giving and following programs."""

from __future__ import annotations

from itertools import pairwise

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from exercises.models import Exercise
from legtraining.domain.shorthand import write_plan
from legtraining.doors import editable_or_refuse
from programs import services
from programs.forms import (
    WorkoutForm,
    form_of,
    prescription_rows,
)
from programs.models import Assignment, Program, Workout
from programs.plans import plan_of, text_of_day

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
        "gyms": Program.objects.shared_with(request.user)
        .select_related("owner")
        .order_by("title", "pk"),
        "deleted": Program.objects.filter(
            owner=request.user, deleted_at__isnull=False, pk=deleted
        ).first()
        if deleted.isascii() and deleted.isdigit() and len(deleted) < 19
        else None,
    }
    return render(request, "programs/list.html", context)


def whole_weeks(program: Program) -> list[tuple[int, list[Workout]]]:
    """Every week with its days and all they prescribe, those without a day too."""
    there = dict(program.workouts.by_week())
    for days in there.values():
        for before, after in pairwise(days):
            before.later, after.earlier = after.day, before.day  # type: ignore[attr-defined]
    return [(week, there.get(week, [])) for week in range(1, program.weeks + 1)]


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    assignment = (
        Assignment.objects.visible_to(request.user)
        .filter(program=program)
        .select_related("member")
        .first()
    )
    weeks = whole_weeks(program)
    can_edit = Program.objects.editable_by(request.user).filter(pk=pk).exists()
    removed = request.session.get("removed_day") if can_edit else None
    asked = request.GET.get("week", "")
    context = {
        "program": program,
        "weeks": weeks,
        "open_week": int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1,
        "assignment": assignment,
        "can_edit": can_edit,
        "can_use": Program.objects.usable_by(request.user).filter(pk=pk).exists()
        and request.user.is_trainer,
        "removed": removed if removed and removed["program"] == program.pk else None,
    }
    return render(request, "programs/detail.html", context)


@require_safe
def shorthand(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole program as text, which can be pasted into a new one."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    answer = HttpResponse(write_plan(plan_of(program)), content_type="text/plain; charset=utf-8")
    name = slugify(program.title)[:60] or "program"
    answer["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return answer


@form_page
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    program = my_program(request, pk)
    form = form_of(program, request.POST or None)
    if form.is_valid():
        services.change_program(program=program, **form.cleaned_data)
        return redirect(program)
    context = {"form": form, "program": program}
    return render(request, "programs/edit.html", context, status=422 if form.errors else 200)


def is_same_later(program: Program, workout: Workout) -> bool:
    """Whether this day is the same in all later weeks, so that a change is likely meant for all."""
    later = program.workouts.with_plan().filter(day=workout.day, week__gt=workout.week)
    mine = text_of_day(workout)
    return all(text_of_day(each) == mine for each in later)


@form_page
def edit_workout(request: SignedInRequest, pk: int, week: int, day: int) -> HttpResponse:
    program = my_program(request, pk)
    workout = get_object_or_404(program.workouts.with_plan(), week=week, day=day)
    data = request.POST or None
    form = WorkoutForm(
        data, initial={"title": workout.title, "later_weeks": is_same_later(program, workout)}
    )
    rows = prescription_rows(workout, data)
    if data and form.is_valid() and rows.is_valid():
        services.write_workout(workout=workout, rows=rows.rows(), **form.cleaned_data)
        messages.success(request, _("%(title)s is saved.") % {"title": form.cleaned_data["title"]})
        return redirect(f"{program.get_absolute_url()}?week={week}#week-{week}")
    context = {
        "program": program,
        "workout": workout,
        "form": form,
        "rows": rows,
        "exercise_names": Exercise.objects.library().values_list("name", flat=True),
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


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ends what is followed, or takes back what waits."""
    assignment = editable_or_refuse(Assignment.objects, request.user, pk=pk)
    waited = assignment.is_queued
    services.end_assignment(assignment=assignment)
    if waited:
        messages.success(request, _("The program that waited is taken back."))
    else:
        messages.success(request, _("The program has ended. What was logged stays."))
        _tell_what_begins(request, assignment)
    return _to_the_program(request, assignment)


@require_POST
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = editable_or_refuse(Assignment.objects, request.user, pk=pk)
    services.pause_assignment(assignment=assignment, today=assignment.member.today())
    assignment.refresh_from_db(fields=["status"])
    if assignment.is_paused:
        messages.success(
            request, _("The program rests. No training day counts as missed until it goes on.")
        )
    else:
        messages.warning(request, _("Only a program that is followed now can be paused."))
    return _to_the_program(request, assignment)


@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = editable_or_refuse(Assignment.objects, request.user, pk=pk)
    services.resume_assignment(assignment=assignment, today=assignment.member.today())
    assignment.refresh_from_db(fields=["status"])
    if assignment.status == Assignment.Status.ACTIVE:
        messages.success(request, _("The program goes on where it was."))
    else:
        messages.warning(request, _("Only a program that is paused can go on."))
    return _to_the_program(request, assignment)


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """The program that waits begins now, and the one that is followed ends."""
    assignment = editable_or_refuse(Assignment.objects, request.user, pk=pk)
    before = Assignment.objects.current().filter(member=assignment.member_id)
    ended = before.select_related("program").first()
    services.start_now(assignment=assignment, today=assignment.member.today())
    assignment.refresh_from_db(fields=["status"])
    if assignment.status == Assignment.Status.ACTIVE:
        messages.success(request, _("The program that waited is followed now."))
        if ended and ended.pk != assignment.pk:
            messages.info(request, _("“%(title)s” has ended.") % {"title": ended.program})
    else:
        messages.warning(request, _("Only a program that waits can be started."))
    return _to_the_program(request, assignment)


@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undoes `end`, as long as nothing else is followed."""
    assignment = editable_or_refuse(Assignment.objects, request.user, pk=pk)
    try:
        services.reopen_assignment(assignment=assignment)
    except services.AlreadyActive:
        messages.error(request, _("Another program is followed now. End that one first."))
    return _to_the_program(request, assignment)


def _tell_what_begins(request: SignedInRequest, ended: Assignment) -> None:
    now = Assignment.objects.active().filter(member=ended.member_id).select_related("program")
    if following := now.first():
        messages.info(request, _("“%(title)s” begins now.") % {"title": following.program})


def _to_the_program(request: SignedInRequest, assignment: Assignment) -> HttpResponse:
    """The page from which a program is paused and ended, the member's or the trainer's."""
    if assignment.member_id == request.user.pk:
        return redirect("my_program")
    return redirect("coaching:member", assignment.member_id)
