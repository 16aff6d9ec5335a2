"""The body map: hips and legs from the front and the back, each muscle a shape to choose.

Pure data for `templates/exercises/_body_map.html`. The drawing is one half of the body; the other
half is its mirror image, and belongs to the same link.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from exercises.models import MuscleGroup

LIBRARY = Path(__file__).parent / "library"
MAX_LEVEL = 3


@dataclass(frozen=True)
class Mark:
    """How much a region is concerned: `level` colours it (0 to 3), `words` say it.

    `figure` is what a group map writes into the drawing, so that the colour is never alone.
    """

    level: int
    words: str
    figure: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.level <= MAX_LEVEL:
            raise ValueError(f"a mark's level is 0 to {MAX_LEVEL}, not {self.level}")


@dataclass(frozen=True)
class Shape:
    """One muscle's outline: `key` is its id in the drawing, `d` a path of one half."""

    key: str
    muscle: str
    group: str
    d: str
    is_back: bool
    is_deep: bool


@dataclass(frozen=True)
class Figure:
    """A number in the drawing, at its point of the whole picture."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Region:
    """What is chosen as one: a muscle, or a group with all its muscles in both views."""

    slug: str
    name: str
    group: str
    shapes: tuple[Shape, ...]
    href: str | None = None
    mark: Mark | None = None
    is_current: bool = False

    @property
    def label(self) -> str:
        return f"{self.name}, {self.mark.words}" if self.mark else self.name

    @property
    def level(self) -> int:
        return self.mark.level if self.mark else 0

    @property
    def front(self) -> list[Shape]:
        return [shape for shape in self.shapes if not shape.is_back]

    @property
    def back(self) -> list[Shape]:
        return [shape for shape in self.shapes if shape.is_back]


@dataclass(frozen=True)
class BodyMap:
    """Both views: the regions in the order they are drawn, and the names to stand beside them."""

    outline: str
    front_lines: str
    back_lines: str
    regions: tuple[Region, ...]
    names: tuple[tuple[str, tuple[Region, ...]], ...] = ()  # the label of a group, its muscles
    figures: tuple[Figure, ...] = ()
    is_folded: bool = False  # the names, on a phone


BACK_AT = 244  # where the back's midline is in the picture; the front's is at 0


@dataclass(frozen=True)
class Drawing:
    outline: str
    front_lines: str
    back_lines: str
    shapes: dict[str, Shape]  # in the order they are drawn
    muscles: dict[str, tuple[str, str]]  # name and group, in the library's order
    figures: dict[str, tuple[int, int]]


@cache  # the files stay the same while a process runs
def drawing() -> Drawing:
    drawn = tomllib.loads((LIBRARY / "body_map.toml").read_text("utf-8"))
    muscles = tomllib.loads((LIBRARY / "facts.toml").read_text("utf-8"))["muscles"]
    return Drawing(
        outline=drawn["outline"],
        front_lines=drawn["lines"]["front"],
        back_lines=drawn["lines"]["back"],
        shapes={
            slug: Shape(
                key=f"b{number}",
                muscle=slug,
                group=muscles[slug]["group"],
                d=d,
                is_back=muscles[slug]["side"] == "back",
                is_deep=slug in drawn["deep"]["muscles"],
            )
            for number, (slug, d) in enumerate(drawn["muscles"].items())
        },
        muscles={slug: (row["name"], row["group"]) for slug, row in muscles.items()},
        figures={
            group: (x + (BACK_AT if view == "back" else 0), y)
            for group, (x, y, view) in drawn["figures"].items()
        },
    )


def body_map(
    *,
    links: Mapping[str, str] | None = None,
    marks: Mapping[str, Mark] | None = None,
    current: str = "",
    marked_only: bool = False,
) -> BodyMap:
    """Every muscle by itself; `links`, `marks` and `current` go by a muscle's slug.

    With `marked_only` the names beside the drawing are those of the marked muscles, unfolded;
    every muscle stays in the drawing.
    """
    links, marks, plan = links or {}, marks or {}, drawing()
    regions = {
        slug: Region(
            slug=slug,
            name=plan.muscles[slug][0],
            group=shape.group,
            shapes=(shape,),
            href=links.get(slug),
            mark=marks.get(slug),
            is_current=slug == current,
        )
        for slug, shape in plan.shapes.items()
    }
    listed = [regions[slug] for slug in plan.muscles if not marked_only or slug in marks]
    return BodyMap(
        outline=plan.outline,
        front_lines=plan.front_lines,
        back_lines=plan.back_lines,
        regions=tuple(regions.values()),
        names=_by_group(listed),
        is_folded=not marked_only,
    )


def _by_group(regions: list[Region]) -> tuple[tuple[str, tuple[Region, ...]], ...]:
    groups = (
        (str(group.label), tuple(each for each in regions if each.group == group.value))
        for group in MuscleGroup
    )
    return tuple((label, muscles) for label, muscles in groups if muscles)


def group_map(
    *,
    links: Mapping[str, str] | None = None,
    marks: Mapping[str, Mark] | None = None,
    current: str = "",
) -> BodyMap:
    """The same drawing with a muscle group as one region; all goes by the group's value.

    Without the deep muscles: each lies within others of its group. A mark's figure is written
    into the drawing.
    """
    links, marks, plan = links or {}, marks or {}, drawing()
    upper = [shape for shape in plan.shapes.values() if not shape.is_deep]
    regions = tuple(
        Region(
            slug=group.value,
            name=str(group.label),
            group=group.value,
            shapes=tuple(shape for shape in upper if shape.group == group.value),
            href=links.get(group.value),
            mark=marks.get(group.value),
            is_current=group.value == current,
        )
        for group in MuscleGroup
    )
    return BodyMap(
        outline=plan.outline,
        front_lines=plan.front_lines,
        back_lines=plan.back_lines,
        regions=_under_to_over(regions),
        figures=tuple(
            Figure(*plan.figures[slug], mark.figure) for slug, mark in marks.items() if mark.figure
        ),
    )


# Where shapes of two groups overlap, the one above is drawn later.
UNDER = (MuscleGroup.QUADRICEPS, MuscleGroup.ADDUCTORS, MuscleGroup.HAMSTRINGS)


def _under_to_over(regions: tuple[Region, ...]) -> tuple[Region, ...]:
    return tuple(sorted(regions, key=lambda region: region.slug not in UNDER))


def muscle_marks(
    primary: Iterable[str], secondary: Iterable[str], *, words: tuple[str, str] | None = None
) -> dict[str, Mark]:
    """The marks of an exercise, by the slugs of its muscles; `words` unless it trains them."""
    first, second = words or (_("trains"), _("also trains"))
    return {slug: Mark(1, second) for slug in secondary} | {
        slug: Mark(MAX_LEVEL, first) for slug in primary
    }
