"""Giving a program to members, and bringing its changes to those who have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Looked, User
from accounts.services import note_look
from coaching import services
from coaching.assigning import LEAVE, Look, look_at
from coaching.followers import Template, compare, copies_of
from coaching.forms import GiveForm, MemberForm, PushForm
from coaching.services import Outcome
from programs.models import Program, Weekday
from programs.services import Start

form_page = require_http_methods(["GET", "HEAD", "POST"])
OF_A_MEMBER = re.compile(r"m\d{1,19}-\w{1,30}")


def template_or_refuse(trainer: User, pk: int) -> Program:
    """The door to what may be given: one's own templates and the gym's. A copy is 403."""
    program = Program.objects.usable_by(trainer).filter(pk=pk).first()
    if program:
        return program
    if Program.objects.visible_to(trainer).filter(pk=pk).exists():
        raise PermissionDenied
    raise Http404


# --- Giving ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """One member on the second page."""

    look: Look
    form: MemberForm
    in_the_way: str
    what_happens: str

    @property
    def is_ready(self) -> bool:
        """Whether they may be given it; what was typed can be read then."""
        return not self.in_the_way and not self.form.left_out


@form_page
@trainer_required
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two pages at one address: who and when, then each member. Only the second one gives."""
    program = template_or_refuse(request.user, pk)
    posted = request.method == "POST"
    initial = {
        "members": request.GET.getlist("member"),
        "start_date": request.user.today(),
        "busy": LEAVE,
    }
    data = request.POST if posted else None
    form = GiveForm(data, trainer=request.user, initial=initial)
    if not posted or not form.is_valid() or "change" in request.POST:
        kept = [(name, text) for name, text in request.POST.items() if OF_A_MEMBER.fullmatch(name)]
        context = {"form": form, "program": program, "kept": kept, "place": "programs"}
        refused = posted and "change" not in request.POST
        return render(request, "coaching/assign.html", context, status=422 if refused else 200)
    return _look_or_give(request, program, form)


def _look_or_give(request: SignedInRequest, program: Program, form: GiveForm) -> HttpResponse:
    chosen = form.cleaned_data
    cards = _cards(program, chosen, request.POST)
    # Estimates of their log stand on the page.
    note_look(viewer=request.user, members=chosen["members"], what=Looked.LOG)
    ready = [card for card in cards if card.is_ready]
    unread = any(card.form.is_bound and not card.form.is_valid() for card in ready)
    outcomes = None
    if "give" in request.POST and not unread:
        outcomes = _give(request.user, program, chosen, cards)
        if any(each.assignment or each.had_it for each in outcomes):
            return _tell(request, program, outcomes)
        for card in ready:
            card.form.ask_for_missing()
    context = {
        "program": program,
        "form": form,
        "cards": cards,
        "ready": len(ready),
        "may_be_given": not all(card.in_the_way for card in cards),
        "chosen": chosen,
        "weekdays": ", ".join(str(Weekday(day).label) for day in chosen["weekdays"]),
        "outcomes": outcomes,
        "place": "programs",
    }
    status = 200 if outcomes is None and not unread else 422
    return render(request, "coaching/look.html", context, status=status)


def _give(
    trainer: User, program: Program, chosen: Mapping[str, Any], cards: list[Card]
) -> list[Outcome]:
    """What became of each, in the order of the page, without those left out by hand."""
    starts = [(card.look.member, _start(card, chosen)) for card in cards if card.is_ready]
    given = services.give(program=program, trainer=trainer, starts=starts, busy=chosen["busy"])
    return given + [
        Outcome(card.look.member, why_not=card.in_the_way, had_it=bool(card.look.has_it))
        for card in cards
        if card.in_the_way
    ]


def _cards(program: Program, chosen: Mapping[str, Any], data: Mapping[str, Any]) -> list[Card]:
    busy = chosen["busy"]
    return [
        Card(look, MemberForm(look, data), look.in_the_way(busy), look.what_happens(busy))
        for look in look_at(program, chosen["members"], chosen["start_date"])
    ]


def _start(card: Card, chosen: Mapping[str, Any]) -> Start:
    """Without a form that was looked at there are no training maxes, also none that we guess."""
    return Start(
        chosen["start_date"],
        chosen["weekdays"],
        chosen["time_of_day"],
        card.look.member.unit,  # type: ignore[arg-type]
        dict(card.form.maxes()) if card.form.is_bound else {},
    )


def _tell(request: SignedInRequest, program: Program, outcomes: list[Outcome]) -> HttpResponse:
    """Who got it and who did not, in words, on the page of the member or of all who have it."""
    given = [each for each in outcomes if each.assignment and not each.waits]
    if given:
        sentence = ngettext(
            "%(names)s now follows “%(title)s”.", "%(names)s now follow “%(title)s”.", len(given)
        )
        names = _names([each.member for each in given])
        messages.success(request, sentence % {"names": names, "title": program.title})
    if waiting := [each.member for each in outcomes if each.waits]:
        messages.success(
            request,
            _("“%(title)s” waits until the program ends that is followed now: %(names)s.")
            % {"title": program.title, "names": _names(waiting)},
        )
    for each in outcomes:
        if each.why_not:
            tell = messages.info if each.had_it else messages.warning
            tell(request, each.why_not)
    if len(outcomes) == 1:
        return redirect("coaching:member", outcomes[0].member.pk)
    return redirect("coaching:followers", program.pk)


def _names(members: list[User]) -> str:
    names = [str(member) for member in members]
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


# --- Who has it -----------------------------------------------------------------------------------


@require_safe
@trainer_required
def followers(request: SignedInRequest, pk: int) -> HttpResponse:
    program = template_or_refuse(request.user, pk)
    return _followers(request, program)


def _followers(
    request: SignedInRequest, program: Program, form: PushForm | None = None
) -> HttpResponse:
    found = compare(Template(program), list(copies_of(program, request.user)))
    differing = [each for each in found if each.differs]
    # At first everybody is ticked: that is what the page is there for.
    everybody = [str(each.assignment.pk) for each in found]
    context = {
        "program": program,
        "found": found,
        "differing": len(differing),
        "ticked": request.POST.getlist("copies") if form else everybody,
        "problems": form.errors.get("copies", []) if form else [],
        "place": "programs",
    }
    return render(request, "coaching/followers.html", context, status=422 if form else 200)


@require_POST
@trainer_required
def push(request: SignedInRequest, pk: int) -> HttpResponse:
    """Changes what is still to do of the chosen copies into what the template says now."""
    program = template_or_refuse(request.user, pk)
    form = PushForm(request.POST, copies=copies_of(program, request.user))
    if not form.is_valid():
        return _followers(request, program, form)
    template = Template(program)
    pushed = [
        services.push(template=template, assignment=copy) for copy in form.cleaned_data["copies"]
    ]
    changed = [each for each in pushed if each and each.differs]
    days = sum(len(each.days) for each in changed)
    names = _names([each.assignment.member for each in changed])
    if days:
        sentence = ngettext(
            "%(names)s: %(days)s workout ahead is changed. What was logged stays.",
            "%(names)s: %(days)s workouts ahead are changed. What was logged stays.",
            days,
        )
        messages.success(request, sentence % {"names": names, "days": days})
    elif changed:
        messages.success(
            request, _("%(names)s: title, aim or length are changed.") % {"names": names}
        )
    else:
        messages.info(request, _("Everybody you chose has the program as it is already."))
    return redirect("coaching:followers", program.pk)
