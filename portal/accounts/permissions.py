"""Predicates on roles, and what they open in the apps below (docs/access.md)."""

import rules
from django.db import models

from portal.accounts.models import User


@rules.predicate
def is_officer(user: User) -> bool:
    """Holds an officer's appointment today."""
    return user.is_authenticated and user.is_officer


@rules.predicate
def is_unit_head(user: User) -> bool:
    """Heads a unit today."""
    return user.is_authenticated and user.is_unit_head


@rules.predicate
def is_reviewer(user: User) -> bool:
    """Holds a reviewer's appointment today."""
    return user.is_authenticated and user.is_reviewer


@rules.predicate
def is_auditor(user: User) -> bool:
    """Holds an auditor's mandate at this moment."""
    return user.is_authenticated and user.is_auditor


@rules.predicate
def is_administrator(user: User) -> bool:
    """Runs the portal technically; sees no content of any file."""
    return user.is_authenticated and user.is_administrator


@rules.predicate
def is_person(user: User) -> bool:
    """Is signed in."""
    return bool(user.is_authenticated)


@rules.predicate
def is_read_by_its_reader(user: User, mail: models.Model | None) -> bool:
    """The mail is the user's own."""
    return mail is not None and getattr(mail, "to", None) == user.email


def load() -> None:
    """Register the permissions of the apps below, which know no roles."""
    rules.add_perm("audit.read_chain", is_auditor | is_unit_head | is_administrator)
    rules.add_perm("documents.read_register", is_officer | is_unit_head | is_auditor)
    rules.add_perm("documents.retry", is_officer | is_unit_head | is_administrator)
    rules.add_perm("mail.read_log", is_person)
    rules.add_perm("mail.read_body", is_read_by_its_reader | ~is_administrator)
    rules.add_perm("accounts.see_people", is_administrator)
    rules.add_perm("accounts.see_jobs", is_administrator)
