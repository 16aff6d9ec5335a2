"""Whose page it is, and the member's own time zone for it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

OUTBOX = "X-Outbox"
MEMBER = "X-Member"


def whose_page(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Says for whom a page was made, and takes from a phone's outbox only its member's own.

    What was logged without signal names its member in `X-Outbox`; when somebody else has signed in
    on that phone since, it stays there (409). The service worker keeps pages of one member only.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.from_outbox = OUTBOX in request.headers  # type: ignore[attr-defined]
        member = str(request.user.pk or "")
        if request.from_outbox and member and request.headers[OUTBOX] != member:  # type: ignore[attr-defined]
            return HttpResponse(status=409)
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response[MEMBER] = str(request.user.pk or "")
        return response

    return middleware


def members_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return get_response(request)
        return get_response(request)

    return middleware
