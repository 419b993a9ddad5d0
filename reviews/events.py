"""Words for the events of screening, reviews and decisions in the audit chain, which itself holds codes only."""

from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs


def register() -> None:
    """Give the chain's page these words."""
    register_verbs(
        {
            "application.taken_in_screening": _("Screening begun"),
            "application.given_to_officer": _("File given to an officer"),
            "application.screened": _("Screening answers recorded"),
            "application.admitted": _("Application admitted to review"),
            "application.reviewed": _("Reviews of the application complete"),
            "application.proposed": _("Application put in the proposal"),
            "application.returned_from_proposal": _("Application returned from the proposal"),
            "application.approved": _("Decision on the application approved"),
            "application.notified": _("Decision notified to the applicant"),
            "review.assigned": _("Reviewer assigned"),
            "review.conflict_declared": _("Declaration on conflicts of interest made"),
            "review.doubt_settled": _("Doubt about a conflict of interest settled"),
            "review.locked": _("Scores locked"),
            "proposal.frozen": _("Proposal frozen"),
            "proposal.returned": _("Proposal returned"),
            "proposal.approved": _("Proposal approved"),
            "proposal.notified": _("Decisions of the proposal notified"),
        }
    )
