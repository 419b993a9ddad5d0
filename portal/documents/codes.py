"""The verification code that stands beside the QR code: made by chance, shown XXXX-XXXX-XX, read as people type it."""

import secrets

# Without 0 and O, 1, I and L, U and V: a code is read from paper and typed on a phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
GROUPS = (4, 4, 2)
LENGTH = sum(GROUPS)
SHOWN_LENGTH = LENGTH + len(GROUPS) - 1


def new_code() -> str:
    """A code that nobody can guess: 29 letters and figures in ten places."""
    return _in_groups("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def as_shown(typed: str) -> str:
    """The code as the letter shows it, whatever hyphens, spaces and small letters were typed.

    A text that is no code at all comes back in capitals, cut to the length of a code, and is found nowhere.
    """
    return _in_groups("".join(character for character in typed.upper() if character.isalnum())[:LENGTH])


def _in_groups(characters: str) -> str:
    first, second = GROUPS[0], GROUPS[0] + GROUPS[1]
    return "-".join(part for part in (characters[:first], characters[first:second], characters[second:]) if part)
