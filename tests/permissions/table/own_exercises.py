"""/exercises/mine/: everybody has a list of their own, and only their own exercises are in it"""

from tests.permissions.table.rows import Row

# In the order of the roles: owner, health, plain, former, other, member, editor, admin, nobody.
SIGNED_IN = "200 200 200 200 200 200 200 200 in"
OWNER = "200 404 404 404 404 404 404 404 in"
OWNER_SENDS = "302 404 404 404 404 404 404 404 in"
LED_BACK = "302 302 302 302 302 302 302 302 in"  # by GET to an address that is only posted to
NOBODY_SIGNED_IN = "404 404 404 404 404 404 404 404 in"
WRITERS = "403 404 404 404 404 403 404 404 in"
EDITORS = "403 403 403 403 403 403 404 404 in"

OWN = "exercises/mine/<slug:slug>/"
OF = "exercises/<slug:slug>/"
SAID = {"name": "Odd machine", "load": "external", "works_quadriceps": "direct"}

ROWS = [
    Row("exercises/mine/", "GET", SIGNED_IN),
    Row("exercises/mine/", "POST", "302 302 302 302 302 302 302 302 in", send=SAID),
    Row("exercises/mine/names/", "GET", SIGNED_IN, ask="?q=quince"),
    Row(OWN, "GET", OWNER, at="own"),
    Row(OWN, "POST", OWNER_SENDS, at="own", send=SAID),
    Row(f"{OWN}retire/", "GET", LED_BACK, at="own"),
    Row(f"{OWN}retire/", "POST", OWNER_SENDS, at="own"),
    Row(f"{OWN}bring-back/", "GET", LED_BACK, at="own"),
    Row(f"{OWN}bring-back/", "POST", OWNER_SENDS, at="own", still=True),
    Row(f"{OWN}delete/", "GET", LED_BACK, at="own"),
    Row(f"{OWN}delete/", "POST", OWNER_SENDS, at="own"),
    Row(f"{OWN}merge/", "GET", LED_BACK, at="own"),
    Row(f"{OWN}merge/", "POST", OWNER_SENDS, at="own", send={"into": "leg-extension"}),
    # Under the library's addresses it is not there; its owner is led to its own page.
    Row(OF, "GET", "302 404 404 404 404 404 404 404 404", at="own"),
    Row(f"{OF}history/", "GET", NOBODY_SIGNED_IN, at="own"),
    Row(f"{OF}compare/", "GET", NOBODY_SIGNED_IN, at="own"),
    Row(f"{OF}propose/", "GET", WRITERS, at="own"),
    Row(f"{OF}facts/", "GET", EDITORS, at="own"),
    Row(f"{OF}merge/", "GET", EDITORS, at="own"),
    Row(f"{OF}photos/", "GET", EDITORS, at="own"),
]
