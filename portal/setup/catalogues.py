"""Compiles the message catalogues with Babel, so that running needs no gettext; extracting messages does."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from portal.places import ROOT


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Every catalogue is as new as its source; the ones that had to be compiled. Doubtful (fuzzy) lines stay out."""
    sources = sorted(root.glob("locale/*/LC_MESSAGES/*.po"))
    stale = [source for source in sources if not _is_fresh(source)]
    for source in stale:
        _compile(source)
    return [source.with_suffix(".mo") for source in stale]


def _is_fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    """Whole or not at all, and dated like its source as it was read: an edit meanwhile makes it stale again."""
    read_at = source.stat().st_mtime_ns
    language = source.parent.parent.name
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    fresh = source.with_suffix(f".{os.getpid()}.tmp")
    with fresh.open("wb") as stream:
        write_mo(stream, catalogue)
    os.utime(fresh, ns=(read_at, read_at))
    fresh.replace(source.with_suffix(".mo"))
