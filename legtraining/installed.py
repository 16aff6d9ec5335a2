"""What makes the pages an application on the phone: the manifest, the service worker, and the page
that stands for one that cannot be reached."""

from __future__ import annotations

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

FILES = (
    "css/bootstrap.min.css",
    "css/legs.css",
    "img/icons.svg",
    "js/outbox.js",
    "js/comments.js",
    "js/gym.js",
    "js/session.js",
)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("img/mark.svg"), "type": "image/svg+xml", "sizes": "any"}
    about = {
        "name": _("Leg training"),
        "short_name": _("Legs"),
        "description": _("Log leg workouts in one tap a set."),
        "id": "/",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f3ef",
        "theme_color": "#b93f0a",
        "icons": [icon | {"purpose": purpose} for purpose in ("any", "maskable")],
    }
    return JsonResponse(about, content_type="application/manifest+json")


@login_not_required
@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which names the files as they are called in this version."""
    files = [static(file) for file in FILES]
    version = sha256("".join(files).encode()).hexdigest()[:12]
    context = {"files": files, "version": version, "offline": reverse("offline")}
    return render(request, "sw.js", context, content_type="text/javascript")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody: it is kept on phones that several people use."""
    return render(request, "offline.html")
