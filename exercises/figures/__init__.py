"""The exercises' figures: drawn by us from joint angles, start and end, for every exercise."""

from exercises.figures.data import FIGURES, Figure
from exercises.figures.drawing import draw
from exercises.figures.thumb import thumbnail

__all__ = ["FIGURES", "Figure", "draw", "thumbnail"]
