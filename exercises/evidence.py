"""What is said about leg training, what studies found, and which exercises it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from exercises.models import Claim, Exercise, Reference

CLAIMS = Path(__file__).parent / "library" / "claims.toml"

# Which exercises a claim is about, by its address. No relation: it is true of these words only.
MOVEMENTS = {
    "hip-shape": ["barbell-hip-thrust"],
    "movement-1-name": ["leg-extension", "seated-leg-curl"],
    "seated-heel-raise": ["seated-calf-raise"],
    "standing-heel-raise": ["standing-calf-raise"],
}


@transaction.atomic
def load_claims() -> int:
    """Adds the claims and references of the file that are missing; returns how many claims.

    Changes nothing that is there: an editor's work is never overwritten. A claim is there when its
    address or its number is.
    """
    written = tomllib.loads(CLAIMS.read_text("utf-8"))
    numbers = set(Reference.objects.values_list("number", flat=True))
    Reference.objects.bulk_create(
        Reference(**row) for row in written["references"] if row["number"] not in numbers
    )
    references = {reference.number: reference for reference in Reference.objects.all()}
    there = {key for pair in Claim.objects.values_list("slug", "number") for key in pair}
    missing = [row for row in written["claims"] if there.isdisjoint((row["slug"], row["number"]))]
    for row in missing:
        cited = row.pop("references", [])
        claim = Claim.objects.create(**row)
        claim.references.set(references[number] for number in cited)
    return len(missing)


def with_movements(claims: Iterable[Claim]) -> list[tuple[Claim, list[Exercise]]]:
    """Each claim with the exercises it is about, as far as the library shows them."""
    wanted = [slug for slugs in MOVEMENTS.values() for slug in slugs]
    exercises = {each.slug: each for each in Exercise.objects.in_use().filter(slug__in=wanted)}
    return [
        (claim, [exercises[slug] for slug in MOVEMENTS.get(claim.slug, ()) if slug in exercises])
        for claim in claims
    ]


def references_of(claims: Iterable[Claim]) -> list[Reference]:
    """Every reference of `claims` once, by number. Fetch the claims with their references."""
    found = {each.number: each for claim in claims for each in claim.references.all()}
    return [found[number] for number in sorted(found)]
