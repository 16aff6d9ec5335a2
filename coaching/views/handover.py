"""A trainer hands a member over to another one, or stops coaching them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Coaching, Handover, User
from accounts.services import ask_handovers, end_link, withdraw_handover
from coaching.forms_links import HandoverForm, ManyHandoverForm
from coaching.linking import link_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@trainer_required
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    form = HandoverForm(request.POST or None, but=[request.user, member])
    if form.is_valid():
        links = Coaching.objects.of_trainer(request.user).filter(member=member)
        to = form.cleaned_data["to"]
        if ask_handovers(links=links, to=to):
            sentence = _("%(name)s is asked whether %(to)s may coach them.")
            messages.success(request, sentence % {"name": member, "to": to})
        else:
            messages.info(request, _("%(name)s is asked already.") % {"name": member})
        return redirect("coaching:member", member.pk)
    context = {"form": form, "member": member, "link": link_of(request.user, member)}
    return render(request, "coaching/handover.html", context, status=422 if form.errors else 200)


@form_page
@trainer_required
def hand_over_many(request: SignedInRequest) -> HttpResponse:
    """For a trainer who leaves: several members, each of whom answers for themselves."""
    form = ManyHandoverForm(request.POST or None, trainer=request.user)
    if form.is_valid():
        chosen = form.cleaned_data["members"]
        links = Coaching.objects.of_trainer(request.user).filter(member__in=chosen)
        made = ask_handovers(links=links, to=form.cleaned_data["to"])
        messages.success(request, asked_words(len(made)))
        return redirect("home")
    context = {"form": form, "member": None, "link": None}
    return render(request, "coaching/handover.html", context, status=422 if form.errors else 200)


def asked_words(count: int) -> str:
    if not count:
        return _("Nobody new is asked: they are asked already, or are coached there.")
    sentence = ngettext("%(n)s member is asked.", "%(n)s members are asked.", count)
    return sentence % {"n": count}


@require_POST
@trainer_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    mine = Handover.objects.filter(coaching__in=Coaching.objects.of_trainer(request.user))
    handover = get_object_or_404(mine.select_related("coaching"), pk=pk)
    if withdraw_handover(handover=handover):
        messages.success(request, _("The question is taken back."))
    else:
        messages.info(request, _("That question is no longer open."))
    return redirect("coaching:member", handover.coaching.member_id)


@require_POST
@trainer_required
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """The trainer's own end of the link, at once."""
    mine = Coaching.objects.of_trainer(request.user).select_related("member")
    link = get_object_or_404(mine, member=pk)
    end_link(link=link, by=request.user)
    sentence = _("You no longer coach %(name)s and no longer see their log.")
    messages.success(request, sentence % {"name": link.member})
    return redirect("home")
