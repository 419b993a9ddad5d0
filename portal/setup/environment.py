"""Makes the virtual environment and installs the hashed requirements; run by the bare python3."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
# The second list holds everything of the first: an environment made for the tests serves the demo too.
LISTS = {"demo": ("base", "dev"), "check": ("dev",), "tests": ("dev",)}


def main(purpose: str) -> int:
    """Zero when .venv holds every package of the purpose, in exactly the versions and contents that were locked."""
    if _runs() and any(_stamp(name).exists() and _stamp(name).read_text() == _mark(name) for name in LISTS[purpose]):
        return 0
    try:
        if not _runs():
            _make()
        _install(LISTS[purpose][0])
    except subprocess.CalledProcessError as trouble:
        print(f"This failed: {' '.join(map(str, trouble.cmd))}", file=sys.stderr)
        return 1
    return 0


def _runs() -> bool:
    """Whether the environment's Python starts; it does not after the working copy was moved or Python was replaced."""
    try:
        asked = subprocess.run([PYTHON, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True)
    except OSError:
        return False
    return asked.returncode == 0 and Path(asked.stdout.strip()) == FOLDER


def _make() -> None:
    print("Making the virtual environment ...", flush=True)
    uv = _uv()
    with_uv = [uv or "uv", "venv", "--quiet", "--clear", "--python", sys.executable]
    command = with_uv if uv else [sys.executable, "-m", "venv", "--clear"]
    subprocess.run([*command, str(FOLDER)], check=True)


def _install(name: str) -> None:
    print("Installing the Python packages ...", flush=True)
    subprocess.run([*_installer(), "--require-hashes", "-r", str(_list(name))], check=True)
    for stamp in FOLDER.glob("installed-*"):
        stamp.unlink()
    _stamp(name).write_text(_mark(name))


def _installer() -> list[str]:
    """uv where it is there, because it is ten times faster; otherwise the environment's own pip."""
    uv = _uv()
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    if subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode != 0:
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    return [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]


def _uv() -> str | None:
    """The path of uv if it works: a version manager may leave a stub of that name that only complains."""
    uv = shutil.which("uv")
    return uv if uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0 else None


def _list(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _stamp(name: str) -> Path:
    return FOLDER / f"installed-{name}"


def _mark(name: str) -> str:
    """Changes with the list of packages and with the Python they were installed for."""
    return hashlib.sha256(sys.version.encode() + _list(name).read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
