"""WHO: the people, which trainer may see which member, and the mail that goes to them."""

from accounts.models.letters import Letter, MailKind, MailStop
from accounts.models.links import AccessRecord, Coaching, Handover, Invitation, Looked
from accounts.models.people import (
    MAX_REST,
    REMIND_CHOICES,
    Formula,
    Rack,
    Theme,
    Unit,
    User,
    UserManager,
    time_zones,
    validate_language,
    validate_time_zone,
)

__all__ = [
    "MAX_REST",
    "REMIND_CHOICES",
    "AccessRecord",
    "Coaching",
    "Formula",
    "Handover",
    "Invitation",
    "Letter",
    "Looked",
    "MailKind",
    "MailStop",
    "Rack",
    "Theme",
    "Unit",
    "User",
    "UserManager",
    "time_zones",
    "validate_language",
    "validate_time_zone",
]
