"""legtraining.settings: the database's address, the signing key, and what real hosts switch on"""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import environ
import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler

from legtraining.secret import secret_key
from legtraining.settings import database, mailer

PREPARED = {"server_side_binding": True, "prepare_threshold": 2}
PARTS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
SWITCHES = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
TELL = f"""
import json; from django.conf import settings
print(json.dumps([getattr(settings, name) for name in {SWITCHES!r}] + [
    settings.SECURE_HSTS_SECONDS > 0, settings.DEBUG]))
"""


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (
            "postgresql://legs:pass@db.example.com:5433/training",
            ("training", "legs", "pass", "db.example.com", "5433"),
        ),
        (
            "postgres://legs:p%40ss%2Fw%3Ard%23%25%20%3F@db/training",
            ("training", "legs", "p@ss/w:rd#% ?", "db", ""),
        ),
        (
            "postgresql:///training?host=/run/postgresql",
            ("training", "", "", "/run/postgresql", ""),
        ),
        ("postgresql://%2Frun%2Fpostgresql/training", ("training", "", "", "/run/postgresql", "")),
        ("postgresql://legs@[::1]:5433/training", ("training", "legs", "", "::1", "5433")),
        ("postgresql://one,two:6432/training", ("training", "", "", "one,two", ",6432")),
        (
            "host=db user=legs password='a b' dbname=training",
            ("training", "legs", "a b", "db", ""),
        ),
    ],
)
def test_a_database_url(url, parts):
    found = database(url)
    assert tuple(found[part] for part in PARTS) == parts
    assert found["OPTIONS"] == PREPARED
    assert "EMBEDDED" not in found


def test_a_database_urls_options_reach_libpq():
    found = database("postgresql://db/training?sslmode=verify-full&application_name=legs")
    given = {"sslmode": "verify-full", "application_name": "legs"}
    assert found["OPTIONS"] == PREPARED | given


def test_without_a_url_it_is_our_own():
    assert database("")["EMBEDDED"] == str(settings.VAR_DIR)


@pytest.mark.parametrize(
    "spelled", ["postgresql://{}@{}:{}/{}", "postgresql:///{3}?host={1}&user={0}&port={2}"]
)
def test_a_socket_and_a_password_of_any_characters_connect(db, spelled):
    params = connection.get_connection_params()
    where = (params["user"], params["host"], params["port"], params["dbname"])
    quoted = [quote(str(part), safe="") for part in where]
    if "{}" in spelled:
        quoted[0] += ":" + quote("p@ss/w:rd #?%&ü", safe="")
    other = ConnectionHandler({"default": database(spelled.format(*quoted))})["default"]
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            assert cursor.fetchone() == (params["dbname"],)
    finally:
        other.close()


def test_the_signing_key_is_made_once_for_its_owner_only(tmp_path):
    key = secret_key(tmp_path / "var")
    kept = tmp_path / "var" / "secret_key"
    assert len(key) >= 50
    assert kept.read_text() == key
    assert kept.stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path / "var") == key
    assert [file.name for file in kept.parent.iterdir()] == ["secret_key"]
    assert secret_key(tmp_path / "other") != key


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    code = "import sys, pathlib; from legtraining.secret import secret_key\n"
    code += "print(secret_key(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path / "var")]
    started = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
        for _n in range(4)
    ]
    keys = {process.communicate(timeout=60)[0] for process in started}
    assert [process.returncode for process in started] == [0] * 4
    assert keys == {secret_key(tmp_path / "var") + "\n"}


def run(tmp_path, *args, **env):
    known = {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "DEBUG", "BEHIND_PROXY"}
    kept = {name: value for name, value in os.environ.items() if name not in known}
    kept |= {"DJANGO_SETTINGS_MODULE": "legtraining.settings", "VAR_DIR": str(tmp_path)} | env
    return subprocess.run(
        [sys.executable, *args],
        cwd=settings.BASE_DIR,
        env=kept,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("env", "switched"),
    [
        ({}, False),
        ({"ALLOWED_HOSTS": "localhost,127.0.0.1"}, False),
        ({"ALLOWED_HOSTS": "legs.example.com"}, True),
        ({"ALLOWED_HOSTS": "localhost,legs.example.com", "BEHIND_PROXY": "1"}, True),
    ],
)
def test_real_hosts_switch_https_on_and_both_ways_are_fit_to_deploy(tmp_path, env, switched):
    told = run(tmp_path, "-c", TELL, **env)
    assert json.loads(told.stdout) == [switched] * 4 + [False]
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO", **env)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert not (tmp_path / "postgres").exists(), "checking needs no database"


@pytest.mark.parametrize(
    ("url", "backend", "options"),
    [
        (
            "smtp+tls://coach:secret@mail.example.com:587",
            "smtp",
            {
                "host": "mail.example.com",
                "port": 587,
                "username": "coach",
                "password": "secret",
                "use_tls": True,
                "timeout": 10,
            },
        ),
        ("filemail:////var/mail/legs", "filebased", {"file_path": "/var/mail/legs"}),
    ],
)
def test_a_mail_url(url, backend, options):
    named = f"django.core.mail.backends.{backend}.EmailBackend"
    parsed = environ.Env.email_url_config(url)
    assert mailer(parsed) == {"BACKEND": named, "OPTIONS": options}


def test_a_refusal_is_not_logged_as_a_fault(tmp_path):
    """A page that somebody may not see is an answer; a page that breaks is written down."""
    log = "import django, logging; django.setup(); log = logging.getLogger('django.request')\n"
    log += "log.warning('Forbidden'); log.error('Broken')"
    assert run(tmp_path, "-c", log).stderr.split() == ["Broken"]
