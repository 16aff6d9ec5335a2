"""What a file would be in the log: which exercise each name is, and which sets stay out.

Nothing is written here. The preview counts what `lay_out` answers, `exchange.storing` writes it.

The keys are made of what stands in the file alone. So the same file again, a longer export later,
another unit, zone or exercise chosen the second time: a set that came in once is the same row, and
one that its member deleted since stays deleted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import connection

from accounts.models import User
from exchange.models import ImportBatch
from exchange.naming import How, Match, match_names, name_key
from exchange.restoring import session_uuids
from exchange.restoring import set_key as own_set_key
from exercises.models import Exercise, Load
from exercises.models.facts import OWN as OWN_SLUG
from legtraining.domain.imports.parsed import Parsed, ReadBlock, ReadSession, ReadSet
from legtraining.domain.refusal import Refusal, gettext_noop
from legtraining.domain.units import Unit
from sessions.models import WorkoutSession

# The keys of everything that ever came in hang on it: it must not change.
NAMESPACE = UUID("5d0c5f2e-5a0e-4a57-9a51-5f1c0f9a1e65")
OURS = "own"  # the app of a file that we wrote
OWN, OUT = "own", "out"  # what a member may choose for a name besides the address of an exercise

PRIVATE = ":own"  # after the key of a name that means an exercise of the member's

MAX_SETS = 100_000
MAX_NAMES = 1000

OUT_CHOSEN = gettext_noop("left out, as you chose")
OUT_REMEMBERED = gettext_noop("left out, as last time")
OUT_NO_LEGS = gettext_noop("no leg work")
NO_SECONDS = gettext_noop("%(name)s is held for a time, and this set has none.")
NO_REPS = gettext_noop("%(name)s is counted in repetitions, and this set has none.")


@dataclass(frozen=True)
class Answers:
    """What the member said about a file, with their own unit and zone where they were not asked."""

    unit: Unit
    zone: ZoneInfo
    legs_only: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    skips_days: bool = False  # those that have a session from elsewhere

    @classmethod
    def of(cls, batch: ImportBatch, member: User) -> Answers:
        return cls(
            unit=cast("Unit", batch.unit or member.unit),
            zone=ZoneInfo(batch.time_zone or member.time_zone),
            legs_only=batch.keep == ImportBatch.Keep.LEGS,
            names=batch.choices.get("names", {}),
            skips_days=batch.choices.get("skips_days", False),
        )


@dataclass
class Seen:
    """A name of the file, as it is first written there, and what its sets have."""

    name: str
    category: str = ""
    slug: str = ""  # its address here; only our own export knows it
    sets: int = 0
    with_weight: int = 0
    with_reps: int = 0
    with_seconds: int = 0

    def add(self, each: ReadSet) -> None:
        self.sets += 1
        self.with_weight += bool(each.weight)
        self.with_reps += each.reps is not None
        self.with_seconds += each.seconds is not None

    @property
    def load(self) -> str:
        """What a weight means there, told from the sets: as few as possible stay out."""
        if self.with_seconds > self.with_reps:
            return Load.TIME
        return Load.EXTERNAL if self.with_weight else Load.REPS_ONLY


@dataclass(frozen=True)
class Fate:
    """What becomes of the sets of a name: they are those of `exercise`, or of an own exercise of
    that name which is still to be made, or they stay out for a reason."""

    seen: Seen
    match: Match
    choice: str = ""  # OWN, OUT, the address of an exercise, or none: as is suggested
    exercise: Exercise | None = None
    why_out: str = ""

    @property
    def is_own(self) -> bool:
        return self.exercise is None and not self.why_out

    @property
    def load(self) -> str:
        return self.exercise.load if self.exercise else self.seen.load


@dataclass(frozen=True)
class LaidBlock:
    read: ReadBlock
    name: str  # its key
    fate: Fate
    sets: Sequence[tuple[UUID, ReadSet]]


@dataclass(frozen=True)
class LaidSession:
    read: ReadSession
    uuid: UUID
    started: dt.datetime
    day: dt.date
    blocks: Sequence[LaidBlock]


@dataclass
class Layout:
    """What would be written, and how many sets stay out why."""

    sessions: list[LaidSession] = field(default_factory=list)
    out: Counter[str] = field(default_factory=Counter)  # sets by reason, names and days apart
    unfit: list[tuple[int, Refusal]] = field(default_factory=list)  # with the line of the file
    busy_days: list[dt.date] = field(default_factory=list)  # with a session from elsewhere
    out_for_day: int = 0  # sets

    @property
    def sets(self) -> int:
        return sum(len(block.sets) for session in self.sessions for block in session.blocks)


def key_of(block: ReadBlock) -> str:
    """By which a name is known, whatever its case and accents.

    In our own export an exercise of the member's may be called as one of the library.
    """
    is_private = str(block.own.get("exercise", "")).startswith(OWN_SLUG)
    return f"{name_key(block.name)}{PRIVATE if is_private else ''}"


def names_of(parsed: Parsed) -> dict[str, Seen]:
    """The names of a file by their key, the most used first."""
    names: dict[str, Seen] = {}
    for session in parsed.sessions:
        for block in session.blocks:
            seen = names.setdefault(key_of(block), Seen(block.name))
            seen.category = seen.category or block.category
            seen.slug = seen.slug or block.own.get("exercise", "")
            for each in block.sets:
                seen.add(each)
    return dict(sorted(names.items(), key=lambda item: -item[1].sets))


def refuse_too_much(parsed: Parsed) -> None:
    """Raises Refusal for a file that no training life fills."""
    if sum(len(block.sets) for session in parsed.sessions for block in session.blocks) > MAX_SETS:
        raise Refusal(
            gettext_noop("The file has more than %(most)d sets. Split it into several files."),
            most=MAX_SETS,
        )
    if len({block.name for session in parsed.sessions for block in session.blocks}) > MAX_NAMES:
        raise Refusal(
            gettext_noop(
                "The file names more than %(most)d exercises. That is no log of one person."
            ),
            most=MAX_NAMES,
        )


def decide(member: User, names: Mapping[str, Seen], answers: Answers) -> dict[str, Fate]:
    """What becomes of each name: as the member chose, otherwise as is suggested."""
    matches = _matches(member, names)
    chosen = set(answers.names.values()) - {OWN, OUT}
    pickable = Exercise.objects.pickable_by(member).filter(slug__in=chosen) if chosen else ()
    exercises = {exercise.slug: exercise for exercise in pickable}
    return {
        key: _fate(seen, matches[key], answers.names.get(key, ""), exercises, answers)
        for key, seen in names.items()
    }


def _matches(member: User, names: Mapping[str, Seen]) -> dict[str, Match]:
    found = match_names(member, {seen.name: seen.category for seen in names.values()})
    matches = {key: found[seen.name] for key, seen in names.items()}
    slugs = {seen.slug: key for key, seen in names.items() if seen.slug}
    if not slugs:
        return matches
    # Our own export says which exercise of the library it means, and that one is the member's own.
    rows = Exercise.objects.known_to(member).select_related("merged_into")
    known = {row.slug: row for row in rows.filter(owner=None, slug__in=slugs)}
    own = {row.name.casefold(): row for row in rows.filter(owner=member)}
    for slug, key in slugs.items():
        is_private = slug.startswith(OWN_SLUG)
        row = own.get(names[key].name.casefold()) if is_private else known.get(slug)
        if is_private or row:
            exercise = row and (row.merged_into or row)
            how: How = "exact" if row else "none"
            matches[key] = Match(exercise, how, matches[key].is_leg, [])
    return matches


def _fate(
    seen: Seen,
    match: Match,
    choice: str,
    exercises: Mapping[str, Exercise],
    answers: Answers,
) -> Fate:
    if choice == OUT:
        return Fate(seen, match, choice, why_out=OUT_CHOSEN)
    if choice == OWN:
        return Fate(seen, match, choice)
    if choice in exercises:
        return Fate(seen, match, choice, exercises[choice])
    return suggested(seen, match, answers)


def suggested(seen: Seen, match: Match, answers: Answers) -> Fate:
    """What becomes of a name about which the member chose nothing."""
    if match.how == "left_out":
        return Fate(seen, match, why_out=OUT_REMEMBERED)
    if answers.legs_only and not match.is_leg:
        return Fate(seen, match, why_out=OUT_NO_LEGS)
    return Fate(seen, match, exercise=match.exercise)


def started_of(read: ReadSession, zone: ZoneInfo) -> dt.datetime:
    """When it began. A clock without a zone is that of `zone`."""
    started = read.started
    return started.replace(tzinfo=zone) if started.tzinfo is None else started


def day_of(read: ReadSession, zone: ZoneInfo) -> dt.date:
    """The day it belongs to, in `zone` or as our own export has it."""
    own: dt.date | None = read.own.get("day")
    return own or started_of(read, zone).astimezone(zone).date()


def session_uuid(member: User, app: str, read: ReadSession) -> UUID:
    return uuid5(NAMESPACE, f"{member.pk}:{app}:{read.key}")


def set_key(session: UUID, name: str, number: int) -> UUID:
    """Of the set that is `number` of its name in the session. No key of `Block.key_of`."""
    return uuid5(session, f"import:{name}:{number}")


def lay_out(member: User, parsed: Parsed, fates: Mapping[str, Fate], answers: Answers) -> Layout:
    """The sessions of a file as they would be in the log of `member`."""
    layout, is_own = Layout(), parsed.app == OURS
    uuids = (
        session_uuids(member, parsed.sessions)
        if is_own
        else [session_uuid(member, parsed.app, read) for read in parsed.sessions]
    )
    begun = [started_of(read, answers.zone) for read in parsed.sessions]
    days = [day_of(read, answers.zone) for read in parsed.sessions]
    busy = busy_days(member, days, uuids)
    layout.busy_days = sorted(busy)
    for read, uuid, started, day in zip(parsed.sessions, uuids, begun, days, strict=True):
        if answers.skips_days and day in busy:
            layout.out_for_day += sum(len(block.sets) for block in read.blocks)
            continue
        lay = _own_blocks if is_own else _blocks
        blocks = lay(layout, read, uuid, fates)
        if blocks or not read.blocks:
            layout.sessions.append(LaidSession(read, uuid, started, day, blocks))
    return layout


def _blocks(
    layout: Layout, read: ReadSession, uuid: UUID, fates: Mapping[str, Fate]
) -> list[LaidBlock]:
    """Those with a set that stays. Each set has its number, also where it or others stay out."""
    numbers: dict[str, int] = defaultdict(int)
    blocks = []
    for block in read.blocks:
        name = key_of(block)
        fate, kept = fates[name], []
        if fate.why_out:
            layout.out[fate.why_out] += len(block.sets)
            continue
        for each in block.sets:
            numbers[name] += 1
            if (each.seconds if fate.load == Load.TIME else each.reps) is None:
                reason = NO_SECONDS if fate.load == Load.TIME else NO_REPS
                what = str(fate.exercise or fate.seen.name)
                layout.unfit.append((each.line, Refusal(reason, name=what)))
            else:
                kept.append((set_key(uuid, name, numbers[name]), each))
        if kept:
            blocks.append(LaidBlock(block, name, fate, kept))
    return blocks


def _own_blocks(
    layout: Layout, read: ReadSession, _uuid: UUID, fates: Mapping[str, Fate]
) -> list[LaidBlock]:
    """Of our own export: the keys are the file's, and what was once in a log fits into it."""
    blocks = []
    for block in read.blocks:
        name = key_of(block)
        if fates[name].why_out:
            layout.out[fates[name].why_out] += len(block.sets)
        else:
            sets = [(own_set_key(each), each) for each in block.sets]
            blocks.append(LaidBlock(block, name, fates[name], sets))
    return blocks


