"""The project's settings; only the database is the bench's own and the bare views are added."""

from legtraining.settings import *  # noqa: F403
from legtraining.settings import database

NAME = "legtraining_bench"
DATABASES = {"default": database("") | {"NAME": NAME}}
ROOT_URLCONF = "tests.bench.urls"
