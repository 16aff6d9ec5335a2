"""/progress/"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from progress.overview import overview_of
from sessions.models import CheckIn


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """One's own progress, with one's check-ins as long as one agrees that they are kept."""
    member = request.user
    keeps = member.health_consent_at is not None
    page = overview_of(
        member,
        reader=member,
        query=request.GET,
        check_ins=CheckIn.objects.of_member(member) if keeps else None,
    )
    context = {"member": member, "is_own": True, "page": page}
    return render(request, "progress/overview.html", context)
