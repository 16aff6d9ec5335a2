"""What the columns of a table mean, whatever language their headings are in.

The apps translate their headings and change their order between versions, so that columns are
found by parts of words in the languages the apps are made in, and never by their place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legtraining.domain.imports import values
from legtraining.domain.imports.months import plain
from legtraining.domain.units import Unit

_LONGEST = 80
_QUALIFIED = re.compile(r"(.*?)\s*[(（]([^()（）]*)[)）]\s*")

_WORKOUT = (
    "workout entrenamiento entrainement seance allenamento treino training trening тренировк"
    " ワークアウト トレーニング 锻炼 训练 鍛鍊 訓練 워크아웃"
)
_NOTE = (
    "note notiz nota notit comment kommentar coment opmerking замет примеч メモ ノート 备注 備註"
    " 笔记 筆記 메모"
)
_WEIGHT = "weight gewicht peso poids вес 重量 重さ 무게 중량"
_DISTANCE = "distan entfernung strecke afstand дистанц расстоян 距離 距离 거리"
_EXERCISE = (
    "exercise ubung ejercicio exercice esercizi exercicio oefening упражнен エクササイズ 種目 练习"
    " 練習 动作 動作 운동"
)
_ORDER = (
    "set_order setorder reihenfolge satz serie ordin orden ordre ordem volgorde порядок подход"
    " セット 组 組 세트"
)
_UNIT = "unit einheit unidad unite unita eenheid единиц 単位 单位 單位 단위"

# Tried in this order; a heading is the first whose every group has a part in it.
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rpe", ("rpe",)),
    ("weight_unit", (_WEIGHT, _UNIT)),
    ("weight", (_WEIGHT,)),
    ("distance_unit", (_DISTANCE, _UNIT)),
    ("distance", (_DISTANCE,)),
    ("workout_note", (_WORKOUT, _NOTE)),
    ("note", (_NOTE,)),
    ("duration", ("durat dauer durac duree duur длит продолж 時間 时长 時長 운동시간",)),
    ("exercise", (_EXERCISE,)),
    ("order", (_ORDER,)),
    ("reps", ("reps wdh wiederhol repet ripet herhal повтор 回数 レップ 次数 次數 횟수",)),
    ("seconds", ("second sekund segund secondi сек 秒 초",)),
    ("category", ("categ kateg катег 部位 类别 類別 カテゴリ",)),
    ("number", ("# nummer number",)),
    ("date", ("date datum fecha data дата 日付 日時 日期 날짜",)),
    ("workout", (_WORKOUT,)),
    ("seconds", ("time zeit tiempo tempo temps tijd время",)),
)
_PARTS = tuple(
    (meaning, tuple(tuple(map(plain, group.split())) for group in groups))
    for meaning, groups in _RULES
)


@dataclass(frozen=True)
class Heading:
    """One heading: what it means (empty for nothing we know), and the word in its brackets."""

    meaning: str
    qualifier: str

    @property
    def unit(self) -> Unit | None:
        return values.unit(self.qualifier)


def heading(cell: str) -> Heading:
    text = " ".join(cell[:_LONGEST].split())
    qualifier = ""
    if qualified := _QUALIFIED.fullmatch(text):
        text, qualifier = qualified.groups()
    text = plain(text).replace("set order", "set_order").replace("’", "'")
    for meaning, groups in _PARTS:
        if all(any(part in text for part in group) for group in groups):
            return Heading(meaning, qualifier.strip())
    return Heading("", qualifier.strip())


@dataclass(frozen=True)
class Columns:
    """Where each meaning stands in a row. Of two headings with one meaning the first counts."""

    places: dict[str, int]
    headings: Sequence[Heading]

    def __contains__(self, meaning: str) -> bool:
        return meaning in self.places

    def cell(self, row: Sequence[str], meaning: str) -> str:
        """The cell, empty where the table has no such column."""
        place = self.places.get(meaning)
        return "" if place is None else row[place]

    def named(self, meaning: str) -> Iterator[int]:
        """The places of all headings with that meaning."""
        return (at for at, each in enumerate(self.headings) if each.meaning == meaning)

    def unit(self, meaning: str) -> Unit | None:
        return self.headings[self.places[meaning]].unit if meaning in self.places else None

    def qualifier(self, meaning: str) -> str:
        return self.headings[self.places[meaning]].qualifier if meaning in self.places else ""


def columns(header: Sequence[str]) -> Columns:
    headings = [heading(cell) for cell in header]
    places: dict[str, int] = {}
    for place, each in enumerate(headings):
        if each.meaning:
            places.setdefault(each.meaning, place)
    return Columns(places, headings)


def names(header: Sequence[str]) -> dict[str, int]:
    """The headings of apps that do not translate them, small, with their places."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        found.setdefault(" ".join(plain(cell[:_LONGEST]).split()), place)
    return found
