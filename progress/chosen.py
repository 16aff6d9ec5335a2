"""What the address of the progress page asks for, and the addresses of the same page otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from exercises.models import MuscleGroup

# How many weeks are shown; None: all there are.
RANGES: Mapping[str, int | None] = {"12": 12, "26": 26, "52": 52, "all": None}
USUAL = "12"

NOW, AVERAGE = "now", "average"  # what the body map shows


@dataclass(frozen=True)
class Chosen:
    """What cannot be read is as if it was not there."""

    weeks: str = USUAL
    group: str = ""  # "": the one with the most sets
    map: str = ""  # "": the average, where there is one

    @classmethod
    def read(cls, query: QueryDict) -> Chosen:
        weeks, group, map_of = (query.get(name, "") for name in ("weeks", "group", "map"))
        return cls(
            weeks=weeks if weeks in RANGES else USUAL,
            group=group if group in MuscleGroup.values else "",
            map=map_of if map_of in (NOW, AVERAGE) else "",
        )

    def link(self, at: str, **other: str) -> str:
        """The address with something else chosen, at the part `at` of the page."""
        said = {"weeks": self.weeks, "group": self.group, "map": self.map} | other
        return f"?{urlencode({name: value for name, value in said.items() if value})}#{at}"
