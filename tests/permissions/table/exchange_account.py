"""Taking everything along, leaving, and a program as text"""

from tests.permissions.table.rows import Row

SURE = {"password": "{password}", "has_read": "on"}
SHORTHAND = "programs/<int:pk>/shorthand.txt"

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("accounts/export/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/export/download/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/delete/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/delete/", "POST", "422 422 422 422 422 422 422 422 in"),
    # The only admin has to stay.
    Row("accounts/delete/", "POST", "302 302 302 302 302 302 302 422 in", send=SURE),
    Row("accounts/deleted/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row(SHORTHAND, "GET", "404 200 404 404 404 404 404 404 in", at="template"),
    Row(SHORTHAND, "GET", "404 200 200 200 200 404 404 404 in", at="shared"),
    Row(SHORTHAND, "GET", "200 200 200 404 404 404 404 404 in", at="copy"),
]
