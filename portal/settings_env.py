"""Reads deployment values from the environment, or from files named by NAME_FILE; never a setting's meaning."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def secret(name: str, *, default: str | None = None) -> str:
    """The value of NAME, else the content of the file that NAME_FILE names; loud when neither is there."""
    file_name = env.str(f"{name}_FILE", default="")
    if file_name:
        return _content_of(name, Path(file_name))
    value = env.str(name, default=default if default is not None else "")
    if not value and default is None:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to the path of a file that holds it.")
    return value


def _content_of(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as trouble:
        raise ImproperlyConfigured(f"{name}_FILE points to {path}, which cannot be read: {trouble}.") from trouble


def database(name: str, *, session: str) -> dict[str, Any]:
    """The Django entry for the PostgreSQL address in NAME; `session` holds the options of every connection."""
    address = secret(name)
    if not address.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} must be a postgresql:// address: the portal runs on PostgreSQL only.")
    entry = environ.Env.db_url_config(address)
    options = {**entry.pop("OPTIONS", {}), "options": session}
    return {**entry, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
