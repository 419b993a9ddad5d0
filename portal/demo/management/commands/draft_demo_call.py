"""Drafts one more demo call that opens now and closes soon, for a journey that fakes no clock."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.demo import calls


class Command(BaseCommand):
    """Drafts the call as the officer of the demo; proposing and publishing it is left to people."""

    help = "Draft a demo call that opens now and closes after some seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("--closes-in", type=int, default=90, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        call = calls.draft(
            options["reference"], "2027", opens_at=now, closes_at=now + timedelta(seconds=options["closes_in"])
        )
        self.stdout.write(call.closes_at.isoformat())
