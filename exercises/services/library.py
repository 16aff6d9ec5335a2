"""Bringing the library's files into an installation."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from exercises.evidence import load_claims
from exercises.facts import Facts
from exercises.models import Equipment, Exercise, InstructionRevision, Kind, Muscle
from exercises.services.facts import write_facts

LIBRARY = Path(__file__).parent.parent / "library"


def read(*names: str) -> dict[str, Any]:
    """The tables of library files, put together."""
    tables: dict[str, Any] = {}
    for name in names:
        tables |= tomllib.loads((LIBRARY / name).read_text("utf-8"))
    return tables


@cache
def written() -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What the files say: of muscles and equipment, and of every movement by its slug.

    A movement has its facts, its kind and its instructions in one table.
    """
    facts = read("facts.toml")
    texts = read(*(f"instructions/{path.name}" for path in (LIBRARY / "instructions").iterdir()))
    movements = {slug: fact | texts[slug] for slug, fact in facts["exercises"].items()}
    for name, kind in (("warm_ups.toml", Kind.WARM_UP), ("stretches.toml", Kind.STRETCH)):
        movements |= {slug: fact | {"kind": kind.value} for slug, fact in read(name).items()}
    return facts, movements


def facts_from(movement: dict[str, Any]) -> Facts:
    """The facts in a movement's table."""
    return Facts(**{name: value for name, value in movement.items() if name in FACTS})


FACTS = frozenset(Facts.__dataclass_fields__)


def texts_from(movement: dict[str, Any]) -> dict[str, Any]:
    """The instructions in a movement's table, as a revision holds them."""
    texts = {name: "\n".join(movement[name]) for name in InstructionRevision.TEXTS}
    return texts | {name: movement[name] for name in ("tempo", "rest_seconds")}


@transaction.atomic
def load_library() -> int:
    """Brings the library's facts and first instructions into an installation.

    Adds what is missing and changes nothing that is there: an editor's work is never overwritten.
    Returns the number of exercises added.
    """
    facts, movements = written()
    load_claims()
    have = set(Exercise.objects.values_list("slug", flat=True))
    missing = {slug: movement for slug, movement in movements.items() if slug not in have}
    if missing:
        _add_equipment_and_muscles(facts)
    for slug, movement in missing.items():
        write_facts(Exercise(slug=slug), facts_from(movement))
    _mark_staples(movements)
    _add_first_instructions(movements)
    return len(missing)


def _add_equipment_and_muscles(facts: dict[str, Any]) -> None:
    for model, rows in ((Muscle, facts["muscles"]), (Equipment, facts["equipment"])):
        for slug, row in rows.items():
            model.objects.get_or_create(slug=slug, defaults=row)


def _mark_staples(movements: dict[str, dict[str, Any]]) -> None:
    """Of those whose facts nobody has touched: older installations know no staples."""
    staples = [slug for slug, movement in movements.items() if movement.get("staple")]
    untouched = Exercise.objects.filter(slug__in=staples, staple=False, facts_revisions=None)
    untouched.update(staple=True)


def _add_first_instructions(movements: dict[str, dict[str, Any]]) -> None:
    """To those that never had any, also in installations that are older than their text."""
    bare: Iterable[Exercise] = Exercise.objects.filter(slug__in=movements, revisions=None)
    InstructionRevision.objects.bulk_create(
        InstructionRevision(exercise=exercise, **texts_from(movements[exercise.slug]))
        for exercise in bare
    )
