"""The draft of a list: what officers typed about its files and did not freeze yet."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.choices import State as CallState
from calls.models import Call
from portal.accounts.models import User
from portal.core.dates import long_moment
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from reviews.choices import ProposalState
from reviews.models import Proposal


def keep_draft_of_list(
    *, call_id: int, by: User, typed: Mapping[str, str], version: int, at: datetime | None = None
) -> Proposal:
    """What was typed is kept as it is for whoever may freeze the list. Nothing is frozen, and the chain says nothing.

    `version` is the draft that was read, 0 when there was none: a colleague's words are replaced knowingly or not.
    """
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "reviews.freeze_proposal", call)
        draft = draft_to_write(call)
        refuse_if(_not_in_assessment(call) or already_standing(call) or kept_meanwhile(draft, version))
        # PostgreSQL keeps no such sign in a document.
        draft.keep({name: said.replace("\x00", "") for name, said in typed.items()}, by=by, at=at or timezone.now())
        draft.save()
    return draft


def draft_to_write(call: Call) -> Proposal:
    """The draft of the call, or a new one that stands in no table yet; the call is held."""
    kept: Proposal | None = call.proposals.drafts().first()
    if kept is not None:
        return kept
    return Proposal(call=call, number=call.proposals.count() + 1, state=ProposalState.DRAFT)


def already_standing(call: Call) -> list[Problem]:
    """A list of the call is frozen: there is nothing left to choose."""
    if call.proposals.standing().of_the_whole_list().exists():
        return [Problem("standing", _("A proposal of this call is already frozen."))]
    return []


def kept_meanwhile(draft: Proposal, version: int | None) -> list[Problem]:
    """Somebody kept the draft after this version was read."""
    if version is None or draft.version == version or draft.saved_at is None:
        return []
    sentence = _(
        "%(name)s kept this draft on %(moment)s, after you opened this page. What you typed stands below and is not "
        "kept: do the same again to put it in the place of theirs."
    )
    moment = long_moment(draft.saved_at, get_language() or "fr")
    return [Problem("kept_meanwhile", sentence % {"name": draft.prepared_by.name, "moment": moment})]


def _not_in_assessment(call: Call) -> list[Problem]:
    return [] if call.state == CallState.IN_ASSESSMENT else [Problem("state", _("This call is not in assessment."))]
