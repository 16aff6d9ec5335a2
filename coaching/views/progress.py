"""A member's progress, as they see it themselves, and the sets that their trainer wants."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import trainer_required
from accounts.http import SignedInRequest
from accounts.models import Looked, User
from accounts.services import note_look
from coaching.views.member import shares_health
from progress.bands import bands_of, write_bands
from progress.forms import BandsForm
from progress.overview import overview_of
from sessions.models import CheckIn


@require_safe
@trainer_required
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """In the trainer's unit. Soreness only while it is shared, and then it is a look at health."""
    trainer = request.user
    person = get_object_or_404(User.objects.coached_by(trainer), pk=pk)
    shared = CheckIn.objects.shared_with(trainer).filter(member=person)
    page = overview_of(
        person,
        reader=trainer,
        query=request.GET,
        check_ins=shared if shares_health(trainer, person) else None,
    )
    note_look(viewer=trainer, members=[person], what=Looked.LOG)
    if page and page.soreness:
        note_look(viewer=trainer, members=[person], what=Looked.HEALTH)
    context = {"member": person, "is_own": False, "page": page, "place": "coaching"}
    return render(request, "progress/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def bands(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.coached_by(request.user), pk=pk)
    note_look(viewer=request.user, members=[person], what=Looked.LOG)
    posted = request.POST if request.method == "POST" else None
    form = BandsForm(posted, bands=bands_of(person), reader=request.user)
    if form.is_valid():
        write_bands(member=person, by=request.user, wanted=form.wanted())
        messages.success(request, _("Saved. %(name)s sees it too.") % {"name": person})
        return redirect("coaching:progress", person.pk)
    context = {"member": person, "is_own": False, "form": form, "place": "coaching"}
    return render(request, "progress/bands.html", context, status=422 if form.errors else 200)
