"""System checks of the floor: versions below which the portal is not safe, and settings on which its promises rest."""

import re
from collections.abc import Sequence
from ctypes.util import find_library
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - the name that Django gives it

# Below these the published advisories apply: forged uploads (Django), local files inside a letter (WeasyPrint).
FLOOR = {"Django": (5, 2, 19), "WeasyPrint": (70, 0)}


def _numbers(text: str) -> tuple[int, ...]:
    """The release numbers of a version, without what follows them: (70, 1) for "70.1rc1"."""
    found = re.match(r"\d+(\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()


@register(Tags.security)
def versions_are_above_the_floor(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each package that is missing or older than its floor."""
    found: list[CheckMessage] = []
    for package, floor in FLOOR.items():
        wanted = ".".join(map(str, floor))
        try:
            installed = version(package)
        except PackageNotFoundError:
            found.append(Error(f"{package} is not installed.", hint=f"Install {wanted} or newer.", id="core.E001"))
            continue
        if _numbers(installed) < floor:
            hint = f"Install {wanted} or newer."
            found.append(Error(f"{package} {installed} has known holes.", hint=hint, id="core.E002"))
    return found


@register()
def letters_are_made_fast(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A warning when the library that cuts fonts to size is missing: each letter then takes four times as long."""
    if find_library("harfbuzz-subset"):
        return []
    hint = "Install libharfbuzz-subset0."
    return [Warning("libharfbuzz-subset is missing: letters are made four times slower.", hint=hint, id="core.W001")]


_TASKS = {
    "CELERY_TASK_ACKS_LATE": True,
    "CELERY_TASK_REJECT_ON_WORKER_LOST": True,
    "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
    "CELERY_TASK_IGNORE_RESULT": True,
    "CELERY_TASK_SERIALIZER": "json",
    "CELERY_ACCEPT_CONTENT": ["json"],
}
# A worker's process that is never replaced grows until the machine kills it in the middle of a letter.
_REPLACED = ("CELERY_WORKER_MAX_TASKS_PER_CHILD", "CELERY_WORKER_MAX_MEMORY_PER_CHILD")


@register()
def no_task_is_lost(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each Celery setting on which "nothing is lost, nothing runs twice at once" rests."""
    found: list[CheckMessage] = [
        Error(f"{name} must be {wanted!r}.", id="core.E003")
        for name, wanted in _TASKS.items()
        if getattr(settings, name, None) != wanted
    ]
    broker = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    if broker.get("visibility_timeout", 0) <= 2 * getattr(settings, "CELERY_TASK_TIME_LIMIT", 0):
        hint = "Else the broker hands out a task that is still running."
        found.append(Error("visibility_timeout must be more than twice the time limit.", hint=hint, id="core.E004"))
    if broker.get("unacked_restore_throttle") != 1:
        hint = "Else a task whose worker died is handed on ten times later."
        found.append(Error("unacked_restore_throttle must be 1.", hint=hint, id="core.E006"))
    return found


@register()
def workers_are_bounded(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each bound that a worker lacks: on time, so that a task can say it was stopped, and on its process."""
    found: list[CheckMessage] = [
        Error(f"{name} must be set.", id="core.E007") for name in _REPLACED if not getattr(settings, name, None)
    ]
    soft, hard = (getattr(settings, f"CELERY_TASK_{name}TIME_LIMIT", None) for name in ("SOFT_", ""))
    if not soft or not hard or soft >= hard:
        hint = "A task must have time to say that it was stopped before it is killed."
        found.append(Error("The soft time limit must be shorter than the time limit.", hint=hint, id="core.E008"))
    return found


@register(Tags.security)
def sessions_outlive_a_flushed_cache(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error when sessions live in the cache alone: a flush on deadline day would sign everyone out."""
    if settings.SESSION_ENGINE != "django.contrib.sessions.backends.cache":
        return []
    return [Error("Sessions must be kept in the database.", id="core.E005")]
