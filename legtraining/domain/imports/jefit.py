"""JEFIT's export: one file of many tables, each under a line such as `### EXERCISE LOGS ###`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from legtraining.domain.imports import values
from legtraining.domain.imports.dates import Calendar, calendar_of, noon
from legtraining.domain.imports.gathering import Gathering, one_set
from legtraining.domain.imports.headings import names
from legtraining.domain.imports.parsed import Parsed, ReadSet
from legtraining.domain.imports.table import Table, table_of
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import Unit

LOGS = "EXERCISE LOGS"
_BANNER = re.compile(r'[\s"]*#{2,}\s*([A-Za-z][A-Za-z &/_-]{0,40}?)[\s#",;]*')
_END = re.compile(r'[\s"]*#{2,}[\s",;]*')
_SET = re.compile(r"(-?\d+(?:\.\d+)?)\s*[xX×*]\s*(\d+(?:\.\d+)?)")
_NEEDED = ("ename", "logs")
_TIMED = 4  # fields from which a line without weights is one of another kind
_MOST_SETS = 100
_EPOCH = re.compile(r"\d{9,10}")


def is_jefit(lines: Sequence[str]) -> bool:
    return any(line.lstrip(' "').startswith("##") and _name_of(line) == LOGS for line in lines)


def is_jefit_table(header: Sequence[str]) -> bool:
    """Whether it is the table of logs alone."""
    found = names(header)
    return all(name in found for name in _NEEDED) and "mydate" in found


def parse(lines: Sequence[str], *, today: date | None) -> Parsed:
    """Raises Refusal where the table of logs has no rows or not its columns."""
    tables = dict(_sections(lines))
    logs = tables.get(LOGS)
    if logs is None:
        raise Refusal(gettext_noop("There are no sets in this file."))
    return parse_logs(
        logs,
        sections=True,
        unit=_unit(tables.get("SETTING") or tables.get("SETTINGS")),
        trainings=_trainings(tables.get("WORKOUT SESSIONS")),
        today=today,
    )


def parse_logs(
    logs: Table,
    *,
    today: date | None,
    sections: bool = False,
    unit: Unit | None = None,
    trainings: Mapping[str, "_Training"] | None = None,
) -> Parsed:
    found = names(logs.header)
    if not all(name in found for name in _NEEDED):
        raise Refusal(gettext_noop("The exercise logs of this file have other columns than known."))
    calendar = Calendar(today=today)
    if "mydate" in found:
        calendar = calendar_of(logs, found["mydate"], today=today)
    gathering = Gathering("jefit", "sections" if sections else "logs only", logs.lines, calendar)
    gathering.each(logs, _Reader(found, gathering, unit, trainings or {}).row)
    return gathering.parsed()


def _name_of(line: str) -> str:
    banner = _BANNER.fullmatch(line[:200])
    return " ".join(banner[1].upper().split()) if banner else ""


def _sections(lines: Sequence[str]) -> Iterator[tuple[str, Table]]:
    """The tables by the names of their sections; of one that comes twice, the last."""
    name, begin = "", 0
    for at in range(len(lines) + 1):
        line = lines[at] if at < len(lines) else "##"
        if not line.lstrip(' "').startswith("##"):
            continue
        banner = _name_of(line)
        if not banner and not _END.fullmatch(line[:200]):
            continue
        if name and (table := table_of(lines, begin, at)):
            yield name, table
        name, begin = banner, at + 1


def _unit(settings: Table | None) -> Unit | None:
    """The unit of all weights, by the settings' column `mass`."""
    place = names(settings.header).get("mass") if settings else None
    if settings is None or place is None:
        return None
    found = (row[place] for _, row in settings.rows() if row and len(row) > place)
    return next(filter(None, map(values.unit, found)), None)


@dataclass(frozen=True)
class _Training:
    started: datetime | None
    duration: timedelta | None


