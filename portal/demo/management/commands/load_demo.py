"""Fills an empty portal with the demo; does nothing when it is there already."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from calls.choices import State
from calls.models import Call
from portal.accounts.models import User
from portal.demo.law import make_legal_bases
from portal.demo.people import PASSWORD, make_everyone
from portal.demo.scenes import make_calls


class Command(BaseCommand):
    """Makes the people, the calls and the files of the demo through the services."""

    help = "Fill an empty portal with the demo's invented people, calls and applications."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people-only", action="store_true", help="only people and code lists, no calls")
        parser.add_argument("--list", action="store_true", help="only print the people who can sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._print_people()
            return
        if not User.objects.exists():
            anchor = timezone.localdate()
            call_command("load_codelists", verbosity=0)
            make_legal_bases()
            make_everyone(since=anchor - timedelta(days=400))
            if not options["people_only"]:
                make_calls(anchor)
            self.stdout.write(f"The demo is loaded; its dates count from {anchor.isoformat()}.")
        elif not options["people_only"] and not Call.objects.filter(state=State.DECIDED).exists():
            raise CommandError("An earlier start was interrupted half-way. Start over with: make demo-reset")
        self._print_people()

    def _print_people(self) -> None:
        self.stdout.write("Sign in as one of these people:")
        for user in User.objects.order_by("pk"):
            role = user.role.replace("_", " ")
            self.stdout.write(f"  {role:<14} {user.email:<22} {PASSWORD}   {user.name}")
