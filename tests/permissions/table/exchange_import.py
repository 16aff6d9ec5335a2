"""/import/: everybody has a list of their own, and only their own files are in it

`sent_in` is a file that Mia sent in, `imported` one that came in, `undone` one that was undone.
"""

from tests.permissions.table.rows import Row

OWN = "200 200 200 200 200 200 200 200 in"
OWN_SEND = "302 302 302 302 302 302 302 302 in"
READ = "200 404 404 404 404 404 404 404 in"
SEND = "302 404 404 404 404 404 404 404 in"

OF = "import/<uuid:uuid>/"
FILE = (
    b"Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
    b"2024-05-06 18:00:00,Legs,1h,Squat (Barbell),1,100,5,0,0,\n"
)
ANSWERS = {"keep": "legs", "unit": "kg"}

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("import/", "GET", OWN),
    Row("import/", "POST", OWN_SEND, send={"file": FILE}),
    Row(OF, "GET", READ, at="sent_in"),
    Row(OF, "GET", READ, at="imported"),
    Row(OF, "GET", READ, at="undone"),
    Row(OF, "POST", SEND, at="sent_in", send=ANSWERS),
    Row(f"{OF}start/", "GET", SEND, at="sent_in"),  # back to its page
    Row(f"{OF}start/", "POST", SEND, at="sent_in", send=ANSWERS),
    Row(f"{OF}state/", "GET", READ, at="sent_in"),
    Row(f"{OF}undo/", "POST", SEND, at="imported"),
    Row(f"{OF}discard/", "POST", SEND, at="sent_in"),
    Row(f"{OF}discard/", "POST", SEND, at="undone"),
]
