"""Remembers which set-up step was done from which inputs, so that a second run costs nothing; knows no step itself."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from portal.places import var_folder


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """One SHA-256 over the content of every file and the text of every string, in the order given."""
    total = hashlib.sha256()
    for entry in inputs:
        content = entry.read_bytes() if isinstance(entry, Path) else entry.encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def is_done(step: str, mark: str, outputs: Iterable[Path] = ()) -> bool:
    """Whether `step` was finished from inputs with this mark and everything that it made is still there."""
    stamp = var_folder() / "stamps" / step
    return stamp.is_file() and stamp.read_text() == mark and all(output.exists() for output in outputs)


def mark_done(step: str, mark: str) -> None:
    """`step` counts as finished for inputs with this mark; written whole or not at all."""
    stamp = var_folder() / "stamps" / step
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_name(f"{step}.{os.getpid()}")
    fresh.write_text(mark)
    fresh.replace(stamp)
