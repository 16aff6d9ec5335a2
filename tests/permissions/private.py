"""Words that stand in one private thing each, and who may read them."""

from __future__ import annotations

from dataclasses import dataclass, field

OWNER, HEALTH, PLAIN = "owner", "health", "plain"
THEIRS = (OWNER, HEALTH, PLAIN)  # the member, and all who coach them now
DONE = "/sessions/{done}/"
ABOUT_ME, ADMIN = "coaching/about-me/", "admin/"
ROSTER_CSV = "coaching/roster.csv"
EXPORT = "accounts/export/download/"  # what was written about them is in it, and a trainer's roster
THEIR_DATA, ROSTER = (ABOUT_ME, EXPORT), (ROSTER_CSV, EXPORT)


@dataclass(frozen=True)
class Secret:
    """`words` are what is looked for, `seen` says at which address each role does read it.

    Who is not named in `seen` never reads it, on no page. `only` narrows it further: that role
    reads it at addresses that begin so and nowhere else.
    """

    name: str
    words: tuple[str, ...]
    seen: dict[str, tuple[str, ...]]
    only: dict[str, str | tuple[str, ...]] = field(default_factory=dict)

    @property
    def roles(self) -> set[str]:
        return {role for roles in self.seen.values() for role in roles}

    def may_stand(self, role: str, route: str) -> bool:
        return role in self.roles and route.startswith(self.only.get(role, ""))


SECRETS = (
    # The log
    Secret("title of a session", ("Sessionibex",), {DONE: THEIRS}),
    Secret("title of the open session", ("Openibex",), {"/sessions/{open}/": THEIRS}),
    Secret("title of a discarded session", ("Goneibex",), {
        "/sessions/?discarded={gone}": (OWNER,),
    }),
    Secret("note of a session", ("Noteibex",), {DONE: THEIRS}),
    Secret("note of a set", ("Setibex",), {DONE: THEIRS}),
    Secret("weight of a set", ("61.375",), {DONE: THEIRS}),
    # Who coaches her reads its name where it is logged, and on its page.
    Secret(
        "own exercise",
        ("Ownibex",),
        {
            "/exercises/mine/": (OWNER,),
            "/coaching/members/{owner}/progress/{own}/": (HEALTH, PLAIN),
        },
        only={HEALTH: "coaching/members/", PLAIN: "coaching/members/"},
    ),
    Secret("name in a file", ("Nameibex",), {
        "/import/{sent_in}/": (OWNER,), "/coaching/members/{owner}/progress/": (HEALTH, PLAIN),
    }),
    Secret("name of a file", ("Fileibex",), {"/import/": (OWNER,)}),
    Secret("name of a token", ("Tokenibex",), {"/accounts/tokens/": (OWNER,)}),
    Secret("title of an imported session", ("Importibex",), {
        "/sessions/": (OWNER,), "/coaching/members/{owner}/": (HEALTH, PLAIN),
    }),
    Secret("note of a set-up", ("Setupibex",), {"/sessions/{open}/": THEIRS}),
    Secret("name", ("Marmalade",), {
        "/accounts/settings/": (OWNER,),
        "/coaching/members/{owner}/": (HEALTH, PLAIN),
        "/admin/accounts/user/": ("admin",),
    }, {"admin": ADMIN}),
    Secret("e-mail address", ("quince@secret.example",), {
        "/accounts/settings/": (OWNER,),
        f"/{ROSTER_CSV}": (HEALTH, PLAIN),
        "/admin/accounts/user/": ("admin",),
    }, {"admin": ADMIN, HEALTH: ROSTER, PLAIN: ROSTER}),
    Secret("somebody else’s log", ("Olgaibex",), {"/sessions/{olgas}/": ("other", "member")}),
    Secret("somebody else’s comment", ("Olgassaidibex",), {
        "/sessions/{olgas}/": ("other", "member"),
    }),
    Secret("somebody else’s e-mail address", ("damson@secret.example",), {
        "/accounts/settings/": ("member",),
        f"/{ROSTER_CSV}": ("other",),
        "/admin/accounts/user/": ("admin",),
    }, {"admin": ADMIN, "other": ROSTER}),
    # The plan
    Secret("title of their program", ("Planibex",), {"/programs/{copy}/": THEIRS}),
    Secret("title of a day", ("Dayibex",), {"/programs/{copy}/": THEIRS}),
    Secret("title of what waits", ("Queuedibex",), {"/programs/{queued_copy}/": THEIRS}),
    Secret("title of a former trainer’s program", ("Formeribex",), {
        "/programs/{former_copy}/": THEIRS,
    }),
    Secret("working weight", ("283.7",), {"/programs/{copy}/lifts/": THEIRS}),
    Secret("why a weight was set", ("Reasonibex",), {"/programs/{copy}/lifts/": THEIRS}),
    Secret("address of the calendar", ("{calendar}", "{calendar_key}"), {
        "/calendar/options/": (OWNER,),
    }),
    # What was written
    Secret("what they asked", ("Askedibex",), {DONE: THEIRS}),
    Secret("what a trainer answered", ("Answeredibex",), {DONE: THEIRS}),
    Secret("what another trainer answered", ("Bertsibex",), {DONE: THEIRS}),
    Secret("note about them", ("Annasnoteibex",), {
        "/coaching/members/{owner}/": (HEALTH,), f"/{ABOUT_ME}": (OWNER,),
    }, {OWNER: THEIR_DATA}),
    Secret("another trainer’s note", ("Bertsnoteibex",), {
        "/coaching/members/{owner}/": (PLAIN,), f"/{ABOUT_ME}": (OWNER,),
    }, {OWNER: THEIR_DATA}),
    Secret("a former trainer’s note", ("Carlsnoteibex",), {f"/{ABOUT_ME}": (OWNER,)},
           {OWNER: THEIR_DATA}),
    Secret("who looked", ("Lookedibex",), {"/accounts/sharing/": (OWNER,)}),
    # Health
    Secret("check-in", ("groin",), {
        "/sessions/check-in/": (OWNER,), "/coaching/members/{owner}/check-ins/": (HEALTH,),
    }),
    Secret("note about their health", ("Annashealthibex",), {
        "/coaching/members/{owner}/": (HEALTH,), f"/{ABOUT_ME}": (OWNER,),
    }, {OWNER: THEIR_DATA}),
    Secret("note about health that is no longer shared", ("Bertshealthibex",), {
        f"/{ABOUT_ME}": (OWNER,),
    }, {OWNER: THEIR_DATA}),
    # A trainer's own
    Secret("a trainer’s program", ("Blueprintibex",), {"/programs/{template}/": (HEALTH,)}),
    Secret("whom a trainer invites", ("Labelibex", "lapwing@secret.example"), {
        "/coaching/invite/": (HEALTH,),
    }),
    Secret("draft", ("Draftibex",), {"/exercises/leg-extension/propose/": (HEALTH,)}),
    Secret("proposal", ("Proposedibex",), {
        "/exercises/back-squat/proposals/{proposal}/": (PLAIN, "editor", "admin"),
    }),
)  # fmt: skip
