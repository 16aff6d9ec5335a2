"""A trainer's view of the members who let them in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Invitation, User
from accounts.services import InvitationGone, accept
from accounts.services import invite as make_invitation
from coaching.forms import InviteForm
from coaching.roster import roster_lines
from legtraining.doors import editable_or_refuse
from programs.models import Assignment, Program
from sessions.models import WorkoutSession
from sessions.plan import my_adherence

PAGE = 20
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@trainer_required
def roster(request: SignedInRequest) -> HttpResponse:
    return render(request, "coaching/roster.html", {"lines": roster_lines(request.user)})


@require_safe
@trainer_required
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    finished = WorkoutSession.objects.finished().filter(member=person)
    theirs = Assignment.objects.filter(member=person).select_related("program")
    assignment = theirs.current().first()
    context = {
        "member": person,
        "assignment": assignment,
        "queued": theirs.filter(status=Assignment.Status.QUEUED).order_by("pk"),
        "ended": None if assignment else theirs.just_ended().first(),
        "adherence": my_adherence(assignment, person, person.today()) if assignment else None,
        "templates": Program.objects.templates_of(request.user).order_by("title"),
        "gyms": Program.objects.shared_with(request.user).order_by("title"),
        "page": Paginator(finished.with_totals().newest_first(), PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "coaching/member.html", context)


@form_page
@trainer_required
def invite(request: SignedInRequest) -> HttpResponse:
    """The new link is in the answer to the form, once: only its hash is kept."""
    form = InviteForm(request.POST or None)
    link = None
    if form.is_valid():
        _invitation, token = make_invitation(trainer=request.user, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("coaching:join", args=[token]))
        form = InviteForm()
    mine = Invitation.objects.editable_by(request.user).usable().order_by("-pk")
    context = {"form": form, "link": link, "invitations": mine}
    return render(request, "coaching/invite.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = editable_or_refuse(Invitation.objects, request.user, pk=pk)
    Invitation.objects.usable().filter(pk=invitation.pk).update(revoked_at=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect("coaching:invite")


@form_page
def join(request: SignedInRequest, token: str) -> HttpResponse:
    """A member reads what a trainer will see, and accepts."""
    if request.method == "POST":
        try:
            coaching = accept(token=token, member=request.user)
        except InvitationGone:
            return render(request, "coaching/gone.html", status=404)
        messages.success(
            request, _("%(name)s now sees your log.") % {"name": coaching.trainer.name}
        )
        return redirect("home")
    invitation = Invitation.objects.with_token(token).usable().first()
    if invitation is None or invitation.trainer_id == request.user.pk:
        return render(request, "coaching/gone.html", status=404)
    return render(request, "coaching/join.html", {"trainer": invitation.trainer})
