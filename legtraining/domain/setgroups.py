"""How a trainer writes sets and repetitions: `3x8-12`, `3x5, 1x5+`, `3x30s`."""

import re
from dataclasses import dataclass

from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import MAX_REPS, MAX_SECONDS

MAX_SETS = 20

GROUP = re.compile(
    r"(?P<count>\d{1,4})\s*[x×*]\s*(?P<low>\d{1,5})\s*(?:[-–]\s*(?P<high>\d{1,5})\s*)?(?P<end>\+|s)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class SetGroup:
    """`count` equal sets of `reps_min` to `reps_max` repetitions, or of `seconds`.

    With `amrap` the repetitions are the fewest that count, and as many as possible are done.
    """

    count: int
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    amrap: bool = False


def parse_sets(text: str) -> list[SetGroup]:
    """The groups of a text such as `3x5, 1x5+`, separated by commas.

    1 to 20 sets a group, 1 to 200 repetitions or 1 to 7200 seconds. Raises Refusal with a
    sentence that names the part which cannot be read.
    """
    parts = [part.strip() for part in text.split(",")]
    if parts == [""]:
        raise Refusal(gettext_noop("Write the sets and repetitions, for example 3x8-12."))
    return [_parse_group(part) for part in parts]


def _parse_group(part: str) -> SetGroup:
    match = GROUP.fullmatch(part)
    if match is None:
        raise Refusal(
            gettext_noop("“%(part)s” is not sets × reps. Examples: 3x8-12, 3x5, 1x5+, 3x30s."),
            part=part,
        )
    count, low = int(match["count"]), int(match["low"])
    high = int(match["high"]) if match["high"] else low
    end = (match["end"] or "").lower()
    if not 1 <= count <= MAX_SETS:
        raise Refusal(
            gettext_noop("“%(part)s”: write 1 to %(most)s sets."), part=part, most=MAX_SETS
        )
    if end == "s":
        if match["high"] or not 1 <= low <= MAX_SECONDS:
            raise Refusal(
                gettext_noop("“%(part)s”: write one time, 1 to %(most)s seconds."),
                part=part,
                most=MAX_SECONDS,
            )
        return SetGroup(count, seconds=low)
    if end == "+" and match["high"]:
        raise Refusal(
            gettext_noop("“%(part)s”: a range cannot also be as many as possible."), part=part
        )
    if not 1 <= low <= high <= MAX_REPS:
        raise Refusal(
            gettext_noop("“%(part)s”: write 1 to %(most)s repetitions, the smaller number first."),
            part=part,
            most=MAX_REPS,
        )
    return SetGroup(count, reps_min=low, reps_max=high, amrap=end == "+")


def write_sets(groups: list[SetGroup]) -> str:
    """The text that `parse_sets` reads back as `groups`."""
    return ", ".join(_write_group(group) for group in groups)


def _write_group(group: SetGroup) -> str:
    if group.seconds is not None:
        return f"{group.count}x{group.seconds}s"
    many = "" if group.reps_max == group.reps_min else f"-{group.reps_max}"
    return f"{group.count}x{group.reps_min}{many}{'+' if group.amrap else ''}"
