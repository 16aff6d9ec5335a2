"""What stands around the sets of a leg day: a general warm-up before, stretches after.

Both are offered, not demanded. A warm-up helped in most studies of performance, for lifting the
light sets near the working weight seem to help most; stretching afterwards is for range of motion
and makes no difference to soreness that anybody would notice. The texts promise no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exercises.models import Kind

if TYPE_CHECKING:
    from sessions.models import WorkoutSession


@dataclass(frozen=True)
class Item:
    """`seconds` of the timer, for each of `sides`; None where repetitions are counted."""

    slug: str
    text: str | Promise
    seconds: int | None = None
    sides: int = 1


@dataclass(frozen=True)
class Part:
    slug: str
    title: str | Promise
    what_for: str | Promise
    items: tuple[Item, ...]
    kind: Kind  # of the movements in the library


@dataclass(frozen=True)
class Frame:
    part: Part
    ticked: set[str] = field(default_factory=set)

    @property
    def done(self) -> int:
        return sum(item.slug in self.ticked for item in self.part.items)


PARTS = {
    part.slug: part
    for part in (
        Part(
            "warmup",
            _("Warm-up"),
            _(
                "Optional, and worth a few minutes: get warm, then let light sets of the first "
                "exercise do the rest."
            ),
            (
                Item("warmup-easy", _("Cycle, row or walk briskly, still able to talk"), 300),
                Item("warmup-swings", _("Leg swings, forwards and sideways, 10 each way a leg")),
                Item("warmup-squats", _("Air squats, slow and as deep as is easy, 10")),
                Item("warmup-bridges", _("Hip bridges on the floor, a short pause on top, 10")),
                Item("warmup-ankles", _("Knee over the toes at a wall, heel down, 8 a side")),
            ),
            Kind.WARM_UP,
        ),
        Part(
            "stretches",
            _("Stretches"),
            _(
                "Optional, for range of motion. Hold each side for 30 seconds without bouncing. "
                "There is no good evidence that they make legs less sore."
            ),
            (
                Item("stretch-quads", _("Front of the thigh: standing, heel to the seat"), 30, 2),
                Item(
                    "stretch-hamstrings", _("Back of the thigh: heel on a bench, hips back"), 30, 2
                ),
                Item("stretch-hip", _("Hip flexors: half kneeling, pelvis tucked, lean in"), 30, 2),
                Item("stretch-seat", _("Seat: on your back, ankle over the other knee"), 30, 2),
                Item("stretch-calf", _("Calf: hands on the wall, back knee straight"), 30, 2),
                Item("stretch-soleus", _("Low calf: the same with the back knee bent"), 30, 2),
            ),
            Kind.STRETCH,
        ),
    )
}


def frame(part: str, session: WorkoutSession) -> Frame:
    """A checklist with what of it is ticked in `session`."""
    return Frame(PARTS[part], set(session.ticked))
