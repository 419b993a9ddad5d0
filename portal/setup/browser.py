"""Finds the browser of the browser tests and of the journey; no browser is an error that says what to install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from portal.setup.system_packages import BROWSERS, way_to_root

NAMES = (*BROWSERS, "chromium-browser")


class BrowserMissing(Exception):
    """No browser can be started; the text says what to install."""


def browser_program() -> str | None:
    """The path of a browser that starts: `$BROWSER_BIN`, the system's, else Playwright's own; None when there is none.

    Each is asked for its version: Ubuntu's `chromium-browser` may be a stub that only says how to get a browser.
    """
    candidates = [os.environ.get("BROWSER_BIN"), *map(shutil.which, NAMES), *_playwrights_own()]
    return next((one for one in candidates if one and _starts(one)), None)


def find_or_install_browser() -> str:
    """The path of a browser that starts, Playwright's own being fetched when there is no other."""
    found = browser_program()
    if found:
        return found
    subprocess.run(fetching(way_to_root()), stdout=subprocess.DEVNULL)
    found = browser_program()
    if not found:
        raise BrowserMissing(
            "The browser tests need Chromium or Chrome, and neither starts here.\n"
            "On Debian: sudo apt-get install chromium-headless-shell\n"
            "Elsewhere: .venv/bin/python -m playwright install --with-deps chromium-headless-shell"
        )
    return found


def fetching(root: list[str] | None) -> list[str]:
    """The command that fetches Playwright's browser; with a way to root, the libraries it needs from the system too."""
    libraries = [] if root is None else ["--with-deps"]
    return [sys.executable, "-m", "playwright", "install", *libraries, "chromium-headless-shell"]


def _playwrights_own() -> list[str]:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    shells = folder.glob("chromium_headless_shell-*/chrome-*/*headless?shell")
    return [*_newest_first(shells), *_newest_first(folder.glob("chromium-*/chrome-linux*/chrome"))]


def _newest_first(programs: Iterable[Path]) -> list[str]:
    return sorted(map(str, programs), reverse=True)


def _starts(program: str) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
