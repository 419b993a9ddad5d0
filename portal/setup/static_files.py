"""Gathers the static files under names that hold their hash, as production serves them; run only when they changed."""

import os
import subprocess
import sys
from pathlib import Path

from portal.places import ROOT, var_folder
from portal.setup.stamps import fingerprint, is_done, mark_done

# Parts of Bootstrap and of other packages that no page asks for: hashing and compressing them takes half a minute.
UNUSED = [
    *("bootstrap-*", "bootstrap.css*", "bootstrap.js*", "bootstrap.bundle.*", "bootstrap.esm*", "*.rtl.*", "jquery*"),
    *("htmax-*", "htmx-4*", "ext", "modeltranslation"),
]


class StaticFilesTrouble(Exception):
    """The static files could not be gathered; the text is what collectstatic said."""


def gather_static_files() -> bool:
    """var/static/ holds every style, script and font; True when it had to be gathered again."""
    mark = _mark()
    if is_done("static", mark, [var_folder() / "static" / "staticfiles.json"]):
        return False
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity=0"]
    command += [f"--ignore={pattern}" for pattern in UNUSED]
    made = subprocess.run(command, cwd=ROOT, env=os.environ | _placeholders(), capture_output=True, text=True)
    if made.returncode != 0:
        raise StaticFilesTrouble(made.stdout + made.stderr)
    mark_done("static", mark)
    return True


def _mark() -> str:
    """Our own files, the made fonts, and the versions of the packages that bring the rest."""
    ours = sorted(file for folder in _folders() for file in folder.rglob("*") if file.is_file())
    names = (str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name) for file in ours)
    settings = [ROOT / "portal" / "settings.py", ROOT / "requirements" / "base.txt"]
    return fingerprint([*names, *ours, *settings])


def _folders() -> list[Path]:
    of_apps = [folder for pattern in ("*/static", "portal/*/static") for folder in ROOT.glob(pattern)]
    gathered = var_folder() / "static"
    return [ROOT / "static", var_folder() / "fonts" / "web", *(folder for folder in of_apps if folder != gathered)]


def _placeholders() -> dict[str, str]:
    """Settings are read whole even by a command that touches neither database nor secrets."""
    return {
        "SECRET_KEY": "unused",
        "BASE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": "postgresql:///unused",
        "REDIS_URL": "unix:///unused",
        "FILES_ROOT": os.devnull,
        "SEAL_KEY_FILE": os.devnull,
        "SEAL_CERTIFICATE_FILE": os.devnull,
        "DATABASE_ROLE": "app",
    }
