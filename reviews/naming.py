"""Files and their reviews by name on the pages of events and mails, for those who may read them."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.urls import reverse

from applications.models import Application
from applications.querysets import ApplicationQuerySet
from portal.audit.names import Name, register_finder, register_known_by_code, register_namer
from portal.core.gate import may
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.models import Assignment


def files_by_name(user: Any, keys: list[str]) -> dict[str, Name]:
    """A file is known by its reference."""
    rows = _readable(user).filter(public_id__in=list(_ids(keys))).values_list("public_id", "reference")
    return {str(public_id): _file(reference, user) for public_id, reference in rows}


def reviews_by_name(user: Any, keys: list[str]) -> dict[str, Name]:
    """A review is known by its file: the chain says nothing of who reviews."""
    numbers = [int(key) for key in keys if key.isdecimal()]
    rows = Assignment.objects.filter(pk__in=numbers, application__in=_readable(user))
    return {str(pk): _file(reference, user) for pk, reference in rows.values_list("pk", "application__reference")}


def all_about_a_file(user: Any, reference: str) -> Iterator[str]:
    """The file, its reviews, its letters and its mails."""
    file = _readable(user).select_related("call").filter(reference=reference).first()
    if file is None:
        return
    yield file.audit_name
    yield from (review.audit_name for review in file.assignments.only("pk"))
    yield from (letter.audit_name for letter in Document.objects.about(file.audit_name).only("number"))
    # By the call as well, for mails have no index on what they are about.
    mails = OutgoingMail.objects.filter(call_reference=file.call.reference, about=file.audit_name)
    yield from (mail.audit_name for mail in mails.only("public_id"))


def _readable(user: Any) -> ApplicationQuerySet:
    """The files of the desk for who has one, and their own for those who apply; a reviewer reads files elsewhere."""
    if may(user, "reviews.see_files"):
        return Application.objects.visible_to(user)
    return Application.objects.of_the_organisations_of(user)


def _file(reference: str, user: Any) -> Name:
    page = "reviews:file" if may(user, "reviews.see_files") else "applications:task_list"
    return Name(reference, reverse(page, args=[reference]))


def _ids(keys: list[str]) -> Iterator[UUID]:
    """A code that no file can have names none: whatever the chain holds, it can be read."""
    for key in keys:
        with suppress(ValueError):
            yield UUID(key)


def register() -> None:
    """Give the pages of the chain and of the mails these names."""
    register_namer("application", files_by_name)
    register_namer("assignment", reviews_by_name)
    register_finder(all_about_a_file)
    register_known_by_code("proposal")
