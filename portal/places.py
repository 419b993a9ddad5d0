"""Where the working copy lies and where everything that it makes is put; known before Django is there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def var_folder() -> Path:
    """Everything that set-up makes; the whole folder may be deleted while nothing runs."""
    return Path(os.environ.get("VAR_ROOT") or ROOT / "var")
