"""Everything that goes wrong, as JSON of one shape, and the door that all addresses are behind."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError

type View = Callable[..., HttpResponseBase]

logger = logging.getLogger(__name__)

REALM = 'Bearer realm="Legtraining"'


class Problem(Exception):
    """What the caller is told instead of an answer.

    `error` is a word that stays the same, `message` a sentence for people, `parameter` the one that
    is meant, if it is one.
    """

    def __init__(
        self,
        status: int,
        error: str,
        message: str,
        *,
        parameter: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message
        self.parameter, self.headers = parameter, dict(headers or {})

    def answer(self) -> JsonResponse:
        said = {"error": self.error, "message": self.message, "parameter": self.parameter}
        return JsonResponse(said, status=self.status, headers=self.headers)


def no_token(message: str, *, wrong: bool) -> Problem:
    """401. `wrong` is a token that opens nothing, as RFC 6750 tells it from none at all."""
    challenge = f'{REALM}, error="invalid_token"' if wrong else REALM
    error = "invalid_token" if wrong else "missing_token"
    return Problem(401, error, message, headers={"WWW-Authenticate": challenge})


def missing_scope(scope: str) -> Problem:
    sentence = _("This token may not read this: it has not the scope “%(scope)s”.")
    challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
    return Problem(
        403,
        "missing_scope",
        sentence % {"scope": scope},
        headers={"WWW-Authenticate": challenge},
    )


def not_found() -> Problem:
    return Problem(404, "not_found", _("There is nothing at this address."))


def bad_parameter(name: str | None, message: str) -> Problem:
    return Problem(422, "bad_parameter", message, parameter=name)


def too_many(seconds: int) -> Problem:
    sentence = _("Too many requests. Try again in %(seconds)d s.") % {"seconds": seconds}
    return Problem(429, "too_many_requests", sentence, headers={"Retry-After": str(seconds)})


def not_allowed() -> Problem:
    sentence = _("This interface only reads: use GET.")
    return Problem(405, "method_not_allowed", sentence, headers={"Allow": "GET, HEAD"})


def broken(error: BaseException) -> Problem:
    """`error` is a fault of ours, of which the caller learns nothing."""
    if isinstance(error, OperationalError | InterfaceError):
        sentence = _("The database is away for a moment. Try again soon.")
        return Problem(503, "unavailable", sentence, headers={"Retry-After": "10"})
    return Problem(500, "server_error", _("Something went wrong on our side. It was written down."))


# --- What ninja is told ---------------------------------------------------------------------------


def handle_errors(api: NinjaAPI) -> None:
    """Whatever is raised within an address of `api` becomes an answer of this one shape."""
    api.add_exception_handler(Problem, answered)
    api.add_exception_handler(Http404, missing)
    api.add_exception_handler(ValidationError, unreadable)
    api.add_exception_handler(Exception, fault)


def answered(request: HttpRequest, problem: Any) -> HttpResponse:
    answer: HttpResponse = problem.answer()
    return answer


def missing(request: HttpRequest, error: Any) -> HttpResponse:
    return not_found().answer()


def unreadable(request: HttpRequest, errors: Any) -> HttpResponse:
    """The first parameter that cannot be read, in the sentence that `schemas` has for it."""
    first = errors.errors[0]
    name = str(first["loc"][-1])
    custom = first["type"] == "said"
    message = first["msg"] if custom else _("This parameter cannot be read. See its description.")
    return bad_parameter(first.get("ctx", {}).get("parameter", name), message).answer()


def fault(request: HttpRequest, error: Any) -> HttpResponse:
    """The address and the traceback go to the log, without the query and the token."""
    logger.error("Internal Server Error: %s", request.path, exc_info=error)
    return broken(error).answer()


# --- The door -------------------------------------------------------------------------------------


def door(view: View) -> View:
    """Open to whoever has no session, since a token is asked for inside; JSON whatever happens."""

    @login_not_required
    @csrf_exempt  # there is nothing that a cookie alone could do
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked  # the server leaves the body out
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            answer = not_found().answer()
        finally:
            request.method = asked
        if answer.status_code == 405:
            answer = not_allowed().answer()
        if "Cache-Control" not in answer:
            answer["Cache-Control"] = "private, no-store"
        patch_vary_headers(answer, ["Authorization"])
        return answer

    return opened
