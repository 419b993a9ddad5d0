"""The menu entries of this app."""


def register() -> None:
    """Add the entries to the menu."""
