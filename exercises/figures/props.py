"""What the figure stands on, sits on, holds and pulls: each kind of prop as SVG.

A prop stands still in the room (cm, y up, floor at 0), moves with a part or a point of the body
(`on`), or is a line between two points (`from`, `to`: a point of the room or of the body).
Within a moving prop y goes down, from the joint of the part it moves with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from exercises.figures.pose import FigureError, Point

LAYERS = ("back", "middle", "front")  # behind the body, behind the near arm, before everything
ROOM_HEIGHT = 195.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn piece of a prop: still (`on` and `ends` empty), moving with `on`, or a line.

    `reach` are points that must be in the picture: of the room, or around the point it moves with.
    """

    layer: str
    svg: str = ""
    on: str = ""
    turned: bool = True
    ends: tuple[Point | str, Point | str] | None = None
    reach: tuple[Point, ...] = ()


def number(value: float) -> str:
    """The shortest text of a coordinate, to a tenth of a centimetre."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    if text in {"-0", "0"}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def rect(x: float, y: float, width: float, height: float, css: str, round_by: float = 2) -> str:
    """A rectangle; x and y are its corner at the top left, y down."""
    numbers = " ".join(
        f'{k}="{number(v)}"'
        for k, v in (("x", x), ("y", y), ("width", width), ("height", height), ("rx", round_by))
    )
    return f'<rect class="fig-{css}" {numbers}/>'


def circle(x: float, y: float, r: float, css: str) -> str:
    return f'<circle class="fig-{css}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'


def line(points: list[Point], css: str) -> str:
    """A line through the points, which are in the room's coordinates (y up)."""
    path = "L".join(f"{number(x)} {number(-y)}" for x, y in points)
    return f'<path class="fig-{css}" d="M{path}"/>'


def _layer(data: Mapping[str, Any], default: str = "back") -> str:
    layer = data.get("layer", default)
    if layer not in LAYERS:
        raise FigureError(f"layer: {layer!r}; there are {', '.join(LAYERS)}")
    return str(layer)


def _box(data: Mapping[str, Any], view: str) -> list[Piece]:
    (left, right), (bottom, top) = data["x"], data["y"]
    svg = rect(left, -top, right - left, top - bottom, "q")
    return [Piece(_layer(data), svg, reach=((left, bottom), (right, top)))]


def _bench(data: Mapping[str, Any], view: str) -> list[Piece]:
    (left, right), top = data["x"], data["top"]
    legs = [(left + 8, 0.0), (left + 8, top - 4), (right - 8, top - 4), (right - 8, 0.0)]
    svg = line(legs, "l") + rect(left, -top, right - left, 8, "q", 3)
    return [Piece(_layer(data), svg, reach=((left, 0), (right, top)))]


def _pad(data: Mapping[str, Any], view: str) -> list[Piece]:
    """A cushion `size` = [along x, along y], centred on `at`, turned clockwise by `turn`."""
    (x, y), (width, height) = data["at"], data["size"]
    on, turn = data.get("on", ""), data.get("turn", 0)
    y = y if on else -y
    css = "q" if data.get("soft", True) else "p"
    svg = rect(x - width / 2, y - height / 2, width, height, css, min(width, height, 8) / 2.5)
    if turn:
        svg = svg.replace("/>", f' transform="rotate({number(turn)} {number(x)} {number(y)})"/>')
    far = max(width, height) / 2
    reach = ((x - far, -y - far), (x + far, -y + far)) if not turn else ((x, -y),)
    return [Piece(_layer(data), svg, on, reach=reach)]


def _roller(data: Mapping[str, Any], view: str) -> list[Piece]:
    (x, y), r = data["at"], data.get("r", 5)
    on = data.get("on", "")
    y = y if on else -y
    svg = circle(x, y, r, data.get("tone", "p"))
    reach = ((x - r, -y - r), (x + r, -y + r))
    return [Piece(_layer(data, "middle"), svg, on, reach=reach)]


def _line(data: Mapping[str, Any], view: str) -> list[Piece]:
    points = [(float(x), float(y)) for x, y in data["points"]]
    return [Piece(_layer(data), line(points, "l"), reach=tuple(points))]


def _wall(data: Mapping[str, Any], view: str) -> list[Piece]:
    x, side = data["x"], data.get("side", -1)
    height = data.get("height", ROOM_HEIGHT)
    svg = rect(x - 8 if side < 0 else x, -height, 8, height, "q", 0)
    return [Piece("back", svg, reach=((x + 8 * side, 0), (x, height)))]


def _link(css: str, layer: str = "front") -> Callable[[Mapping[str, Any], str], list[Piece]]:
    def pieces(data: Mapping[str, Any], view: str) -> list[Piece]:
        ends = tuple(
            end if isinstance(end, str) else (float(end[0]), float(end[1]))
            for end in (data["from"], data["to"])
        )
        reach = tuple(end for end in ends if not isinstance(end, str))
        return [Piece(_layer(data, layer), css, ends=(ends[0], ends[1]), reach=reach)]

    return pieces


def _cable(data: Mapping[str, Any], view: str) -> list[Piece]:
    """A column with its stack at `x`, a pulley at the height `y`, and the cable `to` the body."""
    x, y, to = data["x"], data["y"], data["to"]
    top = data.get("top", ROOM_HEIGHT - 10)
    towards = data.get("side", -1)  # where the body is, seen from the column
    column = rect(x - 6 if towards > 0 else x - 4, -top, 10, top, "q", 2)
    column += rect(x - 10, -60, 18, 60, "p", 2)
    pulley = circle(x + towards * 9, -y, 4, "p")
    reach = ((x - 10, 0), (x + 10, top))
    ends: tuple[Point | str, Point | str] = ((x + towards * 9, y), to)
    return [Piece("back", column + pulley, reach=reach), Piece("back", "c", ends=ends)]


