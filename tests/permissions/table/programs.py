"""/programs/ and what is done with a program

`copy` is what Mia follows: her trainer with health consent wrote it, and alone edits it.
`template` is that trainer's own, `shared` one that the gym's other trainers may use too.
"""

from tests.permissions.table.rows import Row

COPY = "403 200 403 404 404 404 404 404 in"
COPY_SEND = "403 302 403 404 404 404 404 404 in"
READ = "200 200 200 404 404 404 404 404 in"
FOLLOW = "302 302 302 404 404 404 404 404 in"
TRAINERS = "403 200 200 200 200 403 403 403 in"
TRAINERS_SEND = "403 302 302 302 302 403 403 403 in"
MINE = "404 200 404 404 404 404 404 404 in"  # one's own template, which nobody else knows
MINE_SEND = "404 302 404 404 404 404 404 404 in"
GYMS = "404 200 200 200 200 404 404 404 in"

OF = "programs/<int:pk>/"
WEEK = f"{OF}week/<int:week>/"
DAY = f"{WEEK}day/<int:day>/"
HEAD = {"title": "New title", "goal": "", "weeks": "2"}
WORKOUT = {
    "title": "Day", "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0",
    "rows-0-exercise": "Back Squat", "rows-0-sets": "3x8 @60kg", "rows-0-ORDER": "1",
}  # fmt: skip
GIVE = {
    "members": ["{owner}"], "start_date": "{tomorrow}", "weekdays": ["0", "3"], "time_of_day": "",
    "busy": "queue", "give": "1", "m{owner}-seen": "1",
}  # fmt: skip

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("programs/", "GET", TRAINERS),
    Row("programs/mine/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("programs/new/", "GET", TRAINERS),
    Row(
        "programs/new/",
        "POST",
        TRAINERS_SEND,
        send=HEAD | {"text": "", "days_a_week": "2"},
    ),
    Row("programs/check/", "POST", TRAINERS, send={"text": "Back Squat 3x5"}, still=True),
    # --- What a member follows
    Row("programs/assignments/<int:pk>/end/", "POST", FOLLOW, at="assignment"),
    Row("programs/assignments/<int:pk>/end/", "POST", FOLLOW, at="queued"),
    Row("programs/assignments/<int:pk>/pause/", "POST", FOLLOW, at="assignment"),
    Row("programs/assignments/<int:pk>/resume/", "POST", FOLLOW, at="assignment", first="paused"),
    Row("programs/assignments/<int:pk>/start/", "POST", FOLLOW, at="queued"),
    Row("programs/assignments/<int:pk>/reopen/", "POST", FOLLOW, at="assignment", first="ended"),
    # What a former trainer gave is theirs no longer.
    Row(
        "programs/assignments/<int:pk>/reopen/",
        "POST",
        FOLLOW,
        at="former_assignment",
        first="ended",
    ),
    # --- Reading one
    Row(OF, "GET", READ, at="copy"),
    Row(OF, "GET", READ, at="queued_copy"),
    Row(OF, "GET", READ, at="former_copy"),
    Row(OF, "GET", MINE, at="template"),
    Row(OF, "GET", GYMS, at="shared"),
    Row(OF, "GET", GYMS, at="gyms"),
    Row(OF, "GET", "404 404 404 404 404 404 404 404 in", at="deleted"),
    Row(f"{WEEK}sheet/", "GET", READ, at="copy 1"),
    Row(f"{WEEK}sheet/", "GET", MINE, at="template 1"),
    Row(f"{WEEK}sheet/", "GET", GYMS, at="shared 1"),
    Row(f"{OF}lifts/", "GET", READ, at="copy"),
    Row(
        f"{OF}lifts/",
        "POST",
        COPY_SEND,
        at="copy",
        send={"lift": "{lift}", "weight": "90", "unit": "kg", "reason": ""},
    ),
    # --- Writing one
    Row(f"{OF}edit/", "GET", COPY, at="copy"),
    Row(f"{OF}edit/", "POST", COPY_SEND, at="copy", send=HEAD),
    Row(f"{OF}edit/", "GET", MINE, at="template"),
    Row(f"{OF}edit/", "POST", MINE_SEND, at="template", send=HEAD | {"shared": "on"}),
    Row(
        f"{OF}edit/",
        "POST",
        "404 302 403 403 403 404 404 404 in",
        at="shared",
        send=HEAD,
    ),
    # A former trainer wrote it; nobody else does.
    Row(f"{OF}edit/", "POST", "403 403 403 404 404 404 404 404 in", at="former_copy", send=HEAD),
    Row(f"{OF}text/", "GET", COPY, at="copy"),
    Row(
        f"{OF}text/",
        "POST",
        COPY_SEND,
        at="copy",
        send={"title": "New title", "goal": "", "text": "{text}", "version": "{version}"},
    ),
    Row(DAY, "GET", COPY, at="copy 1 1"),
    Row(DAY, "POST", COPY_SEND, at="copy 1 1", send=WORKOUT),
    Row(f"{DAY}copy/", "POST", COPY_SEND, at="copy 1 1", send={"to": "2"}),
    Row(f"{DAY}move/", "POST", COPY_SEND, at="copy 1 1", send={"to": "2"}),
    Row(f"{DAY}remove/", "POST", COPY_SEND, at="copy 2 1"),
    Row(f"{OF}restore-day/", "POST", COPY_SEND, at="copy", first="taken_out_a_day"),
    Row(f"{WEEK}add/", "POST", COPY_SEND, at="copy 1"),
    Row(f"{WEEK}copy/", "GET", COPY, at="copy 1"),
    Row(f"{WEEK}copy/", "POST", COPY_SEND, at="copy 1", send={"to": "2", "step": "", "sets": "1"}),
    Row(f"{OF}delete/", "POST", MINE_SEND, at="template"),
    Row(f"{OF}delete/", "POST", "404 302 403 403 403 404 404 404 in", at="shared"),
    # A copy is its member's to follow: nobody deletes it.
    Row(f"{OF}delete/", "POST", "403 403 403 404 404 404 404 404 in", at="copy"),
    Row(f"{OF}restore/", "POST", MINE_SEND, at="deleted"),
    Row(f"{OF}copy/", "POST", "403 302 404 404 404 403 403 403 in", at="template"),
    Row(f"{OF}copy/", "POST", TRAINERS_SEND, at="shared"),
    Row(f"{OF}copy/", "POST", "403 404 404 404 404 403 403 403 in", at="copy"),
    # --- Giving one
    Row(f"{OF}assign/", "GET", "403 200 404 404 404 403 403 403 in", at="template"),
    Row(f"{OF}assign/", "GET", TRAINERS, at="shared", ask="?member={owner}"),
    Row(f"{OF}assign/", "GET", "403 403 403 404 404 403 403 403 in", at="copy"),
    Row(
        f"{OF}assign/",
        "POST",
        "403 302 404 404 404 403 403 403 in",
        at="template",
        send=GIVE | {"m{owner}-max_{squat}": "100"},
    ),
    # Nobody can choose whom they do not coach.
    Row(
        f"{OF}assign/",
        "POST",
        "403 302 302 422 422 403 403 403 in",
        at="shared",
        send=GIVE | {"m{owner}-max_{squat}": "100"},
    ),
    Row(f"{OF}followers/", "GET", "403 200 404 404 404 403 403 403 in", at="template"),
    Row(f"{OF}followers/", "GET", TRAINERS, at="shared"),
    Row(
        f"{OF}push/",
        "POST",
        "403 302 404 404 404 403 403 403 in",
        at="template",
        send={"copies": ["{assignment}"]},
    ),
    Row(
        f"{OF}push/",
        "POST",
        "403 422 422 422 422 403 403 403 in",
        at="shared",
        send={"copies": ["{assignment}"]},
    ),
    Row(f"{OF}preview/", "GET", "403 200 200 404 404 403 403 403 in", at="copy"),
    Row(f"{OF}preview/", "GET", "403 200 404 404 404 403 403 403 in", at="template"),
    Row(f"{OF}preview/", "GET", TRAINERS, at="shared", ask="?member={owner}"),
]
