"""Writes about people that touch two or more rows, or must happen once."""

from accounts.services.invitations import (
    INVITATION_DAYS,
    MAILED_A_DAY,
    InvitationGone,
    accept,
    invite,
    token_of,
)
from accounts.services.links import (
    ask_handovers,
    end_link,
    share_health,
    withdraw_handover,
)
from accounts.services.looks import note_look

__all__ = [
    "INVITATION_DAYS",
    "MAILED_A_DAY",
    "InvitationGone",
    "accept",
    "ask_handovers",
    "end_link",
    "invite",
    "note_look",
    "share_health",
    "token_of",
    "withdraw_handover",
]
