"""The log as tables for a spreadsheet: sessions.csv, sets.csv, check_ins.csv.

`sets.csv` can be read again without the others, so it repeats of each session what that needs.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.translation import gettext_lazy as _

from exercises.models import MuscleGroup
from legtraining.csv_cells import cell
from legtraining.domain.units import to_kg

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which a spreadsheet knows that it is UTF-8
type Record = Mapping[str, Any]
type Columns = Mapping[str, Any]  # the columns in their order, and what each is

SESSIONS: Columns = {
    "session": _("the session’s number for ever"),
    "day": _("the day on which it began"),
    "started_at": _("when it began, by your clock"),
    "finished_at": _("when it ended; nothing while it is open"),
    "title": _("what it is called"),
    "program": _("the program it was of"),
    "week": _("the week of that program"),
    "workout_day": _("the day of that week"),
    "rpe": _("how hard it was, 0 to 10"),
    "note": _("your note"),
    "sets": _("how many sets, without warm-ups and deleted ones"),
    "weight_reps_kg": _("the sum of weight times reps of these, in kg"),
    "deleted_at": _("when you discarded it"),
}
SETS: Columns = {
    "session": _("the session it belongs to, as in sessions.csv"),
    "day": _("the day of the session"),
    "started_at": _("when the session began"),
    "finished_at": _("when the session ended"),
    "title": _("what the session is called"),
    "order": _("the exercise’s number in the session"),
    "exercise": _("the exercise"),
    "exercise_slug": _("the exercise’s address in the library"),
    "superset": _("exercises done in turns have the same letter"),
    "set": _("the set’s number; 0 is a proposed warm-up"),
    "kind": _("warmup, work, drop, amrap (as many as possible) or failed"),
    "weight": _("the weight as you typed it"),
    "unit": _("kg or lb"),
    "reps": _("repetitions; of one-legged exercises those of each side"),
    "seconds": _("seconds held"),
    "rir": _("repetitions in reserve"),
    "note": _("your note"),
    "done_at": _("when it was done"),
    "deleted_at": _("when you deleted the set"),
    "session_deleted_at": _("when you discarded its session"),
    "key": _("the set’s number for ever"),
}
CHECK_INS: Columns = {
    "day": _("the day"),
    **{f"soreness_{group.value}": _("soreness, 0 to 10") for group in MuscleGroup},
    "pain": _("pain, 0 to 10"),
    "pain_place": _("where"),
    "pain_side": _("left, right or both"),
    "signs": _("warning signs, with a space between them"),
    "body_weight": _("body weight"),
    "body_weight_unit": _("kg or lb"),
    "deleted_at": _("when you deleted it"),
}


class Table:
    """A CSV that grows row by row. Texts are guarded, see `legtraining.csv_cells`."""

    def __init__(self, columns: Columns) -> None:
        self.columns = tuple(columns)
        self.file = StringIO()
        self.writer = csv.writer(self.file)
        self.writer.writerow(self.columns)

    def add(self, row: Record) -> None:
        self.writer.writerow([cell(row.get(name)) for name in self.columns])

    def text(self) -> str:
        return BOM + self.file.getvalue()


class Log:
    """The tables of the log, filled as the sessions come by; `titles` are the programs' by their
    numbers."""

    def __init__(self, titles: Mapping[int, str]) -> None:
        self.titles = titles
        self.sessions, self.sets = Table(SESSIONS), Table(SETS)

    def add(self, session: Record) -> None:
        self.sessions.add(self._session(session))
        of_session = {
            "session": session["uuid"],
            "session_deleted_at": session.get("deleted_at"),
            **{name: session.get(name) for name in ("day", "started_at", "finished_at", "title")},
        }
        for block in session["blocks"]:
            of_block = {
                "order": block["order"],
                "exercise": block["exercise_name"],
                "exercise_slug": block["exercise"],
                "superset": block.get("superset"),
            }
            for each in block["sets"]:
                self.sets.add({**each, "set": each["position"], **of_session, **of_block})

    def _session(self, session: Record) -> Record:
        sets = [
            each
            for block in session["blocks"]
            for each in block["sets"]
            if "deleted_at" not in each and each["kind"] != "warmup"
        ]
        return {
            **session,
            "session": session["uuid"],
            "program": self.titles.get(session.get("program", 0)),
            "sets": len(sets),
            "weight_reps_kg": lifted(sets),
        }


def lifted(sets: list[Record]) -> Decimal:
    """The sum of weight times repetitions in kg, to a hundredth."""
    kg = (
        to_kg(Decimal(str(each["weight"])), each["unit"]) * each["reps"]
        for each in sets
        if "weight" in each and "reps" in each
    )
    return round(sum(kg, Decimal(0)), 2)


def check_ins(rows: list[dict[str, Any]]) -> str:
    table = Table(CHECK_INS)
    for row in rows:
        sore = {f"soreness_{group}": value for group, value in row.get("soreness", {}).items()}
        unit = row.get("body_weight_unit") if "body_weight" in row else None
        signs = " ".join(row.get("signs", ()))
        table.add({**row, **sore, "signs": signs, "body_weight_unit": unit})
    return table.text()
