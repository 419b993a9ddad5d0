"""Tells the health page whether letters are made."""

from datetime import timedelta

from django.utils import timezone

from portal.core.health import Unwell
from portal.documents.models import Document

# A letter takes seconds, and a list of a hundred half a minute.
LONGEST_WAIT = timedelta(minutes=10)


def letters_are_made() -> str:
    """No letter has waited longer than ten minutes to be made; one that failed for good waits for a person."""
    if Document.objects.unfinished(timezone.now() - LONGEST_WAIT).exists():
        raise Unwell("a letter has waited for more than ten minutes")
    return "ok"
