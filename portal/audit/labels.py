"""Words for the codes of the chain, given by the apps that write them. The chain itself stores the codes only."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = str | Promise

_verbs: dict[str, Words] = {}
_roles: dict[str, Words] = {"system": pgettext_lazy("role", "system")}


def register_verbs(words: Mapping[str, Words]) -> None:
    """Give the events of an app their words, such as {"application.submitted": _("Application submitted")}."""
    _verbs.update(words)


def register_roles(words: Mapping[str, Words]) -> None:
    """Give the roles of actors their words, such as {"officer": _("Officer")}."""
    _roles.update(words)


def named_roles() -> set[str]:
    """The roles that have words."""
    return set(_roles)


def verb_label(verb: str) -> str:
    """The words for a kind of event; the code itself when no app has named it."""
    return str(_verbs.get(verb, verb))


def actor_label(actor: str) -> str:
    """The role of an actor in words; never more than the chain holds."""
    role = actor.partition(":")[0]
    return str(_roles.get(role, role))
