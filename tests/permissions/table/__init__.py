"""The matrix: what every address answers to everybody. `rows.py` says how a row is read."""

from tests.permissions.table import (
    accounts,
    admin,
    coaching,
    exchange_account,
    exchange_api,
    exchange_import,
    exercises,
    own_exercises,
    pages,
    programs,
    progress,
    sessions,
)

ROWS = [
    *pages.ROWS,
    *accounts.ROWS,
    *exercises.ROWS,
    *programs.ROWS,
    *sessions.ROWS,
    *coaching.ROWS,
    *progress.ROWS,
    *own_exercises.ROWS,
    *exchange_import.ROWS,
    *exchange_account.ROWS,
    *exchange_api.ROWS,
    *admin.ROWS,
]
