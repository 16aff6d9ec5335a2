"""`manage.py load_library`: the exercises every installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from exercises.services import load_library


class Command(BaseCommand):
    help = "Adds the exercises that are missing. Changes nothing that is there."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_library()
        if options["verbosity"]:
            self.stdout.write(f"Library: {added} exercises added.")
