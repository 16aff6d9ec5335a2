"""The matrix: what every address answers to everybody. `rows.py` says how a row is read."""

from tests.permissions.table import accounts, admin, coaching, exercises, pages, programs, sessions

ROWS = [
    *pages.ROWS,
    *accounts.ROWS,
    *exercises.ROWS,
    *programs.ROWS,
    *sessions.ROWS,
    *coaching.ROWS,
    *admin.ROWS,
]
