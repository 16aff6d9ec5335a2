"""/import/: a file of another app, from its upload to its undoing."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from exchange import importing
from exchange.forms_import import AnswersForm, NameChoices, UploadForm, read_names
from exchange.models import ImportBatch
from exchange.outcome import outcome_of
from exchange.preview import app_name, grouped, preview_of, sentence_of
from exchange.undoing import undo_import
from exercises.models import Exercise
from legtraining.domain.refusal import Refusal

LISTED = 50  # imports of a member that the first page shows


def _batch(request: HttpRequest, uuid: UUID) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.of_member(cast("User", request.user)), uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What can be read, one file, and what came in before."""
    member = cast("User", request.user)
    form = UploadForm(request if request.method == "POST" else None, member=member)
    if request.method == "POST" and form.is_valid():
        batch = importing.keep_upload(
            member=member,
            name=form.cleaned_data["file"].name,
            data=form.data_read,
            app=form.parsed.app,
        )
        return redirect(batch)
    batches = list(ImportBatch.objects.of_member(member)[:LISTED])
    for each in batches:
        each.app_name = app_name(each.app)  # type: ignore[attr-defined]
    status = 422 if form.errors else 200
    context = {"form": form, "batches": batches}
    return render(request, "exchange/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An import in whichever state it is; POST keeps what was chosen for a file."""
    found = _batch(request, uuid)
    if request.method == "POST":
        return _answered(request, found, importing.save_answers)
    state = importing.state_of(found)
    if state == ImportBatch.Status.RUNNING:
        so_far = {"done": grouped(found.done), "total": grouped(found.total)}
        return render(request, "exchange/import_running.html", {"batch": found} | so_far)
    if state in (ImportBatch.Status.DRAFT, ImportBatch.Status.FAILED):
        return _preview(request, found, has_stopped=state == ImportBatch.Status.FAILED)
    found.refresh_from_db()  # it may have come to its end just now
    context = {"batch": found, "app": app_name(found.app), "outcome": outcome_of(found)}
    return render(request, "exchange/import_done.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keeps what was chosen and lets the file come in; by GET back to its page."""
    found = _batch(request, uuid)
    if request.method == "POST":
        return _answered(request, found, importing.start_import)
    return redirect(found)


@require_safe
def state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is, for the script of its page."""
    found = _batch(request, uuid)
    return JsonResponse(
        {"state": importing.state_of(found), "done": found.done, "total": found.total}
    )


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _batch(request, uuid)
    undo_import(batch=found)
    return redirect(found)


@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Lets go of a file that has not come in, or of the line about one that was undone."""
    if not importing.discard_upload(batch=_batch(request, uuid)):
        messages.error(request, _("This file has come in. Undo the import instead."))
    return redirect("import:start")


def _answered(request: HttpRequest, found: ImportBatch, act: Callable[..., object]) -> HttpResponse:
    """Does `act` with what was chosen, or shows it again with what is wrong."""
    member = cast("User", request.user)
    form = AnswersForm(request.POST, batch=found, member=member)
    names = read_names(request.POST, member)
    if not form.is_valid() or names.problems:
        return _refused(request, found, form, names)
    act(batch=found, answers=form.answers(names.names))
    return redirect(found)


def _refused(
    request: HttpRequest, batch: ImportBatch, form: AnswersForm, names: NameChoices
) -> HttpResponse:
    if not importing.is_open(batch):
        return redirect(batch)
    batch.choices = {**batch.choices, "names": names.names}
    batch.keep = form.data.get("keep", batch.keep)
    return _preview(request, batch, form=form, names=names)


def _preview(
    request: HttpRequest,
    batch: ImportBatch,
    *,
    form: AnswersForm | None = None,
    names: NameChoices | None = None,
    has_stopped: bool = False,
) -> HttpResponse:
    member = cast("User", request.user)
    try:
        parsed = importing.parse_batch(batch, member=member)
    except Refusal as refusal:  # we could read it when it was sent in
        messages.error(request, sentence_of(refusal))
        return redirect("import:start")
    names, shown = names or NameChoices(), form or AnswersForm(batch=batch, member=member)
    shown.ask_only(parsed)
    context = {
        "batch": batch,
        "form": shown,
        "has_stopped": has_stopped,
        "exercises": Exercise.objects.pickable_by(member).values_list("name", flat=True),
        "preview": preview_of(
            batch=batch,
            member=member,
            parsed=parsed,
            typed=names.typed,
            problems=names.problems,
        ),
    }
    status = 422 if form else 200
    return render(request, "exchange/import_preview.html", context, status=status)
