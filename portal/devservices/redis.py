"""One private Redis on a unix socket: the doorbell of the background jobs."""

import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path

from portal.devservices.account import Account
from portal.devservices.binaries import redis_program
from portal.devservices.processes import Server


@dataclass
class Redis:
    """The server with its data in `folder`/redis and its socket in `sockets`."""

    folder: Path
    sockets: Path
    account: Account
    durable: bool
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        found = redis_program()
        program = self.account.reachable(found, needs=found, copies=self.folder / "programs")
        self.socket = self.sockets / "redis.sock"
        self.data = self.folder / "redis"
        options = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--dir": str(self.data),
            "--save": "",
            "--appendonly": "yes" if self.durable else "no",
        }
        command = [str(program), *(word for pair in options.items() for word in pair)]
        self.server = Server("Redis", command, self.folder / "redis.log", self.account, self._answers)

    def start(self) -> None:
        """The server answers PING."""
        self.account.make_private(self.data)
        self.server.start()

    def stop(self, *, at_once: bool = False) -> None:
        """The server is down; `at_once` as in a power cut, without writing anything."""
        self.server.stop(signal.SIGKILL if at_once else signal.SIGTERM)
        self.socket.unlink(missing_ok=True)

    def address(self, number: int = 0) -> str:
        """The URL of one of the server's sixteen numbered databases."""
        return f"unix://{self.socket}?db={number}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            except OSError:
                return False
