"""The gym's own programs, which every installation starts with."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from legtraining.domain.shorthand import parse_plan
from programs.models import Program
from programs.plans import find_exercises
from programs.services.writing import write_program

LIBRARY = Path(__file__).parent.parent / "library"


@transaction.atomic
def load_programs() -> int:
    """Adds the programs of `library/` that are missing; one that is there stays as it is.

    The exercises have to be there. Returns how many were added.
    """
    known = set(Program.objects.filter(key__isnull=False).values_list("key", flat=True))
    missing = [path for path in sorted(LIBRARY.glob("*.txt")) if path.stem not in known]
    for path in missing:
        plan = parse_plan(path.read_text("utf-8"))
        program = Program.objects.create(
            key=path.stem, title=plan.title, goal=plan.goal, weeks=len(plan.weeks)
        )
        write_program(
            program=program,
            title=plan.title,
            goal=plan.goal,
            weeks=len(plan.weeks),
            days=find_exercises(plan),
        )
    return len(missing)
