"""The signing key of an installation that was given none."""

import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    """The key kept in `var/secret_key`, made once, readable by its owner only (mode 0600).

    Written beside its place and then linked there, so that two processes which start together
    agree on one key and none ever reads half of one.
    """
    kept = var / "secret_key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"secret_key.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()
