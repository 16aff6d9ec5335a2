"""What the library shows for a search: one statement for a page of it.

It is written by hand, because the ORM needs longer to write it than PostgreSQL to answer. What
"has all the words" and "is called so" mean is the same as in `ExerciseQuerySet`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from exercises.models import MuscleGroup
from exercises.querysets import AMONG, farthest, singular

PAGE = 25
NEAREST = 8

# What is typed stands in sub-selects: so it is made plain once, and not for every exercise.
LINES = """
    WITH fits AS {once} (
        SELECT e.id, e.slug, e.name, e.kind, e.staple, {rank} AS rank
        FROM exercises_exercise e {joins}
        WHERE {conditions}
        {among}
    ), page AS (
        SELECT * FROM fits ORDER BY {order} LIMIT %(size)s OFFSET %(start)s
    )
    SELECT slug, name, kind,
        ARRAY(SELECT m.name FROM exercises_musclework w
            JOIN exercises_muscle m ON m.id = w.muscle_id
            WHERE w.exercise_id = page.id AND w.share = 1 ORDER BY m.name),
        ARRAY(SELECT piece.name FROM exercises_exercise_equipment has
            JOIN exercises_equipment piece ON piece.id = has.equipment_id
            WHERE has.exercise_id = page.id ORDER BY piece.name),
        rank, {count}
    FROM page ORDER BY {order}
"""
TRAINS_GROUP = """EXISTS (SELECT FROM exercises_musclework w
    JOIN exercises_muscle m ON m.id = w.muscle_id
    WHERE w.exercise_id = e.id AND w.share = 1 AND m."group" = %(muscle)s)"""
TRAINS_MUSCLE = """JOIN exercises_musclework w ON w.exercise_id = e.id
    AND w.muscle_id = (SELECT id FROM exercises_muscle WHERE slug = %(muscle)s)"""
NEEDS = """EXISTS (SELECT FROM exercises_exercise_equipment has
    JOIN exercises_equipment piece ON piece.id = has.equipment_id
    WHERE has.exercise_id = e.id AND piece.slug = %(equipment)s)"""
HAS_WORD = "e.words LIKE (SELECT '%%' || exercises_plain(%({name})s) || '%%')"


@dataclass(frozen=True)
class Card:
    """A line of the list: what the exercise trains and needs, in names."""

    slug: str
    name: str
    kind: str
    trains: list[str]
    needs: list[str]


@dataclass(frozen=True)
class Found:
    """One page of what fits. `is_near` says that what is shown is only like the name; `beyond` is
    what would be found without the other filters, where nothing fits."""

    shown: list[Card]
    count: int
    number: int = 1
    more: str = ""
    back: str = ""
    is_near: bool = False
    beyond: list[Card] | None = None

    @property
    def first(self) -> int:
        """The number of the first one that is shown, of all."""
        return (self.number - 1) * PAGE + 1

    @property
    def lines(self) -> list[Card]:
        return self.shown if self.beyond is None else self.beyond


@dataclass(frozen=True)
class Wanted:
    """The pieces of LINES, all of them ours; what was typed or chosen is in `params`."""

    conditions: tuple[str, ...]
    params: dict[str, Any]
    joins: str = ""
    rank: str = "0"
    order: str = "rank, kind, name"
    by_distance: bool = False  # those that are nearest, and not too far; they are not counted

    def cards(self, size: int, start: int = 0) -> tuple[list[Card], int]:
        """A page, and how many there are."""
        pieces = {"rank": self.rank, "joins": self.joins, "order": self.order}
        pieces["conditions"] = " AND ".join(self.conditions)
        pieces["among"] = f"ORDER BY rank LIMIT {AMONG}" if self.by_distance else ""
        pieces["count"] = "0" if self.by_distance else "(SELECT count(*) FROM fits)"
        # An index answers sooner where all are wanted, or the nearest.
        by_index = self.by_distance or not self.params
        pieces["once"] = "NOT MATERIALIZED" if by_index else "MATERIALIZED"
        with connection.cursor() as cursor:
            cursor.execute(LINES.format(**pieces), self.params | {"size": size, "start": start})
            rows = cursor.fetchall()
        if self.by_distance:
            rows = [row for row in rows if row[-2] <= farthest(rows[0][-2])]
        return [Card(*row[:5]) for row in rows], rows[0][-1] if rows else 0


def search(chosen: dict[str, str], page: str = "") -> Found:
    """The exercises that fit the filters: those that have the words of the name; where none has,
    those that are nearly called so; where none is, the nearest without the other filters."""
    text = chosen.get("q", "")
    wanted = narrowed(chosen)
    found = one_page(with_words(wanted, text) if text else wanted, chosen, page)
    if found.count or not text:
        return found
    near, _count = nearest(wanted, text).cards(NEAREST)
    if near:
        return Found(near, len(near), is_near=True)
    everything = narrowed({})
    beyond, _count = with_words(everything, text).cards(NEAREST)
    if not beyond:
        beyond, _count = nearest(everything, text).cards(NEAREST)
    return Found([], 0, beyond=beyond)


def one_page(wanted: Wanted, chosen: dict[str, str], page: str) -> Found:
    is_number = page.isascii() and page.isdigit() and len(page) < 4
    number = max(int(page), 1) if is_number else 1
    shown, count = wanted.cards(PAGE, (number - 1) * PAGE)
    if number > 1 and not shown:
        return one_page(wanted, chosen, "1")
    more = urlencode(chosen | {"page": number + 1}) if count > number * PAGE else ""
    back = urlencode(chosen | {"page": number - 1}) if number > 1 else ""
    return Found(shown, count, number, more, back)


def narrowed(chosen: dict[str, str]) -> Wanted:
    """By all filters but the name; in the order of the names. A group is trained by its primary
    muscles alone; of a single muscle those come first that train it most."""
    conditions = ["e.retired_at IS NULL", "e.owner_id IS NULL"]
    is_group = chosen.get("muscle") in MuscleGroup
    if is_group:
        conditions.append(TRAINS_GROUP)
    if "equipment" in chosen:
        conditions.append(NEEDS)
    if "legs" in chosen:
        conditions.append("e.unilateral" if chosen["legs"] == "one" else "NOT e.unilateral")
    conditions += [f"e.{name} = %({name})s" for name in ("kind", "mechanics") if name in chosen]
    wanted = Wanted(tuple(conditions), dict(chosen))
    if "muscle" in chosen and not is_group:
        return replace(wanted, joins=TRAINS_MUSCLE, rank="-w.share")
    return wanted


def with_words(wanted: Wanted, text: str) -> Wanted:
    """What has all words of `text`; first what is called so, then what most people mean by it."""
    words = {f"word{n}": escaped(singular(word)) for n, word in enumerate(text.split())}
    words["name"] = escaped(f"\n{' '.join(text.split())}\n")
    has_words = tuple(HAS_WORD.format(name=name) for name in words if name != "name")
    return replace(
        wanted,
        conditions=wanted.conditions + has_words,
        params=wanted.params | words,
        rank=f"CASE WHEN {HAS_WORD.format(name='name')} THEN 0 ELSE 1 END",
        order="rank, kind, staple DESC, length(name), name",
    )


def nearest(wanted: Wanted, text: str) -> Wanted:
    """What is called most like `text`."""
    return replace(
        wanted,
        params=wanted.params | {"text": " ".join(text.split())},
        rank="e.words <->> (SELECT exercises_plain(%(text)s))",
        by_distance=True,
        order="rank, kind, staple DESC, length(name)",
    )


def escaped(text: str) -> str:
    r"""`text` as LIKE finds it: 50\% for 50%."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
