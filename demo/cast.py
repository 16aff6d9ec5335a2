"""Who plays in the demo. All names are invented.

Weeks are counted back from the day the demo is loaded. A member's story is told by their habits
and by the programs they follow, and `demo.history` plays it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

# Public on purpose, like the whole demo: never load it where real people are.
PASSWORD = "legtraining-demo"  # noqa: S105
HOME_ZONE = "Europe/Berlin"

ADMIN = "admin@example.com"
TRAINER = "trainer@example.com"
TRAINER2 = "trainer2@example.com"
MEMBER = "member@example.com"
SOLO = "solo@example.com"

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@dataclass(frozen=True)
class Habits:
    """How somebody trains."""

    strength: float = 1.0  # against the loads in `demo.loads`
    gain: float = 0.009  # a week
    plateau_weeks: int = 0  # no gain since then, though the plan goes on
    attendance: float = 0.9  # of the planned days
    extra: float = 0.0  # chance to train on a day that is not planned
    absent_weeks: int = 0  # the last weeks without any training
    other_unit: float = 0.0  # share of exercises logged in the unit that is not one's own
    hour: int = 18  # of the local day


@dataclass(frozen=True)
class Stint:
    """A program that is followed from some week on; until the next one, an end, or today.

    With `due_today` the training days are counted from today instead of from Monday, so that
    today is one whatever its weekday.
    """

    program: str
    weeks_ago: int
    weekdays: tuple[int, ...]
    ended_weeks_ago: int | None = None
    due_today: bool = False


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    zone: str = HOME_ZONE
    unit: str = "kg"
    is_trainer: bool = False
    is_admin: bool = False
    trainer: str | None = None
    coached_weeks: int = 26
    coaching_ended_weeks_ago: int | None = None
    history_weeks: int = 0
    own_days: tuple[int, ...] = ()  # trained without a program, while there is none
    stints: tuple[Stint, ...] = ()
    habits: Habits = field(default_factory=Habits)


STAFF = (
    Person(ADMIN, "Karin Vogel", is_admin=True),
    Person(TRAINER, "Mia Berger", is_trainer=True),
    Person(TRAINER2, "Marcus Reid", "America/New_York", "lb", is_trainer=True),
)

OF_TRAINER = (
    Person(
        MEMBER,
        "Lena Hoffmann",
        trainer=TRAINER,
        history_weeks=26,
        stints=(
            Stint("machines", 26, (TUE, FRI)),
            Stint("hips", 16, (MON, THU)),
            Stint("strength", 4, (0, 2, 4), due_today=True),
        ),
        habits=Habits(strength=0.72, gain=0.012, attendance=0.92),
    ),
    # The plan rises, the squat does not: a plateau.
    Person(
        "jakub.nowak@example.com",
        "Jakub Nowak",
        "Europe/Warsaw",
        trainer=TRAINER,
        history_weeks=26,
        own_days=(TUE, SAT),
        stints=(Stint("strength", 14, (MON, WED, FRI)), Stint("strength", 6, (MON, WED, FRI))),
        habits=Habits(strength=1.25, plateau_weeks=9, attendance=0.95),
    ),
    # Trains more than planned.
    Person(
        "amara.okafor@example.com",
        "Amara Okafor",
        "Europe/London",
        trainer=TRAINER,
        coached_weeks=20,
        history_weeks=20,
        stints=(
            Stint("machines", 20, (TUE, THU)),
            Stint("strength", 12, (MON, WED, FRI)),
            Stint("hips", 5, (TUE, FRI)),
        ),
        habits=Habits(strength=0.8, gain=0.013, attendance=1.0, extra=0.16, hour=7),
    ),
    # Misses about every second day.
    Person(
        "tomas.horvath@example.com",
        "Tomáš Horváth",
        "Europe/Prague",
        trainer=TRAINER,
        history_weeks=24,
        own_days=(WED,),
        stints=(Stint("strength", 7, (MON, WED, SAT)),),
        habits=Habits(strength=1.05, gain=0.004, attendance=0.48, hour=20),
    ),
    # Has not been seen for weeks.
    Person(
        "ines.carvalho@example.com",
        "Inês Carvalho",
        "Europe/Lisbon",
        trainer=TRAINER,
        coached_weeks=18,
        history_weeks=18,
        stints=(Stint("machines", 18, (MON, THU)), Stint("hips", 9, (MON, THU))),
        habits=Habits(strength=0.66, absent_weeks=5),
    ),
    # Coached, but without a program yet.
    Person(
        "priya.raman@example.com",
        "Priya Raman",
        "Asia/Kolkata",
        trainer=TRAINER,
        coached_weeks=2,
        history_weeks=6,
        own_days=(SUN,),
        habits=Habits(strength=0.6, attendance=0.8, hour=8),
    ),
    Person(
        "dave.kowalski@example.com",
        "Dave Kowalski",
        "America/Chicago",
        "lb",
        trainer=TRAINER,
        history_weeks=26,
        own_days=(MON, FRI),
        stints=(Stint("strength", 13, (TUE, THU, SAT)), Stint("strength", 5, (TUE, THU, SAT))),
        habits=Habits(strength=1.35, gain=0.007, attendance=0.88, hour=6),
    ),
    Person(
        "grace.tanaka@example.com",
        "Grace Tanaka",
        "America/Los_Angeles",
        "lb",
        trainer=TRAINER,
        coached_weeks=15,
        history_weeks=15,
        stints=(Stint("machines", 15, (WED, SAT)), Stint("hips", 6, (WED, SAT))),
        habits=Habits(strength=0.7, gain=0.011, attendance=0.93, hour=12),
    ),
    # Trains at two gyms: the stacks of one are in pounds.
    Person(
        "felix.brandt@example.com",
        "Felix Brandt",
        trainer=TRAINER,
        history_weeks=22,
        own_days=(THU,),
        stints=(Stint("strength", 5, (MON, THU, SUN)),),
        habits=Habits(strength=1.1, other_unit=0.3, attendance=0.85, hour=17),
    ),
    Person(
        "nora.lindqvist@example.com",
        "Nora Lindqvist",
        "Europe/Stockholm",
        trainer=TRAINER,
        coached_weeks=3,
        history_weeks=3,
        stints=(Stint("machines", 3, (TUE, SAT)),),
        habits=Habits(strength=0.5, gain=0.02, attendance=1.0, hour=16),
    ),
    Person(
        "samir.haddad@example.com",
        "Samir Haddad",
        "Europe/Paris",
        trainer=TRAINER,
        coached_weeks=12,
        history_weeks=12,
        stints=(Stint("machines", 12, (MON, FRI)), Stint("strength", 3, (MON, WED, FRI))),
        habits=Habits(strength=0.95, gain=0.012, hour=19),
    ),
    Person(
        "helga.jonsdottir@example.com",
        "Helga Jónsdóttir",
        "Atlantic/Reykjavik",
        trainer=TRAINER,
        history_weeks=26,
        own_days=(TUE,),
        stints=(Stint("machines", 7, (TUE, FRI)),),
        habits=Habits(strength=0.45, gain=0.006, attendance=0.95, hour=10),
    ),
    # Ended the coaching and goes on alone: no trainer may see this log any more.
    Person(
        "chloe.martin@example.com",
        "Chloé Martin",
        "Europe/Paris",
        trainer=TRAINER,
        coached_weeks=21,
        coaching_ended_weeks_ago=6,
        history_weeks=21,
        own_days=(SAT,),
        stints=(Stint("hips", 14, (MON, THU), ended_weeks_ago=6),),
        habits=Habits(strength=0.75, attendance=0.85, hour=9),
    ),
)

OF_TRAINER2 = (
    Person(
        "member2@example.com",
        "Ethan Brooks",
        "America/New_York",
        "lb",
        trainer=TRAINER2,
        history_weeks=26,
        own_days=(MON, THU),
        stints=(Stint("quads", 19, (MON, THU)), Stint("quads", 7, (TUE, FRI))),
        habits=Habits(strength=1.15, gain=0.006, attendance=0.87, hour=7),
    ),
    Person(
        "sofia.rossi@example.com",
        "Sofia Rossi",
        "Europe/Rome",
        trainer=TRAINER2,
        coached_weeks=17,
        history_weeks=17,
        own_days=(WED,),
        stints=(Stint("home", 12, (MON, WED, FRI)), Stint("home", 4, (MON, WED, FRI))),
        habits=Habits(strength=0.65, gain=0.01, attendance=0.8, hour=21),
    ),
    Person(
        "liam.oconnor@example.com",
        "Liam O’Connor",
        "Europe/Dublin",
        trainer=TRAINER2,
        history_weeks=24,
        own_days=(SUN,),
        stints=(Stint("quads", 10, (WED, SUN)),),
        habits=Habits(strength=1.0, gain=0.008, plateau_weeks=4),
    ),
    Person(
        "yuki.mori@example.com",
        "Yuki Mori",
        "Asia/Tokyo",
        trainer=TRAINER2,
        coached_weeks=11,
        history_weeks=11,
        stints=(Stint("home", 5, (TUE, THU, SAT)),),
        own_days=(TUE,),
        habits=Habits(strength=0.55, attendance=0.96, hour=7),
    ),
    Person(
        "carla.mendes@example.com",
        "Carla Mendes",
        "America/Sao_Paulo",
        trainer=TRAINER2,
        coached_weeks=9,
        history_weeks=9,
        stints=(Stint("quads", 9, (TUE, SAT)),),
        habits=Habits(strength=0.7, attendance=0.7, extra=0.05, hour=13),
    ),
)

ALONE = (
    Person(
        SOLO,
        "Ruben de Vries",
        "Europe/Amsterdam",
        history_weeks=26,
        own_days=(TUE, FRI),
        habits=Habits(strength=0.9, gain=0.007, attendance=0.84, other_unit=0.04),
    ),
)

CAST = STAFF + OF_TRAINER + OF_TRAINER2 + ALONE
INVITED = "Paula Kern"  # got a link from the trainer and has not answered yet

# Who keeps check-ins, and whether their trainer may read them.
KEEPING = {
    MEMBER: True,
    "tomas.horvath@example.com": True,
    "amara.okafor@example.com": False,
    "member2@example.com": True,
}
# Whose, how many days ago, and what was felt.
CHECK_INS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    (MEMBER, 40, {"soreness": {"quadriceps": 6, "glutes": 5}, "body_weight": Decimal("66.4")}),
    (MEMBER, 33, {"soreness": {"glutes": 4, "hamstrings": 3}}),
    (MEMBER, 26, {"soreness": {"quadriceps": 4}, "body_weight": Decimal("66.1")}),
    (MEMBER, 19, {"soreness": {"quadriceps": 5, "glutes": 4}}),
    (MEMBER, 12, {"soreness": {"quadriceps": 3}, "pain": 1, "pain_place": "knee"}),
    (MEMBER, 5, {"soreness": {"quadriceps": 2, "calves": 3}, "body_weight": Decimal("65.8")}),
    ("tomas.horvath@example.com", 11, {"soreness": {"hamstrings": 4}}),
    (
        "tomas.horvath@example.com",
        2,
        {"soreness": {"quadriceps": 3}, "pain": 5, "pain_place": "knee", "pain_side": "left"},
    ),
    ("amara.okafor@example.com", 3, {"soreness": {"calves": 6}, "pain": 4, "pain_place": "calf"}),
    (
        "member2@example.com",
        4,
        {
            "soreness": {"quadriceps": 4},
            "body_weight": Decimal("178.5"),
            "body_weight_unit": "lb",
        },
    ),
)
HARD = "samir.haddad@example.com"  # the last session was far harder than the others
ASKED = "priya.raman@example.com"  # is asked whether the other trainer may go on with them


@dataclass(frozen=True)
class Words:
    text: str
    by_trainer: bool = False
    read: bool = True


@dataclass(frozen=True)
class Said:
    """A thread about the last session of a member; `settled` once a trainer has answered."""

    member: str
    words: tuple[Words, ...]
    trainer: str = TRAINER
    on_set: bool = False  # the first words are about the last set, not the whole session
    settled: bool = False


COMMENTS = (
    Said(
        MEMBER,
        (
            Words("The last set still had two in it. Shall I go heavier, or wait for the rule?"),
            Words(
                "Wait for the rule: it adds weight once all sets reach the top.",
                by_trainer=True,
                read=False,
            ),
        ),
        on_set=True,
        settled=True,
    ),
    Said(
        "dave.kowalski@example.com",
        (Words("The rack was taken, so I did the hip thrusts first. Is that fine?", read=False),),
    ),
    Said(
        "grace.tanaka@example.com",
        (
            Words("Shorter rests today, as you said.", by_trainer=True),
            Words("That worked well, thank you."),
        ),
        settled=True,
    ),
    Said(
        "member2@example.com",
        (Words("Can I do Friday’s session on Saturday this week?", read=False),),
        trainer=TRAINER2,
    ),
)
# About whom, how many days ago, and what the trainer noted for themselves.
NOTES = (
    ("jakub.nowak@example.com", 6, "Squat has stood still. Three weeks with fewer sets, then see."),
    ("jakub.nowak@example.com", 40, "Wants to squat twice his weight by summer."),
    (MEMBER, 15, "Likes short sessions before work. Never more than five exercises."),
)
