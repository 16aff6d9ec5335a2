"""A rule that holds for every page, the libraries' own included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def refused_forms(get_response: View) -> View:
    """A form that comes back with errors has status 422, also where a library rendered it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if response.status_code == 200 and getattr(form, "errors", None):
            response.status_code = 422
        return response

    return middleware
