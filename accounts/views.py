"""A person's own settings, and the trainers they let in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import SettingsForm
from accounts.http import SignedInRequest
from accounts.models import Coaching, User


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    # A copy, so that what is refused does not show up in the page around the form.
    person = User.objects.get(pk=request.user.pk) if request.method == "POST" else request.user
    form = SettingsForm(request.POST or None, instance=person)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings")
    context = {"form": form, "coachings": Coaching.objects.of_member(request.user)}
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)


@require_POST
def end_coaching(request: SignedInRequest, pk: int) -> HttpResponse:
    """The member closes their log to a trainer, at once."""
    coaching = get_object_or_404(Coaching.objects.of_member(request.user), pk=pk)
    Coaching.objects.open().filter(pk=coaching.pk).update(ended_at=timezone.now())
    messages.success(
        request, _("%(name)s no longer sees your log.") % {"name": coaching.trainer.name}
    )
    return redirect("settings")
