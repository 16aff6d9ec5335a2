"""How a target is worded, and what a tempo means."""

import re
from decimal import Decimal

from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import Unit, format_weight

type Tempo = tuple[int, int, int, int]

# "As fast as possible" still takes time; a second is the customary count.
EXPLOSIVE_SECONDS = 1

_TEMPO = re.compile(
    r"(\d)(\d)([\dX])(\d)|(\d{1,2})(?P<sep>[-/])(\d{1,2})(?P=sep)(\d{1,2}|X)(?P=sep)(\d{1,2})"
)


def describe_target(  # noqa: PLR0913 - a target has this many parts, all named
    *,
    sets: int,
    reps_min: int | None = None,
    reps_max: int | None = None,
    amrap: bool = False,
    seconds: int | None = None,
    seconds_max: int | None = None,
    weight: Decimal | None = None,
    unit: Unit = "kg",
    rir: Decimal | None = None,
    load: str = "",
) -> str:
    """A target in one line: `3 × 8–12 @ 60 kg, RIR 2`, `1 × 5+`, `3 × 30 s`, `3 × 8`, `2 sets`.

    `weight` is shown as given, in `unit`. A part that is None is left out; a single rep number
    needs only `reps_min` (or both the same). Seconds, where given, stand in place of reps. An
    AMRAP set shows its least reps (`5+`), or `AMRAP` without one, and never a most. `load` is what
    the weight is worked out from, such as `75 %`; it stands behind the weight, or in its place.
    """
    if seconds is not None:
        upper = "" if seconds_max in (None, seconds) else f"–{seconds_max}"
        work = f"{sets} × {seconds}{upper} s"
    elif amrap:
        work = f"{sets} × AMRAP" if reps_min is None else f"{sets} × {reps_min}+"
    elif reps_min is None and reps_max is None:
        work = "1 set" if sets == 1 else f"{sets} sets"
    elif reps_min is None:
        work = f"{sets} × up to {reps_max}"
    elif reps_max is None or reps_max == reps_min:
        work = f"{sets} × {reps_min}"
    else:
        work = f"{sets} × {reps_min}–{reps_max}"
    if weight is not None:
        work += f" @ {format_weight(weight)} {unit}" + (f" ({load})" if load else "")
    elif load:
        work += f" @ {load}"
    if rir is not None:
        work += f", RIR {format_weight(rir)}"
    return work


def parse_tempo(text: str) -> Tempo:
    """Seconds of one rep: lowering, pause at the bottom, lifting, pause at the top.

    Reads `3010`, `3-1-1-0` and `5/0/3/0`; with separators a part may have two digits. X in the
    third place is an explosive lift and counts as 1 second. Raises Refusal for anything else.
    """
    match = _TEMPO.fullmatch(text.strip().upper())
    if match is None:
        raise Refusal(
            gettext_noop(
                "Write a tempo as four numbers, such as 3-1-1-0 or 30X1: seconds lowering, pause, "
                "lifting (X for explosive), pause."
            )
        )
    parts = [part for part in match.groups() if part and part not in "-/"]
    lower, bottom, lift, top = (EXPLOSIVE_SECONDS if part == "X" else int(part) for part in parts)
    return lower, bottom, lift, top


def tempo_seconds(text: str) -> int:
    """How long one rep takes at this tempo, in seconds. Raises Refusal as `parse_tempo` does."""
    return sum(parse_tempo(text))
