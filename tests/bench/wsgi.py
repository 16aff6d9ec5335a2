"""What granian serves during the bench."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

from legtraining.wsgi import application

__all__ = ["application"]
