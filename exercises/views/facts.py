"""What is known about an exercise: written with forms, by editors."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import editor_required
from accounts.http import SignedInRequest
from exercises import services
from exercises.facts import Facts, changes, facts_of
from exercises.forms import FactsForm, MergeForm, NewForm, facts_initial, written_again
from exercises.models import Exercise, FactsRevision
from exercises.views.doors import exercise_at, form_page, posted_from


@form_page
@editor_required
def new(request: SignedInRequest) -> HttpResponse:
    form = NewForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            exercise = services.create_exercise(
                slug=data["slug"], facts=form.facts(), author=request.user, note=data["note"]
            )
        except ValidationError as problems:
            form.add_error(None, problems)
        else:
            messages.success(request, _("Added. Now write how it is done."))
            return redirect("exercises:propose", exercise.slug)
    status = 422 if form.errors else 200
    return render(request, "exercises/new.html", {"form": form}, status=status)


@form_page
@editor_required
def facts(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = exercise_at(slug)
    if exercise.merged_into:
        messages.error(request, _("%(name)s was merged into this one.") % {"name": exercise})
        return redirect(exercise.merged_into)
    initial = facts_initial(facts_of(exercise), exercise.facts_revisions.newest())
    form = FactsForm(request.POST or None, initial=initial, exercise=exercise)
    if not form.is_valid():
        return facts_page(request, exercise, form)
    try:
        new = services.save_facts(
            exercise=exercise,
            facts=form.facts(),
            author=request.user,
            note=form.cleaned_data["note"],
            base=form.cleaned_data["base"],
        )
    except services.Outdated as outdated:
        return facts_written_over(request, exercise, form, outdated)
    except ValidationError as problems:  # somebody gave the name away since it was checked
        form.add_error(None, problems)
        return facts_page(request, exercise, form)
    if new:
        messages.success(request, _("Saved. The former facts stand in the history."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(exercise)


def facts_page(
    request: SignedInRequest, exercise: Exercise, form: FactsForm, **context: object
) -> HttpResponse:
    context |= {"exercise": exercise, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "exercises/facts.html", context, status=status)


def facts_written_over(
    request: SignedInRequest, exercise: Exercise, form: FactsForm, outdated: services.Outdated
) -> HttpResponse:
    """Somebody saved meanwhile: shows what differs, and keeps what was typed for a second try."""
    theirs = outdated.current
    again = written_again(form, over=theirs, exercise=exercise)
    now = Facts(**theirs.facts) if isinstance(theirs, FactsRevision) else facts_of(exercise)
    context = {"theirs": theirs, "differences": changes(now, form.facts())}
    return facts_page(request, exercise, again, **context)


@posted_from("exercises:detail")
@editor_required
def retire(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = exercise_at(slug)
    services.retire_exercise(exercise=exercise, author=request.user)
    messages.success(request, _("Retired. Logs and programs keep it; nobody is offered it."))
    return redirect(exercise)


@posted_from("exercises:detail")
@editor_required
def bring_back(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = exercise_at(slug)
    if services.bring_back(exercise=exercise, author=request.user):
        messages.success(request, _("It is in the library again."))
    else:
        messages.error(request, _("It was merged into another exercise, and stays there."))
    return redirect(exercise)


@form_page
@editor_required
def merge(request: SignedInRequest, slug: str) -> HttpResponse:
    """GET shows what would move, once the other exercise is named; POST moves it."""
    exercise = exercise_at(slug)
    if request.method == "POST":
        form = MergeForm(request.POST, guess=False)
    else:
        form = MergeForm(request.GET if "into" in request.GET else None)
    into = form.cleaned_data["into"] if form.is_valid() else None
    problem = ""
    if into:
        try:
            if request.method == "POST":
                services.merge_exercises(source=exercise, into=into, author=request.user)
                messages.success(
                    request,
                    _("%(source)s is now %(into)s, logs and programs included.")
                    % {"source": exercise, "into": into},
                )
                return redirect(into)
            services.refuse_different(exercise, into)
        except services.CannotMerge as reason:
            problem, into = str(reason), None
    context = {"exercise": exercise, "form": form, "into": into, "problem": problem}
    context["moves"] = services.what_moves(exercise)
    refused = problem or form.errors
    return render(request, "exercises/merge.html", context, status=422 if refused else 200)
