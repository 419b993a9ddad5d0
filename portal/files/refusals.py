"""The one error of this app that is meant for a person."""


class UnacceptableFile(ValueError):
    """The file is refused and nothing was stored; the text says why and what to do."""
