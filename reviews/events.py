"""Words for the events of screening, reviews and decisions in the audit chain, and for their mails."""

from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs
from portal.mail.registry import register_templates


def register() -> None:
    """Give the pages of the chain and of the jobs these words."""
    register_templates(
        {
            "reviews/correction_requested": _("Correction request"),
            "reviews/decision_notified": _("Decision notified"),
        }
    )
    register_verbs(
        {
            "application.taken_in_screening": _("Screening begun"),
            "application.given_to_officer": _("File given to an officer"),
            "application.screened": _("Screening answers recorded"),
            "application.refusal_proposed": _("Refusal at the door proposed"),
            "application.refusal_returned": _("Proposed refusal returned"),
            "application.refused": _("Application refused at the door"),
            "application.admitted": _("Application admitted to review"),
            "application.correction_requested": _("Correction asked of the applicant"),
            "application.reviewed": _("Reviews of the application complete"),
            "application.proposed": _("Application put in the proposal"),
            "application.returned_from_proposal": _("Application returned from the proposal"),
            "application.approved": _("Decision on the application approved"),
            "application.notified": _("Decision notified to the applicant"),
            "application.promoted": _("Application lifted from the reserve list into a proposal"),
            "application.reserve_expired": _("Reserve of the application ended"),
            "application.review_reopened": _("Review of the application opened again"),
            "review.unlocked": _("Locked review opened again"),
            "review.recused": _("Reviewer recused"),
            "review.assigned": _("Reviewer assigned"),
            "review.conflict_declared": _("Declaration on conflicts of interest made"),
            "review.doubt_settled": _("Doubt about a conflict of interest settled"),
            "review.locked": _("Scores locked"),
            "review.to_confirm": _("Review to be confirmed: the file was corrected"),
            "review.updated": _("Review given the corrected version"),
            "review.confirmed": _("Review confirmed on the corrected file"),
            "envelope.freed": _("Committed amount returned to the envelope"),
            "proposal.frozen": _("Proposal frozen"),
            "proposal.returned": _("Proposal returned"),
            "proposal.approved": _("Proposal approved"),
            "proposal.transmitted": _("Approved list transmitted to the external steps"),
            "proposal.step_recorded": _("External step of the list recorded"),
            "proposal.granted": _("Every external step of the list is favourable"),
            "unit.external_steps_loaded": _("External steps of a unit loaded"),
            "proposal.notified": _("Decisions of the proposal notified"),
        }
    )