# --- What is there already ----------------------------------------------------------------------


def busy_days(member: User, days: Sequence[dt.date], uuids: Iterable[UUID]) -> set[dt.date]:
    """The days of the file that have a session in the log which is none of the file's."""
    if not days:
        return set()
    known, wanted = set(uuids), set(days)
    there = WorkoutSession.objects.live().filter(member=member)
    found = there.filter(day__range=(min(days), max(days))).values_list("day", "uuid")
    return {day for day, uuid in found if day in wanted and uuid not in known}


@dataclass(frozen=True)
class Known:
    """What of a layout is in the log: sessions with their id, and whether they were discarded;
    sets with the block they stand in, the deleted ones too."""

    sessions: Mapping[UUID, tuple[int, bool]]
    sets: Mapping[UUID, int]


def known_of(member: User, layout: Layout) -> Known:
    with connection.cursor() as cursor:  # an array is one parameter, however long it is
        cursor.execute(
            "SELECT uuid, id, deleted_at IS NOT NULL FROM workouts_workoutsession"
            " WHERE member_id = %s AND uuid = ANY(%s)",
            [member.pk, [session.uuid for session in layout.sessions]],
        )
        sessions = {uuid: (pk, is_gone) for uuid, pk, is_gone in cursor.fetchall()}
        keys = [
            key
            for session in layout.sessions
            if session.uuid in sessions
            for block in session.blocks
            for key, _read in block.sets
        ]
        cursor.execute(
            "SELECT client_key, block_id FROM workouts_setlog"
            " WHERE member_id = %s AND client_key = ANY(%s)",
            [member.pk, keys],
        )
        return Known(sessions, dict(cursor.fetchall()))
