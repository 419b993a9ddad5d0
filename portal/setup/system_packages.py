"""Sees to it that the programs and libraries of the system are there; run by the bare python3, before anything else.

With apt and root (or sudo without a password) what is missing is installed. Otherwise the exact command is printed and
the run stops. Only what has no stand-in among the Python packages stops a run.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

OLDEST_PYTHON = (3, 11)
# From this Python on, the package that brings a Redis is not built any more: the system's must be there.
NO_PACKAGED_REDIS = (3, 13)
# The shell without windows draws the same pages in two thirds of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
# Installing a server must not start it, now or at boot: the portal starts private ones of its own.
INSTALL = """
set -eu
export DEBIAN_FRONTEND=noninteractive
if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
fi
install() { apt-get install -y -q --no-install-recommends "$@"; }
install "$@" || { apt-get update -q && install "$@"; }
for package in "$@"; do
    case "$package" in redis-server|postgresql) systemctl disable "$package" || true ;; esac
done
"""


@dataclass(frozen=True)
class Need:
    """A package of the system, how to see that it is there, and whether a Python package can stand in for it."""

    package: str
    is_there: Callable[[], bool]
    has_stand_in: bool = False


def _library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def _can_make_environments() -> bool:
    return importlib.util.find_spec("ensurepip") is not None or _program("uv")


def _has_postgres() -> bool:
    return "PG_BIN" in os.environ or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _has_redis() -> bool:
    return "REDIS_BIN" in os.environ or _program("redis-server")


def _has_browser_or_is_ubuntu() -> bool:
    """Ubuntu's chromium package is a stub for a snap: there Playwright's own browser is fetched later instead."""
    if "BROWSER_BIN" in os.environ or _program(*BROWSERS):
        return True
    release = Path("/etc/os-release")
    return release.exists() and "ubuntu" in release.read_text().lower()


VENV = Need(f"python3.{sys.version_info.minor}-venv", _can_make_environments)
PRINTING = [
    Need("libpango-1.0-0", partial(_library, "libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", partial(_library, "libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", partial(_library, "libharfbuzz-subset.so.0")),
    Need("fontconfig", partial(_program, "fc-list")),
]
TESTING = [
    Need("poppler-utils", partial(_program, "pdftotext")),
    Need("gettext", partial(_program, "xgettext")),
    Need("chromium-headless-shell", _has_browser_or_is_ubuntu),
    Need("postgresql", _has_postgres, has_stand_in=True),
]
NEEDS = {"demo": [VENV, *PRINTING], "check": [VENV, *PRINTING], "tests": [VENV, *PRINTING, *TESTING]}


def needs_of(purpose: str, python: tuple[int, ...]) -> list[Need]:
    """What this purpose needs under this Python; every purpose starts a Redis, and only the tests prefer the system's."""
    redis = Need("redis-server", _has_redis, has_stand_in=python < NO_PACKAGED_REDIS)
    is_asked = purpose == "tests" or not redis.has_stand_in
    return [*NEEDS[purpose], redis] if is_asked else NEEDS[purpose]


def main(purpose: str) -> int:
    """Zero when everything that `purpose` needs is there, whether it was there before or was installed now."""
    if sys.version_info < OLDEST_PYTHON:
        print("The portal needs Python 3.11 or newer. Name another one: make ... PYTHON=python3.11", file=sys.stderr)
        return 1
    missing = [need for need in needs_of(purpose, sys.version_info[:2]) if not need.is_there()]
    if not missing:
        return 0
    root = way_to_root()
    if root is not None:
        _install(root, [need.package for need in missing])
        missing = [need for need in missing if not need.is_there()]
    required = [need.package for need in missing if not need.has_stand_in]
    if required:
        print("These packages of the system are missing. Install them, then try again:\n", file=sys.stderr)
        print(f"    sudo apt-get update && sudo apt-get install -y {' '.join(required)}\n", file=sys.stderr)
        return 1
    return 0


def way_to_root() -> list[str] | None:
    """The words to put before a command so that it runs as root without asking anything; None when there is no way."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def _install(root: list[str], packages: list[str]) -> None:
    """What apt says is shown only when it failed; whether it worked is judged by what is there afterwards."""
    print(f"Installing {', '.join(packages)} ...", flush=True)
    command = [*root, "sh", "-c", INSTALL, "sh", *packages]
    said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if said.returncode != 0:
        print(said.stdout, said.stderr, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
