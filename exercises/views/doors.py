"""How the pages of the editors come to an exercise, and how a form's address is reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from exercises.models import Exercise

form_page = require_http_methods(["GET", "HEAD", "POST"])

type View = Callable[..., HttpResponse]


def exercise_at(slug: str) -> Exercise:
    """Anybody may read an exercise of the library, a retired one too: logs lead to it."""
    return get_object_or_404(Exercise.objects.library().with_names(), slug=slug)


def posted_from(page: str, *keep: str) -> Callable[[View], View]:
    """A view that is only posted to. Who comes by GET, because a refused form was left at this
    address, is led to `page`: of the same slug, and of the values that `keep` names."""

    def decorate(view: View) -> View:
        @form_page
        @wraps(view)
        def checked(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(page, slug=slug, **{name: rest[name] for name in keep})
            return view(request, slug, **rest)

        return checked

    return decorate
