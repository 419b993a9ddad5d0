"""The proposal: one ranked list for one call, frozen under a hash, and perhaps returned. Its draft: drafts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.canonical import canonical_json, sha256_hex
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from reviews.choices import ProposalState
from reviews.models import Proposal, ProposalLine
from reviews.ranking import Choices, Ranking, ranking_of
from reviews.readiness import missing_before_freeze
from reviews.services.drafts import already_standing, draft_to_write, kept_meanwhile
from reviews.services.holding import hold_files, hold_files_of_call, hold_list
from reviews.services.taking_back import files_go_back
from reviews.steps import proposal_not_in


def freeze_proposal(
    *,
    call_id: int,
    by: User,
    conclusions: Mapping[int, str],
    choices: Choices | None = None,
    draft_version: int | None = None,
    at: datetime | None = None,
) -> Proposal:
    """The list stands as it is now, under one hash, and awaits the head of unit; its files are proposed.

    `conclusions` and `choices` go by application id; a file without a choice gets what the list gives by itself. A
    draft becomes the list; `draft_version` is the one that was read, so that nobody freezes over a colleague's words.
    """
    moment = at or timezone.now()
    on = timezone.localdate(moment)
    with transaction.atomic():
        call = Call.objects.locked().select_related("envelope").get(pk=call_id)
        require(by, "reviews.freeze_proposal", call)
        proposal = draft_to_write(call)
        refuse_if(already_standing(call) or kept_meanwhile(proposal, draft_version))
        hold_files_of_call(call)
        ranking = ranking_of(call, choices, on=on)
        refuse_if(missing_before_freeze(ranking, conclusions, on=on))
        content = canonical_json(_content(ranking, conclusions))
        proposal.freeze(content, by=by, at=moment)
        proposal.save()
        files = _write_lines(proposal, ranking, conclusions)
        record("proposal.frozen", on=proposal, by=by, data={"sha256": proposal.sha256})
        for file in files:
            record("application.proposed", on=file, by=by)
    return proposal


def return_proposal(*, proposal_id: int, by: User, reason: str) -> Proposal:
    """The list goes back to the officers with a reason; its files stand where they stood before, and nothing is decided."""
    with transaction.atomic():
        proposal = hold_list(proposal_id)
        require(by, "reviews.return_proposal", proposal)
        refuse_if(proposal_not_in(proposal, ProposalState.FROZEN) or _no_reason(reason))
        proposal.send_back(reason=reason.strip())
        proposal.save(update_fields=["state", "return_reason"])
        events = files_go_back(proposal, hold_files(proposal).values())
        record("proposal.returned", on=proposal, by=by)
        for verb, file, facts in events:
            record(verb, on=file, by=by, data=facts)
    return proposal


def _write_lines(proposal: Proposal, ranking: Ranking, conclusions: Mapping[int, str]) -> list[Application]:
    files = []
    for row in ranking.rows:
        ProposalLine.objects.create(
            proposal=proposal,
            application=row.application,
            rank=row.rank,
            points=row.points,
            outcome=row.outcome,
            amount=row.amount,
            amount_requested=row.requested,
            amount_reason=row.amount_reason,
            reserve_order=row.reserve_order,
            reserve_until=row.reserve_until,
            tie_reason=row.tie_reason,
            conclusion=conclusions.get(row.application.pk, "").strip(),
        )
        row.application.put_in_proposal()
        row.application.save(update_fields=["state"])
        files.append(row.application)
    return files


def _content(ranking: Ranking, conclusions: Mapping[int, str]) -> dict[str, object]:
    return {
        "call": ranking.call.reference,
        "contract_sha256": ranking.call.contract_sha256,
        "ceiling": ranking.ceiling,
        "files": [
            {
                "reference": row.application.reference,
                "rank": row.rank,
                "is_ranked": row.result.passes,
                "points": row.points,
                "requested": row.requested,
                "outcome": row.outcome,
                "amount": row.amount,
                "amount_reason_sha256": sha256_hex(row.amount_reason),
                "reserve_order": row.reserve_order,
                "reserve_until": row.reserve_until,
                "tie_reason_sha256": sha256_hex(row.tie_reason),
                "conclusion_sha256": sha256_hex(conclusions.get(row.application.pk, "").strip()),
            }
            for row in ranking.rows
        ],
    }


def _no_reason(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem("no_reason", _("Write why the proposal goes back."), "#id_reason")]
