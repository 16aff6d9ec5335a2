"""The check-in: how a member felt, by consent and for their own eyes only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from exercises.body_map import BodyMap, Mark, group_map
from exercises.models import MuscleGroup
from legtraining.domain.pain import MAX_SORENESS
from sessions import services
from sessions.checkin_forms import CheckInForm, form_of
from sessions.doors import posted_uuid
from sessions.models import CheckIn, WorkoutSession

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()  # no report of an error holds what was typed
def check_in(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return check_in_page(request)
    agreed = request.user.health_consent_at is not None
    form = CheckInForm(request.POST, unit=request.user.unit)
    if agreed and not form.is_valid():
        return check_in_page(request, refused=form, status=422)
    if agreed and services.save_check_in(member=request.user, **form.felt()):
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was kept: check-ins need your consent first."))
    return to_check_in(request)


def check_in_page(
    request: SignedInRequest, *, refused: CheckInForm | None = None, status: int = 200
) -> HttpResponse:
    """Today's form and the last entries; only the explanation where there is no consent."""
    session = session_before(request)
    context: dict[str, Any] = {"session": session, "here": address(session)}
    if request.user.health_consent_at:
        today = request.user.today()
        mine = CheckIn.objects.of_member(request.user)
        entries = list(mine.live().newest_first()[:SHOWN])
        newest = entries[0] if entries else None
        todays = next((each for each in entries if each.day == today), None)
        context |= {
            "form": refused or form_of(todays, unit=request.user.unit),
            "soreness_map": soreness_map(todays),
            "unsaved": refused.noted() if refused else None,
            "entries": entries,
            # Yesterday's reminder is not over at midnight, nor when the time zone changes.
            "newest": newest if newest and newest.day >= today - timedelta(days=1) else None,
            "deleted": mine.deleted().order_by("-deleted_at").first(),
            "today": today,
        }
    return render(request, "sessions/check_in.html", context, status=status)


def soreness_map(saved: CheckIn | None) -> BodyMap:
    """The body map by muscle group: a region leads to its field and shows what is saved."""
    soreness = saved.soreness if saved else {}
    return group_map(
        links={group: f"#id_{CheckInForm.PREFIX}{group}" for group in MuscleGroup.values},
        marks={group: soreness_mark(number) for group, number in soreness.items()},
    )


def soreness_mark(number: int) -> Mark:
    """Level 0 is no soreness, 1 is 1 to 3, 2 is 4 to 6, 3 is 7 to 10."""
    words = _("%(number)d of %(most)d") % {"number": number, "most": MAX_SORENESS}
    return Mark(min(3, (number + 2) // 3), words, figure=str(number))


def session_before(request: SignedInRequest) -> WorkoutSession | None:
    """The member's own session that `?session=` names, to go back to."""
    uuid = request.GET.get("session")
    mine = WorkoutSession.objects.editable_by(request.user)
    return mine.filter(uuid=posted_uuid(uuid)).first() if uuid else None


def address(session: WorkoutSession | None) -> str:
    return reverse("workouts:check_in") + (f"?session={session.uuid}" if session else "")


def to_check_in(request: SignedInRequest) -> HttpResponse:
    return redirect(f"{address(session_before(request))}#main")


@require_POST
def delete_check_in(request: SignedInRequest, pk: int) -> HttpResponse:
    if not services.delete_check_in(member=request.user, pk=pk):
        raise Http404
    return to_check_in(request)


@require_POST
def restore_check_in(request: SignedInRequest, pk: int) -> HttpResponse:
    if not services.restore_check_in(member=request.user, pk=pk):
        raise Http404
    return to_check_in(request)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_health(request: SignedInRequest) -> HttpResponse:
    """Ends the consent and erases what was kept by it. The one act without Undo."""
    if request.method == "POST":
        services.withdraw_health_consent(member=request.user)
        messages.success(request, _("Your check-ins are erased, and no new ones are kept."))
        return redirect("health")
    count = CheckIn.objects.of_member(request.user).count()
    return render(request, "sessions/withdraw_health.html", {"count": count})
