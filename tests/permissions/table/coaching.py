"""/coaching/: the roster, a member's page, the links, the gym"""

from tests.permissions.table.rows import Row

TRAINERS = "403 200 200 200 200 403 403 403 in"
TRAINERS_SEND = "403 302 302 302 302 403 403 403 in"
COACHES = "403 200 200 404 404 403 403 403 in"  # those of Mia
COACHES_SEND = "403 302 302 404 404 403 403 403 in"
ADMINS = "403 403 403 403 403 403 403 200 in"
ADMINS_SEND = "403 403 403 403 403 403 403 302 in"
EVERYBODY = "200 200 200 200 200 200 200 200 in"

COPY = "403 200 403 404 404 403 403 403 in"
COPY_SEND = "403 302 403 404 404 403 403 403 in"

OF = "coaching/members/<int:pk>/"
NOTE = "coaching/notes/<int:pk>/"

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("coaching/", "GET", TRAINERS),
    Row("coaching/roster.csv", "GET", TRAINERS),
    Row(OF, "GET", COACHES, at="owner"),
    Row(OF, "GET", "403 404 404 404 200 403 403 403 in", at="member"),  # of Olga's trainer
    # Only where she shares them.
    Row(f"{OF}check-ins/", "GET", "403 200 404 404 404 403 403 403 in", at="owner"),
    # --- Notes
    Row(f"{OF}notes/", "GET", COACHES_SEND, at="owner"),
    Row(f"{OF}notes/", "POST", COACHES_SEND, at="owner", send={"text": "Tall"}),
    # One about health is only kept where she shares hers.
    Row(
        f"{OF}notes/",
        "POST",
        "403 302 422 404 404 403 403 403 in",
        at="owner",
        send={"text": "Sleeps badly", "about_health": "on"},
    ),
    Row(f"{NOTE}delete/", "POST", "403 302 404 404 404 403 403 403 in", at="note"),
    Row(f"{NOTE}delete/", "POST", "403 302 404 404 404 403 403 403 in", at="health_note"),
    Row(f"{NOTE}delete/", "POST", "403 404 302 404 404 403 403 403 in", at="berts_note"),
    Row(f"{NOTE}delete/", "POST", "403 404 404 404 404 403 403 403 in", at="berts_health_note"),
    Row(f"{NOTE}delete/", "POST", "403 404 404 404 404 403 403 403 in", at="carls_note"),
    Row(f"{NOTE}restore/", "POST", "403 302 404 404 404 403 403 403 in", at="deleted_note"),
    # --- What is still to do: changed by the trainer who wrote it
    Row(f"{OF}swap/", "GET", COPY, at="owner"),
    Row(
        f"{OF}swap/",
        "POST",
        COPY_SEND,
        at="owner",
        send={"exercise": "leg-extension", "name": "Hack Squat"},
    ),
    Row(f"{OF}deload/", "GET", COPY, at="owner"),
    Row(f"{OF}deload/", "POST", COPY_SEND, at="owner", send={"how": "{deload}", "seen": "{seen}"}),
    # --- How they come together
    Row("coaching/invite/", "GET", TRAINERS),
    Row("coaching/invite/", "POST", TRAINERS_SEND, send={"label": "Zeb", "email": ""}),
    Row(
        "coaching/invitations/<int:pk>/",
        "GET",
        "403 200 404 404 404 403 403 403 in",
        at="invitation",
    ),
    Row(
        "coaching/invitations/<int:pk>/revoke/",
        "POST",
        "404 302 404 404 404 404 404 404 in",
        at="invitation",
    ),
    # Whoever has the link may join by it, but nobody coaches themselves.
    Row(
        "coaching/join/<str:token>/",
        "GET",
        "200 404 200 200 200 200 200 200 in",
        at="token",
        open=True,
    ),
    Row(
        "coaching/join/<str:token>/",
        "POST",
        "302 404 302 302 302 302 302 302 in",
        at="token",
        open=True,
    ),
    # --- How they part
    Row(f"{OF}stop/", "POST", "403 302 302 404 404 403 403 403 in", at="owner"),
    Row(f"{OF}handover/", "GET", COACHES, at="owner"),
    Row(f"{OF}handover/", "POST", COACHES_SEND, at="owner", send={"to": "{other}"}),
    Row("coaching/handover/", "GET", TRAINERS),
    # Nobody can choose whom they do not coach.
    Row(
        "coaching/handover/",
        "POST",
        "403 302 302 422 422 403 403 403 in",
        send={"to": "{former}", "members": ["{owner}"]},
    ),
    Row(
        "coaching/handovers/<int:pk>/withdraw/",
        "POST",
        "403 302 404 404 404 403 403 403 in",
        at="handover",
    ),
    # Only the member's yes does it.
    Row(
        "coaching/handovers/<int:pk>/answer/",
        "POST",
        "302 404 404 404 404 404 404 404 in",
        at="handover",
        send={"answer": "yes"},
    ),
    Row("coaching/about-me/", "GET", EVERYBODY),
    # --- The gym: counts, no logs
    Row("coaching/gym/", "GET", ADMINS),
    Row(
        "coaching/gym/handover/",
        "POST",
        ADMINS_SEND,
        send={"trainer": "{plain}", "to": "{other}"},
    ),
]
