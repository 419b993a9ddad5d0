"""The one error that the private services raise; its text tells a person what to do next."""


class ServiceTrouble(Exception):
    """A private server could not be found, started or reached."""
