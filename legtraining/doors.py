"""How a view comes to a row: hidden is 404, visible but read-only is 403."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Manager, Model
from django.http import Http404


def editable_or_refuse[M: Model](manager: Manager[M], user: Any, **lookup: Any) -> M:
    """The row of `lookup` if `user` may change it.

    One query when they may. The manager's queryset has the verbs `visible_to` and `editable_by`.
    Raises Http404 where the row is hidden, PermissionDenied where it may only be read.
    """
    try:
        return manager.editable_by(user).get(**lookup)  # type: ignore[attr-defined]
    except ObjectDoesNotExist:
        if manager.visible_to(user).filter(**lookup).exists():  # type: ignore[attr-defined]
            raise PermissionDenied from None
        raise Http404 from None
