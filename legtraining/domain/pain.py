"""What a pain on a scale of 0 to 10 asks for. A reminder, never a clearance."""

from typing import Literal

MAX_PAIN = MAX_SORENESS = 10

type PainZone = Literal["carry_on", "tolerable", "stop"]


def pain_zone(pain: int) -> PainZone:
    """0 to 2 carry on; 3 to 5 tolerable if it has settled by next morning; above 5 stop.

    `pain` is a number of 0 (none) to 10 (the worst there is); others raise ValueError.
    Source: the pain-monitoring model (Thomee, Phys Ther 77(12):1690-1703, 1997; Silbernagel et
    al., Am J Sports Med 35(6):897-906, 2007), which was made for people under supervision.
    """
    if not 0 <= pain <= MAX_PAIN:
        raise ValueError("Pain is a number from 0 to 10.")
    if pain <= 2:
        return "carry_on"
    return "tolerable" if pain <= 5 else "stop"
