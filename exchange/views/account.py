"""Taking everything along, and leaving."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import Looked, User
from accounts.services import note_look
from exchange.counting import what_ends, what_there_is, what_would_stay
from exchange.deleting import LastAdmin, delete_account
from exchange.exporting import write_export
from exchange.forms_account import DeleteForm


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """What would be in the file."""
    return render(request, "exchange/export.html", {"counts": what_there_is(request.user)})


@require_safe
@never_cache
def download_export(request: SignedInRequest) -> FileResponse:
    """The file. A trainer's has the roster, so each member in it finds it in their record."""
    now = timezone.now()
    if request.user.is_trainer:
        members = User.objects.coached_by(request.user)
        note_look(viewer=request.user, members=members, what=Looked.EXPORT, at=now)
    file = write_export(member=request.user, at=now)
    name = f"legtraining-{request.user.today(now)}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest) -> HttpResponse:
    """Says what goes and what stays, and does it once the person has proved who they are."""
    form = DeleteForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            delete_account(member=request.user)
        except LastAdmin as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            return redirect("account_deleted")
    context = {
        "form": form,
        "counts": what_there_is(request.user),
        "ends": what_ends(request.user),
        "stays": what_would_stay(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/delete_account.html", context, status=status)


@login_not_required
@require_safe
def deleted(request: SignedInRequest) -> HttpResponse:
    """The last page, for who has no account any more."""
    return render(request, "exchange/account_deleted.html")
