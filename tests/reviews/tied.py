"""People with a tie to a file, made past the services: whatever they declared, and whenever."""

from typing import Any

import pgtrigger
from django.utils import timezone

from applications.models import Application
from reviews.models import Assignment
from tests import factories

SINCE = {
    "assigned": {},
    "doubt": {"conflict": "doubt"},
    "conflict": {"conflict": "family"},
    "in_progress": {"conflict": "none"},
    "recused": {"conflict": "none", "recusal_reason": "Un lien familial."},
}


def asked(file: Application, name: str, state: str = "assigned") -> Assignment:
    """The person was asked to review the file, and this followed."""
    now, told = timezone.now(), dict[str, Any](SINCE[state])
    if told:
        told["declared_at"] = now
    if state == "recused":
        told["recused_at"] = now
    with pgtrigger.ignore("reviews.Assignment:legal_first_state"):
        return Assignment.objects.create(
            application=file,
            reviewer=factories.person(name),
            version=file.versions.latest("number"),
            state=state,
            assigned_by=factories.person("olga"),
            assigned_at=now,
            **told,
        )
