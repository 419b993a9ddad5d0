"""Starts and stops one program of the portal itself, beside the servers: web server, worker, clock."""

import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from portal.devservices.processes import open_private_log

STOPPING_SECONDS = 20


@dataclass
class Program:
    """One program in the background, in a session of its own, so that Ctrl-C reaches it only through us."""

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """The program was started afresh; what it prints goes to its log. It ends when we are killed."""
        self.log.unlink(missing_ok=True)
        with open_private_log(self.log) as log:
            self.running = subprocess.Popen(
                [*_ending_with_us(), *self.command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_running(self) -> bool:
        """Whether the program was started and has not ended."""
        return self.running is not None and self.running.poll() is None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """The program has ended; what does not heed the signal within 20 seconds is killed."""
        if self.running is None:
            return
        if self.is_running():
            self.running.send_signal(how)
        try:
            self.running.wait(STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.running = None

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])


def _ending_with_us() -> list[str]:
    """The kernel sends SIGTERM to the program when we die, even by kill -9; where setpriv is missing it does not."""
    return ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
