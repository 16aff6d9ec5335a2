"""A person's own settings, and the trainers they let in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.forms import RackForm, SettingsForm
from accounts.http import SignedInRequest
from accounts.models import Coaching, Unit, User
from accounts.racks import forget_rack, keep_rack, racks_of
from legtraining.domain.plates import write_bars, write_plates
from legtraining.domain.units import Unit as UnitName


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


@require_http_methods(["GET", "HEAD", "POST"])
def equipment(request: SignedInRequest) -> HttpResponse:
    """The person's bars and plates: a form a unit, each saved by itself."""
    racks = racks_of(request.user)
    forms = {unit: RackForm(unit=unit, rack=rack) for unit, rack in racks.items()}
    if request.method == "POST":
        unit = posted_unit(request)
        form = forms[unit] = RackForm(request.POST, unit=unit, rack=racks[unit])
        if form.is_valid():
            keep_rack(member=request.user, unit=unit, rack=form.rack())
            messages.success(request, _("Bars and plates in %(unit)s are saved.") % {"unit": unit})
            return redirect("equipment")
    wrong = any(form.errors for form in forms.values())
    context = {"forms": forms, "unit_names": dict(Unit.choices)}
    return render(request, "accounts/equipment.html", context, status=422 if wrong else 200)


@require_POST
def reset_equipment(request: SignedInRequest) -> HttpResponse:
    """Back to the usual bars and plates. What was there is told, so that it can be typed again."""
    unit = posted_unit(request)
    if before := forget_rack(member=request.user, unit=unit):
        sentence = _(
            "Bars and plates in %(unit)s are the usual ones. You had %(bars)s; %(plates)s."
        )
        named = {"bars": write_bars(before.bars), "plates": write_plates(before.plates)}
        messages.info(request, sentence % (named | {"unit": unit}))
    return redirect("equipment")


def posted_unit(request: SignedInRequest) -> UnitName:
    unit = request.POST.get("unit")
    if unit not in Unit.values:
        raise Http404
    return cast("UnitName", unit)


@require_POST
def end_coaching(request: SignedInRequest, pk: int) -> HttpResponse:
    """The member closes their log to a trainer, at once."""
    link = get_object_or_404(Coaching.objects.of_member(request.user), pk=pk)
    services.end_link(link=link, by=request.user)
    messages.success(request, _("%(name)s no longer sees your log.") % {"name": link.trainer})
    return redirect("coaching:sharing")


@require_POST
def share_health(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether a trainer reads the check-ins, as the button says, at once."""
    link = get_object_or_404(Coaching.objects.of_member(request.user), pk=pk)
    share = request.POST.get("share", "")
    if share not in ("yes", "no"):
        raise Http404
    name = {"name": link.trainer}
    if not services.share_health(link=link, share=share == "yes"):
        messages.error(request, _("You keep no check-ins. Agree to keep them first."))
    elif share == "yes":
        messages.success(request, _("%(name)s reads your check-ins now.") % name)
    else:
        messages.success(request, _("%(name)s reads your check-ins no longer.") % name)
    return redirect("coaching:sharing")


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
