"""The pages that belong to no app: the first one, the health check, and what went wrong."""

from __future__ import annotations

import sys
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from coaching.views.roster import roster
from exercises.models import Exercise
from sessions.views.overview import today


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The roster of a trainer, today's workout of a member, and for anybody else what this is."""
    if not request.user.is_authenticated:
        return render(
            request, "landing.html", {"exercise_count": Exercise.objects.pickable().count()}
        )
    signed_in = cast("SignedInRequest", request)
    return roster(signed_in) if signed_in.user.is_trainer else today(signed_in)


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` if a page could be served: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For pages that name no icon of their own, such as the admin's."""
    return redirect(static("img/mark.svg"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without a query and without context: the database may be what is missing."""
    gone = isinstance(sys.exception(), OperationalError | InterfaceError)
    status = 503 if gone else 500
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
