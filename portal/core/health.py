"""Whether the services the portal leans on answer. Apps above register what they know, such as the oldest job."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

logger = logging.getLogger(__name__)
SECONDS = 1.0


class Unwell(Exception):
    """A check found trouble; the text says what, without any personal data."""


@dataclass(frozen=True)
class Check:
    """A question asked on each visit. Without an essential service the portal cannot answer people."""

    name: str
    ask: Callable[[], str]
    essential: bool = False


_checks: dict[str, Check] = {}


def register_check(name: str, ask: Callable[[], str], *, essential: bool = False) -> None:
    """Add a question: `ask()` returns a short text when all is well and raises Unwell when it is not."""
    _checks[name] = Check(name, ask, essential)


def examine() -> tuple[dict[str, str], bool, bool]:
    """The answer to each question; whether all are well; whether the portal can still answer people."""
    answers: dict[str, str] = {}
    is_well, is_usable = True, True
    for check in _checks.values():
        try:
            answers[check.name] = check.ask()
        except (Unwell, DatabaseError, InterfaceError) as trouble:
            logger.error("Health of %s: %s", check.name, trouble)
            # A driver's message may name hosts and people; only our own words leave the portal.
            answers[check.name] = str(trouble) if isinstance(trouble, Unwell) else "does not answer"
            is_well = False
            is_usable = is_usable and not check.essential
    return answers, is_well, is_usable


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the portal can answer people, 503 when it cannot; `status` tells degraded from well."""
    answers, is_well, is_usable = examine()
    status = "ok" if is_well else "degraded" if is_usable else "down"
    return JsonResponse({"status": status, "checks": answers}, status=200 if is_usable else 503)


def database_answers() -> str:
    """PostgreSQL answers a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def redis_answers() -> str:
    """Redis answers a ping within a second."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as redis:
            redis.ping()
    except (RedisError, OSError, ValueError) as trouble:
        raise Unwell("does not answer") from trouble
    return "ok"


register_check("database", database_answers, essential=True)
# Not essential: without the bell, sweepers still send every mail and seal every document.
register_check("redis", redis_answers)
