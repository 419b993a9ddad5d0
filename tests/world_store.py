"""Worlds of one run, built once by whichever process wants one first: a database to copy, the files that it names,
and what its factory gave back.
"""

import fcntl
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.surroundings import databases


@dataclass(frozen=True)
class Stored:
    """What the builder leaves to the others. The files lie below its own root."""

    database: str
    made: Any
    root: str
    files: list[str]


def stored(key: tuple[Any, ...], build: Callable[[str], Stored]) -> Stored:
    """The world of this key, in a database of that name; another process that builds it is waited for."""
    # The words of a key and the ids of rows name the same world in every process.
    name = f"world_{sha256(repr(key).encode()).hexdigest()[:20]}"
    folder = Path(os.environ["TEST_FOLDER"]) / "worlds"
    folder.mkdir(exist_ok=True)
    told = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_bytes(pickle.dumps(_built(name, build)))
    found: Stored = pickle.loads(told.read_bytes())
    return found


def take(world: Stored, name: str, root: Path) -> None:
    """A database of this name is a copy of the world, and the world's files are found below `root`."""
    databases().create(name, template=world.database)
    for path in world.files:
        here = root / path
        if not here.exists():
            here.parent.mkdir(parents=True, exist_ok=True)
            os.link(Path(world.root) / path, here)


def _built(name: str, build: Callable[[str], Stored]) -> Stored:
    try:
        return build(name)
    except BaseException:
        databases().drop(name)
        raise
