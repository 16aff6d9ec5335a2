"""/today/, /sessions/ and /calendar/

`done` is a finished session of Mia's, `open` the one that she is in, `gone` one that she discarded.
"""

from tests.permissions.table.rows import Row

OWN = "200 200 200 200 200 200 200 200 in"  # everybody's own page
OWN_SEND = "302 302 302 302 302 302 302 302 in"
READ = "200 200 200 404 404 404 404 404 in"
WRITE = "302 403 403 404 404 404 404 404 in"  # a trainer reads the log, and never writes in it
ALONE = "302 404 404 404 404 404 404 404 in"  # not even known to a trainer
LED_BACK = "302 302 302 302 302 302 302 302 in"  # by GET to the session, whoever may see that
FOLLOWERS = "200 404 404 404 404 200 404 404 in"  # of one's own program
FOLLOWERS_SEND = "302 404 404 404 404 302 404 404 in"
BOTH_SEND = "302 302 302 404 404 404 404 404 in"
WHO_KNOWS = "200 200 200 200 200 200 200 200 200"  # the secret in the address

OF = "sessions/<uuid:uuid>/"
SET = f"{OF}sets/<uuid:client_key>/"
BLOCK = f"{OF}exercises/<int:order>/"
COMMENT = f"{OF}comments/<uuid:comment>/"
LOGGED = {
    "client_key": "{open_key}", "exercise": "back-squat", "block": "1", "position": "2",
    "kind": "work", "weight": "60", "unit": "kg", "reps": "8",
}  # fmt: skip
FELT = {"soreness_hamstrings": "3"}
ABOUT_SET = {"uuid": "{comment_uuid}", "text": "Well done", "about": "{set}"}
DAY = "calendar/days/<day:day>/"
FEED = ("title of their program", "title of a day")

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("sessions/", "GET", OWN),
    Row("sessions/", "GET", OWN, ask="?discarded={gone}"),
    Row("sessions/outbox/", "GET", OWN),
    Row(
        "sessions/start/",
        "POST",
        OWN_SEND,
        send={"uuid": "{new_uuid}", "planned": "on", "workout": "{workout}"},
    ),
    # What is still to do is arranged by the member and by their trainers.
    Row("sessions/skip/<int:pk>/", "POST", BOTH_SEND, at="workout"),
    Row("sessions/unskip/<int:pk>/", "POST", BOTH_SEND, at="skipped"),
    Row("sessions/plates/", "GET", OWN),
    # --- Health
    Row("sessions/check-in/", "GET", OWN),
    Row("sessions/check-in/", "GET", OWN, ask="?session={open}"),
    Row("sessions/check-in/", "POST", OWN_SEND, send=FELT),
    Row("sessions/check-in/<int:pk>/delete/", "POST", ALONE, at="check_in"),
    Row("sessions/check-in/<int:pk>/restore/", "POST", ALONE, at="deleted_check_in"),
    Row("sessions/check-in/withdraw/", "GET", OWN),
    Row("sessions/check-in/withdraw/", "POST", OWN_SEND),
    # --- A session
    Row(OF, "GET", READ, at="done"),
    Row(OF, "GET", READ, at="open"),
    Row(OF, "GET", "404 404 404 404 404 404 404 404 in", at="gone"),
    Row(OF, "GET", "404 404 404 404 200 200 404 404 in", at="olgas"),
    Row(f"{OF}version/", "GET", READ, at="open"),
    Row(
        f"{OF}checklist/<slug:part>/",
        "POST",
        WRITE,
        at="open warmup",
        send={"done": ["warmup-easy"]},
    ),
    Row(f"{OF}finish/", "GET", LED_BACK, at="open"),
    Row(f"{OF}finish/", "POST", WRITE, at="open", send={"rpe": "7", "minutes": "", "note": ""}),
    Row(f"{OF}reopen/", "POST", WRITE, at="done", first="no_open_session"),
    Row(f"{OF}discard/", "POST", WRITE, at="done"),
    Row(f"{OF}restore/", "POST", ALONE, at="gone"),
    # --- Its sets
    Row(f"{OF}sets/", "GET", LED_BACK, at="open"),
    Row(f"{OF}sets/", "POST", WRITE, at="open", send=LOGGED),
    Row(f"{SET}delete/", "POST", WRITE, at="done set"),
    Row(f"{SET}restore/", "POST", WRITE, at="done deleted_set"),
    # --- Its exercises
    Row(f"{OF}exercises/", "GET", LED_BACK, at="open"),
    Row(
        f"{OF}exercises/",
        "POST",
        WRITE,
        at="open",
        send={"name": "Front Squat", "order": "9"},
    ),
    Row(f"{BLOCK}remove/", "POST", WRITE, at="open 2"),
    Row(f"{BLOCK}restore/", "POST", WRITE, at="open 3"),
    Row(f"{BLOCK}skip/", "POST", WRITE, at="open 2"),
    Row(f"{BLOCK}unskip/", "POST", WRITE, at="open 4"),
    Row(f"{BLOCK}move/", "POST", WRITE, at="open 2", send={"place": "1"}),
    Row(f"{BLOCK}swap/", "GET", "200 403 403 404 404 404 404 404 in", at="open 2"),
    Row(f"{BLOCK}swap/", "POST", WRITE, at="open 2", send={"exercise": "hack-squat"}),
    Row(f"{BLOCK}setup/", "GET", LED_BACK, at="open 1"),
    Row(
        f"{BLOCK}setup/",
        "POST",
        WRITE,
        at="open 1",
        send={"note": "Seat 4", "bar": "20", "step": "2.5", "unit": "kg"},
    ),
    # --- What is written about it, by the member and all who coach them
    Row("sessions/comments/", "GET", OWN),
    Row("sessions/comments/read/", "POST", OWN_SEND),
    Row("sessions/comments/read/", "POST", BOTH_SEND, send={"newest": "{newest}"}),
    Row(f"{OF}comments/", "GET", LED_BACK, at="done"),
    Row(f"{OF}comments/", "POST", BOTH_SEND, at="done", send=ABOUT_SET),
    Row(f"{OF}comments/read/", "POST", BOTH_SEND, at="done"),
    # The one who asked does not say that it needs no answer.
    Row(f"{OF}comments/settle/", "POST", "403 302 302 404 404 404 404 404 in", at="done"),
    Row(f"{COMMENT}delete/", "POST", WRITE, at="done asked"),
    Row(f"{COMMENT}delete/", "POST", "403 302 403 404 404 404 404 404 in", at="done answered"),
    Row(f"{COMMENT}restore/", "POST", ALONE, at="done deleted_comment"),
    # --- The calendar
    Row("calendar/", "GET", OWN),
    Row("calendar/options/", "GET", OWN),
    Row("calendar/options/", "POST", FOLLOWERS_SEND, send={"time_of_day": "18:00"}),
    Row(DAY, "GET", FOLLOWERS, at="tomorrow"),
    Row(DAY, "POST", FOLLOWERS_SEND, at="tomorrow", send={"moved_to": "{free_day}"}),
    Row(f"{DAY}skip/", "POST", FOLLOWERS_SEND, at="tomorrow"),
    Row(f"{DAY}restore/", "POST", FOLLOWERS_SEND, at="moved_day"),
    Row("calendar/address/make/", "POST", OWN_SEND),
    Row("calendar/address/renew/", "POST", OWN_SEND, send={"old": "{calendar_key}"}),
    Row("calendar/address/remove/", "POST", OWN_SEND),
    Row("calendar/reminders/stop/<str:token>/", "GET", WHO_KNOWS, at="reminders", open=True),
    Row("calendar/reminders/stop/<str:token>/", "POST", WHO_KNOWS, at="reminders", open=True),
    Row("calendar/<str:token>.ics", "GET", WHO_KNOWS, at="calendar", open=True, tells=FEED),
]
