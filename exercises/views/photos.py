"""Photos: shown to everybody, added and removed by editors."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import editor_required
from accounts.http import SignedInRequest
from exercises.forms.photos import PhotoForm
from exercises.models import Exercise, ExercisePhoto
from exercises.photos import MAX_SHOWN, shown_photos
from exercises.services import photos as services
from exercises.views.doors import exercise_at, form_page, posted_from
from legtraining.uploads import is_too_large


def photo_at(slug: str, pk: int) -> ExercisePhoto:
    """The door to a photo, also to one that was removed."""
    rows = ExercisePhoto.objects.select_related("exercise").defer("image")
    return get_object_or_404(rows, exercise__slug=slug, pk=pk)


@form_page
@editor_required
def photos(request: SignedInRequest, slug: str) -> HttpResponse:
    exercise = exercise_at(slug)
    form = PhotoForm()
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES, is_too_large=is_too_large(request))
    if form.is_valid():
        data = form.cleaned_data.copy()
        picture = data.pop("photo")
        try:
            services.add_photo(exercise=exercise, picture=picture, added_by=request.user, **data)
        except ValidationError as problems:
            form.refuse(problems)
        else:
            messages.success(request, _("Added. The page of the exercise shows it now."))
            return redirect("exercises:photos", slug)
    shown = list(shown_photos(exercise))
    context = {
        "exercise": exercise,
        "form": form,
        "photos": shown,
        "is_full": len(shown) >= MAX_SHOWN,
        "removed": removed_photo(exercise, request.GET.get("removed", "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "exercises/photos.html", context, status=status)


def removed_photo(exercise: Exercise, pk: str) -> ExercisePhoto | None:
    """The photo that `?removed=` names, if it can be brought back."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return exercise.photos.filter(pk=pk, removed_at__isnull=False).defer("image").first()


@posted_from("exercises:photos")
@editor_required
def remove_photo(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    services.remove_photo(photo=photo_at(slug, pk))
    return redirect(f"{reverse('exercises:photos', args=[slug])}?removed={pk}")


@posted_from("exercises:photos")
@editor_required
def restore_photo(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    try:
        services.restore_photo(photo=photo_at(slug, pk))
    except ValidationError as problems:
        messages.error(request, problems.messages[0])
    return redirect("exercises:photos", slug)


@login_not_required
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture itself, which never changes under its address."""
    rows = ExercisePhoto.objects.select_related("exercise")
    found = get_object_or_404(rows.only("image", "removed_at", "exercise__slug"), pk=pk)
    cached = "public, max-age=31536000, immutable"
    if found.removed_at:
        if not getattr(request.user, "is_staff", False):
            raise Http404
        cached = "private, no-store"
    name = f"{found.exercise.slug}-{found.pk}.webp"
    headers = {
        "Cache-Control": cached,
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(found.image, content_type="image/webp", headers=headers)
