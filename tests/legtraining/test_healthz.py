"""GET /healthz"""

import os
import subprocess
import sys

from django.conf import settings
from django.test import Client

ASK = """
import django; django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "localhost"})
for url in ("/healthz", "/", "/exercises/"):
    page = client.get(url)
    print(page.status_code, "cannot reach our records" in page.text, "sesame" in page.text)
"""


def test_ok(db):
    page = Client().get("/healthz")
    assert (page.status_code, page.text, page["Content-Type"]) == (200, "ok\n", "text/plain")
    assert "no-store" in page["Cache-Control"]


def test_wrong_method(db):
    assert Client().post("/healthz").status_code == 405


def test_says_503_while_the_database_is_away():
    """And so does every page, in a sentence."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "legtraining.settings",
        "DATABASE_URL": "postgresql://legs:sesame@127.0.0.1:1/legs",
        "VAR_DIR": str(settings.VAR_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines() == ["503 False False"] + ["503 True False"] * 2
    assert "sesame" not in done.stderr
