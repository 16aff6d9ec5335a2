"""A person's own settings, and the trainers they let in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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


@require_safe
def health(request: SignedInRequest) -> HttpResponse:
    """What check-ins are, and whether this person agreed to keep them."""
    return render(request, "accounts/health.html")


@require_POST
def agree_health(request: SignedInRequest) -> HttpResponse:
    """The explicit consent to keep health data; given again it keeps its first date.

    `next` is the page of ours that asked for it.
    """
    not_yet = User.objects.filter(pk=request.user.pk, health_consent_at__isnull=True)
    not_yet.update(health_consent_at=timezone.now())
    asked_by = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked_by, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(asked_by if is_ours else "health")
