"""The settings of a portal on this machine: whatever the caller's shell says, nothing leaves it."""

import os
from pathlib import Path

import pytest

from portal.devservices.account import server_account
from portal.devservices.postgres import Postgres
from portal.devservices.redis import Redis
from portal.devservices.running import Services
from portal.setup.local_settings import local_environment


@pytest.fixture
def idle(tmp_path: Path) -> Services:
    """Servers that are not started: only their addresses are read."""
    account = server_account()
    return Services(tmp_path, Postgres(tmp_path, tmp_path, account, True), Redis(tmp_path, tmp_path, account, True))


def test_a_mail_server_named_by_the_shell_is_never_written_to(idle: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example.org:25")

    environment = os.environ | local_environment(idle, base_url="http://localhost:8000")
    assert environment["EMAIL_URL"] == "filemail://"


def test_the_secret_and_the_seal_stay_the_same_from_start_to_start(idle: Services) -> None:
    first, second = (local_environment(idle, base_url="http://localhost:8000") for _start in range(2))

    assert first == second
    assert Path(first["SECRET_KEY_FILE"]).read_text()
