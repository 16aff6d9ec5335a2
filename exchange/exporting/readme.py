"""README.txt: every file of the export, and every column and field in it, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import fill, indent
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from exchange.exporting.tables import CHECK_INS, SESSIONS, SETS

WIDTH, COLUMN = 88, 22


def readme(member: User) -> str:
    parts = [
        _("Everything of yours from Leg training"),
        "=" * 40,
        "",
        *_about_all(),
        "",
        *_table("sessions.csv", _("a line a session"), SESSIONS),
        *_table("sets.csv", _("a line a set"), SETS),
        *_table("check_ins.csv", _("a line a day on which you said how you felt"), CHECK_INS),
        *_head(
            "programs/",
            _(
                "every program that you follow or followed, and those that you wrote, as text that "
                "a trainer can paste into “New program”"
            ),
        ),
    ]
    if member.is_trainer:
        parts += _head(
            "roster.csv", _("the members whom you coach, as the roster’s own file has them")
        )
    parts += _head("export.json", _("all of it, also what the tables leave out; see below"))
    parts += [_("The fields of export.json"), "-" * 40, ""]
    for name, what, fields in _json():
        parts += [fill(f"{name}: {what}", WIDTH, subsequent_indent="  ")]
        parts += [_line(field, means) for field, means in fields]
        parts.append("")
    return "\n".join(parts) + "\n"


def _about_all() -> Iterable[str]:
    for text in (
        _(
            "The tables open in any spreadsheet. They are UTF-8, with a comma between cells and a "
            "point in numbers. A text that a spreadsheet would take for a formula has an "
            "apostrophe in front, and one that begins so behind apostrophes has one more; take one "
            "away to have what you typed."
        ),
        _(
            "The whole ZIP, export.json alone, or sets.csv alone can be imported again on the page "
            "“Import from another app”. Nothing comes in twice."
        ),
        _(
            "Days are those of your calendar, times those of your clock with their distance to "
            "UTC. Weights are as you typed them, in the unit beside them. What you deleted or "
            "discarded is in here too, with the time at which you did."
        ),
    ):
        yield from (fill(text, WIDTH), "")


def _head(name: str, what: str) -> list[str]:
    return [fill(f"{name}: {what}", WIDTH, subsequent_indent="  "), ""]


def _table(name: str, what: str, columns: Mapping[str, Any]) -> list[str]:
    return [
        f"{name}: {what}",
        *(_line(column, str(means)) for column, means in columns.items()),
        "",
    ]


def _line(name: str, what: str) -> str:
    if len(name) > COLUMN:
        return f"  {name}\n{indent(what, ' ' * (COLUMN + 3))}"
    text = fill(f"{name:<{COLUMN}} {what}", WIDTH - 2, subsequent_indent=" " * (COLUMN + 1))
    return indent(text, "  ")


type Part = tuple[str, str, list[tuple[str, str]]]


def _json() -> list[Part]:
    """Each part of the file with its fields. What is empty, none or no is left out there."""
    return [*_log(), *_plans(), *_yours(), *_others()]


def _exercise() -> list[tuple[str, str]]:
    return [
        ("exercise", _("the exercise’s address in the library")),
        ("exercise_name", _("its name")),
    ]


def _log() -> list[Part]:
    return [
        (
            "format, version, written_at",
            _("what this file is, and when it was written; empty fields are left out"),
            [],
        ),
        (
            "sessions",
            _("every session in its order"),
            [
                ("uuid", _("its number for ever")),
                ("day", _("the day on which it began")),
                ("started_at, finished_at", _("when it began and ended")),
                ("title, note, rpe", _("what you called it, wrote about it, how hard it was")),
                ("ticked", _("what you ticked of the warm-up and the stretches")),
                ("program", _("the program it was of, by its number below")),
                ("week, workout_day", _("the day of that program")),
                ("import", _("the import that brought it, by its uuid below")),
                ("deleted_at", _("when you discarded it")),
                ("blocks", _("its exercises")),
            ],
        ),
        (
            "sessions, blocks",
            _("an exercise of a session"),
            [
                ("order, place", _("its number for ever, and where it is shown")),
                *_exercise(),
                ("superset, tempo, rest_seconds, note", _("how it was to be done")),
                ("targets", _("what was planned, one for each set")),
                ("rule, lane, cycle, closes_cycle", _("its progression as it was that day")),
                ("removed_at, skipped_at", _("when you took it out, or left it out")),
                ("swapped_from, kept_sets", _("whose place it took; how many sets that one kept")),
                ("sets", _("its sets")),
            ],
        ),
        (
            "sessions, blocks, sets",
            _("a set"),
            [
                ("key", _("its number for ever")),
                ("position", _("its place; 0 is a proposed warm-up")),
                ("kind", _("warmup, work, drop, amrap (as many as possible) or failed")),
                ("weight, unit, reps, seconds, rir, note", _("as you typed them")),
                ("target", _("what was planned for it")),
                ("done_at, written_at", _("when it was done, and last changed")),
                ("deleted_at", _("when you deleted it")),
            ],
        ),
        (
            "targets, target",
            _("what was planned"),
            [
                ("kind", _("as of a set")),
                ("reps_min, reps_max", _("repetitions from and to")),
                ("seconds, seconds_max", _("seconds from and to")),
                ("weight, unit, rir", _("weight and repetitions in reserve")),
                ("percent", _("of which percentage of the training max it was made")),
            ],
        ),
    ]


def _plans() -> list[Part]:
    return [
        (
            "programs",
            _("the programs that you follow or followed"),
            [
                ("number", _("by which sessions name it")),
                ("title, goal, weeks, text", _("what was written, in shorthand")),
                ("given_by", _("who gave it")),
                ("start_date, weekdays, time_of_day", _("from when, on which days (0 is Monday)")),
                ("status", _("queued, active, paused or ended")),
                ("created_at, ended_at", _("when it was given and when it ended")),
                ("workouts", _("its days: week, day, title, created_at, edited_at, skipped_at")),
                ("pauses, moves", _("rests (first, last) and moved days (day, moved_to)")),
                ("reminders", _("reminders that were sent (day, sent_at)")),
                ("lifts, events", _("where each lift stands, and why")),
            ],
        ),
        (
            "programs, lifts",
            _("a working weight or a training max"),
            [
                *_exercise(),
                ("lane", _("which of the exercise’s plans it belongs to")),
                ("unit, start, weight", _("what it began with and where it is")),
                ("stage, fails, wins, extra, mark, cycle", _("what its progression remembers")),
            ],
        ),
        (
            "programs, events",
            _("why a lift changed, or stayed"),
            [
                *_exercise(),
                ("lane, session, by, at", _("which, after what or by whose word, and when")),
                ("unit, before, after", _("from what to what")),
                ("sentence, values", _("the reason")),
            ],
        ),
        (
            "templates",
            _("the programs that you wrote for others: title, goal, weeks, text, written_from, "
              "shared, created_at, deleted_at"),
            [],
        ),
    ]  # fmt: skip


def _yours() -> list[Part]:
    return [
        (
            "person",
            _("who you are, and what you chose"),
            [
                ("name, email, addresses", _("with verified and primary of each address")),
                ("unit, time_zone, language, theme", _("from the settings")),
                ("formula", _("of the estimated 1RM")),
                ("rest_seconds, rest_after_warmups", _("of the rest timer")),
                ("remind_minutes", _("how long before a training day you are reminded")),
                ("mail_not_wanted", _("mail that you stopped (kind, since)")),
                ("is_trainer, is_staff, is_superuser, is_active", _("what you may do")),
                ("joined_at, last_login", _("when you joined and last signed in")),
                ("check_ins_agreed_at", _("when you agreed to keep check-ins")),
            ],
        ),
        ("racks", _("your bars and plates: unit, bars, plates, dumbbell_step, machine_step"), []),
        ("setups", _("how you set exercises up, with exercise_name: note, unit, bar, step"), []),
        (
            "exercises",
            _("your own exercises"),
            [
                ("slug, name, aliases", _("its address and its names")),
                ("kind, mechanics, unilateral", _("what it is")),
                ("joint_actions, muscles, share", _("what it trains: 1 directly, 0.5 along")),
                ("load", _("what its weight means")),
                ("equipment", _("what it needs")),
                ("retired_at, merged_into", _("when you retired it; what it became")),
            ],
        ),
        ("name_choices", _("what names in other apps’ files mean: name, exercise"), []),
        ("bands", _("sets you want a week, by muscle group: group, low, high, set_by, set_at"), []),
        (
            "check_ins",
            _("how you felt"),
            [
                ("day, soreness", _("the day, and soreness by muscle group")),
                ("pain, pain_place, pain_side, signs", _("pain, where, and warning signs")),
                ("body_weight, body_weight_unit", _("what you weighed")),
                ("created_at, updated_at, deleted_at", _("when you wrote it")),
            ],
        ),
        (
            "imports",
            _("files of other apps"),
            [
                ("uuid, file_name, app, status", _("which, and what became of it")),
                ("unit, time_zone, keep, choices", _("what you answered")),
                ("done, total, counts, created_at, finished_at", _("how it went")),
            ],
        ),
        (
            "tokens",
            _("keys for your own programs, without the keys themselves: name, starts_with, scopes, "
              "created_at, expires_at, used_on, revoked_at"),
            [],
        ),
    ]  # fmt: skip


def _others() -> list[Part]:
    return [
        (
            "letters",
            _("mail that was or will be sent to you, without its words: kind, what, created_at, "
              "due_at, expires_at, tries, problem, sent_at, dropped_at"),
            [],
        ),
        (
            "invitations",
            _("of members, if you are a trainer: label, email, created_at, expires_at, used_at, "
              "revoked_at"),
            [],
        ),
        (
            "texts",
            _("instructions that you wrote for the library: exercise, status, is_proposal, setup, "
              "movement, cues, mistakes, safety, tempo, rest_seconds, note, reason, created_at, "
              "decided_at"),
            [],
        ),
        (
            "about",
            _("what others wrote and did about you"),
            [
                ("member, written_at", _("whom it is about, and when it was written down")),
                ("links", _("trainer, since, ended, check_ins_shared_since")),
                ("handovers", _("from, to, asked_at, answered_at, accepted")),
                ("looked", _("who looked: name, what, day, first_at, last_at, times")),
                ("comments", _("session, day, set, exercise, author, written_at, text")),
                ("notes", _("of trainers: trainer, written_at, about_health, text")),
            ],
        ),
    ]  # fmt: skip
