"""Who sees a member's log, and who looked: the member's own page."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import AccessRecord, Coaching, Handover
from coaching.about import written_about
from coaching.forms_links import AnswerForm
from coaching.linking import answer_handover
from coaching.models import TrainerNote

PAGE = 20


@require_safe
def sharing(request: SignedInRequest) -> HttpResponse:
    links = list(Coaching.objects.of_member(request.user).order_by("trainer__name", "pk"))
    about_me = TrainerNote.objects.about(request.user).order_by().values("trainer")
    notes = dict(about_me.values_list("trainer", Count("pk")))
    for link in links:
        link.notes = notes.pop(link.trainer_id, 0)  # type: ignore[attr-defined]
    looked = AccessRecord.objects.of_member(request.user)
    context = {
        "links": links,
        "other_notes": sum(notes.values()),
        "handovers": Handover.objects.of_member(request.user).order_by("pk"),
        "page": Paginator(looked, PAGE).get_page(request.GET.get("page")),
        "place": "",
    }
    return render(request, "accounts/sharing.html", context)


@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The member's yes or no to another trainer."""
    mine = Handover.objects.filter(coaching__member=request.user).select_related("to")
    handover = get_object_or_404(mine, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    yes = form.cleaned_data["answer"] == "yes"
    answer_handover(
        handover=handover, accept=yes, share_health=yes and form.cleaned_data["share_health"]
    )
    handover.refresh_from_db(fields=["accepted", "answered_at"])
    if handover.accepted is not yes:
        messages.warning(request, _("That question is no longer open. Nothing changed."))
    elif yes:
        messages.success(request, _("%(name)s coaches you now.") % {"name": handover.to})
    else:
        messages.success(request, _("Nothing changes."))
    return redirect("coaching:sharing")


@require_safe
@never_cache
def about_me(request: SignedInRequest) -> JsonResponse:
    """All that was written about a member by others, to keep."""
    written = written_about(request.user)
    answer = JsonResponse(written, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="about-me.json"'
    return answer
