"""A corrigendum of the summary of a call, and a later deadline, as the tests ask for them."""

from datetime import timedelta

from calls.services import extend_deadline, issue_corrigendum, propose_corrigendum
from tests import factories

REASON = {"fr": "Le portail était en panne.", "nl": "Het portaal lag plat."}
NEW = {"fr": "Un résumé corrigé.", "nl": "Een verbeterde samenvatting."}


def summary(call):
    return f"call:{call.reference}:summary"


def propose(call, by="olga", changes=None, reason=REASON):
    return propose_corrigendum(
        call_id=call.pk, by=factories.person(by), reason=reason, changes=changes or {summary(call): NEW}
    )


def issue(corrigendum, by="helene"):
    return issue_corrigendum(corrigendum_id=corrigendum.pk, by=factories.person(by))


def extend(call, by="helene", days=7, at=None, reason=REASON):
    closes_at = call.closes_at + timedelta(days=days)
    return extend_deadline(call_id=call.pk, by=factories.person(by), reason=reason, closes_at=closes_at, at=at)
