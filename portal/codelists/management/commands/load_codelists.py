"""manage.py load_codelists [PATH]: loads the lists that come with the portal, or published ones, and reports counts."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.codelists.reading import LISTS, OWN_LISTS, files_in
from portal.codelists.services import FixedText, load_codelist


class Command(BaseCommand):
    """Prints, for each list, how many codes were added, changed and withdrawn, and how many were left alone."""

    help = "Load the code lists that come with the portal, or those in PATH. Running it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, default=OWN_LISTS, help="A folder or a file of published lists."
        )
        parser.add_argument(
            "--withdraw", action="store_true", help="Withdraw, from today, what the list has withdrawn."
        )

    def handle(self, *args: Any, path: Path, withdraw: bool, **options: Any) -> None:
        found = files_in(path)
        if not found:
            raise CommandError(f"No list in {path}. A list is called {', '.join(LISTS)}.")
        for file in found:
            try:
                loaded = load_codelist(file, on=timezone.localdate(), withdraw=withdraw)
            except (FixedText, KeyError, ValueError) as trouble:
                raise CommandError(f"{file.name}: {trouble}") from trouble
            counts = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in asdict(loaded).items())
            if options["verbosity"]:
                self.stdout.write(f"{file.name}: {counts}")
