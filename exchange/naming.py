"""Which exercise a name in another app's file means.

A wrong answer that nobody notices is worse than none: then the member is asked. So two names are
one only where all their words are, apart from their order, the equipment that the exercise needs
anyway, and words that say nothing; a slip of the pen is told as one. `names.toml` has what other
apps call our exercises.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from accounts.models import User
from exchange.models import NameChoice
from exercises.models import Exercise, Load

NAMES = Path(__file__).parent / "names.toml"
LONGEST = 200  # characters of a key
OFFERED = 5  # alternatives of a name
ALIKE = 0.25  # the least part of the words that an alternative shares
SLIP = 5  # letters: in shorter words a slip of the pen is another word ("half", "calf")

How = Literal["remembered", "exact", "known", "near", "none", "left_out"]
type Bag = frozenset[str]


@dataclass(frozen=True)
class Match:
    """What a name means, and how that is known.

    `remembered` and `left_out`: the member chose so before. `exact`: it is called so, here or among
    the member's own. `known`: other apps call it so. `near`: but for a slip of the pen, or words
    that say nothing. `none`: nobody knows. `is_leg` also where it is no exercise of ours.
    """

    exercise: Exercise | None
    how: How
    is_leg: bool
    alternatives: list[Exercise] = field(default_factory=list)


# --- Keys -----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name in small letters, without accents, with one space between its words.

    It is a part of the keys by which a set that came in before is known again, and of what a member
    chose for a name: IT MUST NEVER CHANGE, or every file comes in twice. Names with one key are one
    name. At most LONGEST characters; empty only where nothing of the name can be seen.
    """
    text = _plain(_plain(name))  # twice: what small letters are made of may have accents too
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    if not words:  # of signs only
        words = "".join(letter if letter.isprintable() else " " for letter in text).split()
    return " ".join(words)[:LONGEST].rstrip()


def _plain(text: str) -> str:
    """Without the accents of Latin, Greek and Cyrillic letters; other marks make other letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFKC", bare)


# --- What names.toml says -------------------------------------------------------------------------


class Words:
    """The lists of names.toml, every word as `name_key` writes it."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.same = {name_key(word): kept for kept, words in said["same"].items() for word in words}
        phrases = [
            (name_key(phrase), kept) for kept, these in said["phrases"].items() for phrase in these
        ]
        self.phrases = dict(phrases)
        # The longest first: of "one legged" nothing must be left.
        longest = sorted(self.phrases, key=len, reverse=True)
        self.any_phrase = re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b")
        self.nothing = frozenset(map(self.one, map(name_key, said["nothing"]["words"])))
        self.focus = frozenset(map(self.one, said["nothing"]["focus"]))
        self.leg, self.other = (
            {kind: tuple(map(name_key, these)) for kind, these in said[part].items()}
            for part in ("leg", "other")
        )
        self.known = said["known"]

    def bag(self, name: str) -> Bag:
        """The words of a name, each in the form in which all names have it."""
        key = self.any_phrase.sub(lambda found: self.phrases[found[0]], name_key(name))
        return frozenset(self.one(word) for word in key.split())

    def one(self, word: str) -> str:
        single = _singular(word)
        return self.same.get(word) or self.same.get(single) or single

    def bare(self, bag: Bag) -> Bag:
        """Without the words that say nothing."""
        if bag & self.focus:
            bag = bag - self.focus - {"quad", "glute", "hamstring", "hip"}
        return bag - self.nothing


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def words() -> Words:
    return Words(tomllib.loads(NAMES.read_text("utf-8")))


# --- Leg work -------------------------------------------------------------------------------------


def says_leg(text: str) -> bool | None:
    """Whether a name, or a word for a part of the body, is of leg work; None where it says neither
    that nor another part."""
    key, said = name_key(text), words()
    there = set(key.split())
    strong = (
        any(word.startswith(said.leg["stems"]) for word in there)
        or any(f" {phrase} " in f" {key} " for phrase in said.leg["phrases"])
        or any(part in key for part in said.leg["parts"])
    )
    if strong:
        return True
    other = not there.isdisjoint(said.other["words"]) or any(
        f" {phrase} " in f" {key} " for phrase in said.other["phrases"]
    )
    if other:
        return False
    return True if there & set(said.leg["words"]) else None


def is_leg(name: str, category: str) -> bool:
    """The file's own word for the part of the body says more than the name of the exercise."""
    said = says_leg(category)
    return bool(says_leg(name) if said is None else said)


# --- Matching -------------------------------------------------------------------------------------


def match_names(member: User, names: Mapping[str, str]) -> dict[str, Match]:
    """What each name means, with the file's word for what it trains (or ''). Six queries, however
    many names there are."""
    keys = {name: name_key(name) for name in names}
    choices = NameChoice.objects.filter(member=member, name__in=set(keys.values()))
    chosen = {choice.name: choice.exercise for choice in choices.select_related("exercise")}
    shelf = Shelf(member)
    return {
        name: _match(shelf, name, keys[name], category, chosen) for name, category in names.items()
    }


def _match(
    shelf: Shelf, name: str, key: str, category: str, chosen: Mapping[str, Exercise | None]
) -> Match:
    exercise, how = shelf.find(name, key)
    if key in chosen:
        exercise = chosen[key]
        how = "remembered" if exercise else "left_out"
    if exercise and exercise.owner_id is None:
        leg = True  # so is everything in the library
    elif exercise and exercise.muscle_work.all():
        leg = True
    else:
        leg = is_leg(name, category)
    alternatives = shelf.alternatives(name, exercise) if leg else []
    return Match(exercise, how, leg, alternatives)


