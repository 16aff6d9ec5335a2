"""/progress/, and the same of a member for their trainers"""

from tests.permissions.table.coaching import COACHES, COACHES_SEND, EVERYBODY, OF
from tests.permissions.table.rows import Row

EVERYBODY_SENDS = "302 302 302 302 302 302 302 302 in"
TARGET = {"low_calves": "8", "high_calves": "12"}

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    # One's own: everybody has a log.
    Row("progress/", "GET", EVERYBODY),
    Row("progress/", "GET", EVERYBODY, ask="?weeks=all&group=calves&map=now"),
    Row("progress/bands/", "GET", EVERYBODY),
    Row("progress/bands/", "POST", EVERYBODY_SENDS, send=TARGET),
    Row("progress/<slug:slug>/", "GET", EVERYBODY, at="back-squat"),
    Row("progress/<slug:slug>/", "GET", "200 404 404 404 404 404 404 404 in", at="own"),
    # Of Mia, for those who coach her now.
    Row(f"{OF}progress/<slug:slug>/", "GET", COACHES, at="owner back-squat"),
    Row(f"{OF}progress/<slug:slug>/", "GET", COACHES, at="owner own"),
    Row(f"{OF}progress/", "GET", COACHES, at="owner"),
    Row(f"{OF}bands/", "GET", COACHES, at="owner"),
    Row(f"{OF}bands/", "POST", COACHES_SEND, at="owner", send=TARGET),
]
