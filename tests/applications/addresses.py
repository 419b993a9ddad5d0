"""The addresses of the applicant's pages, and short ways to send their forms."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from applications.models import Application

HTMX = {"HTTP_HX_REQUEST": "true"}


def page(name: str, *parts: Any, language: str = "en") -> str:
    """The page with this name, in English unless told otherwise: there the sentences are those of the code."""
    references = [part.reference if isinstance(part, Application) else part for part in parts]
    with override(language):
        return reverse(f"applications:{name}", args=references)


def submission(key: uuid.UUID | None = None) -> dict[str, str]:
    """The form of the last step."""
    return {"key": str(key or uuid.uuid4())}


def pages_of(application: Application) -> list[str]:
    """Every page about one application that is opened by reading it."""
    names = ("task_list", "project", "budget", "annexes", "submit", "submitted", "read")
    return [*(page(name, application) for name in names), page("section", application, "S1")]
