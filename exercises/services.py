"""Writes to the library."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from exercises.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    InstructionRevision,
    Muscle,
    MuscleWork,
)

LIBRARY = Path(__file__).parent / "library"


@transaction.atomic
def publish_instructions(
    *, exercise: Exercise, author: User | None, note: str = "", **fields: Any
) -> InstructionRevision | None:
    """Adds a revision with `fields`, which the page shows at once.

    Fields that are not named keep the text they have. Returns None, and adds nothing, when
    nothing would change.
    """
    Exercise.objects.select_for_update().get(pk=exercise.pk)
    current = exercise.revisions.current()
    before = {name: getattr(current, name) for name in InstructionRevision.FIELDS if current}
    after = before | fields
    if current and after == before:
        return None
    return InstructionRevision.objects.create(exercise=exercise, author=author, note=note, **after)


@transaction.atomic
def load_library() -> int:
    """Brings the library's facts and first instructions into an installation.

    Adds what is missing and changes nothing that is there: an editor's work is never overwritten.
    Returns the number of exercises added.
    """
    facts = tomllib.loads((LIBRARY / "facts.toml").read_text("utf-8"))
    texts = tomllib.loads((LIBRARY / "instructions.toml").read_text("utf-8"))
    have = set(Exercise.objects.values_list("slug", flat=True))
    missing = {slug: fact for slug, fact in facts["exercises"].items() if slug not in have}
    if not missing:
        return 0
    for model, rows in ((Muscle, facts["muscles"]), (Equipment, facts["equipment"])):
        for slug, row in rows.items():
            model.objects.get_or_create(slug=slug, defaults=row)
    muscles = {muscle.slug: muscle for muscle in Muscle.objects.all()}
    equipment = {piece.slug: piece for piece in Equipment.objects.all()}
    for slug, fact in missing.items():
        _add_exercise(slug, fact, texts.get(slug), muscles, equipment)
    return len(missing)


def _add_exercise(
    slug: str,
    fact: dict[str, Any],
    text: dict[str, Any] | None,
    muscles: dict[str, Muscle],
    equipment: dict[str, Equipment],
) -> None:
    exercise = Exercise.objects.create(
        slug=slug,
        name=fact["name"],
        mechanics=fact["mechanics"],
        unilateral=fact["unilateral"],
        joint_actions=";".join(fact["joint_actions"]),
        load=fact["load"],
        erratum=(text or {}).get("erratum", ""),
    )
    exercise.equipment.set(equipment[piece] for piece in fact["equipment"])
    shares = {MuscleWork.PRIMARY: fact["primary"], MuscleWork.SECONDARY: fact["secondary"]}
    MuscleWork.objects.bulk_create(
        MuscleWork(exercise=exercise, muscle=muscles[muscle], share=share)
        for share, names in shares.items()
        for muscle in names
    )
    ExerciseAlias.objects.bulk_create(
        ExerciseAlias(exercise=exercise, name=name) for name in fact["aliases"]
    )
    if text:
        InstructionRevision.objects.create(
            exercise=exercise,
            tempo=text["tempo"],
            rest_seconds=text["rest_seconds"],
            **{field: "\n".join(text[field]) for field in InstructionRevision.TEXTS},
        )
