"""Where a library editor keeps the library right."""

from exercises import claims_admin
from exercises.admin import exercises, revisions

__all__ = ["claims_admin", "exercises", "revisions"]
