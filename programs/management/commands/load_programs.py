"""`manage.py load_programs`: the programs every installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from programs.services import load_programs


class Command(BaseCommand):
    help = "Adds the gym's own programs that are missing. Changes nothing that is there."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_programs()
        if options["verbosity"]:
            self.stdout.write(f"Programs: {added} added.")
