#!/usr/bin/env python
"""Django's command line; what the user can mend is a sentence here, not a traceback."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from legtraining.postgres import DatabaseUnreachable


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legtraining.settings")
    try:
        execute_from_command_line(sys.argv)
    except (DatabaseUnreachable, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
