"""The settings of a portal that runs on this machine only: its secret, its seal, its files, its address."""

import secrets
from pathlib import Path

from portal.devservices.running import Services
from portal.setup.seal_key import seal_environment


def local_environment(running: Services, *, base_url: str) -> dict[str, str]:
    """Every variable that portal.settings insists on; files, seal and secret lie beside the servers' data.

    No mail leaves the machine: each becomes a file.
    """
    files = running.folder / "files"
    files.mkdir(mode=0o700, exist_ok=True)
    return (
        running.environment
        | seal_environment(running.folder / "seal")
        | {
            "DATABASE_ROLE": "app",
            "SECRET_KEY_FILE": str(_secret(running.folder / "secret-key")),
            "BASE_URL": base_url,
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "FILES_ROOT": str(files),
            "BEAT_SCHEDULE_FILE": str(running.folder / "beat-schedule"),
            # Said here, so that a mail server named by the caller's shell is never written to.
            "EMAIL_URL": "filemail://",
        }
    )


def _secret(file: Path) -> Path:
    """The same secret at every start, so that nobody is signed out by a restart."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file
