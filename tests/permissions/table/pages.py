"""Pages that belong to no app."""

from tests.permissions.table.rows import Row

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("today/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("why/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("healthz", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("manifest.webmanifest", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("sw.js", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("offline/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("favicon.ico", "GET", "302 302 302 302 302 302 302 302 302"),
]
