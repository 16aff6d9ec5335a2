"""What the addresses answer, and what can be asked of them. Names in here are promises: they are
only ever added to. The descriptions are what callers read, at /api/ and in openapi.json."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

MOST_ROWS, USUAL_ROWS = 500, 100
MOST_PROGRAMS, USUAL_PROGRAMS = 50, 20
MOST_WEEKS, USUAL_WEEKS = 104, 12

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}")


def refuse(sentence: str, parameter: str | None = None) -> PydanticCustomError:
    """A sentence for the caller, which braces in it cannot turn into a template."""
    context = {"sentence": sentence} | ({"parameter": parameter} if parameter else {})
    return PydanticCustomError("said", "{sentence}", context)


# --- What can be asked ----------------------------------------------------------------------------


def read_day(text: Any) -> date:
    try:
        if isinstance(text, str) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise refuse(_("Write the day as 2026-07-31."))


def read_slug(text: Any) -> str:
    if isinstance(text, str) and _SLUG.fullmatch(text):
        return text
    raise refuse(_("Write the exercise’s address, for example barbell-back-squat."))


def no_exercise() -> str:
    return _("There is no exercise with this address. See exercises for yours.")


def whole(least: int, most: int) -> BeforeValidator:
    """A whole number in digits, from `least` to `most`."""

    def read(text: Any) -> int:
        # The usual number comes as such, what is asked as text.
        digits = str(text)
        if digits.isascii() and digits.isdigit() and len(digits) < 10:
            number = int(digits)
            if least <= number <= most:
                return number
        limits = {"least": least, "most": most}
        raise refuse(_("Write a whole number from %(least)d to %(most)d.") % limits)

    return BeforeValidator(read)


class Asked(Schema):
    """The query of a request. What is not known is refused: `form` for `from` would otherwise
    answer something else than was meant."""

    @model_validator(mode="after")
    def knows_all(self, info: ValidationInfo) -> Asked:
        fields = type(self).model_fields
        known = [field.alias or name for name, field in fields.items()]
        asked = info.context["request"].GET if info.context else {}
        if unknown := [name for name in asked if name not in known]:
            sentence = _("This address knows only these parameters: %(names)s.")
            raise refuse(sentence % {"names": ", ".join(known)}, unknown[0])
        return self


Day = Annotated[date, BeforeValidator(read_day)]
Slug = Annotated[str, BeforeValidator(read_slug)]


class Days(Asked):
    since: Day | None = Field(
        None, alias="from", description="The first day, as the member’s calendar has it."
    )
    until: Day | None = Field(None, alias="to", description="The last day, included.")

    @model_validator(mode="after")
    def in_order(self) -> Days:
        if self.since and self.until and self.since > self.until:
            raise refuse(_("“from” comes after “to”."), "from")
        return self


CURSOR = "Where the page begins: taken from `next` of the page before."


class SessionsAsked(Days):
    limit: Annotated[int, whole(1, MOST_ROWS)] = Field(
        USUAL_ROWS, description="How many sessions a page has.", ge=1, le=MOST_ROWS
    )
    cursor: str = Field("", description=CURSOR)


class SetsAsked(Days):
    exercise: Slug | None = Field(
        None, description="Only of this exercise: its `slug`, as `exercises` has it."
    )
    limit: Annotated[int, whole(1, MOST_ROWS)] = Field(
        USUAL_ROWS, description="How many sets a page has.", ge=1, le=MOST_ROWS
    )
    cursor: str = Field("", description=CURSOR)


class ProgramsAsked(Asked):
    limit: Annotated[int, whole(1, MOST_PROGRAMS)] = Field(
        USUAL_PROGRAMS, description="How many programs a page has.", ge=1, le=MOST_PROGRAMS
    )
    cursor: str = Field("", description=CURSOR)


class WeeksAsked(Asked):
    weeks: Annotated[int, whole(1, MOST_WEEKS)] = Field(
        USUAL_WEEKS,
        description="How many weeks back, the running one included.",
        ge=1,
        le=MOST_WEEKS,
    )


class ProgressAsked(WeeksAsked):
    exercise: Slug | None = Field(None, description="Only of this exercise: its `slug`.")


# --- What is answered -----------------------------------------------------------------------------


class Answer(BaseModel):
    """Exactly what is written here, no more: a column that is added stays inside."""

    model_config = ConfigDict(extra="forbid")


class Error(Answer):
    error: str = Field(description="A word that stays the same, for programs.")
    message: str = Field(description="A sentence for people.")
    parameter: str | None = Field(description="The parameter that is meant, if it is one.")


Unit = Literal["kg", "lb"]


class Me(Answer):
    name: str
    unit: Unit = Field(description="The unit in which the member reads weights.")
    time_zone: str = Field(description="By which days are counted, e.g. `Europe/Berlin`.")
    formula: str = Field(description="By which the 1RM is estimated, e.g. `epley`.")
    scopes: list[str] = Field(description="What this token may read.")


class SetBase(Answer):
    client_key: UUID = Field(description="Stays the same for ever, also in the export.")
    position: int = Field(description="The number of the set within its exercise, from 1.")
    kind: Literal["warmup", "work", "drop", "amrap", "failed"] = Field(
        description="`amrap`: as many reps as possible. `failed`: the last rep was tried, not done."
    )
    weight: float | None = Field(
        description="As it was typed, in `unit`. What it means is the `load` of the exercise."
    )
    unit: Unit = Field(description="Of `weight`.")
    weight_kg: float | None = Field(description="The same in kilograms; 1 lb is 0.45359237 kg.")
    reps: int | None
    seconds: int | None = Field(description="Of a set that was held.")
    rir: float | None = Field(description="Repetitions in reserve, 0 to 10.")
    note: str
    done_at: datetime = Field(description="When it was logged.")


class Set(SetBase):
    session: UUID = Field(description="The `uuid` of its session.")
    day: date = Field(description="The day of its session.")
    exercise: str = Field(description="The exercise’s `slug`.")


class SetPage(Answer):
    items: list[Set]
    next: str | None = Field(description="The whole address of the next page; null on the last.")


class SessionBase(Answer):
    uuid: UUID
    title: str
    day: date = Field(description="The member’s local day on which it was started.")
    started_at: datetime = Field(description="With the offset of the member’s zone.")
    finished_at: datetime | None = Field(description="null while it is still being trained.")
    rpe: int | None = Field(description="How hard the whole session was, 0 to 10.")
    note: str
    program: int | None = Field(description="The `id` of the program it belongs to.")
    sets: int = Field(description="How many were logged, warm-ups left out.")
    volume_kg: float | None = Field(
        description="Weight × reps of these sets in kg; assistance is not lifted, so not in it."
    )


class Session(SessionBase):
    """One of the list."""


class SessionPage(Answer):
    items: list[Session]
    next: str | None = Field(description="The whole address of the next page; null on the last.")


class Block(Answer):
    order: int = Field(description="Its number in the session, for ever.")
    place: int = Field(description="Where it is shown; blocks come in this order.")
    exercise: str = Field(description="The exercise’s `slug`.")
    name: str = Field(description="The exercise’s name.")
    superset: str = Field(description="The letter it shares with those done in turn, or empty.")
    tempo: str
    rest_seconds: int | None
    note: str = Field(description="What the plan says about it.")
    skipped: bool
    sets: list[SetBase]


class SessionDetail(SessionBase):
    blocks: list[Block]


class MuscleShare(Answer):
    muscle: str
    group: str = Field(description="e.g. `quadriceps`; the groups of `progress/weeks`.")
    share: float = Field(description="1 for a muscle trained directly, 0.5 for one that helps.")


class Exercise(Answer):
    slug: str
    name: str
    own: bool = Field(description="Whether it is the member’s own, not the library's.")
    load: Literal["external", "bodyweight", "assisted", "reps_only", "time"] = Field(
        description="What a weight means: `external` the weight moved, `bodyweight` what is added, "
        "`assisted` what helps."
    )
    unilateral: bool = Field(description="One leg at a time.")
    muscles: list[MuscleShare]
    sets: int = Field(description="How many were logged, warm-ups left out.")
    first_day: date | None
    last_day: date | None


class Exercises(Answer):
    items: list[Exercise]


class Upcoming(Answer):
    day: date | None = Field(description="null where the program rests with no end in sight.")
    week: int = Field(description="Of the program, from 1.")
    number: int = Field(description="The day of that week, from 1.")
    title: str


class Program(Answer):
    id: int
    title: str
    goal: str
    status: Literal["queued", "active", "paused", "ended"]
    start_date: date
    ended_at: datetime | None
    weekdays: list[int] = Field(description="The training days, 0 is Monday.")
    weeks: int
    text: str = Field(description="All its days in the shorthand in which programs are written.")
    upcoming: list[Upcoming] = Field(
        description="What is still to do of the program that is followed now, in its order."
    )


class ProgramPage(Answer):
    items: list[Program]
    next: str | None = Field(description="The whole address of the next page; null on the last.")


class Point(Answer):
    day: date
    e1rm_kg: float = Field(description="The best estimated 1RM of one session, in kg.")


class Trend(Answer):
    kg_per_week: float = Field(description="The Theil-Sen slope of the points.")
    low: float = Field(description="The lower end of its 95 % interval.")
    high: float = Field(description="The upper end of its 95 % interval.")


class Lift(Answer):
    exercise: str = Field(description="The exercise’s `slug`.")
    name: str
    verdict: Literal["progressing", "holding", "declining", "not_enough"] = Field(
        description="Of the points of these weeks; `not_enough` says that they do not tell."
    )
    plateau: bool = Field(
        description="Whether it has stopped getting better: a rule about the last 8 weeks, so "
        "false where fewer are asked for."
    )
    trend: Trend | None = Field(description="null for fewer than two different days.")
    points: list[Point] = Field(description="One a session, the oldest first.")


class Progress(Answer):
    formula: str = Field(description="By which the 1RM is estimated, as the member chose.")
    weeks: int
    items: list[Lift]


class GroupSets(Answer):
    group: str
    sets: float = Field(description="Hard sets: 1 for a direct one, 0.5 for an indirect one.")


class Week(Answer):
    week: date = Field(description="Its Monday.")
    sessions: int = Field(description="Finished ones.")
    volume_kg: float = Field(description="Weight × reps in kg, assistance left out.")
    groups: list[GroupSets] = Field(description="Only those that were trained.")


class Weeks(Answer):
    items: list[Week] = Field(description="The oldest first, the running one last.")
