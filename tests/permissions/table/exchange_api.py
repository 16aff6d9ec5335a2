"""/api/ and /accounts/tokens/

A session's cookie opens nothing of the interface, whoever has it: that a token reads its member's
own and nobody else's is in tests/exchange/test_api_access.py.
"""

from tests.permissions.table.rows import Row

ALL = "200 200 200 200 200 200 200 200"
CLOSED = "401 401 401 401 401 401 401 401 401"
NOWHERE = "404 404 404 404 404 404 404 404 404"
TOKEN = {"name": "Chart", "scopes": ["sessions"], "days": "30", "password": "{password}"}
V1 = "api/v1/"

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("accounts/tokens/", "GET", f"{ALL} in"),
    Row("accounts/tokens/", "POST", f"{ALL} in", send=TOKEN),
    Row(
        "accounts/tokens/<int:pk>/revoke/",
        "POST",
        "302 404 404 404 404 404 404 404 in",
        at="access_token",
    ),
    Row("api/", "GET", f"{ALL} 200"),
    Row(f"{V1}openapi.json", "GET", f"{ALL} 200"),
    Row(f"{V1}me", "GET", CLOSED),
    Row(f"{V1}sessions", "GET", CLOSED),
    Row(f"{V1}sessions/<uuidstr:uuid>", "GET", CLOSED, at="done"),
    Row(f"{V1}sets", "GET", CLOSED),
    Row(f"{V1}exercises", "GET", CLOSED),
    Row(f"{V1}programs", "GET", CLOSED),
    Row(f"{V1}progress", "GET", CLOSED),
    Row(f"{V1}progress/weeks", "GET", CLOSED),
    # What is no address.
    Row("api/^v1(?:/.*)?$", "GET", NOWHERE, at="/api/v1/nonsense"),
]