class Shelf:
    """The exercises that a member's names may mean, by all their names. Five queries."""

    def __init__(self, member: User) -> None:
        known = Exercise.objects.known_to(member).filter(kind="exercise").with_names()
        exercises = list(known.select_related("merged_into"))
        self.own: dict[str, Exercise] = {}
        self.library: dict[str, Exercise] = {}  # by address
        self.keys: dict[str, Exercise] = {}
        called: list[tuple[str, Exercise]] = []
        for exercise in exercises:
            meant = exercise.merged_into or exercise
            if exercise.owner_id is not None:
                self.own[name_key(exercise.name)] = meant
            elif meant.retired_at is None:
                self.library[exercise.slug] = meant
                called += [(each, meant) for each in _names(exercise)]
        self.keys = {name_key(name): exercise for name, exercise in called}
        said = words()
        self.known = {
            name_key(name): self.library[slug]
            for slug, these in said.known.items()
            if slug in self.library
            for name in these
        }
        self.equipment = {each.pk: _equipment(each) for each in exercises}
        self.exact = Bags(called, self.equipment)
        self.other_apps = Bags(self.known.items(), self.equipment)
        self.spelling = Spelling([self.exact, self.other_apps])

    def find(self, name: str, key: str) -> tuple[Exercise | None, How]:
        """What is called so. What the member made themselves comes first: they meant it so."""
        said = words()
        bag = said.bag(name)
        mended = said.bare(self.spelling.mend(bag))
        tries: tuple[tuple[Exercise | None, How], ...] = (
            (self.own.get(key), "exact"),
            (self.keys.get(key), "exact"),
            (self.known.get(key), "known"),
            (self.exact.find(bag), "exact"),
            (self.other_apps.find(bag), "known"),
            (self.exact.find(mended) or self.other_apps.find(mended), "near"),
        )
        return next(((found, how) for found, how in tries if found), (None, "none"))

    def alternatives(self, name: str, exercise: Exercise | None) -> list[Exercise]:
        """What else may be meant: the exercises that share the most words with the name."""
        said = words()
        bag = said.bare(self.spelling.mend(said.bag(name)))
        best: dict[Exercise, float] = {}
        for other, found in self.exact.all():
            shared = bag & other
            alike = len(shared) / len(bag | other)
            if alike >= ALIKE and found != exercise and shared - self.exact.pieces:
                best[found] = max(alike, best.get(found, 0))
        order = sorted(best, key=lambda each: (-best[each], not each.staple, each.name))
        return order[:OFFERED]


def _names(exercise: Exercise) -> list[str]:
    return [exercise.name, *(alias.name for alias in exercise.aliases.all())]


def _equipment(exercise: Exercise) -> Bag:
    """The words for what the exercise needs anyway, so that a name may have them or not."""
    names = [piece.slug.replace("_", " ") for piece in exercise.equipment.all()]
    if exercise.load == Load.BODYWEIGHT:
        names += ["weighted", "bodyweight"]
    return frozenset(word for name in names for word in words().bag(name))


class Bags:
    """Exercises by the words of their names, in any order."""

    def __init__(
        self, called: Iterable[tuple[str, Exercise]], equipment: Mapping[int, Bag]
    ) -> None:
        self.by_bag: dict[Bag, dict[int, Exercise]] = {}
        for name, exercise in called:
            self.by_bag.setdefault(words().bag(name), {})[exercise.pk] = exercise
        self.equipment = equipment
        self.pieces: Bag = frozenset().union(*equipment.values()) if equipment else frozenset()

    def all(self) -> Iterable[tuple[Bag, Exercise]]:
        return ((bag, each) for bag, found in self.by_bag.items() for each in found.values())

    def find(self, bag: Bag) -> Exercise | None:
        """What is called by these words, or by these without equipment that it needs anyway. None
        where two are."""
        found = self.by_bag.get(bag)
        if found is None:
            found = {
                pk: exercise
                for less in _without(bag, bag & self.pieces)
                for pk, exercise in self.by_bag.get(less, {}).items()
                if bag - less <= self.equipment.get(pk, frozenset())
            }
        return next(iter(found.values())) if len(found) == 1 else None


def _without(bag: Bag, pieces: Bag) -> Iterable[Bag]:
    """`bag` with any of `pieces` left out; of very many none, since no name is like that."""
    if len(pieces) > 4:
        return
    order = sorted(pieces)
    for number in range(1, 2 ** len(order)):
        yield bag - {piece for place, piece in enumerate(order) if number >> place & 1}


class Spelling:
    """The words of all names, by what is left of them without one letter.

    A word that is none of them but for one letter, or for two that changed places, is that one;
    where it may be two of them it is neither. So a word of a name stays what it is, because it is
    itself and perhaps another: "abduction" is no slip of "adduction".
    """

    def __init__(self, bags: Iterable[Bags]) -> None:
        self.shorter: dict[str, set[str]] = {}
        for word in {word for each in bags for bag in each.by_bag for word in bag}:
            if len(word) >= SLIP:
                for less in _one_less(word):
                    self.shorter.setdefault(less, set()).add(word)

    def mend(self, bag: Bag) -> Bag:
        return frozenset(map(self.meant, bag))

    def meant(self, word: str) -> str:
        if len(word) < SLIP or not word.isalpha():
            return word
        near = {meant for less in _one_less(word) for meant in self.shorter.get(less, ())}
        return near.pop() if len(near) == 1 else word


def _one_less(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}
