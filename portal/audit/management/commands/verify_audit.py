"""manage.py verify_audit: checks the whole chain and says so."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.audit.verification import verify


class Command(BaseCommand):
    """Prints the number of events and the last fingerprint; ends with 1 when the chain is broken."""

    help = "Check the chain of events from the first to the newest. Ends with 1 when it is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line of JSON: events, head, verdict")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        said = "holds" if verdict.holds else f"broken at event {verdict.broken_at}: {verdict.why}"
        if options["json"]:
            self.stdout.write(json.dumps({"events": verdict.count, "head": verdict.head, "verdict": said}))
        else:
            self._tell(verdict.count, verdict.head, said)
        if not verdict.holds:
            sys.exit(1)

    def _tell(self, count: int, head: str, said: str) -> None:
        self.stdout.write(f"events  {count}")
        self.stdout.write(f"head    {head or '-'}")
        self.stdout.write(f"The chain {said}." if said == "holds" else f"The chain is {said}.")
