"""What was proposed, and what an editor makes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import editor_required, writer_required
from accounts.http import SignedInRequest
from exercises import services
from exercises.compare import compare
from exercises.forms import InstructionsForm, RejectForm, written_again
from exercises.models import InstructionRevision
from exercises.querysets import InstructionRevisionQuerySet
from exercises.views.doors import exercise_at, posted_from
from exercises.views.writing import form_of, written, written_over

Status = InstructionRevision.Status


def proposal_at(request: SignedInRequest, slug: str, pk: int) -> InstructionRevision:
    """The door to a proposal: its author's and the editors'."""
    seen = InstructionRevision.objects.visible_to(request.user)
    return get_object_or_404(of_proposals(seen), exercise__slug=slug, pk=pk)


def proposal_to_decide(request: SignedInRequest, slug: str, pk: int) -> InstructionRevision | None:
    """The proposal as the editor saw it; None if it was decided, taken back or changed since."""
    proposals = of_proposals(InstructionRevision.objects.all())
    found = proposals.filter(exercise__slug=slug, pk=pk).first()
    seen = request.POST.get("seen", "")
    if found is None and not seen:
        raise Http404
    if found is None or found.status != Status.SUBMITTED or seen not in ("", version_of(found)):
        return None
    return found


def of_proposals(revisions: InstructionRevisionQuerySet) -> InstructionRevisionQuerySet:
    related = ("exercise", "author", "reviewer", "based_on")
    return revisions.filter(is_proposal=True).select_related(*related)


def version_of(proposal: InstructionRevision) -> str:
    """Changes when its author takes it back and sends another text."""
    return proposal.created_at.isoformat()


@require_safe
@writer_required
def proposals(request: SignedInRequest) -> HttpResponse:
    """What waits for an editor, and what one proposed oneself."""
    revisions = InstructionRevision.objects.select_related("exercise", "author", "reviewer")
    context = {
        "waiting": revisions.waiting() if request.user.is_staff else None,
        "mine": revisions.proposed_by(request.user)[:100],
    }
    return render(request, "exercises/proposals.html", context)


@require_safe
@writer_required
def proposal(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = proposal_at(request, slug, pk)
    if found.status == Status.DRAFT:
        return redirect("exercises:propose", slug)
    return proposal_page(request, found)


@posted_from("exercises:proposal", "pk")
@editor_required
def publish_proposal(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found, form = proposal_to_decide(request, slug, pk), InstructionsForm(request.POST)
    if found is None:
        return already_decided(request, slug, pk, form)
    if not form.is_valid():
        return proposal_page(request, found, form=form)
    try:
        services.publish_proposal(proposal=found, reviewer=request.user, **written(form))
    except services.Outdated as outdated:
        again = written_again(form, over=outdated.current)
        return proposal_page(request, found, form=again, is_outdated=True)
    except services.AlreadyDecided:
        return already_decided(request, slug, pk, form)
    messages.success(request, _("Published. The page shows it now."))
    return redirect(found.exercise)


@posted_from("exercises:proposal", "pk")
@editor_required
def reject(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found, form = proposal_to_decide(request, slug, pk), RejectForm(request.POST)
    if found is None:
        return already_decided(request, slug, pk, form)
    if not form.is_valid():
        return proposal_page(request, found, reject=form)
    reason = form.cleaned_data["reason"]
    try:
        services.reject_proposal(proposal=found, reviewer=request.user, reason=reason)
    except services.AlreadyDecided:
        return already_decided(request, slug, pk, form)
    messages.success(request, _("Rejected. Its author sees the reason."))
    return redirect("exercises:proposals")


def already_decided(
    request: SignedInRequest, slug: str, pk: int, form: InstructionsForm | RejectForm
) -> HttpResponse:
    """Somebody else came first. What this editor typed stays, and can be published by itself."""
    exercise = exercise_at(slug)
    messages.error(request, _("This proposal was decided, taken back or changed meanwhile."))
    if isinstance(form, RejectForm):
        reason = _("Your reason was not sent: “%(reason)s”")
        messages.info(request, reason % {"reason": form.data.get("reason", "")[:500]})
    elif not form.is_valid():
        return form_of(request, exercise, form)
    elif not exercise.revisions.filter(**form.texts()).exists():
        return written_over(request, exercise, form, exercise.revisions.current(), is_decided=True)
    if exercise.revisions.visible_to(request.user).filter(pk=pk).exists():
        return redirect("exercises:proposal", slug, pk)
    return redirect("exercises:proposals")


def proposal_page(
    request: SignedInRequest,
    found: InstructionRevision,
    *,
    form: InstructionsForm | None = None,
    reject: RejectForm | None = None,
    is_outdated: bool = False,
) -> HttpResponse:
    """What is published beside what is proposed; for an editor with the forms that decide."""
    current = found.exercise.revisions.current()
    base = current if found.status == Status.SUBMITTED else found.based_on
    refused = form is not None or reject is not None
    if form is None:
        note = {"note": found.note, "base": current.pk if current else 0}
        form = InstructionsForm(initial=found.texts | note)
    typed = form.texts() if form.is_bound and form.is_valid() else found.texts
    context = {
        "exercise": found.exercise,
        "proposal": found,
        "is_waiting": found.status == Status.SUBMITTED,
        "is_mine": found.author_id == request.user.pk,
        "is_behind": found.status == Status.SUBMITTED and current != found.based_on,
        "is_outdated": is_outdated,
        "parts": compare(base.texts if base else {}, typed),
        "form": form,
        "reject": reject or RejectForm(),
        "seen": version_of(found),
        "adapted": found.followers.first() if found.status == Status.ADAPTED else None,
        "reject_url": reverse("exercises:reject", args=[found.exercise.slug, found.pk]),
    }
    return render(request, "exercises/proposal.html", context, status=422 if refused else 200)
