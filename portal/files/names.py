"""The name a person gave to a file: cleaned for showing. On disk the name is never used."""

import re
import unicodedata

from django.utils.translation import gettext as _

from portal.files.refusals import UnacceptableFile

LONGEST = 255

# Marks that turn the reading direction can make "exe.pdf" out of "fdp.exe"; joiners inside an emoji stay.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_KEPT_FORMATS = {"\u200c", "\u200d"}
_GONE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """The last part of `name` without control and direction marks, composed (NFC), at most 255 characters.

    The extension stays when the name is cut. A name with a NUL, or with nothing left, is refused.
    """
    if "\x00" in name:
        raise UnacceptableFile(_("The name of this file contains a forbidden character. Rename it and try again."))
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in _DIRECTION.sub("", last) if _is_shown(sign))
    cleaned = " ".join(unicodedata.normalize("NFC", shown).split(" ")).strip()
    if not cleaned.strip(". "):
        raise UnacceptableFile(_("This file has no name. Rename it and try again."))
    return _cut(cleaned)


def name_too_long() -> str:
    """The sentence for a name that is so long that it was not even read."""
    return _("The name of this file is too long. Rename it and try again.")


def extension_of(name: str) -> str:
    """The last extension of a cleaned name, in small letters and without the dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _is_shown(sign: str) -> bool:
    return unicodedata.category(sign) not in _GONE or sign in _KEPT_FORMATS


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:LONGEST]
    return stem[: LONGEST - len(extension) - 1] + dot + extension
