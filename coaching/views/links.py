"""How a trainer and a member come together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Coaching, Invitation, Letter, MailKind
from accounts.querysets import hash_token
from accounts.services import InvitationGone, accept, token_of
from accounts.services import invite as make_invitation
from coaching.forms_links import InviteForm, JoinForm
from legtraining.domain.refusal import Refusal
from legtraining.doors import editable_or_refuse
from legtraining.fields import refused

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@trainer_required
def invite(request: SignedInRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            made, _token = make_invitation(trainer=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", refused(refusal))
        else:
            return redirect("coaching:invitation", made.pk)
    mine = list(Invitation.objects.editable_by(request.user).usable().order_by("-pk"))
    tell_mail(mine)
    context = {"form": form, "invitations": mine}
    return render(request, "coaching/invite.html", context, status=422 if form.errors else 200)


@require_safe
@trainer_required
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """The link again, as long as it works: for the trainer's eyes, or the member's camera."""
    found = get_object_or_404(Invitation.objects.editable_by(request.user).usable(), pk=pk)
    tell_mail([found])
    token = token_of(found)
    link = None
    if hash_token(token) == found.token_hash:
        link = request.build_absolute_uri(reverse("coaching:join", args=[token]))
    context = {
        "invitation": found,
        "link": link,
        "code": qr_code(link) if link else "",
        # A day that has begun counts: 14 of a new one, 1 on the last.
        "days_left": -((timezone.now() - found.expires_at) // timedelta(days=1)),
    }
    return render(request, "coaching/invitation.html", context)


def qr_code(text: str) -> SafeString:
    """Black on white with the quiet zone of the standard, also on a dark page."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 (numbers and two colours)


def tell_mail(invitations: Iterable[Invitation]) -> None:
    """What became of each one's mail, as `mail`: sent, waiting, none (or empty without address)."""
    addressed = {each.pk: each for each in invitations if each.email}
    for each in invitations:
        each.mail = "none" if each.email else ""  # type: ignore[attr-defined]
    letters = Letter.objects.filter(kind=MailKind.INVITATION, about__in=addressed)
    for letter in letters if addressed else []:
        if not letter.dropped_at:
            mail = "sent" if letter.sent_at else "waiting"
            addressed[letter.about].mail = mail  # type: ignore[attr-defined]


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    found = editable_or_refuse(Invitation.objects, request.user, pk=pk)
    Invitation.objects.usable().filter(pk=found.pk).update(revoked_at=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect("coaching:invite")


@form_page
def join(request: SignedInRequest, token: str) -> HttpResponse:
    """A member reads what a trainer will see, and accepts."""
    if request.method == "POST":
        form = JoinForm(request.POST)
        form.is_valid()
        try:
            link = accept(token=token, member=request.user, **form.cleaned_data)
        except InvitationGone:
            return render(request, "coaching/gone.html", status=404)
        messages.success(request, _("%(name)s now sees your log.") % {"name": link.trainer})
        return redirect("home")
    found = Invitation.objects.with_token(token).exclude(trainer=request.user).first()
    if found is None:
        return render(request, "coaching/gone.html", status=404)
    linked = Coaching.objects.open().filter(trainer=found.trainer, member=request.user).exists()
    if not linked and not Invitation.objects.usable().filter(pk=found.pk).exists():
        return render(request, "coaching/gone.html", status=404)
    context = {"trainer": found.trainer, "linked": linked, "place": ""}
    return render(request, "coaching/join.html", context)
