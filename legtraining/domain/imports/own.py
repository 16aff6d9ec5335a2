"""Our own export coming back: `export.json` whole, or `sets.csv` alone.

Nothing here knows what is in the log already; `exchange.restoring` makes rows of it. What other
apps do not have stands in `own` of the file, of each session, exercise and set, with the names of
docs/export.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, cast
from uuid import UUID

from legtraining.csv_cells import uncell
from legtraining.domain.imports.own_fields import KINDS, PARTS, SESSIONS, UNITS
from legtraining.domain.imports.own_values import FIRST, LAST, wrong
from legtraining.domain.imports.parsed import Parsed, Problem, ReadBlock, ReadSession, ReadSet
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import MAX_REPS, MAX_RIR, MAX_SECONDS, MAX_WEIGHT, Unit

FORMAT, VERSION = "legtraining-export", 1
MAX_VALUES = 2_500_000  # in the whole file; a set of ours has about 20
MAX_TEXTS = 2_000_000  # characters of all programs together, which take a while to read

# --- export.json --------------------------------------------------------------------------------


def parse_json(data: bytes) -> Parsed:
    """All that an `export.json` says.

    Raises Refusal where it is no such file, was written by a later version, or anything in it is
    not as we write it: the sentence names the place. Unknown fields are left out.
    """
    found = _read(data)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refusal(gettext_noop("This JSON file is not an export of this app."))
    if type(found.get("version")) is not int or not 1 <= found["version"] <= VERSION:
        raise Refusal(
            gettext_noop("This export was written by another version, which cannot be read here.")
        )
    rows = SESSIONS(found.get("sessions", []), "sessions")
    _refuse_twins(rows)
    own = {name: reader(found.get(name, []), name) for name, reader in PARTS.items()}
    _refuse_unmatched(rows, own["programs"])
    counter = _Lines()
    sessions = sorted(
        (_session(row, number, counter) for number, row in enumerate(rows)),
        key=lambda session: session.started,
    )
    return Parsed("own", "json", tuple(sessions), lines=counter.last, own=own)


class _Lines:
    """A JSON file has no lines to name, so its sets are counted."""

    last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def _read(data: bytes) -> Any:
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_VALUES:
        raise Refusal(gettext_noop("This file holds more than an export of one person does."))
    try:
        return json.loads(
            data.decode("utf-8-sig"), parse_float=_number, parse_int=_whole, parse_constant=_nothing
        )
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refusal(
            gettext_noop("This file ends too early, or is not JSON as we write it.")
        ) from None


def _number(digits: str) -> Decimal:
    if len(digits) > 40:
        raise ValueError
    found = Decimal(digits)
    if abs(found.adjusted()) > 20:
        raise ValueError
    return found


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError
    return int(digits)


def _nothing(_name: str) -> NoReturn:
    raise ValueError


def _refuse_twins(rows: Sequence[Mapping[str, Any]]) -> None:
    seen: set[UUID] = set()
    for number, row in enumerate(rows):
        where = f"sessions[{number}]"
        if row["uuid"] in seen:
            raise wrong(f"{where}.uuid")
        seen.add(row["uuid"])
        if row["finished_at"] and row["finished_at"] < row["started_at"]:
            raise wrong(f"{where}.finished_at")
        orders = [block["order"] for block in row["blocks"]]
        for place, block in enumerate(row["blocks"]):
            before = block["swapped_from"]
            is_there = before is None or (before in orders and before < block["order"])
            if not is_there or orders.count(block["order"]) > 1:
                raise wrong(f"{where}.blocks[{place}].order")
            for number_of_set, each in enumerate(block["sets"]):
                if each["reps"] is None and each["seconds"] is None:
                    raise wrong(f"{where}.blocks[{place}].sets[{number_of_set}].reps")


def _refuse_unmatched(
    rows: Sequence[Mapping[str, Any]], programs: Sequence[Mapping[str, Any]]
) -> None:
    if sum(len(program["text"]) for program in programs) > MAX_TEXTS:
        raise wrong("programs")
    numbers = [program["number"] for program in programs]
    for place, number in enumerate(numbers):
        if numbers.count(number) > 1:
            raise wrong(f"programs[{place}].number")
    known = {None, *numbers}
    for place, row in enumerate(rows):
        if row["program"] not in known:
            raise wrong(f"sessions[{place}].program")


_SESSION_SAID = ("uuid", "day", "finished_at", "ticked", "deleted_at", "program", "week")
_SET_SAID = ("key", "position", "target", "done_at", "written_at", "deleted_at")
_BLOCK_READ = ("exercise_name", "superset", "note", "sets")


def _session(row: Mapping[str, Any], number: int, lines: _Lines) -> ReadSession:
    finished = row["finished_at"]
    return ReadSession(
        key=str(row["uuid"]),
        started=row["started_at"],
        blocks=tuple(_block(block, lines) for block in row["blocks"]),
        title=row["title"],
        duration=finished and finished - row["started_at"],
        note=row["note"],
        rpe=row["rpe"],
        own={name: row[name] for name in (*_SESSION_SAID, "workout_day")},
    )


def _block(row: Mapping[str, Any], lines: _Lines) -> ReadBlock:
    return ReadBlock(
        name=row["exercise_name"],
        sets=tuple(_set(each, lines.next()) for each in row["sets"]),
        superset=row["superset"],
        note=row["note"],
        own={name: value for name, value in row.items() if name not in _BLOCK_READ},
    )


def _set(row: Mapping[str, Any], line: int) -> ReadSet:
    return ReadSet(
        line=line,
        weight=row["weight"],
        unit=row["unit"],
        reps=row["reps"],
        seconds=row["seconds"],
        kind=row["kind"],
        rir=row["rir"],
        note=row["note"],
        own={name: row[name] for name in _SET_SAID},
    )


# --- sets.csv -------------------------------------------------------------------------------------

NEEDED = frozenset({"session", "day", "started_at", "order", "exercise", "set", "kind", "unit"})
OURS = NEEDED | {"exercise_slug", "key", "done_at"}


def is_own(header: Sequence[str]) -> bool:
    """Whether these are the columns of our `sets.csv`, in whichever order."""
    return {name.strip().casefold() for name in header} >= OURS


def parse_csv(rows: Iterable[tuple[int, list[str]]]) -> Parsed:
    """The sets of a `sets.csv`, whose first row is its header; each row with its line in the file.

    What a spreadsheet may have done to it is taken: other columns, another order, rows that are
    gone. A row that cannot be read is a Problem. Raises Refusal where there is no set at all.
    """
    source = iter(rows)
    _line, header = next(source, (1, []))
    names = [name.strip().casefold() for name in header]
    if not is_own(names):
        raise Refusal(gettext_noop("This table is not the sets.csv of an export of this app."))
    table, problems = _Table(), []
    count = 0
    for line, cells in source:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        row = dict(zip(names, map(uncell, cells), strict=False))
        try:
            table.add(row, line)
        except Refusal as refusal:
            reason = Refusal(refusal.sentence, **refusal.values)
            problems.append(Problem(line, reason, ", ".join(cells)[:80]))
    if not table.sessions:
        raise Refusal(gettext_noop("There are no sets in this file."))
    return Parsed("own", "csv", table.read(), tuple(problems), count)


NOT_READ = gettext_noop("“%(column)s” cannot be read.")


class _Table:
    """The rows, gathered by session and by the number of the exercise in it."""

    def __init__(self) -> None:
        self.sessions: dict[UUID, dict[str, Any]] = {}

    def add(self, row: Mapping[str, str], line: int) -> None:
        cells = _Cells(row)
        uuid = cells.uuid("session")
        order = cells.whole("order", 32_767)
        name = cells.text("exercise", 200)
        made = _set_of(cells, line)
        if not name:
            raise Refusal(NOT_READ, column="exercise")
        session = self.sessions.get(uuid)
        if session is None:
            session = self.sessions[uuid] = _session_of(cells, uuid)
        block = session["blocks"].setdefault((order, name), (cells, []))
        block[1].append(made)

    def read(self) -> tuple[ReadSession, ...]:
        found = []
        for uuid, row in self.sessions.items():
            blocks = sorted(row["blocks"].items(), key=lambda block: block[0][0])
            started, finished = row["started_at"], row["finished_at"]
            session = ReadSession(
                key=str(uuid),
                started=started,
                blocks=tuple(
                    _block_of(cells, name, place, sets)
                    for place, ((_order, name), (cells, sets)) in enumerate(blocks, 1)
                ),
                title=row["title"],
                duration=finished and finished - started,
                own={"uuid": uuid} | {name: row[name] for name in _CSV_SESSION},
            )
            found.append(session)
        return tuple(sorted(found, key=lambda session: session.started))


_CSV_SESSION = ("day", "finished_at", "deleted_at")


def _session_of(cells: _Cells, uuid: UUID) -> dict[str, Any]:
    started, finished = cells.moment("started_at"), cells.moment("finished_at", optional=True)
    if started is None:
        raise Refusal(NOT_READ, column="started_at")
    if finished and finished < started:
        raise Refusal(NOT_READ, column="finished_at")
    return {
        "day": cells.day("day"),
        "started_at": started,
        "finished_at": finished,
        "title": cells.text("title", 100),
        "deleted_at": cells.moment("session_deleted_at", optional=True),
        "blocks": {},
    }


def _block_of(cells: _Cells, name: str, order: int, sets: list[ReadSet]) -> ReadBlock:
    said = {"order": order, "place": order, "exercise": cells.text("exercise_slug", 80)}
    return ReadBlock(name, tuple(sets), superset=cells.text("superset", 1), own=said)


def _set_of(cells: _Cells, line: int) -> ReadSet:
    reps = cells.whole("reps", MAX_REPS, optional=True)
    seconds = cells.whole("seconds", MAX_SECONDS, optional=True)
    if reps is None and seconds is None:
        raise Refusal(gettext_noop("The line has no repetitions and no time."))
    done_at = cells.moment("done_at")
    return ReadSet(
        line=line,
        weight=cells.number("weight", MAX_WEIGHT, 3),
        unit=cast("Unit", cells.one_of("unit", UNITS)),
        reps=reps,
        seconds=seconds,
        kind=cells.one_of("kind", KINDS),
        rir=cells.number("rir", MAX_RIR, 1),
        note=cells.text("note", 200),
        own={
            "key": cells.uuid("key"),
            "position": cells.whole("set", 32_767),
            "target": None,
            "done_at": done_at,
            "written_at": done_at,
            "deleted_at": cells.moment("deleted_at", optional=True),
        },
    )


class _Cells:
    """The cells of a row by their column, each as what it is. Raises Refusal with the column."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self.row = row

    def text(self, name: str, most: int) -> str:
        found = self.row.get(name, "").replace("\x00", "")
        if len(found) > most:
            raise Refusal(NOT_READ, column=name)
        return found

    def one_of(self, name: str, choices: Sequence[str]) -> str:
        found = self.row.get(name, "").strip()
        if found not in choices:
            raise Refusal(NOT_READ, column=name)
        return found

    def number(self, name: str, most: Decimal, places: int) -> Decimal | None:
        """From 0 to `most`; a spreadsheet may have made a comma of the point."""
        found = self.row.get(name, "").strip().replace(",", ".")
        if not found:
            return None
        if not (found.isascii() and found.replace(".", "", 1).isdigit() and len(found) <= 20):
            raise Refusal(NOT_READ, column=name)
        value = Decimal(found)
        if value > most or round(value, places) != value:
            raise Refusal(NOT_READ, column=name)
        return value

    def whole(self, name: str, most: int, *, optional: bool = False) -> Any:
        value = self.number(name, Decimal(most), 0)
        if value is None and not optional:
            raise Refusal(NOT_READ, column=name)
        return None if value is None else int(value)

    def uuid(self, name: str) -> UUID:
        found = self.row.get(name, "").strip()
        try:
            return UUID(found)
        except ValueError:
            raise Refusal(NOT_READ, column=name) from None

    def day(self, name: str) -> date:
        found = self.row.get(name, "").strip()
        try:
            day = date.fromisoformat(found)
        except ValueError:
            raise Refusal(NOT_READ, column=name) from None
        return self._in_time(day, name)

    def moment(self, name: str, *, optional: bool = False) -> datetime | None:
        found = self.row.get(name, "").strip()
        if not found and optional:
            return None
        try:
            moment = datetime.fromisoformat(found)
        except ValueError:
            raise Refusal(NOT_READ, column=name) from None
        self._in_time(moment.date(), name)
        if moment.tzinfo is None:
            raise Refusal(NOT_READ, column=name)
        return moment

    @staticmethod
    def _in_time(day: date, name: str) -> date:
        if not FIRST <= day <= LAST:
            raise Refusal(NOT_READ, column=name)
        return day
