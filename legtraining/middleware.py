"""A rule that holds for every page, the libraries' own included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
