"""The requests that our views are given, for the type checker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


class SignedInRequest(HtmxRequest):
    """Behind LoginRequiredMiddleware: the user is one of ours."""

    user: User
    from_outbox: bool  # sent by the phone's outbox, see accounts/middleware.py


def not_mine(response: HttpResponse) -> HttpResponse:
    """A page about somebody else: no device keeps it (`templates/sw.js`), because it may be read
    only as long as that person lets its reader."""
    response["X-Not-Mine"] = "1"
    return response
