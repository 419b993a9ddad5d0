"""One private PostgreSQL cluster: made on first start, started, stopped. What is in it is databases.py's affair."""

import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from portal.devservices.account import Account
from portal.devservices.binaries import postgres_folder
from portal.devservices.databases import Databases
from portal.devservices.errors import ServiceTrouble
from portal.devservices.processes import SERVER_ENVIRONMENT, Server

# Whoever reaches the socket may be any role: the folder of the socket is the lock on this door.
INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C"]
ALWAYS = {"listen_addresses": "", "unix_socket_permissions": "0700", "timezone": "UTC", "jit": "off"}
# Tests lose their data on purpose, so they do not pay for keeping it.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    # Each process of the tests keeps one connection to each of the databases that it works in.
    "max_connections": "250",
}


@dataclass
class Postgres:
    """The cluster in `folder`/pg with its socket in `sockets`; a durable one survives a power cut."""

    folder: Path
    sockets: Path
    account: Account
    durable: bool
    databases: Databases = field(init=False)
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.cluster = self.folder / "pg"
        self.databases = Databases(self.sockets)
        found = postgres_folder(made_by=self._made_by())
        # Beside the programs the server needs its libraries and its time zones, which lie in the folder above.
        copies = self.folder / "programs"
        programs = self.account.reachable(found / "postgres", needs=found.parent, copies=copies).parent
        self.initdb = programs / "initdb"
        settings = ALWAYS | {"unix_socket_directories": str(self.sockets)} | ({} if self.durable else FORGETFUL)
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(self.cluster), *options]
        log = self.folder / "postgres.log"
        self.server = Server("PostgreSQL", command, log, self.account, self.databases.answers)

    def start(self) -> None:
        """The cluster answers and both roles exist."""
        if self._made_by() is None:
            self._make_cluster()
        self.server.start()
        self.databases.make_roles()

    def stop(self, *, at_once: bool = False) -> None:
        """The cluster is down; `at_once` as in a power cut, without finishing anything."""
        self.server.stop(signal.SIGQUIT if at_once else signal.SIGINT)

    def _made_by(self) -> int | None:
        version = self.cluster / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _make_cluster(self) -> None:
        self.account.make_private(self.cluster)
        made = subprocess.run(
            [self.initdb, "-D", self.cluster, *INITDB, *([] if self.durable else ["--no-sync"])],
            capture_output=True,
            text=True,
            cwd="/",
            env=SERVER_ENVIRONMENT,
            **self.account.popen_options(),
        )
        if made.returncode != 0:
            raise ServiceTrouble(f"PostgreSQL's initdb failed:\n{made.stderr.strip()}")
