"""Where the servers keep data and sockets, who holds a folder now, and how the folders of killed runs are removed."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from portal.devservices.account import Account
from portal.devservices.errors import ServiceTrouble
from portal.devservices.processes import stop_left_behind
from portal.places import var_folder

# A socket path has at most 107 bytes; the longest name in the folder is PostgreSQL's, with a lock file beside it.
LONGEST_SOCKETS_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
PREFIX = "convoca-"
# A folder in memory, where the system has one: what is gone after the run need not travel to a disk. The largest
# portal of the measurements takes less than this.
MEMORY = "/dev/shm"  # noqa: S108 -- mkdtemp makes a private folder
ROOM_IN_MEMORY = 6 * 1024**3


def demo_folder(root: Path) -> Path:
    """The lasting data of the demo of this working copy.

    An ordinary user's lies in var/. Root's lies outside, because the servers run as nobody, who may not enter a private
    home; the name is derived from the path of the working copy.
    """
    if os.geteuid() != 0:
        return var_folder() / "demo"
    return Path("/var/tmp") / (PREFIX + hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12])  # noqa: S108 -- durable and open to nobody; ownership is checked


def open_lasting_folder(folder: Path) -> Path:
    """The folder is there, belongs to us, and others can at most pass through it."""
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise ServiceTrouble(f"{folder} belongs to someone else. Remove it, or work under another account.")
    folder.chmod(0o711)
    return folder


def make_fleeting_folder(account: Account) -> Path:
    """A new folder with a short path that the servers' account can reach; gone when its run ends."""
    for base in _fleeting_bases():
        if base == MEMORY and shutil.disk_usage(base).free < ROOM_IN_MEMORY:
            continue
        if not os.access(base, os.W_OK) or len(base) + len(f"/{PREFIX}12345678/run") > LONGEST_SOCKETS_FOLDER:
            continue
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        folder.chmod(0o711)
        if account.can_enter(folder):
            return folder
        folder.rmdir()
    raise ServiceTrouble("No folder for temporary files can be entered by the servers. Set TMPDIR to one that can.")


def _fleeting_bases() -> list[str]:
    """Where a folder that is gone after its run may stand: the first that serves is taken."""
    wanted = dict.fromkeys([MEMORY, tempfile.gettempdir(), "/tmp", "/var/tmp"])  # noqa: S108 -- mkdtemp makes a private folder
    return [base for base in wanted if Path(base).is_dir()]


def hold(folder: Path) -> TextIO | None:
    """The lock of the folder, or None while a living run has it. The system frees it however that run ends."""
    lock = (folder / "lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def clean_up_after_killed_runs() -> None:
    """Servers and folders of runs that were killed are gone; those of living runs are untouched."""
    for base in _fleeting_bases():
        for folder in Path(base).glob(f"{PREFIX}????????"):
            # A run beside this one may end just now, and its folder with it.
            with suppress(FileNotFoundError):
                _clean_up(folder)


def _clean_up(folder: Path) -> None:
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid() or not (folder / "lock").exists():
        return
    lock = hold(folder)
    if lock is not None:
        remove_with_servers(folder)
        lock.close()


def remove_with_servers(folder: Path) -> None:
    """No server uses the folder any more and it is gone; the caller holds its lock."""
    stop_left_behind(folder)
    shutil.rmtree(folder, ignore_errors=True)


def needs_short_sockets(folder: Path) -> bool:
    """Whether sockets inside this folder would have a path that the system refuses."""
    return len(os.fsencode(folder / "run")) > LONGEST_SOCKETS_FOLDER
