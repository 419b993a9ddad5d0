"""python -m benchmarks [--only pages|pdf|batch|plans] [--every]: measures on private servers that are gone afterwards."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.devservices import Services, services
from portal.setup.local_settings import local_environment

if TYPE_CHECKING:
    from benchmarks.world import World

PARTS = ("pages", "pdf", "batch", "plans")
SMALL, LARGE = 1_000, 100_000


def main(arguments: list[str]) -> int:
    """Zero when everything that was asked for is measured."""
    asking = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asking.add_argument("--only", choices=PARTS, action="append", help="one part, may be given several times")
    asking.add_argument("--every", action="store_true", help="every page instead of the fifteen hottest")
    asking.add_argument("--large", type=int, default=LARGE, help="applications in the large portal")
    asked = asking.parse_args(arguments)
    with services("tests") as running:
        os.environ.update(_environment(running))
        _measure(running, asked.only or PARTS, large=asked.large, every=asked.every)
    return 0


def _environment(running: Services) -> dict[str, str]:
    told = local_environment(running, base_url="http://testserver")
    return told | {"DEMO": "0", "DEBUG": "0", "LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "portal.settings"}


def _measure(running: Services, parts: tuple[str, ...], *, large: int, every: bool) -> None:
    from benchmarks.world import World  # after the environment: it reads the settings

    world = World.made(running)
    if "pages" in parts or "plans" in parts:
        _measure_portals(world, parts, large=large, every=every)
    measured: dict[str, Callable[[], None]] = {"pdf": _pdf(world), "batch": _batch(world, running)}
    for part in parts:
        if part in measured:
            measured[part]()


def _measure_portals(world: "World", parts: tuple[str, ...], *, large: int, every: bool) -> None:
    from benchmarks import pages, plans
    from benchmarks.seeding import seed

    chosen = pages.every_page() if every else pages.hottest()
    with world.copy("small"):
        seed(SMALL)
        small = pages.measure(chosen, world.facts) if "pages" in parts else {}
    with world.copy("large"):
        seed(large)
        if "pages" in parts:
            pages.tell(small, pages.measure(chosen, world.facts), sizes=(SMALL, large))
        if "plans" in parts:
            plans.tell(world.facts)


def _pdf(world: "World") -> Callable[[], None]:
    def run() -> None:
        from benchmarks import letters

        with world.copy("letters"):
            letters.tell()

    return run


def _batch(world: "World", running: Services) -> Callable[[], None]:
    def run() -> None:
        from benchmarks import batch

        with world.copy("batch"):
            batch.tell(running.folder)

    return run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
