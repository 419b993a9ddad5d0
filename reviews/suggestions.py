"""Ties that the portal sees between a reviewer and an applicant. They help people to look; they refuse nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application
from portal.accounts.models import User
from portal.organisations.models import Membership

# Everybody may have an address there, so that to share the domain says nothing; example.org is that of invented people.
PUBLIC_MAIL = {
    *("gmail.com", "googlemail.com", "outlook.com", "outlook.be", "hotmail.com", "hotmail.be", "live.com", "live.be"),
    *("msn.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com", "proton.me", "protonmail.com", "gmx.com", "gmx.net"),
    *("telenet.be", "skynet.be", "proximus.be", "voo.be", "scarlet.be", "belgacom.net", "example.org"),
}


@dataclass(frozen=True)
class PossibleTie:
    """A person who might be tied to the applicant, and what the portal saw."""

    person: User
    seen: str


def possible_ties(application: Application, people: Iterable[User]) -> list[PossibleTie]:
    """Who of these people shares a name or an e-mail domain with somebody of the applicant; one query, however many."""
    members = Membership.objects.filter(organisation=application.organisation_id).select_related("user")
    known = [member.user for member in members.order_by("pk")]
    found = ((person, _seen(person, known)) for person in people)
    return [PossibleTie(person, seen) for person, seen in found if seen]


def _seen(person: User, members: list[User]) -> str:
    if any(_name(member) == _name(person) for member in members):
        return _("Somebody of the applicant has the same name.")
    domain = _domain(person)
    if domain not in PUBLIC_MAIL and any(_domain(member) == domain for member in members):
        return _("Somebody of the applicant has an e-mail address at %(domain)s too.") % {"domain": domain}
    return ""


def _name(person: User) -> str:
    return " ".join(person.name.split()).casefold()


def _domain(person: User) -> str:
    return person.email.rpartition("@")[2].strip().lower()