def _trainings(table: Table | None) -> Mapping[str, _Training]:
    if table is None:
        return {}
    found = names(table.header)
    trainings = {}
    for _, row in table.rows():
        cells = {name: row[at].strip() for name, at in found.items() if row and at < len(row)}
        started = _moment(cells.get("starttime", "")) or _moment(cells.get("starttimie", ""))
        ended = _moment(cells.get("endtime", ""))
        duration = values.duration(cells.get("total_time", ""))
        if started and ended:
            duration = values.lasted((ended - started).total_seconds()) or duration
        trainings[cells.get("_id", "")] = _Training(started, duration)
    return trainings


def _moment(text: str) -> datetime | None:
    """Seconds since 1970 as a moment, None for anything else."""
    return datetime.fromtimestamp(int(text), UTC) if _EPOCH.fullmatch(text) else None


class _Reader:
    """A line is one exercise of one training, with all its sets: `"60x10,65x8"`."""

    def __init__(
        self,
        found: Mapping[str, int],
        gathering: Gathering,
        unit: Unit | None,
        trainings: Mapping[str, _Training],
    ) -> None:
        self.found, self.gathering = found, gathering
        self.unit, self.trainings = unit, trainings

    def _cell(self, row: list[str], name: str) -> str:
        place = self.found.get(name)
        return "" if place is None else row[place].strip()

    def row(self, line: int, row: list[str]) -> None:
        name = self.gathering.name(self._cell(row, "ename"))
        belongs = self._cell(row, "belongsession")
        training = self.trainings.get(belongs)
        started, has_time = self._start(row, belongs, training)
        sets = self._sets(line, self._cell(row, "logs"))
        if not sets:
            return
        session = self.gathering.session(started, has_time=has_time)
        for number, read in enumerate(sets, 1):
            self.gathering.keep(session.block(name, number=number), read, number)
        session.describe(duration=training.duration if training and has_time else None)

    def _start(
        self, row: list[str], belongs: str, training: _Training | None
    ) -> tuple[datetime, bool]:
        """When the training began, in UTC. Newer exports number trainings by that moment."""
        moment = training.started if training else _moment(belongs)
        day = self._cell(row, "mydate")
        if moment is None:
            started, _ = self.gathering.calendar.read(day)
            return noon(started), False
        return self.gathering.calendar.read(moment.isoformat().replace("+00:00", "Z"))

    def _sets(self, line: int, logs: str) -> list[ReadSet]:
        """The sets of a line. One that cannot be read is a problem, and the others are kept."""
        fields = [field.strip() for field in re.split(r"[,;]", logs) if field.strip()]
        if len(fields) > _MOST_SETS:
            raise Refusal(gettext_noop("There are too many sets in this line."))
        found = [_SET.fullmatch(field) for field in fields]
        if _is_other_work(found):
            raise Refusal(gettext_noop("The line has no repetitions and no time."))
        sets = []
        for match in found:
            try:
                read = self._set(line, match)
            except Refusal as refusal:
                self.gathering.problem(line, refusal)
            else:
                sets += [read] if read else []
        return sets

    def _set(self, line: int, match: re.Match[str] | None) -> ReadSet | None:
        """A set; None for one that was planned and left out."""
        if match is None:
            raise Refusal(gettext_noop("A set of this line cannot be read."))
        weight, reps = values.weight(match[1]), values.reps(match[2])
        return one_set(line, load=(weight, self.unit), reps=reps) if reps else None


def _is_other_work(found: Sequence[re.Match[str] | None]) -> bool:
    """Whether the fields are no sets: none done at all, or those of cardio (calories, distance,
    speed, laps, time), in which no weight stands and zeros and numbers are mixed."""
    pairs = [(Decimal(each[1]), Decimal(each[2])) for each in found if each]
    if not pairs and not any(each is None for each in found):
        return True
    nothing = sum(reps == 0 for _, reps in pairs)
    if nothing == len(found):
        return True
    return len(found) >= _TIMED and nothing > 0 and not any(weight for weight, _ in pairs)
