"""Everybody a trainer coaches, at one look."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest, not_mine
from accounts.models import Looked
from accounts.services import note_look
from coaching.attention import Kind
from coaching.forms_roster import RosterForm, read
from coaching.roster import ANY, Chosen, roster_lines, waiting_invitations, with_sets, without_pain
from coaching.roster_csv import as_csv

PAGE = 50


@require_safe
@trainer_required
def roster(request: SignedInRequest) -> HttpResponse:
    """The first page of a trainer, too. That they see it is told when a member joins; only who
    reads there that somebody reported pain has looked at a check-in."""
    chosen = read(request.GET)
    lines = roster_lines(request.user)
    waiting = list(waiting_invitations(request.user))
    page = Paginator(chosen.of(lines), PAGE).get_page(request.GET.get("page"))
    if painful := [line.member for line in page if line.has(Kind.PAIN)]:
        note_look(viewer=request.user, members=painful, what=Looked.HEALTH)
    context = {
        "page": page,
        "lines": with_sets(list(page)),
        "members": len(lines),
        "needing": sum(line.has(ANY) for line in lines),
        "waiting": len(waiting),
        "invitations": chosen.invitations(waiting) if page.number == 1 else [],
        "chosen": chosen,
        "form": RosterForm(initial=vars(chosen)),
        "turned": turned(chosen),
        "is_about_pain": chosen.reason == Kind.PAIN,
    }
    return not_mine(render(request, "coaching/roster.html", context))


def turned(chosen: Chosen) -> dict[str, str]:
    """By column: the direction that its link asks for, the other one where it is sorted by."""
    other = "desc" if chosen.dir == "asc" else "asc"
    columns = ("attention", "name", "last", "adherence", "next")
    return {name: other if name == chosen.sort else "asc" for name in columns}


@require_safe
@trainer_required
def roster_csv(request: SignedInRequest) -> HttpResponse:
    """All lines of what is shown. It leaves the page, so each member finds it in their record."""
    lines = read(request.GET).of(without_pain(roster_lines(request.user)))
    note_look(viewer=request.user, members=[line.member for line in lines], what=Looked.EXPORT)
    answer = HttpResponse(as_csv(with_sets(lines)), content_type="text/csv; charset=utf-8")
    name = f"roster-{request.user.today()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
