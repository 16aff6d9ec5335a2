"""Django's PostgreSQL backend, plus an embedded server and a readable failure to connect.

With `"EMBEDDED": <directory>` in the database's settings the application's own server in that
directory (see `legtraining.embedded`) is started or joined when the first connection is made, so
by whatever needs it and by nothing else: the web server, the tests, most management commands.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base, client
from django.utils.functional import cached_property

from legtraining import embedded
from legtraining.postgres import DatabaseUnreachable

CONNECT_SECONDS = 5


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`; for the embedded server with the psql that came with it."""

    connection: "DatabaseWrapper"

    def runshell(self, parameters: Iterable[str]) -> None:
        server = self.connection.embedded_server()
        if server:
            self.connection.settings_dict.update(
                HOST=server["host"], PORT=str(server["port"]), USER=server["user"]
            )
            os.environ["PATH"] += os.pathsep + str(embedded.binary("psql").parent)
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def embedded_server(self) -> dict[str, Any]:
        """Return where the embedded server listens, now running; empty with any other server."""
        var = self.settings_dict.get("EMBEDDED")
        if not var:
            return {}
        try:
            server = embedded.connection(Path(var))
        except embedded.EmbeddedServerError as error:
            raise DatabaseUnreachable(str(error)) from error
        return {key: server[key] for key in ("host", "port", "user")}

    @cached_property
    def pg_version(self) -> int:
        """PostgreSQL's version as a number; the embedded server's is known before it runs.

        Django's system checks ask for it, and `manage.py check` should not start a server.
        """
        if self.settings_dict.get("EMBEDDED"):
            major, minor = embedded.version()
            return major * 10_000 + minor
        with self.temporary_connection():
            return self.connection.info.server_version

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.setdefault("connect_timeout", CONNECT_SECONDS)
        return params | self.embedded_server()

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            raise DatabaseUnreachable(_sentence(conn_params, error)) from error


def _sentence(params: dict[str, Any], error: psycopg.OperationalError) -> str:
    """Say which database on which host, and why, without what libpq adds (and no password)."""
    host = params.get("host") or params.get("hostaddr") or "the local socket"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    # libpq asks "Is the server running ...?" after the reason; psycopg puts one line per address.
    lines = [line for line in lines if not line.endswith("?")]
    reason = lines[-1].rsplit("failed: ", 1)[-1].rstrip(".") if lines else "no reason given"
    if password := params.get("password"):
        reason = reason.replace(str(password), "***")
    return f"The database {params.get('dbname')} on {host} cannot be reached: {reason}."
