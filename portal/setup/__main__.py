"""Makes what the working copy needs from what is installed: fonts, catalogues, static files. Run by the Makefile."""

from portal.setup.catalogues import compile_catalogues
from portal.setup.fonts import make_fonts
from portal.setup.static_files import gather_static_files


def make_ready() -> None:
    """Fonts, catalogues and static files are there and fresh; each step says so only when it had work to do."""
    if make_fonts():
        print("Fonts made.")
    for catalogue in compile_catalogues():
        print(f"Catalogue {catalogue.parent.parent.name} compiled.")
    if gather_static_files():
        print("Static files gathered.")


if __name__ == "__main__":
    make_ready()
