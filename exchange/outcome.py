"""What came of an import, as its page tells it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.models import ImportBatch
from exchange.preview import OPEN, Trouble, grouped

REST = {
    "racks": gettext_lazy("units with their bars and plates"),
    "setups": gettext_lazy("set-ups of exercises"),
    "bands": gettext_lazy("target bands"),
    "name_choices": gettext_lazy("choices of exercises for other apps’ names"),
    "check_ins": gettext_lazy("check-ins"),
}


@dataclass(frozen=True)
class Outcome:
    """Of `ImportBatch.counts`."""

    sessions: int
    sets: int
    there: int
    own: int  # exercises that were made
    first: dt.date | None
    last: dt.date | None
    rest: Sequence[tuple[int, str]]  # what else our own export brought back
    out: Sequence[tuple[str, str]]
    troubles: Sequence[Trouble]
    more: int  # lines that were not read and are not listed
    kept_sets: int
    kept_sessions: int

    @property
    def open_troubles(self) -> Sequence[Trouble]:
        return self.troubles[:OPEN]

    @property
    def more_troubles(self) -> Sequence[Trouble]:
        return self.troubles[OPEN:]

    @property
    def sets_text(self) -> str:
        return grouped(self.sets)

    @property
    def sessions_text(self) -> str:
        return grouped(self.sessions)

    @property
    def there_text(self) -> str:
        return grouped(self.there)


def outcome_of(batch: ImportBatch) -> Outcome:
    counts: dict[str, Any] = batch.counts
    problems = counts.get("problems", [])
    out = [(grouped(count), _(reason)) for reason, count in counts.get("out", {}).items()]
    if for_day := counts.get("out_for_day"):
        out.append((grouped(for_day), _("on days with another session")))
    return Outcome(
        sessions=counts.get("sessions", 0),
        sets=counts.get("sets", 0),
        there=counts.get("there", 0),
        own=len(counts.get("exercises", [])),
        rest=[
            (len(counts["rest"][name]), str(what))
            for name, what in REST.items()
            if name in counts.get("rest", {})
        ]
        + ([(len(counts["programs"]), _("programs"))] if counts.get("programs") else []),
        first=_day(counts.get("first")),
        last=_day(counts.get("last")),
        out=out,
        troubles=[
            Trouble(line, _(sentence) % values, text) for line, sentence, values, text in problems
        ],
        more=counts.get("problem_count", 0) - len(problems),
        kept_sets=counts.get("kept_sets", 0),
        kept_sessions=counts.get("kept_sessions", 0),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
