"""Django's PostgreSQL backend, and two things more: see `base`."""

from django.db.utils import OperationalError


class DatabaseUnreachable(OperationalError):
    """No connection could be made; the message is one sentence for the user."""
