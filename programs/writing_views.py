"""Writing a program: as one text, and its days and weeks as wholes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from legtraining.domain.refusal import Refusal
from legtraining.domain.shorthand import Mistakes
from programs import services
from programs.balance import balance_of
from programs.models import Program, Workout
from programs.plans import WrittenDay, text_of_workout
from programs.text_forms import CopyWeekForm, NewTextForm, ReadsText, TextForm
from programs.views import form_page, my_program

REMOVED = "removed_day"


@form_page
@trainer_required
def new(request: SignedInRequest) -> HttpResponse:
    form = NewTextForm(request.POST or None, initial={"weeks": 6, "days_a_week": 2})
    if form.is_valid():
        data = form.cleaned_data
        if form.plan is None:
            named = ("title", "goal", "weeks", "days_a_week")
            program = services.create_program(
                owner=request.user, **{name: data[name] for name in named}
            )
            return redirect("programs:edit_workout", program.pk, 1, 1)
        program = services.create_written(
            owner=request.user,
            title=data["title"],
            goal=data["goal"],
            weeks=len(form.plan.weeks),
            days=form.days,
        )
        return redirect(program)
    return render(request, "programs/new.html", {"form": form}, status=422 if form.errors else 200)


@form_page
def edit_text(request: SignedInRequest, pk: int) -> HttpResponse:
    program = my_program(request, pk)
    form = TextForm(request.POST or None, program=program)
    if form.is_valid() and form.plan:
        data = form.cleaned_data
        services.write_program(
            program=program,
            title=data["title"],
            goal=data["goal"],
            weeks=len(form.plan.weeks),
            days=form.days,
        )
        messages.success(request, _("“%(title)s” is saved.") % {"title": data["title"]})
        return redirect(program)
    context = {"form": form, "program": program}
    return render(request, "programs/text.html", context, status=422 if form.errors else 200)


class _Check(ReadsText):
    def __init__(self, text: str) -> None:
        self.there = {}
        self.read(text)


def supersets_of(days: list[WrittenDay]) -> list[tuple[str, str]]:
    """Which exercises are done in turn, each superset once: a T1 that was meant as a tier shows."""
    found: dict[tuple[str, str], None] = {}
    for day in days:
        for letter in dict.fromkeys(row.superset for row in day.rows if row.superset):
            names = [row.exercise.name for row in day.rows if row.superset == letter]
            found[letter, ", ".join(names)] = None
    return list(found)


@require_POST
@trainer_required
def check(request: SignedInRequest) -> HttpResponse:
    """What a text says so far, or what cannot be read of it; nothing is saved."""
    text = request.POST.get("text", "")[:60_000].replace("\0", "")
    found = _Check(text)
    context: dict[str, Any] = {"mistakes": found.mistakes, "plan": found.plan}
    if found.plan and not found.mistakes:
        context |= {"balance": balance_of(found.days), "supersets": supersets_of(found.days)}
    return render(request, "programs/_checked.html", context)


# --- Days and weeks -------------------------------------------------------------------------------


def _day(program: Program, week: int, day: int) -> Workout:
    return get_object_or_404(program.workouts.all(), week=week, day=day)


def _back(program: Program, week: int) -> HttpResponse:
    return redirect(f"{program.get_absolute_url()}?week={week}#week-{week}")


@require_POST
def add_day(request: SignedInRequest, pk: int, week: int) -> HttpResponse:
    program = my_program(request, pk)
    if not 1 <= week <= program.weeks:
        raise Http404
    try:
        workout = services.add_day(program=program, week=week)
    except Refusal as refusal:
        messages.error(request, _(refusal.sentence) % refusal.values)
        return _back(program, week)
    return redirect("programs:edit_workout", program.pk, week, workout.day)


@require_POST
def copy_day(request: SignedInRequest, pk: int, week: int, day: int) -> HttpResponse:
    """The day once more, in the week that is posted as `to`."""
    program = my_program(request, pk)
    workout, to = _day(program, week, day), request.POST.get("to", "")
    if not (to.isascii() and to.isdigit() and 1 <= int(to[:4]) <= program.weeks):
        messages.error(request, _("Choose a week from 1 to %(weeks)d.") % {"weeks": program.weeks})
        return _back(program, week)
    try:
        services.copy_day(workout=workout, week=int(to))
    except Refusal as refusal:
        messages.error(request, _(refusal.sentence) % refusal.values)
    return _back(program, int(to))


@require_POST
def move_day(request: SignedInRequest, pk: int, week: int, day: int) -> HttpResponse:
    """Its new number is posted as `to`."""
    program = my_program(request, pk)
    to = request.POST.get("to", "")
    workout = program.workouts.filter(week=week, day=day).first()
    if workout and to.isascii() and to.isdigit():
        services.move_day(workout=workout, day=int(to[:2]))
    return _back(program, week)


@require_POST
def remove_day(request: SignedInRequest, pk: int, week: int, day: int) -> HttpResponse:
    """Takes the day out; the page that follows has its Undo."""
    program = my_program(request, pk)
    workout = program.workouts.with_plan().filter(week=week, day=day).first()
    if workout:
        request.session[REMOVED] = {
            "program": program.pk,
            "week": week,
            "day": day,
            "title": workout.title,
            "text": text_of_workout(workout),
        }
        services.remove_day(workout=workout)
    return _back(program, week)


@require_POST
def restore_day(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undoes `remove_day`, if its place is still free."""
    program = my_program(request, pk)
    removed = request.session.pop(REMOVED, None)
    if not removed or removed["program"] != program.pk:
        raise Http404
    try:
        services.restore_day(program=program, week=removed["week"], text=removed["text"])
    except Mistakes:
        messages.error(request, _("This day cannot be put back: an exercise is gone."))
    return _back(program, removed["week"])


@form_page
def copy_week(request: SignedInRequest, pk: int, week: int) -> HttpResponse:
    program = my_program(request, pk)
    if not 1 <= week <= program.weeks:
        raise Http404
    form = CopyWeekForm(request.POST or None, program=program, week=week)
    if not form.is_valid():
        context = {"form": form, "program": program, "week": week}
        status = 422 if form.errors else 200
        return render(request, "programs/copy_week.html", context, status=status)
    to = form.cleaned_data["to"]
    services.copy_week(program=program, week=week, to=to, changes=form.changes())
    messages.success(
        request, _("Week %(week)d is written into week %(to)d.") % {"week": week, "to": to}
    )
    return _back(program, to)


# --- The gym's ------------------------------------------------------------------------------------


@require_POST
@trainer_required
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """A program of one's own with the same plan."""
    program = get_object_or_404(Program.objects.usable_by(request.user), pk=pk)
    mine = services.copy_program(program=program, owner=request.user)
    messages.success(request, _("“%(title)s” is yours to change now.") % {"title": mine.title})
    return redirect(mine)
