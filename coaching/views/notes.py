"""A trainer's private notes about a member."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import User
from coaching import noting
from coaching.forms_review import NoteForm
from coaching.models import TrainerNote
from coaching.views.member import member_page, shares_health


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@trainer_required
def add_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """The member's page is the answer where the form is refused, and to whoever loads it anew."""
    member = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    if request.method != "POST":
        return redirect(address(pk))
    form = NoteForm(request.POST, shares=shares_health(request.user, member))
    if not form.is_valid():
        return member_page(request, member, note_form=form, status=422)
    if noting.write_note(trainer=request.user, member=member, **form.cleaned_data) is None:
        raise Http404
    messages.success(request, _("The note is saved."))
    return redirect(address(pk))


@require_POST
@trainer_required
def delete_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sent twice it is deleted once; the page that follows has its Undo."""
    note = get_object_or_404(TrainerNote.objects.of_trainer(request.user), pk=pk)
    noting.delete_note(note=note)
    return redirect(f"{reverse('coaching:member', args=[note.member_id])}?deleted={pk}#notes")


@require_POST
@trainer_required
def restore_note(request: SignedInRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(TrainerNote.objects.of_trainer(request.user), pk=pk)
    noting.restore_note(note=note)
    return redirect(address(note.member_id))


def address(member: int) -> str:
    return f"{reverse('coaching:member', args=[member])}#notes"
