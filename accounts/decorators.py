"""Pages that only a trainer has, only an editor of the library, or only an admin of the gym."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts.http import SignedInRequest
from accounts.models import User

type View = Callable[..., HttpResponse]


def required(may: Callable[[User], bool]) -> Callable[[View], View]:
    """403 for whoever `may` not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


trainer_required = required(lambda user: user.is_trainer)
editor_required = required(lambda user: user.is_staff)
# Who gives the roles: an active editor who may also change accounts.
admin_required = required(lambda user: user.is_staff and user.has_perm("accounts.change_user"))
writer_required = required(lambda user: user.is_staff or user.is_trainer)  # who may propose
