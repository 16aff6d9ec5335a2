"""Writing instructions: a trainer proposes, an editor may publish at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import editor_required, writer_required
from accounts.http import SignedInRequest
from exercises import services
from exercises.compare import compare
from exercises.forms import InstructionsForm, written_again
from exercises.models import Exercise, FactsRevision, InstructionRevision
from exercises.views.doors import exercise_at, posted_from

Status = InstructionRevision.Status


@require_safe
@writer_required
def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    """The text to write on: one's own draft, or what is published."""
    exercise = exercise_at(slug)
    if exercise.merged_into:
        return redirect(exercise.merged_into)
    mine = exercise.revisions.open_of(request.user)
    if mine and mine.status == Status.SUBMITTED:
        return redirect("exercises:proposal", slug, mine.pk)
    current = exercise.revisions.current()
    shown = mine or current
    base = mine.based_on_id if mine else current and current.pk
    initial = (shown.texts if shown else {}) | {"base": base or 0}
    if mine:
        initial["note"] = mine.note
    return form_of(request, exercise, InstructionsForm(initial=initial))


@posted_from("exercises:propose")
@writer_required
def submit(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise, form = exercise_at(slug), InstructionsForm(request.POST)
    if exercise.merged_into:
        return merged_meanwhile(request, exercise, form)
    if not form.is_valid():
        return form_of(request, exercise, form)
    try:
        mine = services.submit_proposal(
            exercise=exercise,
            author=request.user,
            instead="instead" in request.POST,
            **written(form),
        )
    except services.Outdated as outdated:
        return written_over(request, exercise, form, outdated.current)
    except services.AlreadyDecided:
        return form_of(request, exercise, form, is_waiting=True)
    if mine is None:
        messages.info(request, _("This is the text that is published, so nothing was sent."))
        return redirect("exercises:propose", slug)
    messages.success(request, _("Sent to the editors. You see here what becomes of it."))
    return redirect("exercises:proposal", slug, mine.pk)


@posted_from("exercises:propose")
@writer_required
def save_draft(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise, form = exercise_at(slug), InstructionsForm(request.POST)
    if exercise.merged_into:
        return merged_meanwhile(request, exercise, form)
    if not form.is_valid():
        return form_of(request, exercise, form)
    try:
        services.save_draft(
            exercise=exercise,
            author=request.user,
            instead="instead" in request.POST,
            **written(form),
        )
    except services.AlreadyDecided:
        return form_of(request, exercise, form, is_waiting=True)
    messages.success(request, _("Kept as your draft. Nobody else sees it."))
    return redirect("exercises:propose", slug)


@posted_from("exercises:propose")
@editor_required
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise, form = exercise_at(slug), InstructionsForm(request.POST)
    if exercise.merged_into:
        return merged_meanwhile(request, exercise, form)
    if not form.is_valid():
        return form_of(request, exercise, form)
    try:
        new = services.publish_instructions(
            exercise=exercise, author=request.user, replaces_draft=True, **written(form)
        )
    except services.Outdated as outdated:
        return written_over(request, exercise, form, outdated.current)
    if new:
        messages.success(request, _("Published. The page shows it now."))
    else:
        messages.info(request, _("The page shows this text already."))
    return redirect(exercise)


@posted_from("exercises:propose")
@writer_required
def take_back(request: SignedInRequest, slug: str) -> HttpResponse:
    mine = exercise_at(slug).revisions.open_of(request.user)
    if mine and mine.status == Status.DRAFT:  # the same form, sent twice
        return redirect("exercises:propose", slug)
    try:
        if mine:
            services.take_back(proposal=mine)
            return redirect("exercises:propose", slug)
    except services.AlreadyDecided:
        pass
    messages.error(request, _("It does not wait any more. See below what became of it."))
    return redirect("exercises:proposals")


@posted_from("exercises:propose")
@writer_required
def discard_draft(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = exercise_at(slug)
    if services.discard_draft(exercise=exercise, author=request.user):
        messages.success(request, _("The draft is thrown away."))
    return redirect(exercise)


def written(form: InstructionsForm) -> dict[str, Any]:
    """What the services take from a valid form."""
    data = form.cleaned_data
    return form.texts() | {"note": data["note"], "base": data["base"]}


def form_of(
    request: SignedInRequest,
    exercise: Exercise,
    form: InstructionsForm,
    **context: object,
) -> HttpResponse:
    """The page with the form; 422 with its sentences if it was refused."""
    mine = exercise.revisions.open_of(request.user)
    context |= {"exercise": exercise, "form": form, "mine": mine}
    return render(request, "exercises/propose.html", context, status=422 if form.is_bound else 200)


def merged_meanwhile(
    request: SignedInRequest, source: Exercise, form: InstructionsForm
) -> HttpResponse:
    """What was typed for an exercise that is another one by now: kept, beside the text of that."""
    into = exercise_at(source.merged_into.slug if source.merged_into else source.slug)
    said = _("%(source)s was merged into %(into)s meanwhile. Nothing was sent.")
    messages.error(request, said % {"source": source, "into": into})
    if not form.is_valid():
        return form_of(request, into, form)
    return written_over(request, into, form, into.revisions.current(), is_decided=True)


def written_over(
    request: SignedInRequest,
    exercise: Exercise,
    form: InstructionsForm,
    theirs: InstructionRevision | FactsRevision | None,
    **context: object,
) -> HttpResponse:
    """Somebody published meanwhile. Shows their text beside the one that was typed, which stays;
    sent again, it is meant to take the place of theirs."""
    again = written_again(form, over=theirs)
    texts = theirs.texts if isinstance(theirs, InstructionRevision) else {}
    context |= {"theirs": theirs, "parts": compare(texts, form.texts())}
    return form_of(request, exercise, again, **context)
