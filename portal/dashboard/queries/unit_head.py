"""What waits for the head of unit: what only a second person may decide."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from calls.choices import CorrigendumState
from calls.choices import State as CallState
from calls.models import Call, Corrigendum
from calls.reading import column_words
from portal.accounts.choices import Role
from portal.core.claims import JobState
from portal.core.dates import long_moment
from portal.dashboard.groups import Group, Line, file_line, whole
from portal.dashboard.queries.outside import answers_awaited
from portal.organisations.permissions import organisations_of
from reviews.choices import AssignmentState, ProposalState
from reviews.models import Assignment, DraftDecision, Proposal, ProposalStep
from reviews.readiness import STILL_OPEN
from reviews.ties import files_closed_to, files_tied_to

# What a line shows of a file, and of a list.
FILE = ("application__number", "application__reference", "application__title", "application__language")
LIST = ("number", "state", "promotes", "call__reference", "prepared_by__name")


def for_unit_head(user: Any) -> list[Group]:
    """What to publish, settle, approve, notify and close, in the units that are headed."""
    units = user.units_as(Role.UNIT_HEAD)
    proposals = list(_open_proposals(user, units))
    return [
        _calls_to_publish(user, units),
        _corrigenda(user, units),
        _doubts(user, units),
        _refusals(user, units),
        _to_approve(proposals),
        _to_transmit(proposals),
        answers_awaited(user, units),
        _to_notify(proposals),
        _to_close(user, units),
    ]


def _calls_to_publish(user: Any, units: set[int]) -> Group:
    """Nobody publishes what they proposed themselves: those wait for somebody else."""
    proposed = Call.objects.as_lines().filter(unit__in=units, state=CallState.PROPOSED)
    calls: Any = proposed.exclude(proposed_by=user)
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
        for row in waiting.select_related("call", "proposed_by").defer("call__contract").order_by("proposed_at")
    ]
    return whole(_("Corrigenda to issue"), lines)


def _doubts(user: Any, units: set[int]) -> Group:
    """Of files that are still judged and that the head may read: their own doubt is for another head."""
    doubts = Assignment.objects.filter(application__call__unit__in=units, state=AssignmentState.DOUBT).still_judged()
    closed = Q(application__in=files_closed_to(user)) | Q(application__organisation__in=organisations_of(user))
    rows = doubts.exclude(closed)
    lines = [
        file_line(
            row.application,
            reverse("reviews:settle_doubt", args=[row.pk]),
            _("%(reviewer)s asks whether there is a conflict of interest.") % {"reviewer": row.reviewer.name},
            _("To settle"),
            "warn",
        )
        for row in rows.select_related("application", "reviewer").only("reviewer__name", *FILE).order_by("declared_at")
    ]
    return whole(_("Doubts to settle"), lines)


def _refusals(user: Any, units: set[int]) -> Group:
    """Nobody approves what they prepared, or a file that they handled: those wait for somebody else."""
    awaiting = DraftDecision.objects.awaiting().filter(application__call__unit__in=units)
    rows: Any = awaiting.open_to_a_second_pair_of_eyes(user)
    lines = [
        file_line(
            row.application,
            reverse("reviews:refusal", args=[row.application.reference]),
            _("%(outcome)s, prepared by %(officer)s")
            % {"outcome": row.get_outcome_display(), "officer": row.prepared_by.name},
            _("To decide"),
            "warn",
        )
        for row in rows.select_related("application", "prepared_by")
        .only("outcome", "prepared_by__name", *FILE)
        .order_by("prepared_at")
    ]
    return whole(_("Refusals to decide"), lines)


def _open_proposals(user: Any, units: set[int]) -> Any:
    """Lists on their way, of calls in which the head has no tie; with whether this head may decide on them."""
    told = ~Q(lines__application__state=State.WITHDRAWN)
    letters_awaited = Count("lines", filter=told & ~Q(lines__decision__document__job_state=JobState.READY))
    states = [ProposalState.FROZEN, ProposalState.APPROVED, ProposalState.GRANTED]
    rows = Proposal.objects.filter(call__unit__in=units, state__in=states)
    is_open = Exists(Proposal.objects.filter(pk=OuterRef("pk")).open_to_a_second_pair_of_eyes(user))
    has_steps = Exists(ProposalStep.objects.filter(proposal=OuterRef("pk")))
    counted = rows.without_tie(user).annotate(
        files=Count("lines", filter=told), awaited=letters_awaited, is_open=is_open, has_steps=has_steps
    )
    return counted.select_related("call", "prepared_by").only(*LIST).order_by("frozen_at")


def _to_approve(proposals: list[Any]) -> Group:
    """Nobody is offered a list that another pair of eyes must approve."""
    lines = [
        Line(
            str(proposal),
            proposal.page("board"),
            ngettext("%(files)s file, frozen by %(officer)s", "%(files)s files, frozen by %(officer)s", proposal.files)
            % {"files": proposal.files, "officer": proposal.prepared_by.name},
            proposal.get_state_display(),
            "warn",
        )
        for proposal in proposals
        if proposal.state == ProposalState.FROZEN and proposal.is_open
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


def _to_close(user: Any, units: set[int]) -> Group:
    """Calls of which every application has its final state, and its applicant knows."""
    files = Application.objects.filter(call=OuterRef("pk"))
    in_assessment = Call.objects.as_lines().filter(unit__in=units, state=CallState.IN_ASSESSMENT)
    closed = in_assessment.filter(Exists(files), ~Exists(files.filter(STILL_OPEN)))
    rows = closed.exclude(pk__in=files_tied_to(user).values("call"))
    language = get_language() or "fr"
    lines = [
        Line(
            f"{call.reference} · {column_words(call, 'title', language)}",
            reverse("reviews:board", args=[call.reference]),
            _("Every application has its final decision."),
            _("Ready to close"),
            "ok",
        )
        for call in rows
    ]
    return whole(_("Calls to close"), lines)
