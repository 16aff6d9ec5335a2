"""/progress/bands/: the sets that are wanted a week."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from progress.bands import bands_of, write_bands
from progress.forms import BandsForm


@require_http_methods(["GET", "HEAD", "POST"])
def bands(request: SignedInRequest) -> HttpResponse:
    member = request.user
    posted = request.POST if request.method == "POST" else None
    form = BandsForm(posted, bands=bands_of(member), reader=member)
    if form.is_valid():
        write_bands(member=member, by=member, wanted=form.wanted())
        messages.success(request, _("Saved."))
        return redirect("progress:overview")
    context = {"member": member, "is_own": True, "form": form}
    return render(request, "progress/bands.html", context, status=422 if form.errors else 200)
