"""A private PostgreSQL and a private Redis for the demo and the tests, on unix sockets; production brings its own.

    with services(kind="tests") as running:
        environment = os.environ | running.environment

Tests and journeys get servers that forget (no fsync, gone at exit); the demo keeps its data between runs.
"""

from portal.devservices.errors import ServiceTrouble
from portal.devservices.running import Services, services

__all__ = ["ServiceTrouble", "Services", "services"]
