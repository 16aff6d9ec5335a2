"""Draws a figure: its start, its end, and the frames between them, as SVG.

Every part of the body is written once, with the muscles that work on it, and placed with <use>; a
frame is little more than the parts' places and turns. There is no style attribute: colours and the
movement come from static/css/figures.css.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exercises.figures.body import LETTERS, part, shapes, worked
from exercises.figures.data import Figure
from exercises.figures.pose import Point
from exercises.figures.props import Piece, number
from exercises.figures.skeleton import Bone, Skeleton, local
from exercises.figures.words import words

FAR_SHIFT = 4  # cm: the far limbs peep out in front of the near ones
MARGIN = 5  # cm around the picture
BODY = {"side": 9, "front": 12}  # cm of flesh around the joints


def _place(bone: Bone) -> str:
    x, y = number(bone.joint[0]), number(-bone.joint[1])
    text = f"translate({x} {y})"
    if turn := round(bone.turn):
        text += f"rotate({turn})"
    stretch = round(bone.stretch, 2)
    if bone.mirrored or stretch != 1:
        along_x = bone.part == "foot"
        sx, sy = (stretch, 1.0) if along_x else (1.0, stretch)
        text += f"scale({'-' if bone.mirrored else ''}{sx:g} {sy:g})"
    return text


class Drawing:
    """One figure with its ids; `levels` are the regions of the body that work."""

    def __init__(self, figure: Figure, levels: dict[str, int], uid: str) -> None:
        self.figure = figure
        self.levels = levels
        self.uid = uid

    def defs(self) -> str:
        """Every part of the body and every prop, once."""
        view = self.figure.view
        used = {bone.part for bone in self.figure.frames[0].bones.values()}
        if view == "side":
            used.add("glute")
        parts = [
            f'<g id="{self.uid}{LETTERS[name]}">{part(view, name, self.levels)}</g>'
            for name in shapes(view)
            if name in used
        ]
        for layer in ("back", "middle", "front"):
            still = "".join(p.svg for p in self.still(layer))
            if still:
                parts.append(f'<g id="{self.uid}{layer[0]}0">{still}</g>')
        parts += [
            f'<g id="{self.uid}{i}">{piece.svg}</g>'
            for i, piece in enumerate(self.figure.props)
            if piece.on
        ]
        return f"<defs>{''.join(parts)}</defs>"

    def still(self, layer: str) -> list[Piece]:
        return [p for p in self.figure.props if p.layer == layer and not p.on and not p.ends]

    def room(self, layer: str) -> str:
        """The props of this layer that stand still."""
        return self.use(f"{layer[0]}0") if self.still(layer) else ""

    def use(self, name: str, transform: str = "") -> str:
        place = f' transform="{transform}"' if transform else ""
        return f'<use href="#{self.uid}{name}"{place}/>'

    def moving(self, skeleton: Skeleton, layer: str) -> Iterator[str]:
        for i, piece in enumerate(self.figure.props):
            if piece.layer != layer:
                continue
            if piece.ends:
                a, b = (skeleton.points[e] if isinstance(e, str) else e for e in piece.ends)
                path = f"M{number(a[0])} {number(-a[1])}L{number(b[0])} {number(-b[1])}"
                yield f'<path class="fig-{piece.svg}" d="{path}"/>'
            elif piece.on:
                yield self.use(str(i), _placed(skeleton, piece))

    def limb(self, skeleton: Skeleton, side: str, parts: tuple[str, ...]) -> str:
        bones = [skeleton.bones[f"{side}_{name}"] for name in parts]
        return "".join(self.use(LETTERS[bone.part], _place(bone)) for bone in bones)

    def body(self, skeleton: Skeleton) -> str:
        """The whole frame: far limbs, trunk, near limbs, and the props that move with them."""
        side_on = self.figure.view == "side"
        arm = ("upper_arm", "forearm")
        leg = ("toes", "foot", "thigh", "shank") if side_on else ("foot", "shank", "thigh")
        far_arm, far_leg = (self.limb(skeleton, "far", parts) for parts in (arm, leg))
        near_arm, near_leg = (self.limb(skeleton, "near", parts) for parts in (arm, leg))
        trunk = "".join(
            self.use(LETTERS[name], _place(skeleton.bones[name]))
            for name in ("head", "pelvis", "chest")
        )
        if side_on:
            far = f'<g class="fig-far" transform="translate({FAR_SHIFT})">{far_arm}{far_leg}</g>'
            glute = self.use("g", _place(skeleton.bones["pelvis"]))
            order = [far, trunk, near_leg, glute]
        else:
            order = [trunk, far_leg, near_leg, far_arm]
        return "".join(
            (
                *self.moving(skeleton, "back"),
                *order,
                *self.moving(skeleton, "middle"),
                near_arm,
                *self.moving(skeleton, "front"),
            )
        )

    def floor(self) -> str:
        return '<path class="fig-floor" d="M-400 .7H400"/>' if self.figure.floor else ""


def view_box(figure: Figure, skeletons: Iterable[Skeleton]) -> str:
    """The viewBox that holds these skeletons with their props, with some air around them."""
    points = list(_reached(figure, skeletons))
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    left, right = min(xs) - MARGIN, max(xs) + MARGIN
    low, high = min(ys) - MARGIN, max(ys) + MARGIN
    wanted = max(right - left, (high - low) * 0.8)
    left -= (wanted - (right - left)) / 2
    high = max(high, low + wanted * 0.6)
    return f"{round(left)} {round(-high)} {round(wanted)} {round(high - low)}"


def _placed(skeleton: Skeleton, piece: Piece) -> str:
    if piece.on not in skeleton.bones:
        x, y = skeleton.points[piece.on]
        return f"translate({number(x)} {number(-y)})"
    bone = skeleton.bones[piece.on]
    if not piece.turned:
        return f"translate({number(bone.joint[0])} {number(-bone.joint[1])})"
    return _place(bone)


def _reached(figure: Figure, skeletons: Iterable[Skeleton]) -> Iterator[Point]:
    flesh = BODY[figure.view]
    for skeleton in skeletons:
        for name, (x, y) in skeleton.points.items():
            around = 14 if name == "head" else 1 if name.endswith(("heel", "toe")) else flesh
            yield from ((x - around, y - around), (x + around, y + around))
        for piece in figure.props:
            joint, turn = (0.0, 0.0), 0.0
            if piece.on in skeleton.bones:
                bone = skeleton.bones[piece.on]
                joint, turn = bone.joint, bone.turn if piece.turned else 0.0
            elif piece.on:
                joint = skeleton.points[piece.on]
            yield from (local(joint, turn, x, y) for x, y in piece.reach)
    if figure.floor:
        yield (0, -1)


def draw(
    figure: Figure,
    *,
    name: str,
    primary: Iterable[str],
    secondary: Iterable[str],
    uid: str = "",
    animated: bool = True,
) -> SafeString:
    """The figure as HTML: start and end side by side and, animated, a box that plays the movement.

    `name` is the exercise's; `primary` and `secondary` are the slugs of the muscles to tint; `uid`
    keeps the ids apart where several figures are on one page.
    """
    drawing = Drawing(figure, worked(primary, secondary), f"{uid or 'f'}-")
    first, last = figure.frames[0], figure.frames[-1]
    start = _("Start: %(words)s") % {"words": words(figure, first)}
    end = _("End: %(words)s") % {"words": words(figure, last)}
    box, back, front = view_box(figure, figure.frames), drawing.room("back"), drawing.room("front")
    back = drawing.floor() + back
    middle = drawing.room("middle")
    front = middle + front
    head = f'<svg viewBox="{box}" role="img" aria-label="'
    html = (
        f'<div class="figure-pose">{head}{escape(start)}">{drawing.defs()}{back}'
        f'<g id="{drawing.uid}S">{drawing.body(first)}</g>{front}</svg>'
        f"<span>{escape(_('Start'))}</span></div>"
        f'<div class="figure-pose">{head}{escape(end)}">{back}'
        f'<g id="{drawing.uid}E">{drawing.body(last)}</g>{front}</svg>'
        f"<span>{escape(_('End'))}</span></div>"
    )
    if animated:
        moves = escape(_("%(name)s, from the start to the end and back") % {"name": name})
        frames = "".join(
            f'<g class="fig-f{i}">{drawing.body(skeleton)}</g>'
            for i, skeleton in enumerate(figure.frames[1:-1], start=1)
        )
        html += (
            f'<div class="figure-film">{head}{moves}">{back}'
            f'<g class="fig-f0">{drawing.use("S")}</g>{frames}'
            f'<g class="fig-f{len(figure.frames) - 1}">{drawing.use("E")}</g>{front}</svg></div>'
            f'<label class="figure-play"><input type="checkbox" autocomplete="off"/>'
            f"{escape(_('Play the movement'))}</label>"
        )
    return mark_safe(f'<div class="figure">{html}</div>')  # noqa: S308  every text is escaped
