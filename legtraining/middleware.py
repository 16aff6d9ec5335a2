"""Rules that hold for every page, the libraries' own included."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

View = Callable[[HttpRequest], HttpResponse]


def refused_forms(get_response: View) -> View:
    """A form that comes back with errors has status 422, also where a library rendered it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        context = getattr(response, "context_data", None) or {}
        # The admin hands the errors of all its forms to its templates as `errors`.
        errors = getattr(context.get("form"), "errors", None) or context.get("errors")
        if response.status_code == 200 and errors:
            response.status_code = 422
        return response

    return middleware


def nothing_kept(get_response: View) -> View:
    """No browser keeps the page of somebody who is signed in.

    "Back" would otherwise show a session as it was loaded, without the sets logged since, and
    would show it after signing out too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware
