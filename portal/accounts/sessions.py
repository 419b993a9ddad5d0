"""Sessions in PostgreSQL that know when they end, so that a page can warn in time."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone


class SessionStore(DatabaseSessions):
    """A row per session; it ends SESSION_COOKIE_AGE seconds after signing in, or after the person asked to stay."""

    ends_at: datetime | None = None

    @property
    def seconds_left(self) -> int | None:
        """How long the session still lasts; None for a visitor, who has none."""
        self.keys()  # reads the row, once
        return None if self.ends_at is None else max(0, int((self.ends_at - timezone.now()).total_seconds()))

    def stay(self) -> None:
        """The session lasts as long as a new one from now on."""
        self.modified = True
        self.ends_at = self.get_expiry_date()

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # Django's types leave it out
        self.ends_at = row.expire_date if row else None
        return row
