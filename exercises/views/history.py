"""What an exercise's page said before, and bringing it back."""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import editor_required
from accounts.http import SignedInRequest
from exercises import services
from exercises.compare import compare as compare_texts
from exercises.facts import Facts, changes
from exercises.models import Exercise, FactsRevision, InstructionRevision
from exercises.views.doors import exercise_at, posted_from

MANY = 200


@require_safe
def history(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = exercise_at(slug)
    revisions = exercise.revisions.visible_to(request.user).select_related("author", "reviewer")
    current = exercise.revisions.current()
    context = {
        "exercise": exercise,
        "current": current,
        "revisions": revisions.exclude(status="draft").order_by("-decided_at", "-pk")[:MANY],
        "facts": facts_history(exercise),
    }
    return render(request, "exercises/history.html", context)


@require_safe
def compare(request: SignedInRequest, slug: str) -> HttpResponse:
    """Any two texts, the older one first; without a choice the last two that were published."""
    exercise = exercise_at(slug)
    seen = exercise.revisions.visible_to(request.user).select_related("author")
    last = list(seen.published()[:2])
    new = chosen(seen, request.GET.get("new", "")) or (last[0] if last else None)
    old = chosen(seen, request.GET.get("old", "")) or (last[-1] if last else None)
    if old is None or new is None:
        return redirect("exercises:history", slug)
    old, new = sorted((old, new), key=in_time)
    parts = compare_texts(old.texts, new.texts)
    context = {"exercise": exercise, "old": old, "new": new, "parts": parts}
    context["same"] = not any(part.differs for part in parts)
    return render(request, "exercises/compare.html", context)


def in_time(revision: InstructionRevision) -> tuple[bool, datetime, int]:
    """As the history has them: by when they were published, what is still open last."""
    return revision.decided_at is None, revision.decided_at or revision.created_at, revision.pk


def chosen(revisions, text: str) -> InstructionRevision | None:
    """The revision whose id was asked for. 404 where it may not be seen."""
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    return get_object_or_404(revisions, pk=number)


def facts_history(exercise: Exercise) -> list[tuple[FactsRevision, list[tuple[str, str, str]]]]:
    """Every change of the facts with what it changed, the newest first."""
    revisions = list(exercise.facts_revisions.select_related("author").order_by("-pk")[:MANY])
    return [
        (new, changes(Facts(**old.facts), Facts(**new.facts)) if old else [])
        for new, old in zip_longest(revisions, revisions[1:])
    ]


@posted_from("exercises:history")
@editor_required
def restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    exercise = exercise_at(slug)
    decided = exercise.revisions.filter(decided_at__isnull=False)  # an open one has its own page
    revision = get_object_or_404(decided, pk=pk)
    try:
        new = services.restore_instructions(
            revision=revision, author=request.user, note=restored(revision), base=seen(request)
        )
    except services.Outdated:
        return look_again(request, slug)
    if new:
        messages.success(request, _("The old text is published again, as a new revision."))
    else:
        messages.info(request, _("This is the text that is shown already."))
    return redirect("exercises:history", slug)


@posted_from("exercises:history")
@editor_required
def restore_facts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    revision = get_object_or_404(exercise_at(slug).facts_revisions, pk=pk)
    try:
        new = services.restore_facts(
            revision=revision, author=request.user, note=restored(revision), base=seen(request)
        )
    except services.Outdated:
        return look_again(request, slug)
    except ValidationError as problems:
        messages.error(request, " ".join(problems.messages))
        return redirect("exercises:history", slug)
    if new:
        messages.success(request, _("The old facts hold again."))
    else:
        messages.info(request, _("These are the facts already."))
    return redirect("exercises:history", slug)


def seen(request: SignedInRequest) -> int | None:
    """The id of what was in use when the history was looked at."""
    base = request.POST.get("base", "")
    return int(base) if base.isascii() and base.isdigit() and len(base) < 19 else None


def look_again(request: SignedInRequest, slug: str) -> HttpResponse:
    problem = _("Somebody was faster: this is the history as it is now. Nothing was changed.")
    messages.error(request, problem)
    return redirect("exercises:history", slug)


def restored(revision: InstructionRevision | FactsRevision) -> str:
    when = date_format(localtime(revision.created_at), "j F Y, H:i")
    return _("As of %(when)s again") % {"when": when}
