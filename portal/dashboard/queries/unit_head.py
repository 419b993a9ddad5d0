"""What waits for the head of unit: what only a second person may decide."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.choices import FINAL, State
from calls.choices import CorrigendumState
from calls.choices import State as CallState
from calls.models import Call, Corrigendum
from calls.reading import column_words
from portal.accounts.choices import Role
from portal.core.claims import JobState
from portal.core.dates import long_moment
from portal.dashboard.groups import Group, Line, whole
from portal.dashboard.queries.outside import answers_awaited
from reviews.choices import AssignmentState, ProposalState
from reviews.models import Assignment, DraftDecision, Proposal, ProposalStep


def for_unit_head(user: Any) -> list[Group]:
    """What to publish, settle, approve, notify and close, in the units that are headed."""
    units = user.units_as(Role.UNIT_HEAD)
    proposals = list(_open_proposals(units))
    return [
        _calls_to_publish(user, units),
        _corrigenda(user, units),
        _doubts(units),
        _refusals(user, units),
        _to_approve(proposals),
        _to_transmit(proposals),
        answers_awaited(user, units),
        _to_notify(proposals),
        _to_close(units),
    ]


def _calls_to_publish(user: Any, units: set[int]) -> Group:
    """Nobody publishes what they proposed themselves: those wait for somebody else."""
    calls: Any = Call.objects.filter(unit__in=units, state=CallState.PROPOSED).exclude(proposed_by=user)
    language = get_language() or "fr"
    lines = [
        Line(
            f"{call.reference} · {column_words(call, 'title', language)}",
            reverse("calls:desk_call", args=[call.reference]),
            _("Proposed on %(moment)s") % {"moment": long_moment(call.proposed_at, language)},
            call.get_state_display(),
            "warn",
        )
        for call in calls
    ]
    return whole(_("Calls to publish"), lines)


def _corrigenda(user: Any, units: set[int]) -> Group:
    """Nobody issues what they wrote themselves."""
    rows = Corrigendum.objects.filter(call__unit__in=units, call__state=CallState.PUBLISHED)
    waiting = rows.filter(state=CorrigendumState.PROPOSED).exclude(proposed_by=user)
    language = get_language() or "fr"
    lines = [
        Line(
            f"{row.call.reference} · {column_words(row.call, 'title', language)}",
            reverse("calls:corrigendum", args=[row.call.reference, row.pk]),
            _("Written by %(officer)s on %(moment)s")
            % {"officer": row.proposed_by.name, "moment": long_moment(row.proposed_at, language)},
            row.get_state_display(),
            "warn",
        )
        for row in waiting.select_related("call", "proposed_by").order_by("proposed_at")
    ]
    return whole(_("Corrigenda to issue"), lines)


def _doubts(units: set[int]) -> Group:
    rows = Assignment.objects.filter(application__call__unit__in=units, state=AssignmentState.DOUBT)
    lines = [
        Line(
            f"{row.application.short_reference} · {row.application.shown_title}",
            reverse("reviews:settle_doubt", args=[row.pk]),
            _("%(reviewer)s asks whether there is a conflict of interest.") % {"reviewer": row.reviewer.name},
            _("To settle"),
            "warn",
        )
        for row in rows.select_related("application", "reviewer").order_by("declared_at")
    ]
    return whole(_("Doubts to settle"), lines)


def _refusals(user: Any, units: set[int]) -> Group:
    """Nobody approves what they prepared themselves: those wait for somebody else."""
    rows: Any = DraftDecision.objects.awaiting().filter(application__call__unit__in=units).exclude(prepared_by=user)
    lines = [
        Line(
            f"{row.application.short_reference} · {row.application.shown_title}",
            reverse("reviews:refusal", args=[row.application.reference]),
            _("%(outcome)s, prepared by %(officer)s")
            % {"outcome": row.get_outcome_display(), "officer": row.prepared_by.name},
            _("To decide"),
            "warn",
        )
        for row in rows.select_related("application", "prepared_by").order_by("prepared_at")
    ]
    return whole(_("Refusals to decide"), lines)


def _open_proposals(units: set[int]) -> Any:
    told = ~Q(lines__application__state=State.WITHDRAWN)
    letters_awaited = Count("lines", filter=told & ~Q(lines__decision__document__job_state=JobState.READY))
    states = [ProposalState.FROZEN, ProposalState.APPROVED, ProposalState.GRANTED]
    rows = Proposal.objects.filter(call__unit__in=units, state__in=states)
    has_steps = Exists(ProposalStep.objects.filter(proposal=OuterRef("pk")))
    counted = rows.annotate(files=Count("lines"), awaited=letters_awaited, has_steps=has_steps)
    return counted.select_related("call", "prepared_by").order_by("frozen_at")


def _to_approve(proposals: list[Any]) -> Group:
    lines = [
        Line(
            str(proposal),
            proposal.page("board"),
            _("%(files)s files, frozen by %(officer)s")
            % {"files": proposal.files, "officer": proposal.prepared_by.name},
            proposal.get_state_display(),
            "warn",
        )
        for proposal in proposals
        if proposal.state == ProposalState.FROZEN
    ]
    return whole(_("Proposals to approve"), lines)


def _to_transmit(proposals: list[Any]) -> Group:
    lines = [
        Line(
            str(proposal),
            proposal.page("board"),
            _("External steps apply: the file has not left the service yet."),
            _("To transmit"),
            "warn",
        )
        for proposal in proposals
        if proposal.state == ProposalState.APPROVED and proposal.has_steps
    ]
    return whole(_("Lists to transmit"), lines)


def _to_notify(proposals: list[Any]) -> Group:
    lines = [
        Line(
            str(proposal),
            proposal.page("board"),
            _("%(ready)s of %(files)s letters are ready")
            % {"ready": proposal.files - proposal.awaited, "files": proposal.files},
            _("Letters being made") if proposal.awaited else _("Ready to notify"),
            "info" if proposal.awaited else "ok",
        )
        for proposal in proposals
        if proposal.state == (ProposalState.GRANTED if proposal.has_steps else ProposalState.APPROVED)
    ]
    return whole(_("Letters to notify"), lines)


def _to_close(units: set[int]) -> Group:
    """Calls of which every application has its final state."""
    still_open = Count("applications", filter=~Q(applications__state__in=[*FINAL, State.ON_RESERVE]))
    rows = Call.objects.filter(unit__in=units, state=CallState.IN_ASSESSMENT)
    language = get_language() or "fr"
    lines = [
        Line(
            f"{call.reference} · {column_words(call, 'title', language)}",
            reverse("reviews:board", args=[call.reference]),
            _("Every application has its final decision."),
            _("Ready to close"),
            "ok",
        )
        for call in rows.annotate(all_files=Count("applications"), still_open=still_open)
        if call.all_files and not call.still_open
    ]
    return whole(_("Calls to close"), lines)
