"""python -m portal.demo --out DIR: the journey over HTTP, on a fresh portal of real processes.

It leaves every PDF and `journey.json` in DIR, and ends with 1 when something differs from what the data expect.
"""

import argparse
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import django
from django.utils import translation

from portal.demo.report import differences
from portal.devstack import portal_running

CLOSES_IN_SECONDS = 90


def main(arguments: list[str]) -> int:
    """Zero when the journey ended as the data expect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with portal_running("journey", port=free_port()) as portal:
        os.environ.update(portal.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        django.setup()
        # The modules of the story read the portal's addresses: they can only be imported once Django is set up.
        from portal.demo.browser import Browser
        from portal.demo.http import Http
        from portal.demo.journey import Journey

        with translation.override("fr"):
            journey = Journey(
                portal, out, new_screen=lambda _name: Browser(Http(portal.address)), closes_in=CLOSES_IN_SECONDS
            )
            report = journey.go()
    for name, number in sorted(journey.references.items()):
        print(f"{name} is {number}")
    return conclude(report, differences(report, journey.points, journey.stories), out)


def conclude(report: dict[str, Any], wrong: list[str], out: Path) -> int:
    """The report is kept and what is wrong is said; the exit code is 1 when anything is."""
    (out / "journey.json").write_text(json.dumps(report, indent=2, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(report["seconds"]), json.dumps(report["audit"]))
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
