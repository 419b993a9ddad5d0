"""Makes what the working copy needs from what is installed. Run by the Makefile and by the test plugin."""

import sys

from portal.devservices.errors import ServiceTrouble
from portal.setup.browser import BrowserMissing, find_or_install_browser
from portal.setup.catalogues import compile_catalogues
from portal.setup.fonts import make_fonts
from portal.setup.service_programs import find_or_install_service_programs
from portal.setup.static_files import StaticFilesTrouble, gather_static_files


def make_ready() -> None:
    """Fonts, catalogues, servers and static files are there and fresh; a step says so only when it had work to do."""
    if make_fonts():
        print("Fonts made.")
    for catalogue in compile_catalogues():
        print(f"Catalogue {catalogue.parent.parent.name} compiled.")
    if find_or_install_service_programs():
        print("PostgreSQL or Redis installed into the virtual environment.")
    if gather_static_files():
        print("Static files gathered.")


def main(purpose: str) -> int:
    """Zero when everything is ready for the purpose: demo, tests or check."""
    try:
        make_ready()
        if purpose == "tests":
            find_or_install_browser()
    except (ServiceTrouble, StaticFilesTrouble, BrowserMissing) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
