"""A member's own exercises. Nobody else comes to these pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from exercises import services
from exercises.forms.own import OwnForm, SameForm, own_initial
from exercises.models import Exercise
from exercises.querysets import ExerciseQuerySet
from exercises.views.doors import form_page, posted_from

MOST_NAMES = 500  # that a field offers
LOGGED = Count("logged_sets", filter=Q(logged_sets__deleted_at__isnull=True))


def own_exercises(request: SignedInRequest) -> ExerciseQuerySet:
    """Each with the number of its sets. What became an exercise of the library is not shown any
    more, unless a set was left behind."""
    own = Exercise.objects.own_of(request.user).annotate(logged=LOGGED)
    return own.exclude(merged_into__isnull=False, logged=0)


def own_at(request: SignedInRequest, slug: str) -> Exercise:
    own = Exercise.objects.own_of(request.user).with_facts().select_related("merged_into")
    return get_object_or_404(own.annotate(logged=LOGGED), slug=slug)


@form_page
def mine(request: SignedInRequest) -> HttpResponse:
    """The list, and a form to add one."""
    form = OwnForm(request.POST or None)
    if form.is_valid():
        said = form.said()
        if Exercise.objects.own_of(request.user).filter(name__iexact=said["name"]).exists():
            form.add_error("name", _("You have an exercise of this name already."))
        else:
            try:
                exercise = services.own_exercise(member=request.user, **said)
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, _("Added. You find it where you add an exercise."))
                return redirect(exercise)
    rows = list(own_exercises(request).with_facts().order_by("name"))
    context = {
        "form": form,
        "in_use": [exercise for exercise in rows if exercise.retired_at is None],
        "retired": [exercise for exercise in rows if exercise.retired_at],
    }
    return render(request, "exercises/mine.html", context, status=422 if form.is_bound else 200)


@form_page
def own(request: SignedInRequest, slug: str) -> HttpResponse:
    """One of them: what is known of it, and what can be done with it."""
    exercise = own_at(request, slug)
    if exercise.merged_into:
        rest = services.is_used(exercise)
        return own_page(request, exercise) if rest else redirect(exercise.merged_into)
    used = services.is_used(exercise)
    initial = own_initial(exercise)
    form = OwnForm(request.POST or None, initial=initial, fixed_load=used)
    if form.is_valid():
        try:
            services.save_own(exercise=exercise, **form.said())
        except ValidationError as problem:
            form.add_error(None, problem)
        except services.Busy as busy:
            form.add_error(None, str(busy))
        else:
            messages.success(request, _("Saved."))
            return redirect(exercise)
    context = {"form": form, "used": used} | the_same(request, exercise)
    return own_page(request, exercise, **context)


def the_same(request: SignedInRequest, exercise: Exercise) -> dict[str, Any]:
    """What is asked for with `?into=`: which exercise of the library this is, what would move to
    it, or why it cannot."""
    same = SameForm(request.GET if "into" in request.GET else None)
    names = Exercise.objects.pickable().order_by("name").values_list("name", flat=True)
    context = {"same": same, "exercise_names": names[:MOST_NAMES], "into": None}
    if same.is_valid():
        into = same.cleaned_data["into"]
        try:
            services.refuse_other(exercise, into)
        except services.CannotMerge as reason:
            same.add_error("into", str(reason))
        else:
            context["into"] = into
    return context


def own_page(request: SignedInRequest, exercise: Exercise, **context: Any) -> HttpResponse:
    forms = [context[name] for name in ("form", "same") if name in context]
    refused = any(form.errors for form in forms)  # one that was not sent has none
    context["exercise"] = exercise
    return render(request, "exercises/own.html", context, status=422 if refused else 200)


@posted_from("exercises:own")
def retire(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = own_at(request, slug)
    services.retire_own(exercise=exercise, retired=True)
    messages.success(request, _("Put away. Your log keeps it; you are not offered it any more."))
    return redirect("exercises:own", slug)


@posted_from("exercises:own")
def bring_back(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = own_at(request, slug)
    services.retire_own(exercise=exercise, retired=False)
    messages.success(request, _("You are offered it again."))
    return redirect("exercises:own", slug)


@posted_from("exercises:own")
def delete(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = own_at(request, slug)
    try:
        deleted = services.delete_own(exercise=exercise)
    except services.Busy as busy:
        messages.error(request, str(busy))
        return redirect("exercises:own", slug)
    if not deleted:
        messages.error(request, _("It stands in your log, so it stays. You can put it away."))
        return redirect("exercises:own", slug)
    messages.success(request, _("%(name)s is deleted.") % {"name": exercise})
    return redirect("exercises:mine")


@posted_from("exercises:own")
def merge(request: SignedInRequest, slug: str) -> HttpResponse:
    """POST only: the page itself shows before what would move."""
    exercise = own_at(request, slug)
    into = get_object_or_404(Exercise.objects.library(), slug=request.POST.get("into", ""))
    try:
        services.merge_own(exercise=exercise, into=into)
    except services.CannotMerge as reason:
        messages.error(request, str(reason))
        return redirect("exercises:own", slug)
    names = {"own": exercise, "into": into}
    messages.success(request, _("%(own)s is %(into)s now, with all that you logged.") % names)
    return redirect(into)
