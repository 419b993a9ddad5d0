"""Under which account the servers run, and which folders that account can reach; PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.devservices.errors import ServiceTrouble


@dataclass(frozen=True)
class Account:
    """The user and group of the servers, and whether that differs from the one who starts them."""

    uid: int
    gid: int
    is_another: bool

    def popen_options(self) -> dict[str, Any]:
        """What subprocess needs to start a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_another else {}

    def make_private(self, folder: Path) -> Path:
        """The folder is there and only this account (and root) may enter it."""
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if self.is_another:
            os.chown(folder, self.uid, self.gid)
        return folder

    def can_run(self, program: Path) -> bool:
        """Whether the program starts under this account: a virtual environment in /root cannot be entered by nobody."""
        try:
            asked = subprocess.run([program, "--version"], capture_output=True, cwd="/", **self.popen_options())
        except PermissionError:
            return False
        return asked.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may work in the folder; asked from the system, since any parent may forbid it."""
        asked = subprocess.run(["/bin/sh", "-c", 'cd "$0"', folder], capture_output=True, **self.popen_options())
        return asked.returncode == 0

    def reachable(self, program: Path, *, needs: Path, copies: Path) -> Path:
        """The program itself; where it is out of reach, its copy in `copies` together with the folder it `needs`."""
        if not self.is_another or self.can_run(program):
            return program
        copy = copies / needs.name
        if not copy.exists():
            copies.mkdir(mode=0o711, exist_ok=True)
            copy_whole = shutil.copytree if needs.is_dir() else shutil.copy2
            copy_whole(needs, copy)
        return copy / program.relative_to(needs)


def server_account() -> Account:
    """One's own account; for root the account nobody, which may do nothing else on the machine."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_another=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise ServiceTrouble("PostgreSQL refuses to run as root, and there is no account `nobody` to run it.") from None
    return Account(nobody.pw_uid, nobody.pw_gid, is_another=True)
