"""The private servers: what survives, what is gone, who may enter. Each test starts real servers of its own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.devservices import Services, ServiceTrouble, folders, services
from portal.devservices.databases import Databases
from portal.devservices.folders import (
    LONGEST_SOCKETS_FOLDER,
    clean_up_after_killed_runs,
    demo_folder,
    needs_short_sockets,
)
from portal.devservices.running import forget_demo
from portal.places import ROOT

# A run in the background of a shell hands down an ignored Ctrl-C; a person in front of a terminal does not.
WAITS = """
import signal, time
from portal.devservices import services
signal.signal(signal.SIGINT, signal.default_int_handler)
with services("tests") as running:
    print(running.folder, flush=True)
    time.sleep(300)
"""


@pytest.fixture
def working_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The root of a working copy that has no demo yet, and none any more after the test."""
    monkeypatch.setenv("VAR_ROOT", str(tmp_path / "var"))
    yield tmp_path
    forget_demo(tmp_path)


@pytest.fixture
def other_run() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another program that started servers of its own, and their folder."""
    with subprocess.Popen([sys.executable, "-c", WAITS], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        yield program, Path(program.stdout.readline().strip())
        program.kill()
    clean_up_after_killed_runs()


def _servers_in(folder: Path) -> list[str]:
    listed = subprocess.run(["ps", "-eww", "-o", "stat,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if f"{folder}/" in line and not line.startswith("Z")]


def _write_a_row(running: Services) -> None:
    if not running.postgres.databases.exists("kept"):
        running.create_database("kept")
    with psycopg.connect(running.environment_for("kept")["MIGRATION_DATABASE_URL"]) as connection:
        connection.execute("create table if not exists visit (at timestamptz)")
        connection.execute("insert into visit values (now())")


def _count_rows(running: Services) -> object:
    with psycopg.connect(running.environment_for("kept")["DATABASE_URL"]) as connection:
        return connection.execute("select count(*) from visit").fetchone()


def test_servers_of_tests_leave_nothing() -> None:
    with services("tests") as running:
        folder = running.folder
        assert len(_servers_in(folder)) >= 2
    assert not folder.exists()
    assert _servers_in(folder) == []


def test_only_the_servers_account_and_root_reach_data_and_sockets() -> None:
    with services("tests") as running:
        for private in ("pg", "redis", "run"):
            assert stat.S_IMODE((running.folder / private).stat().st_mode) == 0o700
        assert stat.S_IMODE((running.folder / "postgres.log").stat().st_mode) == 0o600


def test_letters_with_accents_compare_without_regard_to_case() -> None:
    with services("tests") as running, psycopg.connect(running.environment["DATABASE_URL"]) as connection:
        assert connection.execute("select upper('é ł ş'), lower('É Ł Ş')").fetchone() == ("É Ł Ş", "é ł ş")


def test_servers_of_a_killed_run_are_cleaned_up_by_the_next(other_run: tuple[subprocess.Popen[str], Path]) -> None:
    program, folder = other_run
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert len(_servers_in(folder)) >= 2
    clean_up_after_killed_runs()
    assert _servers_in(folder) == []
    assert not folder.exists()


def test_servers_of_a_living_run_are_left_alone(other_run: tuple[subprocess.Popen[str], Path]) -> None:
    _, folder = other_run
    clean_up_after_killed_runs()
    assert Databases(folder / "run").answers()


def test_a_run_that_ends_meanwhile_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = [tmp_path / f"{folders.PREFIX}{name}" for name in ("11111111", "22222222")]
    for folder in ended:
        folder.mkdir()
        (folder / "lock").touch()
    monkeypatch.setattr(folders, "_fleeting_bases", lambda: [str(tmp_path)])

    def remove_all(_: Path) -> None:
        for folder in ended:
            shutil.rmtree(folder)

    monkeypatch.setattr(folders, "remove_with_servers", remove_all)

    clean_up_after_killed_runs()

    assert list(tmp_path.iterdir()) == []


def test_the_data_of_the_demo_is_kept_until_it_is_forgotten(working_copy: Path) -> None:
    for visits in (1, 2):
        with services("demo", working_copy) as running:
            _write_a_row(running)
            assert _count_rows(running) == (visits,)
    forget_demo(working_copy)
    assert not demo_folder(working_copy).exists()


def test_the_demo_survives_a_power_cut(working_copy: Path) -> None:
    with services("demo", working_copy) as running:
        _write_a_row(running)
        running.postgres.stop(at_once=True)
        running.redis.stop(at_once=True)
        running.start()
        assert _count_rows(running) == (1,)


def test_the_demo_of_one_working_copy_runs_once(working_copy: Path) -> None:
    with services("demo", working_copy):
        with pytest.raises(ServiceTrouble, match="already running"), services("demo", working_copy):
            pass
        with pytest.raises(ServiceTrouble, match="Stop it"):
            forget_demo(working_copy)


def test_data_of_a_postgresql_that_is_gone_is_refused_with_the_way_out(working_copy: Path) -> None:
    with services("demo", working_copy):
        pass
    (demo_folder(working_copy) / "pg" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServiceTrouble, match="make demo-reset"), services("demo", working_copy):
        pass


def test_a_server_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "redis-server"
    broken.write_text("#!/bin/sh\necho 'no memory left'; exit 1\n")
    broken.chmod(0o755)
    tmp_path.chmod(0o755)
    monkeypatch.setenv("REDIS_BIN", str(broken))
    with pytest.raises(ServiceTrouble, match="Redis did not start"), services("tests"):
        pass


def test_a_missing_server_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path / "nowhere"))
    with pytest.raises(ServiceTrouble, match="apt-get install postgresql"), services("tests"):
        pass


@pytest.mark.parametrize(("length", "is_too_long"), [(20, False), (LONGEST_SOCKETS_FOLDER, True), (200, True)])
def test_a_socket_in_a_deep_folder_would_be_refused_by_the_system(length: int, is_too_long: bool) -> None:
    assert needs_short_sockets(Path("/" + "x" * (length - 1))) is is_too_long


def test_a_demo_in_a_deep_folder_has_its_sockets_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o711)
        deep = Path(base) / ("deep" * 30)
        monkeypatch.setattr("portal.devservices.running.demo_folder", lambda root: deep)
        with services("demo") as running:
            assert not running.postgres.sockets.is_relative_to(deep)
            assert running.postgres.databases.answers()
        assert not running.postgres.sockets.exists()


def test_a_stopped_server_starts_again() -> None:
    with services("tests") as running:
        for server in (running.postgres, running.redis):
            server.stop(at_once=True)
            server.start()
        assert running.postgres.databases.exists("convoca")


def test_ctrl_c_reaches_the_servers_only_through_us(other_run: tuple[subprocess.Popen[str], Path]) -> None:
    program, folder = other_run
    assert {os.getsid(int(pid)) for pid in _pids_in(folder)}.isdisjoint({os.getsid(program.pid)})
    program.send_signal(signal.SIGINT)
    program.wait(60)
    deadline = time.monotonic() + 5
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _servers_in(folder) == []


def _pids_in(folder: Path) -> list[str]:
    listed = subprocess.run(["pgrep", "-f", f"{folder}/"], capture_output=True, text=True, check=True).stdout
    return listed.split()
