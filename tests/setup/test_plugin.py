"""The plugin that surrounds the tests, judged by small runs of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from portal.places import ROOT


def _environment() -> dict[str, str]:
    """Ours without what the plugin has put there, as a person's terminal has it."""
    private = {"DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "TEST_FOLDER"}
    ours = {name: text for name, text in os.environ.items() if name not in private}
    return {name: text for name, text in ours.items() if not name.startswith("PYTEST_")}


def _command(folder: Path) -> list[str]:
    settings = ["-c", str(ROOT / "pyproject.toml"), "--noconftest", "-p", "no:cacheprovider"]
    return [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", *settings, str(folder)]


def test_what_is_skipped_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("import pytest\ndef test_it(): pytest.skip('poor machine')")
    (tmp_path / "test_all.py").write_text("import pytest\npytest.importorskip('nothing_of_this_name')")
    run = subprocess.run(_command(tmp_path), cwd=ROOT, env=_environment(), capture_output=True, text=True)
    assert run.returncode != 0
    assert "FAILED" in run.stdout
    assert "ERROR" in run.stdout
    assert "skipped" not in run.stdout.splitlines()[-1]


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "test_long.py").write_text(
        "import os, pathlib, time\n"
        "def test_it():\n"
        f"    pathlib.Path({str(tmp_path / 'folder')!r}).write_text(os.environ['TEST_FOLDER'])\n"
        "    time.sleep(300)"
    )
    with subprocess.Popen(_command(tmp_path), cwd=ROOT, env=_environment()) as run:
        folder = _written(tmp_path / "folder")
        assert folder.exists()
        run.send_signal(signal.SIGTERM)
        run.wait(60)
    assert not folder.exists()


def _written(file: Path) -> Path:
    deadline = time.monotonic() + 60
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < deadline, "the small run did not start"
        time.sleep(0.05)
    return Path(file.read_text())


def test_the_tests_of_a_group_stay_in_one_process(tmp_path: Path) -> None:
    (tmp_path / "test_group.py").write_text(
        "import os, pathlib, pytest\n"
        "@pytest.mark.xdist_group('one')\n"
        "@pytest.mark.parametrize('number', range(6))\n"
        "def test_it(number):\n"
        f"    (pathlib.Path({str(tmp_path)!r}) / f'{{os.getpid()}}.seen').touch()"
    )
    spread = ["-n", "2", "--dist", "loadgroup"]
    run = subprocess.run([*_command(tmp_path), *spread], cwd=ROOT, env=_environment(), capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert len(list(tmp_path.glob("*.seen"))) == 1