def _barbell(data: Mapping[str, Any], view: str) -> list[Piece]:
    on, r = data["on"], data.get("r", 22.5)
    around = ((-r, -r), (r, r))
    if view == "front":
        svg = rect(-75, -1.5, 150, 3, "p", 1) + "".join(
            rect(x, -h, w, 2 * h, "p", 2) for x, w, h in ((-63, 6, r), (57, 6, r))
        )
        return [Piece(_layer(data, "front"), svg, on, turned=False, reach=((-75, -r), (75, r)))]
    disc = circle(0, 0, r, "d") + circle(0, 0, r * 0.55, "e")
    return [
        Piece("back", disc, on, turned=False, reach=around),
        Piece(_layer(data, "front"), circle(0, 0, 3, "p"), on, turned=False),
    ]


def _dumbbell(data: Mapping[str, Any], view: str) -> list[Piece]:
    """Turned by `turn` from lying along x; `end` shows it end on."""
    on, turn = data["on"], data.get("turn", 0)
    if data.get("end"):
        svg = circle(0, 0, 7, "p") + circle(0, 0, 2.5, "e")
    else:
        svg = '<path class="fig-p" d="M-7-2H7V-6H14V6H7V2H-7V6H-14V-6H-7z"/>'
        if turn:
            svg = svg.replace("/>", f' transform="rotate({turn})"/>')
    layer = _layer(data, "back" if on.startswith("far") else "front")
    x, y = data.get("at", (0, 0))
    if x or y:
        svg = f'<g transform="translate({number(x)} {number(y)})">{svg}</g>'
    return [Piece(layer, svg, on, turned=False, reach=((-14, -8), (14, 8)))]


def _kettlebell(data: Mapping[str, Any], view: str) -> list[Piece]:
    svg = '<path class="fig-l" d="M-5 8C-9-4 9-4 5 8"/>' + circle(0, 13, 9, "p")
    svg = f'<g transform="translate(0 28)">{svg}</g>'
    return [Piece("middle", svg, "near_forearm", reach=((-10, -22), (10, 5)))]


def _trap_bar(data: Mapping[str, Any], view: str) -> list[Piece]:
    on = data.get("on", "near_hand")
    disc = circle(0, 0, 22.5, "d") + circle(0, 0, 12, "e")
    frame = '<path class="fig-l" d="M-34 0H34"/>' + circle(0, 0, 3, "p")
    return [
        Piece("back", disc, on, turned=False, reach=((-34, -22.5), (34, 22.5))),
        Piece("front", frame, on, turned=False),
    ]


def _platform(data: Mapping[str, Any], view: str) -> list[Piece]:
    """The plate under the soles, moving with the near foot; `rail` draws the way it slides."""
    size = data.get("size", [-14, 28])
    svg = rect(size[0], 8, size[1] - size[0], 5, "p", 1.5)
    return [Piece(_layer(data), svg, "near_foot", reach=((-14, -12), (28, 14)))]


def _ball(data: Mapping[str, Any], view: str) -> list[Piece]:
    r, on = data.get("r", 27), data.get("on", "")
    x, y = data["at"]
    svg = circle(x, y if on else -y, r, "q")
    return [Piece(_layer(data), svg, on, turned=False, reach=((x - r, y - r), (x + r, y + r)))]


def _rails(data: Mapping[str, Any], view: str) -> list[Piece]:
    x, top = data["x"], data.get("top", ROOM_HEIGHT)
    svg = line([(x, 0), (x, top)], "l") + line([(x - 12, 0), (x + 12, 0)], "l")
    return [Piece("back", svg, reach=((x - 12, 0), (x + 12, top)))]


def _bar(data: Mapping[str, Any], view: str) -> list[Piece]:
    """A bar seen end on (pull-up bar) at `at`, on a post that stands `post` cm to the side."""
    (x, y), post = data["at"], data.get("post", -45)
    frame = line([(x + post, 0), (x + post, y + 3), (x, y + 3)], "l")
    return [
        Piece("back", frame, reach=((x + post, 0), (x, y + 6))),
        Piece("front", circle(x, -y, 3.5, "p")),
    ]


KINDS: Mapping[str, Callable[[Mapping[str, Any], str], list[Piece]]] = {
    "ball": _ball,
    "band": _link("t"),
    "bar": _bar,
    "barbell": _barbell,
    "bench": _bench,
    "box": _box,
    "cable": _cable,
    "dumbbell": _dumbbell,
    "kettlebell": _kettlebell,
    "line": _line,
    "pad": _pad,
    "platform": _platform,
    "rails": _rails,
    "rod": _link("l", "back"),
    "roller": _roller,
    "trap_bar": _trap_bar,
    "wall": _wall,
}


def pieces(data: Mapping[str, Any], view: str) -> list[Piece]:
    """The pieces of the prop that a TOML table describes. Raises FigureError."""
    kind = data.get("kind", "")
    if kind not in KINDS:
        raise FigureError(f"kind: {kind!r} is no prop; there are {', '.join(KINDS)}")
    try:
        return KINDS[kind](data, view)
    except (KeyError, TypeError, ValueError) as error:
        raise FigureError(f"{kind}: {error} is missing or of the wrong kind") from error
